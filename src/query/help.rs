//! The help on the query language, made from the register of fields.

use std::fmt::Write;

use super::fields::FIELDS;

/// The operators, an example each.
const OPERATORS: &[(&str, &str)] = &[
    ("port strike", "both words, anywhere in headline or body"),
    ("port AND strike, port && strike", "the same"),
    ("port OR ferry, port | ferry", "either"),
    ("port NOT ferry, port -ferry, port and not ferry", "the first without the second"),
    ("\"quiet understanding\"", "a phrase; curly quotation marks will do"),
    ("(port OR ferry) strike", "brackets"),
    ("speaker:derwin \"quiet understanding\"", "a field, and a phrase"),
    ("title:(strike OR walkout), headline(strike), hd=strike", "a field, in every spelling"),
    ("published:2025-03", "a month; also 2025, 2025-03-18, 2025-03-01..2025-03-18, ..2024, >2025"),
    ("since:2025-03 until:2025-06", "from and to, both inclusive; after: and before: are not"),
    ("last:7d, last:2w, last:3m, published:last-week", "counted from today"),
    ("date from 20250301 to 20250318", "the same as published:2025-03-01..2025-03-18"),
    ("mentions:2024-11-11", "stories that speak of a day, with the same ranges"),
    ("length>400, wc<100", "by length in words"),
];

/// Explains the language.
pub fn language() -> String {
    let mut text = String::from(
        "A space between words means AND. Brackets bind first, then fields, NOT, AND, OR. A word is\n\
         found however it is cased, with or without accents, possessive or dots: us finds U.S.\n\n",
    );
    for (typed, meaning) in OPERATORS {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {typed}\n      {meaning}");
    }
    text.push_str(
        "\nNothing typed is dropped: what is not understood is an error that points at it.\n",
    );
    text.push_str(
        "`--explain` prints how a query was read. `onrecord help fields` lists the fields.\n",
    );
    text
}

/// Lists the fields.
pub fn fields() -> String {
    let mut text = String::new();
    for field in FIELDS {
        let _ = writeln!(text, "  {:<10} {}", field.name, field.doc);
        if !field.aliases.is_empty() {
            let _ = writeln!(text, "  {:<10} also: {}", "", field.aliases.join(", "));
        }
        let _ = writeln!(text, "  {:<10} {}", "", field.example);
    }
    text
}
