//! How newspapers, broadcasters and agencies write a day in digits.
//!
//! Comes in: an outlet's name or its address. Goes out: whether it puts the month before the day. An
//! outlet of a country with one custom follows it; agencies that serve the whole world are not
//! listed, since they spell months out.

/// American outlets: 3/18/2025. In lower case, without "the".
const MONTH_FIRST: &[&str] = &[
    "abc news",
    "arizona republic",
    "associated press",
    "atlanta journal-constitution",
    "axios",
    "baltimore sun",
    "bloomberg",
    "boston globe",
    "business wire",
    "buzzfeed",
    "cbs news",
    "chicago sun-times",
    "chicago tribune",
    "cnbc",
    "cnn",
    "dallas morning news",
    "denver post",
    "detroit free press",
    "forbes",
    "fox news",
    "houston chronicle",
    "huffington post",
    "huffpost",
    "los angeles times",
    "miami herald",
    "minneapolis star tribune",
    "msnbc",
    "nbc news",
    "new york daily news",
    "new york post",
    "new york times",
    "newsweek",
    "npr",
    "philadelphia inquirer",
    "politico",
    "pr newswire",
    "san francisco chronicle",
    "seattle times",
    "the hill",
    "upi",
    "usa today",
    "vox",
    "wall street journal",
    "washington examiner",
    "washington post",
    "washington times",
];

/// Outlets of Britain, Ireland, India, Australia and others that write 18/3/2025.
const DAY_FIRST: &[&str] = &[
    "aap",
    "afp",
    "al jazeera",
    "ani",
    "bbc",
    "bbc news",
    "belga",
    "channel 4 news",
    "daily express",
    "daily mail",
    "daily mirror",
    "daily telegraph",
    "deutsche welle",
    "dawn",
    "dpa",
    "efe",
    "evening standard",
    "financial times",
    "france 24",
    "guardian",
    "hindu",
    "hindustan times",
    "independent",
    "indian express",
    "irish independent",
    "irish times",
    "itv news",
    "metro",
    "new zealand herald",
    "pa",
    "pti",
    "rte",
    "scotsman",
    "sky news",
    "straits times",
    "sydney morning herald",
    "telegraph",
    "times of india",
];

/// Endings of addresses in countries that write 18/3/2025.
const DAY_FIRST_ADDRESSES: &[&str] = &[
    ".co.uk", ".org.uk", ".ie", ".in", ".com.au", ".net.au", ".co.nz", ".co.za", ".com.sg", ".pk",
];

/// Whether an outlet puts the month before the day in digits; nothing where its custom is not known.
///
/// ```
/// use onrecord::text::outlets::month_first;
/// assert_eq!(month_first("The Washington Post"), Some(true));
/// assert_eq!(month_first("news.example.co.uk"), Some(false));
/// assert_eq!(month_first("Reuters"), None);
/// ```
pub fn month_first(source: &str) -> Option<bool> {
    let name = source.trim().to_lowercase();
    let name = name.trim_start_matches("the ");
    let listed = |outlets: &[&str]| outlets.iter().any(|o| o.trim_start_matches("the ") == name);
    if listed(MONTH_FIRST) {
        return Some(true);
    }
    let address = |ending: &&str| name.ends_with(*ending) && !name.contains(' ');
    (listed(DAY_FIRST) || DAY_FIRST_ADDRESSES.iter().any(address)).then_some(false)
}
