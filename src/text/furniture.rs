//! Furniture: lines of a story that are not its prose.
//!
//! A newspaper's site puts pleas, credits and links between the paragraphs; an agency puts notes
//! and its name behind them. Each kind is a line of a table.

use std::sync::LazyLock;

use super::agencies::agency;

/// What a line of furniture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Furniture {
    /// A plea, a link, an advertisement: nothing of the story's.
    Plea,
    /// The credit of a picture; what stands directly above it may be the picture's caption.
    Credit,
    /// A note to editors, or on who reported and edited.
    Note,
    /// The end of the wire's copy, or of a take.
    End,
}

/// How furniture begins, in lower case.
const STARTS: &[(&str, Furniture)] = &[
    ("sign up now", Furniture::Plea),
    ("sign up for", Furniture::Plea),
    ("sign up to", Furniture::Plea),
    ("subscribe to", Furniture::Plea),
    ("subscribe now", Furniture::Plea),
    ("follow topic", Furniture::Plea),
    ("follow us on", Furniture::Plea),
    ("read more:", Furniture::Plea),
    ("read also:", Furniture::Plea),
    ("also read:", Furniture::Plea),
    ("see also:", Furniture::Plea),
    ("related:", Furniture::Plea),
    ("related stories", Furniture::Plea),
    ("recommended:", Furniture::Plea),
    ("advertisement", Furniture::Plea),
    ("story continues below", Furniture::Plea),
    ("share this", Furniture::Plea),
    ("click here", Furniture::Plea),
    ("get the latest", Furniture::Plea),
    ("download the app", Furniture::Plea),
    ("download our app", Furniture::Plea),
    ("join our ", Furniture::Plea),
    ("listen to this", Furniture::Plea),
    ("watch:", Furniture::Plea),
    ("skip to content", Furniture::Plea),
    ("already a subscriber", Furniture::Plea),
    ("copyright ", Furniture::Plea),
    ("©", Furniture::Plea),
    ("all rights reserved", Furniture::Plea),
    ("for confidential support", Furniture::Plea),
    ("photo:", Furniture::Credit),
    ("photos:", Furniture::Credit),
    ("picture:", Furniture::Credit),
    ("image:", Furniture::Credit),
    ("foto:", Furniture::Credit),
    ("(photo by", Furniture::Credit),
    ("(photo:", Furniture::Credit),
    ("photo by ", Furniture::Credit),
    ("reporting by ", Furniture::Note),
    ("(reporting by", Furniture::Note),
    ("additional reporting by", Furniture::Note),
    ("(additional reporting", Furniture::Note),
    ("writing by ", Furniture::Note),
    ("(writing by", Furniture::Note),
    ("editing by ", Furniture::Note),
    ("(editing by", Furniture::Note),
    ("compiled by ", Furniture::Note),
    ("(compiled by", Furniture::Note),
    ("our standards:", Furniture::Note),
    ("contact:", Furniture::Note),
    ("contacts:", Furniture::Note),
    ("media contact", Furniture::Note),
    ("eds:", Furniture::Note),
    ("eds.:", Furniture::Note),
    ("(eds:", Furniture::Note),
    ("editors:", Furniture::Note),
    ("editors note:", Furniture::Note),
    ("editors' note:", Furniture::Note),
    ("editor's note:", Furniture::Note),
    ("attention editors", Furniture::Note),
    ("note to editors", Furniture::Note),
    ("(adds ", Furniture::Note),
    ("(updates ", Furniture::Note),
    ("(recasts", Furniture::Note),
    ("(refiles ", Furniture::Note),
    ("(corrects ", Furniture::Note),
    ("(rewrites ", Furniture::Note),
    ("(repeats ", Furniture::Note),
    ("(this story ", Furniture::Note),
    ("(this interview ", Furniture::Note),
    ("(the opinions ", Furniture::Note),
    ("(the views ", Furniture::Note),
    ("not for release", Furniture::Note),
    ("embargoed until", Furniture::Note),
    ("more follows", Furniture::End),
    ("(more follows", Furniture::End),
    ("more ap ", Furniture::Plea),
    ("(more to come", Furniture::End),
    ("more to come", Furniture::End),
];

/// How furniture ends, in lower case.
const ENDS: &[(&str, Furniture)] = &[
    ("contributed to this report.", Furniture::Note),
    ("contributed to this story.", Furniture::Note),
];

/// Lines that are furniture as a whole, in lower case.
const WHOLE: &[(&str, Furniture)] = &[
    ("ends", Furniture::End),
    ("end", Furniture::End),
    ("enditem", Furniture::End),
    ("endit", Furniture::End),
    ("more", Furniture::End),
    ("(more)", Furniture::End),
    ("eom", Furniture::End),
    ("end of story", Furniture::End),
    ("-end-", Furniture::End),
    ("nnnn", Furniture::End),
    ("30", Furniture::End),
    ("-30-", Furniture::End),
    ("###", Furniture::End),
    ("share", Furniture::Plea),
    ("comments", Furniture::Plea),
    ("print", Furniture::Plea),
    ("also read", Furniture::Plea),
    ("read more", Furniture::Plea),
];

/// The longest line that is looked up in the tables, in bytes: a longer one is prose but for notes.
const LONGEST: usize = 600;

/// Tells what furniture a line is; none for prose.
pub fn furniture(line: &str) -> Option<Furniture> {
    let line = line.trim();
    if line.is_empty() || line.len() > LONGEST {
        return None;
    }
    if line.bytes().all(|byte| b"_-=*~. ".contains(&byte)) {
        return Some(Furniture::End);
    }
    let starts = starts_like(line).iter().find(|(start, kind)| {
        starts_with(line, start)
            && !runs_on(line, start)
            && !(*kind == Furniture::Plea && reports(line))
    });
    let ends = || ENDS.iter().find(|(end, _)| ends_with(line, end));
    let whole = || WHOLE.iter().find(|(whole, _)| line.eq_ignore_ascii_case(whole));
    let found = starts.or_else(ends).or_else(whole).map(|(_, furniture)| *furniture);
    found.or_else(|| is_initials(line).then_some(Furniture::End))
}

/// How furniture may begin that begins with the same letter as a line.
fn starts_like(line: &str) -> &'static [(&'static str, Furniture)] {
    static BY_FIRST: LazyLock<[Vec<(&'static str, Furniture)>; 256]> = LazyLock::new(|| {
        let of = |first: usize| {
            STARTS.iter().filter(move |(start, _)| usize::from(start.as_bytes()[0]) == first)
        };
        std::array::from_fn(|first| of(first).copied().collect())
    });
    let first = line.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
    &BY_FIRST[usize::from(first)]
}

/// Whether a line quotes or reports somebody, or only sounds like a plea: "Join our union, he said".
fn reports(line: &str) -> bool {
    const SIGNS: &[&str] = &[" said", " says", " told ", " was ", " were ", " had ", "“", "”"];
    !line.contains(':') && SIGNS.iter().any(|sign| line.contains(sign))
}

/// Words of furniture that also begin sentences ("Reporting by candlelight is slow."): furniture
/// only before a name, a year or a sign.
const ALSO_PROSE: &[&str] =
    &["copyright ", "reporting by ", "writing by ", "editing by ", "compiled by ", "photo by "];

/// Whether the words are the start of a sentence or of a longer word ("Advertisements were").
fn runs_on(line: &str, start: &str) -> bool {
    let rest = &line[start.len()..];
    if ALSO_PROSE.contains(&start) {
        return rest.starts_with(char::is_lowercase);
    }
    start.ends_with(char::is_alphabetic) && rest.starts_with(char::is_alphabetic)
}

/// Cuts an agency's sign-off, the writers' initials or a wire's end mark off the last paragraph,
/// and gives the agency: "... the fighting. REUTERS" is "... the fighting.".
pub fn sign_off(paragraph: &str) -> (&str, Option<&'static str>) {
    let mut text = paragraph.trim_end();
    let mut signed = None;
    while let Some(shorter) = without_end(text) {
        let cut = text[shorter.len()..].trim();
        signed = signed.or_else(|| agency(cut.trim_matches(['(', ')', '-', '–', '—', '/', ' '])));
        text = shorter;
    }
    (text, signed)
}

/// Whether a text is a word of the tables in capitals.
fn is_in_capitals(text: &str, word: &str) -> bool {
    text.eq_ignore_ascii_case(word) && !text.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// The paragraph without one sign-off at its end.
fn without_end(text: &str) -> Option<&str> {
    let ends_sentence = |rest: &str| {
        rest.is_empty() || rest.ends_with(['.', '!', '?', '”', '"', '\'', '’', ')', '»'])
    };
    if text.ends_with(')')
        && let Some(open) = text.rfind('(')
    {
        let inner = &text[open + 1..text.len() - 1];
        let rest = text[..open].trim_end();
        let sign = agency(inner).is_some() || is_initials(inner);
        return (sign && ends_sentence(rest)).then_some(rest);
    }
    // The longest agency's name has three words.
    for words in 1..=3 {
        let start = text
            .rmatch_indices(char::is_whitespace)
            .nth(words - 1)
            .map(|(at, blank)| at + blank.len());
        let name = &text[start.unwrap_or_default()..];
        let plain = name.trim_start_matches(['-', '–', '—', '/']);
        let rest =
            text[..text.len() - name.len()].trim_end().trim_end_matches(['-', '–', '—']).trim_end();
        let sign = agency(plain).is_some()
            || WHOLE.iter().any(|(whole, kind)| {
                *kind == Furniture::End && whole.len() > 2 && is_in_capitals(plain, whole)
            })
            || plain == "Enditem";
        let parted = text[..text.len() - name.len()].trim_end().ends_with(['-', '–', '—']);
        if sign
            && (ends_sentence(rest) || parted && agency(plain).is_some())
            && name.starts_with(|c: char| !c.is_lowercase() || plain == "dpa")
        {
            return Some(rest);
        }
        start?;
    }
    None
}

/// Whether these are writers' and desks' initials: "ab/cd", "bur/abc", "(sdk/rom)".
fn is_initials(text: &str) -> bool {
    const LONGEST: usize = 16;
    let text = text.trim_matches(['(', ')']);
    let parts = text.split('/');
    text.len() <= LONGEST
        && text.contains('/')
        && parts.clone().all(|part| (1..=5).contains(&part.len()))
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'/' || byte == b'-')
}

fn starts_with(line: &str, start: &str) -> bool {
    line.get(..start.len()).is_some_and(|front| front.eq_ignore_ascii_case(start))
}

fn ends_with(line: &str, end: &str) -> bool {
    let from = line.len().checked_sub(end.len());
    from.and_then(|from| line.get(from..)).is_some_and(|back| back.eq_ignore_ascii_case(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pleas_credits_and_notes_are_told_from_prose() {
        for (line, expected) in [
            ("Sign up now: Get the Courier's newsletters", Some(Furniture::Plea)),
            ("PHOTO: NORDWIRE", Some(Furniture::Credit)),
            ("(Reporting by Ada Orlo; Editing by Ivan Vane)", Some(Furniture::Note)),
            ("(Adds comments from minister)", Some(Furniture::Note)),
            ("Ivan Vane in Halvik contributed to this report.", Some(Furniture::Note)),
            ("ENDS", Some(Furniture::End)),
            ("___", Some(Furniture::End)),
            ("bur/abc", Some(Furniture::End)),
            ("Join our union, he said, and the crowd cheered.", None),
            ("Get the latest figures first, she said.", None),
            ("More ships sailed than in May.", None),
            ("Photographs were shown to the court.", None),
            ("Reporting on the strait is dangerous.", None),
            ("Reporting by candlelight is slow.", None),
            ("Reporting by Ada Orlo; Editing by Ivan Vane", Some(Furniture::Note)),
            ("Copyright law was amended on Monday.", None),
            ("Copyright 2025 Nordwire", Some(Furniture::Plea)),
            ("Advertisements were taken down.", None),
            ("ADVERTISEMENT", Some(Furniture::Plea)),
            ("Endings are hard, he said.", None),
            ("", None),
        ] {
            assert_eq!(furniture(line), expected, "{line}");
        }
    }

    #[test]
    fn a_sign_off_is_cut_and_names_its_agency() {
        for (text, rest, signed) in [
            ("It was over. REUTERS", "It was over.", Some("Reuters")),
            ("“It is over.” (AFP)", "“It is over.”", Some("AFP")),
            ("It was over. - AP", "It was over.", Some("Associated Press")),
            ("It was over. COSTA PRESS", "It was over.", Some("Costa Press")),
            ("It was over. (ab/dc)", "It was over.", None),
            ("It was over. Enditem", "It was over.", None),
            ("It was over - AP", "It was over", Some("Associated Press")),
            ("REUTERS", "", Some("Reuters")),
            ("He works for Reuters", "He works for Reuters", None),
            ("She spoke to Reuters.", "She spoke to Reuters.", None),
            ("It was over (in 2014)", "It was over (in 2014)", None),
        ] {
            assert_eq!(sign_off(text), (rest, signed), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_line_is_read(line in "\\PC{0,80}") {
            furniture(&line);
            let (rest, _) = sign_off(&line);
            prop_assert!(line.starts_with(rest));
        }
    }
}
