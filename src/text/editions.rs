//! What a story is among the stories of its event: an alert, a correction, a kill.
//!
//! Agencies say it at the front of the headline ("CORRECTED-", "UPDATE 2-", "1st Ld-Writethru:"), in the
//! version or slug, in the note to editors, or by a status.

use crate::model::{Status, Story};

/// What a story may be, in the order in which it is told.
const KINDS: &[Kind] = &[
    Kind {
        name: "kill",
        words: &["kill", "killed", "withdrawn", "withdrawal", "withdraws", "mandatory kill"],
        notes: &[
            "kill the story",
            "mandatory kill",
            "kill story",
            "please withdraw",
            "is withdrawn",
        ],
    },
    Kind {
        name: "correction",
        words: &[
            "corrected",
            "correction",
            "corrections",
            "corrects",
            "clarification",
            "clarifies",
        ],
        notes: &["corrects ", "please read in paragraph", "please correct"],
    },
    Kind { name: "refile", words: &["refile", "refiled", "refiles", "refiling"], notes: &[] },
    Kind { name: "repeat", words: &["repeat", "rpt", "repeats"], notes: &[] },
    Kind { name: "alert", words: &["alert", "flash", "newsalert", "apnewsalert"], notes: &[] },
    Kind { name: "urgent", words: &["urgent", "bulletin"], notes: &[] },
    Kind { name: "update", words: &["update", "wrapup", "updated"], notes: &[] },
    Kind { name: "lead", words: &["ld", "lead"], notes: &[] },
    Kind { name: "writethru", words: &["writethru", "write-thru", "writethrough"], notes: &[] },
];

struct Kind {
    name: &'static str,
    /// The words for it at the front of a headline, in lower case.
    words: &'static [&'static str],
    /// How notes to editors say it, in lower case.
    notes: &'static [&'static str],
}

/// The longest front of a headline that tells what a story is, in bytes: "3rd Ld-Writethru".
const LONGEST_FRONT: usize = 28;

/// What a story is: some of `kill`, `correction`, `refile`, `repeat`, `alert`, `urgent`, `update`, `lead`,
/// `writethru`; mostly nothing.
///
/// ```
/// use onrecord::model::Story;
/// use onrecord::text::editions::kinds;
/// let titled = |title: &str| kinds(&Story { title: title.into(), ..Story::default() });
/// assert_eq!(titled("CORRECTED-Port opens"), ["correction"]);
/// assert_eq!(titled("1st Ld-Writethru: Port opens"), ["lead", "writethru"]);
/// assert_eq!(titled("Kill the bill, says Orlo"), [""; 0]);
/// ```
pub fn kinds(story: &Story) -> Vec<&'static str> {
    let fronts = [front(&story.title), Some(story.version.as_str()), slug_tail(&story.slug)];
    let words: Vec<String> = fronts.into_iter().flatten().flat_map(words_of).collect();
    let note = story.note.to_lowercase();
    let is_so = |kind: &&Kind| {
        kind.words.iter().any(|word| words.iter().any(|here| here == word))
            || kind.notes.iter().any(|told| note.contains(told))
            || kind.name == "kill" && story.status == Status::Canceled
    };
    KINDS.iter().filter(is_so).map(|kind| kind.name).collect()
}

/// A headline without the front that says what the story is; whole where it has none.
///
/// ```
/// use onrecord::text::editions::stem;
/// assert_eq!(stem("UPDATE 2-Port opens"), "Port opens");
/// assert_eq!(stem("Orlo: kill the bill"), "Orlo: kill the bill");
/// ```
pub fn stem(title: &str) -> &str {
    let Some(front) = front(title) else { return title };
    let is_word = |word: &str| KINDS.iter().any(|kind| kind.words.contains(&word));
    if !words_of(front).any(|word| is_word(&word)) {
        return title;
    }
    let rest = &title.trim_start()[front.len()..];
    rest.trim_start_matches([':', '-', '–', '—', ' '])
}

/// The front of a headline that says what the story is: up to a colon or a hyphen, or a word in capitals
/// before a headline that is not.
fn front(title: &str) -> Option<&str> {
    let title = title.trim_start();
    let end = title.find([':', '–', '—']).or_else(|| title.find('-'));
    if let Some(end) = end.filter(|end| *end <= LONGEST_FRONT) {
        // "1st Ld-Writethru: ..." has a hyphen before its colon; a hyphen in a headline joins words.
        let front = &title[..end];
        let joined = title[end..].starts_with('-') && !is_label(front);
        return (!joined).then_some(front);
    }
    let (word, rest) = title.split_once(' ')?;
    let loud = |text: &str| !text.contains(char::is_lowercase) && text.contains(char::is_uppercase);
    (loud(word) && !loud(rest)).then_some(word)
}

/// Whether the words before a hyphen are such a front and no part of the headline: in capitals, but for
/// numbers.
fn is_label(front: &str) -> bool {
    let capital = |letter: char| letter.is_uppercase() || letter.is_ascii_digit() || letter == ' ';
    front.chars().all(capital)
}

/// The last part of a slug: "BC-VE--APNewsAlert".
fn slug_tail(slug: &str) -> Option<&str> {
    slug.rsplit(['-', '/']).next()
}

fn words_of(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titled(title: &str) -> Vec<&'static str> {
        kinds(&Story { title: title.into(), ..Story::default() })
    }

    #[test]
    fn fronts_of_headlines_tell() {
        assert_eq!(titled("KILL: Ferry sold"), ["kill"]);
        assert_eq!(titled("WITHDRAWN: Ferry sold"), ["kill"]);
        assert_eq!(titled("UPDATE 2-Korda, Vasht agree"), ["update"]);
        assert_eq!(titled("URGENT Ferry sinks off port"), ["urgent"]);
        assert_eq!(titled("REFILE-May mocks governor"), ["refile"]);
        assert_eq!(titled("Correction: Ferry sinking"), ["correction"]);
        assert_eq!(titled("Lead-Writethru: New ferry"), ["lead", "writethru"]);
        assert_eq!(titled("2nd Ld-Writethru: New ferry"), ["lead", "writethru"]);
        assert_eq!(titled("2nd Ld: New ferry"), ["lead"]);
    }

    #[test]
    fn headlines_that_only_begin_so_tell_nothing() {
        for title in [
            "Lead-acid batteries found in harbour",
            "Alert watchman saves ferry",
            "UPDATE ON FERRY SINKING",
            "Update-hungry readers wait",
            "Orlo: kill the bill",
            "Kill-or-cure budget",
            "NATO alert after flight",
        ] {
            assert_eq!(titled(title), [""; 0], "{title}");
        }
    }

    #[test]
    fn notes_versions_slugs_and_status_tell() {
        let story =
            Story { note: "EDITORS NOTE: Kill the story headlined".into(), ..Story::default() };
        assert_eq!(kinds(&story), ["kill"]);
        let story = Story { version: "REFILE 1ST LEAD".into(), ..Story::default() };
        assert_eq!(kinds(&story), ["refile", "lead"]);
        let story = Story { slug: "BC-VE--APNewsAlert".into(), ..Story::default() };
        assert_eq!(kinds(&story), ["alert"]);
        let story = Story { status: Status::Canceled, ..Story::default() };
        assert_eq!(kinds(&story), ["kill"]);
    }
}
