//! The text of a mail: without signature, quoted reply and footers.

use crate::model::{PublishedFrom, Story};
use crate::text::markup::{self, one_line};
use crate::text::{copy, dateline, feed};

use super::head::{date, without_prefixes};

/// The paragraphs of a text part.
pub(super) fn paragraphs(text: &str, flowed: bool) -> Vec<String> {
    let text = if flowed { unfolded(text) } else { text.to_owned() };
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let lines = without_signature(&lines);
    let own: Vec<&str> = without_quotations(lines);
    let kept = if own.iter().all(|line| line.trim().is_empty()) {
        // What is nothing but a quotation was passed on so.
        lines.iter().map(|line| line.trim_start_matches(['>', ' '])).collect()
    } else {
        own
    };
    without_footers(markup::plain(&kept.join("\n")))
}

/// Joins the lines that end in a blank to the next (RFC 3676).
fn unfolded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines().map(|line| line.trim_end_matches('\r')) {
        let line = line.strip_prefix(' ').unwrap_or(line);
        out.push_str(line);
        if !line.ends_with(' ') || line == "-- " {
            out.push('\n');
        }
    }
    out
}

/// The lines above the signature, which a line of `-- ` parts from the text.
fn without_signature<'a, 'l>(lines: &'l [&'a str]) -> &'l [&'a str] {
    /// Copy has a line of `--` too; what stands behind it is a signature only where it is short.
    const LONGEST: usize = 15;
    let last = lines.iter().rposition(|line| *line == "--");
    match last.filter(|at| lines.len() - at <= LONGEST && *at > 0) {
        Some(at) => &lines[..at],
        None => lines,
    }
}

/// How the line ends that stands above a quoted mail, in the languages of mail programs.
const WROTE: &[&str] = &["wrote:", "schrieb:", "a écrit :", "escribió:", "ha scritto:", "skrev:"];
/// The longest such line, in bytes.
const LONGEST_WROTE: usize = 200;

/// So many lines above a quotation it may stand.
const LINES_ABOVE: usize = 3;

/// The lines that are no quotation of an earlier mail.
fn without_quotations<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let mut kept: Vec<&str> = Vec::with_capacity(lines.len());
    for line in lines {
        if line.starts_with('>') {
            let first = kept.len().saturating_sub(LINES_ABOVE);
            let above =
                kept[first..].iter().rposition(|line| !line.is_empty()).map(|at| first + at);
            let wrote = |line: &str| {
                line.len() <= LONGEST_WROTE && WROTE.iter().any(|wrote| line.ends_with(wrote))
            };
            if let Some(at) = above.filter(|at| wrote(kept[*at])) {
                kept.truncate(at);
            }
            continue;
        }
        kept.push(line);
    }
    kept
}

/// What footers of mail say, in lower case.
const FOOTERS: &[&str] = &[
    "unsubscribe",
    "view this email in your browser",
    "view this e-mail in your browser",
    "view in browser",
    "view it in your browser",
    "you are receiving this",
    "you received this",
    "you're receiving this",
    "to stop receiving",
    "manage your preferences",
    "manage your email preferences",
    "update your preferences",
    "update your email preferences",
    "add us to your address book",
    "forward this email",
    "forward to a friend",
    "does not support html",
    "intended recipient",
    "intended solely for the",
    "this email was sent to",
    "this e-mail was sent to",
    "sent from my ",
];
/// The longest footer, in bytes.
const LONGEST_FOOTER: usize = 1_500;

/// The paragraphs that are no footer of a mailing.
pub(super) fn without_footers(paragraphs: Vec<String>) -> Vec<String> {
    let count = paragraphs.len();
    let is_footer = |at: usize, text: &str| {
        // A story on spam has the words too, but in its middle; footers stand at either end.
        let at_end = at < 2 || at * 3 >= count * 2;
        if !at_end || text.len() > LONGEST_FOOTER {
            return false;
        }
        let lower = text.to_lowercase();
        FOOTERS.iter().any(|footer| lower.contains(footer))
    };
    let kept = paragraphs.into_iter().enumerate().filter(|(at, text)| !is_footer(*at, text));
    kept.map(|(_, text)| text).collect()
}

/// How many paragraphs may stand before the copy proper.
const MOST_BEFORE: usize = 6;
/// The longest headline or slug, in bytes.
const LONGEST_HEADLINE: usize = 160;

/// Takes what stands before the copy: the head of a mail that was passed on, a slug, a headline
/// that is better than a subject that is only a slug.
pub(super) fn opened(story: &mut Story, mut paragraphs: Vec<String>) -> Vec<String> {
    take_forwarded(story, &mut paragraphs);
    let begins =
        paragraphs.iter().take(MOST_BEFORE).position(|text| dateline::find(text).is_some());
    let mut kept = Vec::with_capacity(paragraphs.len());
    for (at, text) in paragraphs.into_iter().enumerate() {
        let above = begins.is_some_and(|begins| at < begins);
        // A headline in capitals repeats the subject, unless that is only a slug.
        let repeats = is_in_capitals(&text) && !is_slug(&text) && !is_slug(&story.title);
        if above && (is_release_mark(&text) || repeats) {
            continue;
        }
        let before = above && !text.contains('\n');
        if before && is_slug(&text) && story.slug.is_empty() {
            story.slug = text;
            story.origins.tell("slug", "a slug in the text");
        } else if before && kept.is_empty() && is_slug(&story.title) && is_headline(&text) {
            let subject = std::mem::replace(&mut story.title, one_line(&text));
            copy::fill(&mut story.slug, &subject);
            story.found_in("Subject");
            story.origins.tell("title", "a headline in the text");
        } else {
            kept.push(text);
        }
    }
    kept
}

/// What stands above a press release, in lower case.
const RELEASES: &[&str] =
    &["for immediate release", "press release", "news release", "media release", "press statement"];

/// Whether a paragraph only says that what follows is a press release, and of which day.
fn is_release_mark(text: &str) -> bool {
    let lower = text.to_lowercase();
    text.len() <= LONGEST_HEADLINE && RELEASES.iter().any(|release| lower.starts_with(release))
}

fn is_in_capitals(text: &str) -> bool {
    // Scripts without capitals have no small letters either.
    let capitals = text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase);
    capitals && text.len() <= LONGEST_HEADLINE && text.contains(' ')
}

/// Whether a line is a desk's short name for a story: "BC-PORT-OPENS", "port-azure/3".
fn is_slug(text: &str) -> bool {
    const MOST_WORDS: usize = 3;
    let words = text.split_whitespace().count();
    let signs = text.contains(['-', '/', '_']) && text.chars().any(char::is_alphabetic);
    signs
        && (1..=MOST_WORDS).contains(&words)
        && !text.ends_with(['.', '?', '!', '-'])
        && text.len() <= 64
        && text.split_whitespace().next().is_some_and(|word| word.contains(['-', '/', '_']))
}

fn is_headline(text: &str) -> bool {
    text.len() <= LONGEST_HEADLINE
        && text.contains(' ')
        && !text.ends_with('.')
        && copy::writers(text).is_empty()
}

/// Lines that stand above a mail that was passed on.
const PASSED_ON: &[&str] =
    &["forwarded message", "original message", "weitergeleitete nachricht", "message transféré"];

/// Takes the head of a mail that was passed on within the text, with what stands above it.
fn take_forwarded(story: &mut Story, paragraphs: &mut Vec<String>) {
    /// More paragraphs above it are an answer, and the mail below it what is answered.
    const MOST_ABOVE: usize = 2;
    let is_mark = |text: &String| {
        let lower = text.lines().next().unwrap_or_default().to_lowercase();
        lower.starts_with('-') && PASSED_ON.iter().any(|mark| lower.contains(mark))
    };
    let Some(at) = paragraphs.iter().position(is_mark) else { return };
    if at > MOST_ABOVE {
        return paragraphs.truncate(at);
    }
    let heads =
        paragraphs[at..].iter().take_while(|text| text.starts_with('-') || is_head(text)).count();
    for text in paragraphs.drain(..at + heads).skip(at) {
        for line in text.lines() {
            take_head_line(story, line);
        }
    }
}

fn is_head(text: &str) -> bool {
    const NAMES: &[&str] = &["From: ", "Von: ", "De : ", "Date: ", "Sent: ", "Subject: ", "To: "];
    NAMES.iter().any(|name| text.starts_with(name))
}

fn take_head_line(story: &mut Story, line: &str) {
    let Some((name, value)) = line.split_once(": ") else { return };
    match name.trim_start_matches(['>', ' ', '*']) {
        "From" => {
            let sender = feed::without_mail(value);
            if !sender.is_empty() {
                story.source = sender;
                story.origins.tell("source", "the head of the mail that was passed on");
            }
        }
        "Subject" => {
            without_prefixes(value).clone_into(&mut story.title);
            story.origins.tell("title", "the head of the mail that was passed on");
        }
        "Date" | "Sent" => {
            if let Some(time) = date(value) {
                story.published = Some(time);
                story.published_from = Some(PublishedFrom::Metadata);
                story.origins.tell("published", "the head of the mail that was passed on");
            }
        }
        _ => {}
    }
}
