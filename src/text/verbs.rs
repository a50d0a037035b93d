//! The verbs and phrases that attribute words to a speaker, with their frames.
//!
//! Comes in: nothing. Goes out: tables, and the inflected forms of a verb. Does not read text.

/// How a reporting verb takes its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// "X said (that) ...", "..., said X": content on either side, the subject may stand behind.
    Say,
    /// "X told Y (that) ...": a listener stands between verb and content.
    Tell,
    /// "X called Y ...": somebody is named or judged in the content.
    Call,
    /// "X believes ...", "X wants ...": an attitude, reported like speech.
    Think,
    /// "X refused ...": a deed that tells of an attitude.
    Stand,
    /// Any other verb that marks where a subject ends.
    Act,
}

/// A verb: its base form, its past and participle where they are not regular, and its frame.
pub struct Verb {
    /// The form of the dictionary.
    pub base: &'static str,
    /// Past forms that the rules of spelling do not give.
    pub past: &'static [&'static str],
    /// How it takes its content.
    pub frame: Frame,
}

const fn regular(frame: Frame, base: &'static str) -> Verb {
    Verb { base, past: &[], frame }
}

const fn irregular(frame: Frame, base: &'static str, past: &'static [&'static str]) -> Verb {
    Verb { base, past, frame }
}

/// Verbs with past forms of their own.
pub const IRREGULAR: &[Verb] = &[
    irregular(Frame::Say, "say", &["said"]),
    irregular(Frame::Tell, "tell", &["told"]),
    irregular(Frame::Say, "write", &["wrote", "written"]),
    irregular(Frame::Say, "read", &["read"]),
    irregular(Frame::Say, "speak", &["spoke", "spoken"]),
    irregular(Frame::Say, "swear", &["swore", "sworn"]),
    irregular(Frame::Say, "begin", &["began", "begun"]),
    irregular(Frame::Say, "go", &["went", "gone"]),
    irregular(Frame::Say, "shoot", &["shot"]),
    irregular(Frame::Say, "sing", &["sang", "sung"]),
    irregular(Frame::Say, "put", &["put"]),
    irregular(Frame::Say, "foretell", &["foretold"]),
    irregular(Frame::Say, "retell", &["retold"]),
    irregular(Frame::Say, "quip", &["quipped"]),
    irregular(Frame::Say, "rap", &["rapped"]),
    irregular(Frame::Say, "snap", &["snapped"]),
    irregular(Frame::Say, "admit", &["admitted"]),
    irregular(Frame::Say, "let", &["let"]),
    irregular(Frame::Say, "sum", &["summed"]),
    irregular(Frame::Call, "slam", &["slammed"]),
    irregular(Frame::Call, "rip", &["ripped"]),
    irregular(Frame::Call, "label", &["labeled", "labelled"]),
    irregular(Frame::Call, "brand", &["branded"]),
    irregular(Frame::Call, "dub", &["dubbed"]),
    irregular(Frame::Call, "hit", &["hit"]),
    irregular(Frame::Call, "tag", &["tagged"]),
    irregular(Frame::Call, "draw", &["drew", "drawn"]),
    irregular(Frame::Call, "cast", &["cast"]),
    irregular(Frame::Say, "refer", &["referred"]),
    irregular(Frame::Think, "think", &["thought"]),
    irregular(Frame::Think, "know", &["knew", "known"]),
    irregular(Frame::Think, "feel", &["felt"]),
    irregular(Frame::Think, "see", &["saw", "seen"]),
    irregular(Frame::Say, "find", &["found"]),
    irregular(Frame::Say, "show", &["showed", "shown"]),
    irregular(Frame::Think, "hear", &["heard"]),
    irregular(Frame::Think, "foresee", &["foresaw", "foreseen"]),
    irregular(Frame::Think, "understand", &["understood"]),
    irregular(Frame::Think, "seek", &["sought"]),
    irregular(Frame::Think, "forget", &["forgot", "forgotten"]),
    irregular(Frame::Think, "mean", &["meant"]),
    irregular(Frame::Think, "plan", &["planned"]),
    irregular(Frame::Think, "bet", &["bet"]),
    irregular(Frame::Act, "make", &["made"]),
    irregular(Frame::Act, "take", &["took", "taken"]),
    irregular(Frame::Act, "give", &["gave", "given"]),
    irregular(Frame::Act, "get", &["got", "gotten"]),
    irregular(Frame::Act, "come", &["came"]),
    irregular(Frame::Act, "become", &["became"]),
    irregular(Frame::Act, "win", &["won"]),
    irregular(Frame::Act, "lose", &["lost"]),
    irregular(Frame::Act, "run", &["ran"]),
    irregular(Frame::Act, "meet", &["met"]),
    irregular(Frame::Act, "hold", &["held"]),
    irregular(Frame::Act, "keep", &["kept"]),
    irregular(Frame::Act, "leave", &["left"]),
    irregular(Frame::Act, "bring", &["brought"]),
    irregular(Frame::Act, "stand", &["stood"]),
    irregular(Frame::Act, "sit", &["sat"]),
    irregular(Frame::Act, "send", &["sent"]),
    irregular(Frame::Act, "spend", &["spent"]),
    irregular(Frame::Act, "build", &["built"]),
    irregular(Frame::Act, "fall", &["fell", "fallen"]),
    irregular(Frame::Act, "rise", &["rose", "risen"]),
    irregular(Frame::Act, "grow", &["grew", "grown"]),
    irregular(Frame::Act, "break", &["broke", "broken"]),
    irregular(Frame::Act, "choose", &["chose", "chosen"]),
    irregular(Frame::Act, "fight", &["fought"]),
    irregular(Frame::Act, "pay", &["paid"]),
    irregular(Frame::Act, "buy", &["bought"]),
    irregular(Frame::Act, "sell", &["sold"]),
    irregular(Frame::Act, "lead", &["led"]),
    irregular(Frame::Act, "set", &["set"]),
    irregular(Frame::Act, "cut", &["cut"]),
    irregular(Frame::Act, "drop", &["dropped"]),
    irregular(Frame::Act, "stop", &["stopped"]),
    irregular(Frame::Act, "appear", &["appeared"]),
    irregular(Frame::Act, "throw", &["threw", "thrown"]),
    irregular(Frame::Act, "catch", &["caught"]),
    irregular(Frame::Act, "teach", &["taught"]),
    irregular(Frame::Act, "drive", &["drove", "driven"]),
    irregular(Frame::Act, "wear", &["wore", "worn"]),
    irregular(Frame::Act, "arise", &["arose"]),
];

/// Regular verbs of speech: one line a frame.
pub const SPEECH: &str = "add tweet retweet continue ask respond note report reply explain state \
    declare recall conclude argue suggest warn pledge acknowledge promise vow remark post chant \
    admit claim shout insist predict boast assure announce joke lament answer email interject \
    observe assert exclaim elaborate proclaim concede caution confess retort mention testify \
    complain muse agree counter emphasize emphasise stress reiterate repeat advise advocate affirm \
    allege confirm contend deny disclose estimate forecast hint hypothesize imply indicate indict \
    inform inquire maintain opine point profess propose protest recommend recount remind reveal \
    rule scoff signal speculate specify surmise theorize underscore urge volunteer weigh wonder \
    yell scream bark boom cry cheer mutter mumble whisper grumble gripe groan plead pray preach \
    propound question quote rant rave reason retract riff thunder tease toast utter bellow blog boo \
    blurt blare bluster caution chime chide chuckle clarify cite comment commit demand describe \
    detail dispute echo enthuse exhort gush hail heckle implore insinuate intone jeer laugh marvel \
    moan observe pontificate posit quibble quiz reflect relate relay reassure remonstrate rejoin \
    return roar scold scrawl sigh smile sneer snark snipe sniff spit sputter stammer sob swipe \
    telegraph text threaten title trumpet verify vent venture wail wisecrack lecture elucidate \
    summarize summarise editorialize headline publish request beg beckon caption broadcast message \
    attest certify counsel decree direct dictate divulge fume huff inveigh mock deadpan notify \
    opine pronounce recite rebut refute interrupt address adjure appeal apologize apologise answer \
    call crow dare cable caterwaul instruct invite joke lash order press push report";

/// Regular verbs that take a listener before their content.
pub const TELLING: &str = "remind assure inform notify reassure advise warn urge ask email text message \
    instruct beg implore exhort invite thank congratulate";

/// Regular verbs that judge or name somebody in their content.
pub const JUDGING: &str = "call describe accuse criticize criticise dismiss denounce portray blame \
    praise credit blast condemn deride depict characterize characterise compare tout hail ridicule \
    mock attack charge chide fault bemoan decry defend endorse lambaste lampoon laud liken name \
    paint pillory rail rebuke reject savage scorn trash vilify excoriate extol applaud thank \
    challenge consider deem regard term refer castigate commend berate bash belittle brand assail \
    impugn taunt target treat view insult frame express voice disavow reference highlight encourage \
    distance";

/// Regular verbs of attitude.
pub const ATTITUDE: &str = "believe want hope expect fear doubt worry support oppose favor favour \
    intend prefer agree disagree assume consider decide learn discover remember recognize recognise \
    realize realise regret reject resolve suspect value appreciate anticipate await back champion \
    concern contemplate crave debate decline desire discuss dislike doubt dream embrace enjoy \
    envision fantasize guess hate imagine infer judge like love mind perceive ponder presume \
    project question reckon rely resent respect trust vote wish wonder welcome approve disapprove \
    accept acknowledge threaten conclude estimate determine interpret identify focus tout warn urge \
    aim";

/// Regular verbs of deeds that tell what a person thinks; of a body they tell business as usual:
/// "the bank released its figures".
pub const STANCES: &str = "issue sign talk share list release offer refuse";

/// Other regular verbs: they only mark where a subject ends.
pub const ACTION: &str = "walk look turn need try use work live play move serve launch open close \
    raise attend appear join visit travel arrive return pass push pull receive remain seem start \
    stay face happen help include involve kill lay lie listen manage match matter miss nod pause \
    pick produce provide reach remain resign retire save score sign slip stare stun suffer surge \
    survive trail travel undergo unveil wait want warrant watch wave win withdraw witness drop draw \
    enter exit earn ensure establish exist fail fire follow force form gain gather handle hire host \
    hurt ignore increase join jump land last mark nominate obtain occur operate organize perform \
    place prepare present prevent promote prove pursue question quit represent require result \
    review search secure seize settle shake shift ship sound spark spread steal strike struggle \
    study succeed switch tend trade train try hammer field deliver campaign die marry graduate \
    found chair head elect appoint lean step";

/// Nouns that stand for something said, after a possessive or before "that".
pub const SAYINGS: &str = "statement claim prediction assertion description remark remarks comment comments \
    announcement accusation argument warning promise pledge call vow suggestion declaration insistence \
    refrain boast complaint contention admission allegation confession criticism denial quip rant speech \
    tweet tweets post response reply question answer proposal belief view opinion assessment \
    claims predictions warnings promises statements allegations arguments suggestions assertions accusations \
    complaints denials proposals demands threats characterization words phrase slogan motto memo letter email message testimony";

/// Verbs that may stand before their subject behind a quotation.
pub const INVERTING: &str = "say says said write writes wrote add adds added ask asks asked reply replies \
    replied respond responded responds tweet tweets tweeted declare declares declared explain explains \
    explained note notes noted continue continues continued conclude concludes concluded observe observes \
    observed recall recalls recalled quip quips quipped joke jokes joked warn warns warned insist insists \
    insisted argue argues argued remark remarks remarked shout shouts shouted exclaim exclaims exclaimed \
    announce announced predict predicts predicted report reports reported read reads went goes asserts \
    asserted retort retorted counter countered interject interjected muse mused complain complained boast \
    boasted lament lamented chant chanted proclaim proclaimed opine opined agree agreed agrees admit \
    admitted acknowledge acknowledged begin began come came states stated cautioned cried crowed yelled \
    whispered sighed urged thundered scoffed intoned snapped barked volunteered recounted offered wondered \
    wonders posted tells testified emailed claimed claims contends contended";

/// Verbs that lead in a quotation but, without one, mostly tell of deeds; and plurals spelt like
/// a verb.
pub const WEAK: &str = "attacks states went put puts found vote votes voted voting address \
    addressed shooting shows go goes going gone reporting release releases see sees seen saw known \
    emails messages show showed shown focus focuses focusing began begin begins begun writing \
    targeting targeted targets target planning hearing hear heard welcoming posts embraced embrace \
    returned return returns returning aims aim rules requested requests cast casting backing backed \
    back drew draw drawn recognize recognized judges judge state hit hits find finds finding meant \
    mean means meaning headlined shot shoot sang sing let sum felt feel views view viewed enjoy \
    enjoyed enjoys rely relies relied frame framed press pressed invite invited mind discover \
    discovered vent venture venturing quiz message text texts trumpet treated treat regard regards \
    assume assumed publish published accept accepted accepting thanks like likes letting read reads \
    reading toast dare crow cable order concern concerns concerning presume determine determined \
    name identify identified learn hate spoken roar interrupt notice dictated directed detailed \
    continue broadcast offer offering written drawing considering continues comments remarks \
    debates questions talk talking share shares sharing sign signs signing issue issues issuing \
    list lists listing expects expected feels understands understood maintains maintained planned \
    thought intends intended debate debated charged laughed laughs smiled smiles advises advising \
    respects respected estimates aimed proposal proposals speech response";

/// Calls `each` with every form of every verb, its frame, and which form it is.
pub fn forms(mut each: impl FnMut(&str, Frame, Form)) {
    for verb in IRREGULAR {
        inflect(verb, &mut each);
    }
    let lists = [
        (SPEECH, Frame::Say),
        (TELLING, Frame::Tell),
        (JUDGING, Frame::Call),
        (ATTITUDE, Frame::Think),
        (STANCES, Frame::Stand),
        (ACTION, Frame::Act),
    ];
    for (list, frame) in lists {
        for base in list.split_ascii_whitespace() {
            inflect(&regular(frame, base), &mut each);
        }
    }
}

/// Which form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// "say".
    Base,
    /// "says", "said".
    Finite,
    /// "saying".
    Participle,
}

fn inflect(verb: &Verb, each: &mut impl FnMut(&str, Frame, Form)) {
    let base = verb.base;
    let stem = base.strip_suffix('e').unwrap_or(base);
    each(base, verb.frame, Form::Base);
    each(&third(base), verb.frame, Form::Finite);
    for past in verb.past {
        each(past, verb.frame, Form::Finite);
    }
    if verb.past.is_empty() {
        each(&past(base), verb.frame, Form::Finite);
    }
    let doubled = verb.past.iter().find_map(|past| past.strip_suffix("ed"));
    each(&format!("{}ing", doubled.unwrap_or(stem)), verb.frame, Form::Participle);
}

fn third(base: &str) -> String {
    if ["s", "x", "ch", "sh", "o"].iter().any(|tail| base.ends_with(tail)) {
        return format!("{base}es");
    }
    match base.strip_suffix('y') {
        Some(stem) if !ends_in_vowel(stem) => format!("{stem}ies"),
        _ => format!("{base}s"),
    }
}

fn past(base: &str) -> String {
    if base.ends_with('e') {
        return format!("{base}d");
    }
    match base.strip_suffix('y') {
        Some(stem) if !ends_in_vowel(stem) => format!("{stem}ied"),
        _ => format!("{base}ed"),
    }
}

fn ends_in_vowel(stem: &str) -> bool {
    stem.ends_with(['a', 'e', 'i', 'o', 'u'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_inflected_as_english_spells_them() {
        let mut found = Vec::new();
        forms(|form, frame, _| found.push((form.to_string(), frame)));
        for form in ["said", "saying", "replies", "replied", "quipping", "boasted", "describing"] {
            assert!(found.iter().any(|(f, _)| f == form), "{form}");
        }
    }
}
