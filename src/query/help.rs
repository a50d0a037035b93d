//! The help on the language, made from the tables that the parser reads by.

use std::fmt::Write;

use super::FIELDS;
use super::capitals::CAPITALS_NAMES;
use super::day_fields::DAY_NAMES;
use super::distances::FAMILIES;
use super::fronts::FRONT_NAMES;
use super::operators::OPERATORS;
use super::pending::PENDING;

/// The width of the first column.
const COLUMN: usize = 34;

const OPENING: &str = "\
A query is words; a story matches that has them all, in headline or body.
Upper and lower case, accents, possessives and the dots of U.S. make no difference.

";

const MORE_FORMS: &[(&str, &str)] = &[
    ("\"a b\"", "the words side by side; straight or curly marks"),
    ("\"a * b\", \"a b\"~5", "with any word between; with the words moved by 5 places in all"),
    ("(a OR b) c", "brackets group"),
    ("field:a, field=a, field(a)", "in one field; `onrecord help fields` lists them"),
    ("field:\"a b\", field:(a OR b)", "a phrase or a group in one field"),
    ("atleast3 a, atleast3(a OR b)", "at least 3 times in one story"),
    ("said(NAME, a b)", "one statement by a person, with both in it"),
    ("first50(a), a/F50/", "among the first 50 words"),
    ("normali*, organi?ation, crimea!", "`*` any letters, `?` one, `!` any ending"),
    ("strike~", "in all its forms by the story's language: strikes, striking"),
    ("zelensky~1, zelensky~2", "with one letter wrong, or two"),
    ("/gr[ae]y(er)?/", "whole words by a regular expression; words are without accents"),
    ("date from 20250301 to 20250318", "published between, as Factiva writes it"),
    ("*", "every story"),
];

const CLOSING: &str = "
Brackets bind before near and its kin, these before fields and atleast, then NOT, AND, OR.
What is near may be words, phrases, patterns, people as person(a), and groups of them by OR.
A word that is an operator is found in quotation marks: \"not\".
--syntax factiva: words side by side are a phrase, w/5 is in order. --syntax nexis: a phrase too,
* is one letter. --syntax lucene: a bare space is OR, +a must be there. All else is read alike.
";

const DAYS: &str = "
Days are written 2025-03-18, months 2025-03, years 2025, ranges 2025-03-01..2025-03-18
or [2025-03-01 TO 2025-03-18]; an end may be left open: ..2025. Before a day may stand
> >= < <=. today, yesterday, this-week, last-week, this-month, last-month, this-year and
last-year are seen from today; weeks run from Sunday to Saturday.
";

/// The query language: operators, and those that are not answered yet.
pub fn language() -> String {
    let mut text = String::from(OPENING);
    let operators = OPERATORS.iter().map(|operator| (operator.forms, operator.doc));
    let distances = FAMILIES.iter().map(|family| (family.forms, family.doc));
    let fronts = FRONT_NAMES.iter().map(|front| (front.example, front.doc));
    let capitals = CAPITALS_NAMES.iter().map(|name| (name.example, name.doc));
    let named = operators.chain(distances).chain(fronts).chain(capitals);
    for (form, doc) in named.chain(MORE_FORMS.iter().copied()) {
        line(&mut text, form, doc);
    }
    text.push_str(CLOSING);
    text.push_str("\nUnderstood, and not answered yet: an error says what comes nearest.\n\n");
    for pending in PENDING {
        line(&mut text, pending.form, pending.doc);
    }
    text
}

/// The fields, with their other names and an example each.
pub fn fields() -> String {
    let mut text = String::from("Fields are written field:value, field=value or field(value).\n\n");
    for field in FIELDS {
        line(&mut text, field.example, &format!("{}: {}", field.name, field.doc));
        if !field.aliases.is_empty() {
            line(&mut text, "", &format!("also {}", field.aliases.join(", ")));
        }
    }
    text.push_str("\nShorter ways to ask for the day of publication:\n\n");
    for day in DAY_NAMES {
        line(&mut text, day.example, day.doc);
    }
    text.push_str(DAYS);
    text
}

/// Writes a line of two columns; a first column that is too wide gets a line of its own.
fn line(text: &mut String, left: &str, right: &str) {
    // Writing to a string cannot fail.
    let _ = match left.len() <= COLUMN {
        true => writeln!(text, "  {left:COLUMN$}  {right}"),
        false => writeln!(text, "  {left}\n  {:COLUMN$}  {right}", ""),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_names_every_field_and_operator() {
        let (language, fields) = (language(), fields());
        for field in FIELDS {
            assert!(fields.contains(field.example) && fields.contains(field.doc), "{}", field.name);
        }
        for operator in OPERATORS {
            assert!(language.contains(operator.forms), "{}", operator.name);
        }
        assert!(language.lines().chain(fields.lines()).all(|line| line.len() <= 120));
    }
}
