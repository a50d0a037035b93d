//! Bylines: who wrote a story.

/// The longest line that can be a byline, in bytes.
const LONGEST: usize = 120;
/// The most words of one writer's name.
const MOST_WORDS: usize = 5;

/// Small words inside names.
const PARTICLES: &[&str] = &[
    "de", "del", "la", "van", "von", "der", "den", "bin", "al", "el", "da", "di", "dos", "le",
    "du", "ter",
];

/// Gives the names of a byline ("By Jay Shankar", "BY JOHN SMITH and Mary Jones"), as written; empty
/// where the line is none.
///
/// ```
/// use onrecord::text::byline::names;
/// assert_eq!(names("By Mara Lund and Pieter Aasgaard"), ["Mara Lund", "Pieter Aasgaard"]);
/// assert!(names("By Friday the port was open.").is_empty());
/// ```
pub fn names(line: &str) -> Vec<&str> {
    let line = line.trim();
    let rest = ["By ", "BY ", "by "].iter().find_map(|by| line.strip_prefix(by));
    rest.map(names_behind_by).unwrap_or_default()
}

/// Gives the names of what stands behind a byline's "By".
pub fn names_behind_by(rest: &str) -> Vec<&str> {
    if rest.len() > LONGEST || rest.ends_with(['.', '?', '!', ':']) && !rest.ends_with("Jr.") {
        return Vec::new();
    }
    let mut names = Vec::new();
    for part in parts(rest.trim_end_matches('=').trim_end()) {
        let name = without_place(part);
        if is_name(name) {
            names.push(name);
        } else if names.is_empty() {
            return Vec::new();
        }
    }
    names
}

/// Gives the names of a byline in small letters that ends a headline ("The lamp lives on by Mara
/// Lund"); empty where none does.
///
/// Only names of people's length count: "sunk by Danger Rock ferry" ends in no byline.
pub fn at_end(headline: &str) -> Vec<&str> {
    headline.rfind(" by ").map(|at| names(&headline[at + 1..])).unwrap_or_default()
}

/// A byline's parts: between commas, "and" and ampersands.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for at in memchr::memchr3_iter(b',', b'&', b' ', text.as_bytes()) {
        let and = |rest: &&str| rest.starts_with(" and ") || rest.starts_with(" AND ");
        let mark = match &text[at..] {
            rest if !rest.starts_with(' ') => 1,
            rest if and(&rest) => " and".len(),
            _ => continue,
        };
        parts.push(&text[start..at]);
        start = at + mark;
    }
    parts.push(&text[start..]);
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty())
}

/// A writer's name without where he writes: "Zoë Brückner in Halvik".
fn without_place(part: &str) -> &str {
    let is_place = |at: &usize| part[*at..].starts_with(" in ");
    let end = memchr::memchr_iter(b' ', part.as_bytes()).find(is_place);
    part[..end.unwrap_or(part.len())].trim()
}

/// Words that make a line of names a writer's office.
const OFFICES: &[&str] = &[
    "writer",
    "correspondent",
    "reporter",
    "editor",
    "staff",
    "press",
    "agency",
    "news",
    "contributor",
    "university",
    "institute",
    "college",
];

/// Whether a line is what a writer is, as it stands below a byline: "Nordwire correspondent".
pub fn is_office(line: &str) -> bool {
    line.len() <= LONGEST / 2
        && line.split_whitespace().count() <= MOST_WORDS
        && line.split_whitespace().next_back().is_some_and(names_an_office)
}

fn names_an_office(word: &str) -> bool {
    OFFICES.iter().any(|office| office.eq_ignore_ascii_case(word))
}

fn is_name(text: &str) -> bool {
    let words = || text.split_whitespace();
    let named = |word: &&str| {
        // "Frances d'Emilio".
        let bare = ["d'", "d’", "l'", "l’"].iter().find_map(|small| word.strip_prefix(small));
        let bare = bare.unwrap_or(word);
        bare.starts_with(char::is_uppercase) && !word.contains(|c: char| c.is_ascii_digit())
            || PARTICLES.contains(word)
    };
    (2..=MOST_WORDS).contains(&words().count())
        && words().all(|word| named(&word) && !names_an_office(word))
        && words().next().is_some_and(|first| first.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_as_written() {
        assert_eq!(names("BY ADA ORLO AND IVAN VANE"), ["ADA ORLO", "IVAN VANE"]);
        assert_eq!(names("By Ada van der Loo, Staff Writer"), ["Ada van der Loo"]);
        assert_eq!(names("By Zoë Brückner in Halvik"), ["Zoë Brückner"]);
        assert_eq!(names("By ADA ORLO ="), ["ADA ORLO"]);
        assert_eq!(names("By Ada d'Orlo and Ivan Vane"), ["Ada d'Orlo", "Ivan Vane"]);
        assert_eq!(names("By Ada Orlo, Halvik State University"), ["Ada Orlo"]);
    }

    #[test]
    fn a_headline_may_end_in_a_byline() {
        assert_eq!(at_end("The lamp lives on by Mara Lund"), ["Mara Lund"]);
        for line in
            ["Ship sunk by Danger Rock ferry", "Port to open by Monday", "Struck by lightning", ""]
        {
            assert!(at_end(line).is_empty(), "{line}");
        }
    }

    #[test]
    fn an_office_is_told_from_a_sentence() {
        assert!(is_office("Nordwire correspondent") && is_office("Staff Writer"));
        for line in ["The port lost its editor.", "It was all in the news that", ""] {
            assert!(!is_office(line), "{line}");
        }
    }

    #[test]
    fn a_sentence_is_no_byline() {
        for line in [
            "By noon the ships had left",
            "By Monday, Orlo was gone",
            "Bystanders saw",
            "By X",
            "By 2014",
        ] {
            assert!(names(line).is_empty(), "{line}");
        }
    }
}
