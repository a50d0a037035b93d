//! References to characters: `&nbsp;`, `&#8217;`, `&#x2019;`.

use std::borrow::Cow;

use memchr::memchr;

/// The longest reference, in bytes, with its `&` and `;`.
const LONGEST: usize = 12;

/// What XML itself defines.
const XML: &[(&str, char)] =
    &[("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];

/// HTML's names of the characters from U+00A0 to U+00FF, in their order.
const LATIN: &[&str] = &[
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf",
    "laquo", "not", "shy", "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro",
    "para", "middot", "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest",
    "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig", "Ccedil", "Egrave", "Eacute",
    "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute",
    "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute",
    "THORN", "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil",
    "egrave", "eacute", "ecirc", "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde",
    "ograve", "oacute", "ocirc", "otilde", "ouml", "divide", "oslash", "ugrave", "uacute", "ucirc",
    "uuml", "yacute", "thorn", "yuml",
];

/// HTML's other names, in the order of the alphabet (capitals first).
const OTHERS: &[(&str, char)] = &[
    ("Alpha", '\u{391}'),
    ("Beta", '\u{392}'),
    ("Chi", '\u{3A7}'),
    ("Dagger", '\u{2021}'),
    ("Delta", '\u{394}'),
    ("Epsilon", '\u{395}'),
    ("Eta", '\u{397}'),
    ("Gamma", '\u{393}'),
    ("Iota", '\u{399}'),
    ("Kappa", '\u{39A}'),
    ("Lambda", '\u{39B}'),
    ("Mu", '\u{39C}'),
    ("Nu", '\u{39D}'),
    ("OElig", '\u{152}'),
    ("Omega", '\u{3A9}'),
    ("Omicron", '\u{39F}'),
    ("Phi", '\u{3A6}'),
    ("Pi", '\u{3A0}'),
    ("Prime", '\u{2033}'),
    ("Psi", '\u{3A8}'),
    ("Rho", '\u{3A1}'),
    ("Scaron", '\u{160}'),
    ("Sigma", '\u{3A3}'),
    ("Tau", '\u{3A4}'),
    ("Theta", '\u{398}'),
    ("Upsilon", '\u{3A5}'),
    ("Xi", '\u{39E}'),
    ("Yuml", '\u{178}'),
    ("Zeta", '\u{396}'),
    ("alefsym", '\u{2135}'),
    ("alpha", '\u{3B1}'),
    ("and", '\u{2227}'),
    ("ang", '\u{2220}'),
    ("asymp", '\u{2248}'),
    ("bdquo", '\u{201E}'),
    ("beta", '\u{3B2}'),
    ("bull", '\u{2022}'),
    ("cap", '\u{2229}'),
    ("chi", '\u{3C7}'),
    ("circ", '\u{2C6}'),
    ("clubs", '\u{2663}'),
    ("cong", '\u{2245}'),
    ("crarr", '\u{21B5}'),
    ("cup", '\u{222A}'),
    ("dArr", '\u{21D3}'),
    ("dagger", '\u{2020}'),
    ("darr", '\u{2193}'),
    ("delta", '\u{3B4}'),
    ("diams", '\u{2666}'),
    ("empty", '\u{2205}'),
    ("emsp", '\u{2003}'),
    ("ensp", '\u{2002}'),
    ("epsilon", '\u{3B5}'),
    ("equiv", '\u{2261}'),
    ("eta", '\u{3B7}'),
    ("euro", '\u{20AC}'),
    ("exist", '\u{2203}'),
    ("fnof", '\u{192}'),
    ("forall", '\u{2200}'),
    ("frasl", '\u{2044}'),
    ("gamma", '\u{3B3}'),
    ("ge", '\u{2265}'),
    ("hArr", '\u{21D4}'),
    ("harr", '\u{2194}'),
    ("hearts", '\u{2665}'),
    ("hellip", '\u{2026}'),
    ("image", '\u{2111}'),
    ("infin", '\u{221E}'),
    ("int", '\u{222B}'),
    ("iota", '\u{3B9}'),
    ("isin", '\u{2208}'),
    ("kappa", '\u{3BA}'),
    ("lArr", '\u{21D0}'),
    ("lambda", '\u{3BB}'),
    ("lang", '\u{2329}'),
    ("larr", '\u{2190}'),
    ("lceil", '\u{2308}'),
    ("ldquo", '\u{201C}'),
    ("le", '\u{2264}'),
    ("lfloor", '\u{230A}'),
    ("lowast", '\u{2217}'),
    ("loz", '\u{25CA}'),
    ("lrm", '\u{200E}'),
    ("lsaquo", '\u{2039}'),
    ("lsquo", '\u{2018}'),
    ("mdash", '\u{2014}'),
    ("minus", '\u{2212}'),
    ("mu", '\u{3BC}'),
    ("nabla", '\u{2207}'),
    ("ndash", '\u{2013}'),
    ("ne", '\u{2260}'),
    ("ni", '\u{220B}'),
    ("notin", '\u{2209}'),
    ("nsub", '\u{2284}'),
    ("nu", '\u{3BD}'),
    ("oelig", '\u{153}'),
    ("oline", '\u{203E}'),
    ("omega", '\u{3C9}'),
    ("omicron", '\u{3BF}'),
    ("oplus", '\u{2295}'),
    ("or", '\u{2228}'),
    ("otimes", '\u{2297}'),
    ("part", '\u{2202}'),
    ("permil", '\u{2030}'),
    ("perp", '\u{22A5}'),
    ("phi", '\u{3C6}'),
    ("pi", '\u{3C0}'),
    ("piv", '\u{3D6}'),
    ("prime", '\u{2032}'),
    ("prod", '\u{220F}'),
    ("prop", '\u{221D}'),
    ("psi", '\u{3C8}'),
    ("rArr", '\u{21D2}'),
    ("radic", '\u{221A}'),
    ("rang", '\u{232A}'),
    ("rarr", '\u{2192}'),
    ("rceil", '\u{2309}'),
    ("rdquo", '\u{201D}'),
    ("real", '\u{211C}'),
    ("rfloor", '\u{230B}'),
    ("rho", '\u{3C1}'),
    ("rlm", '\u{200F}'),
    ("rsaquo", '\u{203A}'),
    ("rsquo", '\u{2019}'),
    ("sbquo", '\u{201A}'),
    ("scaron", '\u{161}'),
    ("sdot", '\u{22C5}'),
    ("sigma", '\u{3C3}'),
    ("sigmaf", '\u{3C2}'),
    ("sim", '\u{223C}'),
    ("spades", '\u{2660}'),
    ("sub", '\u{2282}'),
    ("sube", '\u{2286}'),
    ("sum", '\u{2211}'),
    ("sup", '\u{2283}'),
    ("supe", '\u{2287}'),
    ("tau", '\u{3C4}'),
    ("there4", '\u{2234}'),
    ("theta", '\u{3B8}'),
    ("thetasym", '\u{3D1}'),
    ("thinsp", '\u{2009}'),
    ("tilde", '\u{2DC}'),
    ("trade", '\u{2122}'),
    ("uArr", '\u{21D1}'),
    ("uarr", '\u{2191}'),
    ("upsih", '\u{3D2}'),
    ("upsilon", '\u{3C5}'),
    ("weierp", '\u{2118}'),
    ("xi", '\u{3BE}'),
    ("zeta", '\u{3B6}'),
    ("zwj", '\u{200D}'),
    ("zwnj", '\u{200C}'),
];

/// What the numbers from 128 to 159 mean to those who write them: the characters of windows-1252.
const WINDOWS: &[char] = &[
    '\u{20AC}', '\u{81}', '\u{201A}', '\u{192}', '\u{201E}', '\u{2026}', '\u{2020}', '\u{2021}',
    '\u{2C6}', '\u{2030}', '\u{160}', '\u{2039}', '\u{152}', '\u{8D}', '\u{17D}', '\u{8F}',
    '\u{90}', '\u{2018}', '\u{2019}', '\u{201C}', '\u{201D}', '\u{2022}', '\u{2013}', '\u{2014}',
    '\u{2DC}', '\u{2122}', '\u{161}', '\u{203A}', '\u{153}', '\u{9D}', '\u{17E}', '\u{178}',
];

/// The name in a reference that a text begins with.
pub(super) fn name(text: &str) -> Option<&str> {
    const LONGEST_DECLARED: usize = 64;
    let bytes = text.as_bytes();
    let end = memchr(b';', &bytes[..bytes.len().min(LONGEST_DECLARED)])?;
    let name = text.get(1..end)?;
    let fits = |c: char| c.is_alphanumeric() || "#._-:".contains(c);
    (!name.is_empty() && name.chars().all(fits)).then_some(name)
}

/// The character of a reference that XML itself knows, and the reference's length.
pub(super) fn of_xml(text: &str) -> Option<(char, usize)> {
    let name = name(text)?;
    let (_, character) = XML.iter().find(|(known, _)| *known == name)?;
    Some((*character, name.len() + 2))
}

/// The character of any reference that a text begins with, and the reference's length.
pub(super) fn find(text: &str) -> Option<(char, usize)> {
    let name = name(text).filter(|name| name.len() + 2 <= LONGEST)?;
    Some((character(name)?, name.len() + 2))
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        return numbered(number);
    }
    let of_xml = XML.iter().find(|(known, _)| *known == name).map(|(_, character)| *character);
    let latin = || {
        let at = LATIN.iter().position(|known| *known == name)?;
        char::from_u32(0xA0 + u32::try_from(at).ok()?)
    };
    let other = || {
        let at = OTHERS.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
        Some(OTHERS[at].1)
    };
    of_xml.or_else(latin).or_else(other)
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => number.parse().ok()?,
    };
    if let Some(meant) = code.checked_sub(128).and_then(|at| WINDOWS.get(at as usize)) {
        return Some(*meant);
    }
    let allowed = |c: &char| *c >= ' ' && !"\u{FFFE}\u{FFFF}".contains(*c);
    let blank = matches!(code, 9 | 10 | 13) || code < 32;
    if blank { Some(' ') } else { char::from_u32(code).filter(allowed) }
}

/// A text with its references to characters by number resolved, and no other.
pub(super) fn characters(text: &str) -> String {
    replaced(text, |rest| rest.starts_with("&#").then(|| find(rest)).flatten())
}

/// A text with every reference resolved; what is none stays as it stands.
///
/// ```
/// use onrecord::text::entities::decode;
/// assert_eq!(decode("R&amp;D caf&eacute; &#8220;x&#8221; &nosuch; & so"), "R&D café “x” &nosuch; & so");
/// ```
pub fn decode(text: &str) -> Cow<'_, str> {
    if memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(replaced(text, find))
}

fn replaced(text: &str, find: fn(&str) -> Option<(char, usize)>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (character, length) = find(rest).unwrap_or(('&', 1));
        out.push(character);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}
