//! News agencies by the names they sign with.

/// An agency's name as we write it, and every other spelling in lower case.
const AGENCIES: &[(&str, &[&str])] = &[
    ("Reuters", &["thomson reuters", "rtrs", "reuter"]),
    ("AFP", &["agence france-presse", "agence france presse"]),
    ("Associated Press", &["ap", "the associated press"]),
    ("Xinhua", &["xinhua news agency", "xinhuanet"]),
    ("dpa", &["deutsche presse-agentur", "dpa international"]),
    ("PA", &["pa media", "press association"]),
    ("AAP", &["australian associated press"]),
    ("ANSA", &[]),
    ("ANP", &[]),
    ("APA", &["austria presse agentur"]),
    ("ATS", &["keystone-ats", "keystone-sda"]),
    ("Anadolu", &["anadolu agency", "aa"]),
    ("ANI", &[]),
    ("Antara", &[]),
    ("Belga", &[]),
    ("Bernama", &[]),
    ("Bloomberg", &["bloomberg news"]),
    ("The Canadian Press", &["canadian press", "cp"]),
    ("EFE", &["efe news"]),
    ("IANS", &[]),
    ("Interfax", &[]),
    ("IRNA", &[]),
    ("Jiji", &["jiji press"]),
    ("Kyodo", &["kyodo news"]),
    ("Lusa", &[]),
    ("MENA", &[]),
    ("NTB", &[]),
    ("PTI", &["press trust of india"]),
    ("RIA Novosti", &["ria"]),
    ("Ritzau", &[]),
    ("STT", &[]),
    ("TASS", &["itar-tass"]),
    ("TT", &[]),
    ("UPI", &["united press international"]),
    ("WAM", &[]),
    ("Yonhap", &["yonhap news agency"]),
    ("Nordwire", &[]),
    ("Costa Press", &[]),
];

/// No name of an agency is longer, in bytes.
const LONGEST: usize = 40;

/// Gives the agency's name as we write it, however it is cased or spelt.
///
/// ```
/// use onrecord::text::agencies::agency;
/// assert_eq!(agency("REUTERS"), Some("Reuters"));
/// assert_eq!(agency("the moon"), None);
/// ```
pub fn agency(text: &str) -> Option<&'static str> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    let known = |(name, others): &&(&str, &[&str])| {
        name.eq_ignore_ascii_case(text)
            || others.iter().any(|other| other.eq_ignore_ascii_case(text))
    };
    AGENCIES.iter().find(known).map(|(name, _)| *name)
}

/// Every other spelling of an agency's name, in lower case, so that a search finds it by any.
pub fn spellings(name: &str) -> &'static [&'static str] {
    let known = AGENCIES.iter().find(|(known, _)| *known == name);
    known.map_or(&[], |(_, others)| *others)
}
