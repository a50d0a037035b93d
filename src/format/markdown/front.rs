//! Front matter: the block at the top of a file that tells of the story.

use crate::text::fields;
use crate::text::record::Value;

use super::{toml, yaml};

/// The longest front matter, in bytes.
const LONGEST: usize = 1 << 16;

/// A file's front matter and what stands behind it.
pub(super) struct Front<'a> {
    language: Language,
    /// What stands between the fences.
    inner: &'a str,
    /// The text.
    pub(super) rest: &'a str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Language {
    Yaml,
    Toml,
}

/// Splits a text at the fences of its front matter; none where it has none.
pub(super) fn split(text: &str) -> Option<Front<'_>> {
    let text = text.trim_start_matches('\u{FEFF}').trim_start_matches(['\n', '\r']);
    let (first, inner) = text.split_once('\n')?;
    let (language, ends) = match first.trim_end() {
        "---" => (Language::Yaml, &["---", "..."][..]),
        "+++" => (Language::Toml, &["+++"][..]),
        _ => return None,
    };
    let mut at = 0;
    for line in inner.split_inclusive('\n') {
        if ends.contains(&line.trim_end()) {
            let front = Front { language, inner: &inner[..at], rest: &inner[at + line.len()..] };
            return front.has_names().then_some(front);
        }
        at += line.len();
        if at > LONGEST {
            return None;
        }
    }
    None
}

impl<'a> Front<'a> {
    /// The names at the front of lines.
    fn names(&self) -> impl Iterator<Item = Option<&'a str>> {
        let sign = if self.language == Language::Yaml { ':' } else { '=' };
        let own = |line: &&str| {
            !line.trim().is_empty() && !line.starts_with([' ', '\t', '#', '-', '[', ']'])
        };
        self.inner.lines().filter(own).map(move |line| {
            let (name, rest) = line.split_once(sign)?;
            let name = name.trim().trim_matches('"');
            let is_name = !name.is_empty()
                && name.chars().all(|c| c.is_alphanumeric() || "_-. ".contains(c))
                && name.split(' ').count() <= 3;
            (is_name && (sign == '=' || rest.is_empty() || rest.starts_with(' '))).then_some(name)
        })
    }

    /// Whether most lines name something: else the fences are rules in a text.
    fn has_names(&self) -> bool {
        let (mut named, mut all) = (0, 0);
        for name in self.names() {
            named += usize::from(name.is_some());
            all += 1;
        }
        named > 0 && named * 2 > all
    }

    /// Whether it names what front matter of a story names.
    pub(super) fn is_storys(&self) -> bool {
        self.names().flatten().any(fields::is_known)
    }

    /// Its names and values.
    pub(super) fn record(&self) -> Value<'static> {
        match self.language {
            Language::Yaml => yaml::read(self.inner),
            Language::Toml => toml::read(self.inner),
        }
    }
}
