//! Bytes to stories: one file a format.
//!
//! Comes in: an entry. Goes out: its stories, each with its place in the entry. The format is told
//! by the content, never by the name alone.

mod anpa;
mod atom;
mod csv;
mod html;
mod iptc7901;
mod json;
mod jsonfeed;
mod mail;
mod markdown;
mod newsml1;
mod newsmlg2;
mod ninjs;
mod nitf;
mod reuters_sgml;
mod rss;
mod text;

use crate::contract::{Format, Likeness, StorySink};
use crate::error::{Error, Kind, Result};
use crate::model::Entry;

/// Every format; of two that are equally likely the first is taken.
pub const FORMATS: &[Format] = &[
    anpa::ANPA,
    iptc7901::IPTC7901,
    newsmlg2::NEWSMLG2,
    newsml1::NEWSML1,
    nitf::NITF,
    rss::RSS,
    atom::ATOM,
    jsonfeed::JSONFEED,
    ninjs::NINJS,
    reuters_sgml::REUTERS_SGML,
    json::JSON,
    mail::MAIL,
    markdown::MARKDOWN,
    csv::CSV,
    html::HTML,
    text::TEXT,
];

/// The format of a name.
pub fn named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// Tells an entry's format from its content.
pub fn sniff(entry: &Entry) -> Option<&'static Format> {
    let mut best: Option<(Likeness, &'static Format)> = None;
    for format in FORMATS {
        let likeness = (format.sniff)(entry);
        if likeness == Likeness::Certain {
            return Some(format);
        }
        if likeness > best.map_or(Likeness::No, |(likeness, _)| likeness) {
            best = Some((likeness, format));
        }
    }
    best.map(|(_, format)| format)
}

/// Every format that an entry looks like, the likeliest first.
pub fn likely(entry: &Entry) -> Vec<(&'static Format, Likeness)> {
    let all = FORMATS.iter().map(|format| (format, (format.sniff)(entry)));
    let mut likely: Vec<_> = all.filter(|(_, likeness)| *likeness > Likeness::No).collect();
    likely.sort_by_key(|(_, likeness)| std::cmp::Reverse(*likeness));
    likely
}

/// Reads an entry's stories, in the format that is forced or else sniffed.
///
/// # Errors
/// Where the entry is of no format that is known, or its format cannot read it.
pub fn read(
    entry: &Entry,
    forced: Option<&'static Format>,
    sink: &mut StorySink<'_>,
) -> Result<()> {
    let Some(format) = forced.or_else(|| sniff(entry)) else {
        return Err(Error::new(Kind::Input, "in no format that is known")
            .hint("`onrecord formats` lists them"));
    };
    let mut ordinal = 0;
    (format.read)(entry, &mut |story| {
        let placed = story.map(|mut story| {
            story.path.clone_from(&entry.path);
            story.member.clone_from(&entry.member);
            story.format = format.name.to_owned();
            story.ordinal = ordinal;
            story
        });
        ordinal += 1;
        sink(placed);
    })
}
