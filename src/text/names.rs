//! What names are made of: titles, roles, particles, first names, and words that are no names.
//!
//! Comes in: nothing. Goes out: tables of words in lower case, one space between. Does not read
//! text: `tokens` looks the words up, and `annotate` puts names together.

/// Titles of a man, of a woman, and of either.
pub const TITLES_OF_MEN: &str = "mr messrs sir lord king prince pope father sheikh sheik imam emperor \
    duke baron fr monsignor monsieur congressman councilman assemblyman alderman herr don congressmen rabbi";
/// See [`TITLES_OF_MEN`].
pub const TITLES_OF_WOMEN: &str = "mrs ms miss madam madame dame lady queen princess congresswoman \
    councilwoman assemblywoman duchess baroness sister frau mother";
/// Titles either may bear, all of them before a name.
pub const TITLES: &str = "mx dr prof professor sen sens senator senators rep reps representative gov govs governor governors president \
    chancellor premier minister secretary ambassador gen general lt lieutenant col colonel maj major \
    capt captain cmdr commander adm admiral brig brigadier sgt sergeant cpl corporal pvt private \
    rev reverend bishop archbishop cardinal mayor judge justice atty attorney chief supt \
    superintendent insp inspector det detective marshal sheriff constable commissioner speaker \
    hon comrade del delegate councillor councilor vice deputy dpp amb pres officer deacon pastor cllr \
    gens drs presidents ministers former ex-president then-president secretary-general \
    vice-president prime-minister ex-minister secretary-of-state undersecretary treasurer";

/// Words that limit an office: the former mayor is not the mayor.
pub const LIMITS: &str =
    "former ex vice deputy assistant acting interim then late prime first second";

/// Offices and trades, in lower case before or after a name.
pub const ROLES: &str = "spokesman spokeswoman spokesperson president chairman chairwoman chair \
    chairperson minister secretary director executive leader candidate nominee senator governor mayor \
    congressman congresswoman representative lawmaker lawyer attorney prosecutor judge justice \
    ambassador envoy diplomat official officer manager strategist consultant adviser advisor aide \
    analyst economist professor researcher scientist author writer columnist editor reporter \
    journalist correspondent commentator host anchor pollster activist organizer advocate expert \
    historian scholar commander general colonel captain sergeant soldier chief head founder owner ceo cfo coo vp \
    cofounder co-founder deputy premier chancellor king queen prince princess pope bishop pastor \
    priest rabbi imam doctor nurse teacher principal student coach player striker goalkeeper captain \
    actor actress singer comedian director producer artist mogul billionaire businessman businesswoman \
    developer investor banker trader farmer fisherman worker driver resident voter supporter \
    delegate councillor councilman councilwoman alderman sheriff detective investigator inspector \
    coroner witness victim neighbor neighbour retiree veteran volunteer surrogate operative operator \
    chairman vice-president treasurer superintendent commissioner counsel front-runner frontrunner \
    rival opponent incumbent democrat republican conservative liberal independent socialist \
    libertarian whip speaker man woman boy girl engineer shopkeeper guard pilot astronaut teenager \
    clerk registrar pathologist psychologist psychiatrist sociologist biologist \
    geologist physicist chemist astronomer climatologist meteorologist forecaster \
    strategist speechwriter novelist poet playwright filmmaker photographer \
    philanthropist entrepreneur financier magnate mother father widow widower";

/// Relatives: "his wife", "the boy's mother".
pub const KIN: &str = "wife husband son daughter mother father brother sister uncle aunt cousin nephew \
    niece grandfather grandmother grandson granddaughter parents parent children child mom dad family \
    friend friends colleague colleagues boss ex-wife ex-husband fiance fiancee girlfriend boyfriend partner \
    widow son-in-law daughter-in-law running-mate stepson stepdaughter neighbor neighbour";

/// People by their trade or side, in the plural: "Elmland Democrats" are many and bear no name.
pub const CROWDS: &str = "voters officials critics supporters experts analysts authorities \
    witnesses residents lawmakers democrats republicans conservatives liberals advisers aides \
    allies economists researchers scientists authors reporters journalists editors leaders \
    activists organizers prosecutors lawyers investigators respondents protesters delegates \
    strategists operatives pollsters observers diplomats doctors executives parents neighbors \
    neighbours fans readers viewers pundits skeptics opponents detractors historians scholars \
    farmers villagers soldiers rebels sources students teachers employees demonstrators citizens \
    netizens marchers strikers commuters tourists users customers consumers taxpayers shoppers \
    passengers patients physicians nurses professors columnists editorialists commentators bloggers \
    hackers donors contributors volunteers candidates nominees contenders senators congressmen \
    governors mayors ministers regulators inspectors detectives officers generals veterans troops \
    militants insurgents separatists refugees migrants immigrants retirees pensioners survivors \
    relatives spectators organisers campaigners environmentalists conservationists progressives \
    moderates centrists nationalists loyalists hawks traders bankers brokers shareholders landlords \
    tenants";

/// People as a kind or a crowd, and papers that speak: sources without a name.
pub const GROUPS: &str = "people others many some several members americans men women workers \
    campaign administration government company report study poll survey memo statement brief \
    document documents bylaws letter article editorial paper newspaper magazine website site group \
    union party committee agency ministry department court board council commission panel network \
    station army military crowd source spokespeople percent majority headline ad commercial video \
    book finding findings filing lawsuit complaint indictment ruling order ads signs sign poster \
    banner tweet post email caption billboard law bill rule rules platform police figures research";

/// What is written, printed or shown, and speaks only for its author.
pub const DOCUMENTS: &str = "memo ad ads advertisement commercial video letter article book essay op-ed column editorial \
    cover tweet post message email e-mail note report statement release speech poster banner sign motion brief \
    request lawsuit complaint petition resolution filing ruling order opinion dissent leaflet pamphlet flyer \
    caption song film page blog interview address remarks documents emails letters";

/// Words for women, and for men, that give a speaker's gender.
pub const WOMEN: &str = "woman women girl wife mother daughter sister widow aunt niece grandmother \
    spokeswoman chairwoman congresswoman businesswoman councilwoman actress queen princess her she herself \
    mom girlfriend fiancee";
/// See [`WOMEN`].
pub const MEN: &str = "man men boy husband father son brother widower uncle nephew grandfather spokesman \
    chairman congressman businessman councilman king prince pope he him himself dad boyfriend fiance";

/// Particles inside a name, in lower case.
pub const PARTICLES: &str = "van von der den de da do dos das del della di du la le el al bin ibn ben \
    abu bint ter ten zu zur af av y e d'";
/// Particles that are often written with a capital.
pub const CAPITAL_PARTICLES: &str =
    "Van Von Der De Da Del Della Di Du La Le El Al Bin Ibn Ben Abu St San Mc Mac O";

/// What stands behind a name and belongs to it.
pub const SUFFIXES: &str = "jr sr ii iii iv esq phd md";

/// Words that make a name an organisation's.
pub const ORGANISATIONS: &str = "party committee commission council union association organization \
    organisation institute institution foundation fund group company corporation corp inc ltd llc plc \
    bank agency authority bureau department ministry office court congress senate parliament \
    house assembly university college school academy church army navy force forces police \
    times post journal news press tribune herald gazette globe network radio television tv cnn fox \
    nbc abc cbs msnbc npr bbc reuters afp ap upi xinhua society league federation alliance coalition \
    campaign pac center centre club team board trust service services administration \
    government caucus conference convention holdings industries airlines airways motors systems \
    technologies partners associates international national hospital museum library project \
    kremlin pentagon vatican nato un u.n eu imf wto opec unicef unesco fbi cia nsa doj irs epa fda dnc rnc \
    gop isis hamas hezbollah taliban google facebook twitter apple amazon microsoft uber observer \
    examiner standard chronicle magazine weekly review daily guardian telegraph independent mail \
    register inquirer sentinel breitbart politico huffpost buzzfeed slate salon vox reason \
    supreme federal central amnesty greenpeace oxfam embassy consulate \
    cabinet treasury chamber brigade battalion brotherhood front movement tribunal taskforce \
    newspaper gallup quinnipiac rasmussen nielsen unit division squad initiative action watch workers teamsters \
    laboratory lab labs observatory ltd co agreement act treaty amendment constitution protocol accord pact";

/// Places: where a statement is made, rarely who makes it.
pub const PLACES: &str = "america usa us u.s u.k uk britain england scotland wales ireland france germany italy spain \
    portugal greece turkey russia ukraine poland china japan india pakistan iran iraq syria israel \
    egypt libya sudan nigeria kenya somalia ethiopia zimbabwe mexico canada cuba brazil argentina \
    chile peru colombia venezuela australia indonesia malaysia singapore thailand vietnam \
    philippines korea taiwan afghanistan lebanon jordan yemen qatar kuwait bahrain saudi arabia \
    europe asia africa antarctica sweden norway denmark finland netherlands belgium switzerland \
    austria hungary romania bulgaria serbia croatia bosnia kosovo albania georgia armenia azerbaijan \
    kazakhstan uzbekistan nepal bangladesh myanmar burma cambodia laos mongolia crimea \
    alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho \
    illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota \
    mississippi missouri montana nebraska nevada hampshire jersey york carolina dakota ohio oklahoma \
    oregon pennsylvania rhode tennessee texas utah vermont virginia wisconsin wyoming \
    washington london paris berlin moscow beijing tokyo delhi rome madrid brussels geneva vienna \
    cairo baghdad kabul tehran jerusalem damascus beirut gaza ankara istanbul kyiv kiev warsaw \
    chicago boston philadelphia atlanta miami dallas houston detroit seattle denver phoenix \
    cleveland baltimore pittsburgh orlando tampa milwaukee cincinnati minneapolis nashville \
    memphis brooklyn manhattan bronx queens hollywood los angeles francisco diego jose vegas \
    orleans sydney melbourne canberra wellington auckland toronto ottawa montreal vancouver \
    shanghai hong kong seoul taipei bangkok jakarta manila hanoi mumbai karachi islamabad dhaka \
    lagos nairobi johannesburg pretoria benghazi mosul aleppo ramallah";

/// Words that places' names are made of, and that may stand in other names: "The Daily Hill".
pub const PLACE_WORDS: &str = "south north east west northern southern eastern western middle new avenue street road river lake \
    mountain island islands county city town village state states beach park valley hill hills bay \
    republic islands emirates square bridge airport station hotel theater theatre stadium arena \
    calif fla va pa ga md ala ariz colo conn ill ind kan ky mass mich minn mont neb nev okla ore tenn tex vt wash \
    wis wyo n.y n.j n.h n.c s.c n.d s.d d.c r.i n.m w.va";

/// First names of women.
pub const WOMEN_NAMED: &str = "abigail adele agnes aisha alexandra alexis alice alicia alison allison alyssa amanda amber \
    amelia amy ana andrea angela angelina angie anita ann anna anne annette annie april ariana arianna \
    ashley audrey barbara beatrice becky bernadette bernice beth betsy betty beverly bonnie brenda \
    bridget brittany brooke camille candace carla carly carmen carol carole caroline carolyn carrie \
    catherine cathy cecilia celeste charlotte chelsea cheryl chloe christina christine cindy claire \
    clara claudia colleen condoleezza connie courtney crystal cynthia daisy dana danielle dawn debbie deborah \
    debra denise diana diane dianne dolores donna dora doris dorothy edith eileen elaine eleanor \
    elena elise elisabeth elizabeth ella ellen eloise emily emma erica erika erin esther ethel eva \
    eve evelyn farah fatima faye fiona florence frances gabby gabriela gabrielle gail georgia geraldine \
    gina ginger gladys glenda gloria grace greta gretchen hannah harriet hazel heather heidi helen \
    helena hillary hilary holly hope huma ida ines ingrid irene iris isabel ivanka ivy jackie jacqueline \
    jana jane janet janice jasmine jean jeanette jeanne jenna jennifer jenny jessica jill jo joan \
    joanna joanne josephine joy joyce juanita judith judy julia juliana julie june karen kate \
    katherine kathleen kathryn kathy katie katrina kay kayla kellyanne kelly kendall kerry kim kimberly \
    kirsten kristen kristin kristina lara laura lauren laurie leah lena leslie lillian linda lindsay \
    lisa liz lois loretta lori lorraine louise lucia lucille lucy lydia lynn lynne mabel madeline madeleine mae \
    marcia margaret maria mariah marian marianne marie marilyn marina marion marjorie marlene marsha \
    martha mary maureen maxine megan megyn melania melanie melinda melissa meredith mia michelle mildred \
    minnie miranda miriam molly monica nadia nancy naomi natalie natasha nicole nikki nina nora norma \
    olga olivia opal pam pamela patricia patty paula paulina pauline pearl peggy penny phyllis priscilla \
    rachel ramona rebecca regina renee rhonda rita roberta robin robyn rosa rosalind rose rosemary \
    roxanne ruby ruth sabrina sally samantha sandra sara sarah savannah serena shannon sharon \
    sheila shelby shelly sheryl shirley sierra silvia simone sofia sonia sonya sophia sophie stacey stacy \
    stella stephanie sue susan susie suzanne svetlana sylvia tamara tammy tanya tara teresa terri \
    theresa tiffany tina toni tracy tricia ursula valerie vanessa vera veronica vicki vicky victoria \
    viola violet virginia vivian wanda wendy whitney whoopi wilma winifred yolanda yvette yvonne zoe paloma \
    mei ming-na noor nur siti priya lakshmi indira sonia benazir aung angela jacinda theresa margrethe \
    lupita debbie maya tulsi elissa samia yulia julia oksana marine nicola arlene \
    lee jamie jordan dale";

/// First names of men.
pub const MEN_NAMED: &str = "aaron abdul abdullah abdulla abraham adam adrian ahmad ahmed al alan albert alejandro alex \
    alexander alfred ali allan allen alvin ammon andre andreas andrew andy angelo anthony antonio \
    antonin archie ariel armando arnold arthur ashok austin barack barney barry bashar ben benjamin benny \
    bernard bernie bert bill billy binyamin bob bobby boris brad bradley brandon brendan brent brett brian bruce \
    bruno bryan byron calvin cameron carl carlos carter cecil cedric chad charles charlie chester \
    chris christian christopher chuck clarence clark claude clay clifford clint clinton clyde cody \
    colin corey cornel cory craig curt curtis dale damian dan daniel danny darrell darren dave david dean dennis \
    denis derek devin diego dimitri dmitri dmitry dominic don donald doug douglas drew duane dustin dwayne dwight \
    earl ed eddie edgar edmund edward edwin eli elijah elliott elon emanuel emmanuel enrique eric erik ernest ernesto \
    ethan eugene evan farid felix fernando fidel floyd francis francisco franco frank franklin fred \
    frederick gabriel gary gavin gene geoffrey george gerald gerard gilbert giovanni giuseppe glen glenn \
    gordon graham grant greg gregory guillermo gus guy hamid harold harry harvey hassan hector henry herbert \
    herman howard hubert hugh hugo hussein ian ibrahim igor imran ismail isaac ivan jack jackson jacob jaime jake jamal \
    james jamie jan jared jason javier jay jeb jeff jeffrey jeremy jerome jerry jesse jesus jim jimmy joaquin joe \
    joel joey johann john johnny jon jonah jonathan jordan jorge jose josef joseph josh joshua juan julian \
    julio julius justin karl karim keith ken kenneth kent kevin khalid kirk klaus kurt kyle lance larry lars \
    lawrence lee leo leon leonard lester lewis liam lionel lloyd logan lou louis lucas luis luke \
    luther mahmoud malcolm manuel marc marco marcos marcus mario mark marshall martin marty marvin mason \
    matt matthew maurice max maxwell mel michael miguel mike mikhail milton mitch mitchell mitt mohamed mohammad \
    mohammed moises morris moses muhammad mustafa nasser nathan nathaniel ned neil nelson newt nicholas nick nigel nikolai \
    noah noam noel norman oleg oliver omar oscar otto owen pablo patrick paul pedro perry pete peter phil \
    philip phillip pierre preet rafael rahm rajiv ralph ramon rand randall randy rashid raul ray raymond recep reed reggie \
    reid reince rene rex rich richard rick ricardo ricky riziq rob robert roberto rod rodney rodrigo roger roland \
    roman ron ronald ronnie roosevelt ross roy ruben rudolph rudy rupert russ russell ryan saddam salah salman sam \
    samuel scott sean sebastian sergei sergey sergio seth shane shaun shawn sheldon sherman sidney silvio simon solomon \
    spencer stan stanley stefan stephen steve steven stewart stuart syed ted terrence terry theodore thomas tim \
    timothy toby todd tom tommy tony travis trent trevor tyler vernon victor vijay viktor vincent vladimir volodymyr wade \
    wallace walter warren wayne wesley wilbur will willard william willie winston wolfgang woodrow xavier yasser yasir \
    yuri yusuf zachary juergen jurgen hans heinz helmut gerhard jacques jean-claude francois laurent nicolas \
    luiz evo hugo nicolas kofi ban antonio tedros narendra rahul arvind manmohan jawaharlal xi hu jiang wen li deng \
    shinzo junichiro goh mahathir anwar najib joko thaksin benigno rodrigo park lee \
    leslie tracy kim dana shannon marion kerry";

/// Words that begin sentences, headlines and titles and are no names.
pub const COMMON: &str = "the a an this that these those there here it its he she they we you i his \
    her their our your my him them us me who whom whose which what when where why how if because \
    although though while since until unless after before as at by for from in into of off on onto \
    out over per through to toward towards under up upon with within without about above across \
    against along among around behind below beneath beside besides between beyond despite down \
    during except inside like near outside past plus regarding than via and or but nor so yet both \
    either neither not no yes all any each every few many more most much other others some such \
    several another one two three four five six seven eight nine ten eleven twelve dozen dozens \
    hundreds thousands millions first second third last next now then today tomorrow yesterday \
    tonight again also already always anyway apparently certainly clearly currently earlier early \
    especially even eventually ever finally fortunately frankly further furthermore generally hence \
    however indeed instead just lately later likewise maybe meanwhile moreover namely nearly never \
    nevertheless nobody nonetheless nothing notably obviously occasionally often once only \
    otherwise overall perhaps please possibly presumably previously probably quite rather really \
    recently sadly same seemingly separately similarly simply sometimes soon still subsequently \
    suddenly surely surprisingly thankfully thereby therefore though thus together too \
    traditionally typically ultimately unfortunately unlike usually very well whatever whenever \
    wherever whether whichever whoever yet is are was were be been being am do does did done have \
    has had having will would can could shall should may might must let lets got get don't doesn't \
    didn't isn't aren't wasn't weren't won't wouldn't can't couldn't shouldn't haven't hasn't \
    hadn't it's he's she's that's there's what's who's i'm i've i'll we're we've we'll you're \
    you've they're they've let's good bad great new old big small long short high low true false \
    right wrong left hard easy free full sorry thanks thank hello hi hey oh ah ok okay wow look \
    listen see come go going make making take taking give giving think thinking know knowing say \
    saying ask asking tell telling want try trying use using according asked speaking talking given \
    based compared following including starting beginning people men women children time times year \
    years day days week month way ways thing things part everyone everybody everything someone \
    somebody something anyone anybody anything none nobody half most least less enough plenty lots \
    lot number part photo video image update breaking watch read click share follow sign subscribe \
    advertisement copyright related exclusive opinion analysis editorial commentary review \
    interview live top story stories correction note editor's page section monday tuesday wednesday \
    thursday friday saturday sunday january february march april may june july august september \
    october november december jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu \
    thur thurs fri sat sun spring summer autumn fall winter christmas easter thanksgiving democrat \
    democrats democratic republican republicans gop liberal liberals conservative conservatives \
    communist socialist libertarian god internet bible constitution medicare medicaid obamacare q \
    ok pm am est edt gmt et pt";

/// Words that may stand between the words of an organisation's name.
pub const JOINERS: &str = "of for and the & in on";

/// Determiners, prepositions, and the rest of the small words, by what they do in a sentence.
pub const DETERMINERS: &str = "the a an this these those some any each every no another both one two three four \
    five six seven eight nine ten several many most few all other";
/// See [`DETERMINERS`].
pub const POSSESSIVES: &str = "his her their its my our your whose";
/// See [`DETERMINERS`].
pub const PREPOSITIONS: &str = "of in on at by for from with to into about against among around as behind \
    between during near over through toward towards under upon within without across after before \
    since despite outside inside alongside amid via per like than until off out along above below \
    beyond besides except including following";
/// See [`DETERMINERS`].
pub const SUBORDINATORS: &str = "that because when while if although though since until unless whereas as \
    after before where why how whether what than once lest so";
/// See [`DETERMINERS`].
pub const AUXILIARIES: &str = "is are was were be been being am has have had having do does did will would \
    can could shall should may might must 's 've 're 'd 'll won't don't didn't doesn't isn't aren't wasn't weren't hasn't haven't \
    hadn't wouldn't couldn't can't cannot shouldn't ain't";
/// See [`DETERMINERS`].
pub const NEGATIONS: &str = "not never don't didn't doesn't isn't aren't wasn't weren't hasn't haven't hadn't \
    wouldn't couldn't can't cannot won't shouldn't neither nor no";
/// Adverbs that may stand between a subject and its verb.
pub const ADVERBS: &str = "also then later again once just only even still now already often always ever never \
    not recently reportedly first further instead repeatedly simply soon too twice famously quickly \
    earlier here there merely once today yesterday sometimes long back both all rather almost nearly \
    perhaps probably however though eventually finally ultimately subsequently meanwhile yet thus";

/// Peoples and their adjectives: no names, but "the German government" is one.
pub const NATIONS: &str = "american americans british french german russian chinese japanese indian \
    israeli palestinian arab arabs muslim muslims christian christians jewish jews catholic \
    catholics hispanic hispanics latino latinos african african-american african-americans asian \
    european mexican mexicans canadian iranian iraqi syrian ukrainian spanish italian irish cuban \
    korean scottish welsh polish greek turkish egyptian saudi lebanese jordanian afghan pakistani \
    bangladeshi nepali thai vietnamese indonesian malaysian singaporean philippine filipino burmese \
    cambodian taiwanese australian brazilian argentine chilean colombian venezuelan peruvian \
    bolivian nigerian kenyan ethiopian somali sudanese zambian zimbabwean ugandan rwandan congolese \
    ghanaian moroccan algerian tunisian libyan swedish norwegian danish finnish dutch belgian swiss \
    austrian hungarian romanian bulgarian serbian croatian bosnian georgian armenian azerbaijani \
    kazakh uzbek kyrgyz mongolian kurdish czech slovak portuguese russians germans saudis europeans \
    israelis palestinians iranians iraqis syrians ukrainians italians cubans koreans egyptians \
    jordanians afghans indians indonesians malaysians singaporeans filipinos cambodians australians \
    brazilians argentines chileans colombians venezuelans nigerians kenyans ethiopians somalis \
    libyans norwegians danes finns swedes belgians austrians hungarians romanians bulgarians serbs \
    croats bosnians georgians armenians kurds czechs slovaks africans asians britons scots turks \
    poles greeks spaniards";

/// Bodies of a state, in lower case behind the name of its people: "the German government".
pub const STATE_BODIES: &str =
    "government presidency parliament army military embassy ministry cabinet opposition";
