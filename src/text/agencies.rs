//! News agencies by the names they sign with.

use std::sync::LazyLock;

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
    let alike = by_length(text.len());
    alike.iter().find(|(spelling, _)| spelling.eq_ignore_ascii_case(text)).map(|(_, name)| *name)
}

/// The spellings of a length, each with the name as we write it.
fn by_length(length: usize) -> &'static [(&'static str, &'static str)] {
    static BY_LENGTH: LazyLock<[Vec<(&'static str, &'static str)>; LONGEST + 1]> =
        LazyLock::new(|| {
            let all = AGENCIES.iter().flat_map(|(name, others)| {
                std::iter::once((*name, *name)).chain(others.iter().map(|other| (*other, *name)))
            });
            std::array::from_fn(|length| all.clone().filter(|(s, _)| s.len() == length).collect())
        });
    BY_LENGTH.get(length).map_or(&[], Vec::as_slice)
}

/// Every other spelling of an agency's name, in lower case, so that a search finds it by any.
pub fn spellings(name: &str) -> &'static [&'static str] {
    let known = AGENCIES.iter().find(|(known, _)| *known == name);
    known.map_or(&[], |(_, others)| *others)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_known() {
        for (name, others) in AGENCIES {
            assert_eq!(agency(name), Some(*name));
            for other in *others {
                assert_eq!(agency(&other.to_uppercase()), Some(*name));
            }
        }
    }
}
