//! Pages that somebody built to break a reader.
//!
//! Browsers' rules for nesting take a time and a depth that grow with elements left open; a page that
//! opens more of them than any page does is refused before the rules are asked.

use std::borrow::Cow;

/// How many elements may be open at once.
const DEEPEST: usize = 512;
/// How many elements a page may have in all.
const MOST: usize = 300_000;
/// The longest tag, in bytes; a longer one is cut to its name.
const LONGEST_TAG: usize = 64 << 10;

/// Elements that HTML lets be left open: they end with their parent or the next of their kind.
const LEFT_OPEN: &[&str] = &[
    "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html",
    "img", "input", "li", "link", "meta", "optgroup", "option", "p", "param", "path", "source",
    "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];
/// Elements whose text is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "noscript"];

/// Gives a page that can be parsed in bounded time and depth.
///
/// # Errors
/// Where it is nested deeper, or has more elements, than any page.
pub(super) fn tamed(text: &str) -> Result<Cow<'_, str>, String> {
    let bytes = text.as_bytes();
    let (mut depth, mut elements, mut at) = (0usize, 0usize, 0usize);
    let mut long: Vec<(usize, usize)> = Vec::new();
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        let start = at + found;
        let closes = bytes.get(start + 1) == Some(&b'/');
        let name = name_at(text, start + 1 + usize::from(closes));
        at = start + 1;
        if name.is_empty() {
            continue;
        }
        let end = memchr::memchr(b'>', &bytes[start..]).map_or(bytes.len(), |end| start + end);
        if end - start > LONGEST_TAG {
            long.push((start + 1 + usize::from(closes) + name.len(), end));
            at = end;
        }
        let lower = name.to_ascii_lowercase();
        if !closes {
            elements += 1;
        }
        if LEFT_OPEN.binary_search(&lower.as_str()).is_ok()
            || bytes.get(end.wrapping_sub(1)) == Some(&b'/')
        {
            continue;
        }
        depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
        if depth > DEEPEST {
            return Err(format!("a web page whose elements are nested more than {DEEPEST} deep"));
        }
        if elements > MOST {
            return Err(format!("a web page of more than {MOST} elements"));
        }
        if !closes && RAW.contains(&lower.as_str()) {
            at = raw_end(text, end, &lower);
        }
    }
    if long.is_empty() {
        return Ok(Cow::Borrowed(text));
    }
    let mut cut = String::with_capacity(text.len());
    let mut from = 0;
    for (start, end) in long {
        cut.push_str(&text[from..start]);
        from = end;
    }
    cut.push_str(&text[from..]);
    Ok(Cow::Owned(cut))
}

fn name_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    let is_start = rest.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if is_start { &rest[..length] } else { "" }
}

/// Where the end tag of an element begins whose text is no markup.
fn raw_end(text: &str, from: usize, name: &str) -> usize {
    let rest = &text.as_bytes()[from..];
    let closes = |at: &usize| {
        rest.get(at + 2..at + 2 + name.len())
            .is_some_and(|closing| closing.eq_ignore_ascii_case(name.as_bytes()))
    };
    memchr::memmem::find_iter(rest, b"</").find(closes).map_or(text.len(), |at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_pages_are_refused_and_flat_ones_are_not() {
        assert!(tamed(&"<div>".repeat(100_000)).is_err());
        assert!(tamed(&"<p>One<br>".repeat(5_000)).is_ok());
        assert!(tamed(&"<div>One</div>".repeat(5_000)).is_ok());
        assert!(tamed(&format!("<script>{}</script>", "a<b ".repeat(5_000))).is_ok());
        assert!(tamed(&"<i></i>".repeat(MOST + 1)).is_err());
        assert!(LEFT_OPEN.is_sorted());
    }

    #[test]
    fn a_very_long_tag_loses_its_attributes() {
        let page = format!("<p class=\"{}\">One</p>", "x ".repeat(LONGEST_TAG));
        assert_eq!(tamed(&page).unwrap(), "<p>One</p>");
    }
}
