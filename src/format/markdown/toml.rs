//! The part of TOML that front matter is written in: names with texts, times, numbers and lists,
//! and tables one below the other.

use std::borrow::Cow;

use crate::text::record::Value;

use super::yaml::{owned, quoted, split_list};

/// Reads front matter; what is not understood is passed over.
pub(super) fn read(text: &str) -> Value<'static> {
    let mut top = Vec::new();
    let mut table: Option<(String, Values)> = None;
    let mut lines = text.lines().map(str::trim);
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.split(']').next()) {
            close(&mut top, table.take());
            table = Some((name.trim_start_matches('[').trim().to_owned(), Vec::new()));
            continue;
        }
        let Some((name, value)) = line.split_once('=').filter(|_| !line.starts_with('#')) else {
            continue;
        };
        let mut value = value.trim().to_owned();
        while is_open(&value)
            && let Some(more) = lines.next()
        {
            value.push('\n');
            value.push_str(more);
        }
        let name = Cow::Owned(name.trim().trim_matches('"').to_owned());
        table.as_mut().map_or(&mut top, |(_, values)| values).push((name, read_value(&value)));
    }
    close(&mut top, table);
    Value::Record(top)
}

type Values = Vec<(Cow<'static, str>, Value<'static>)>;

fn close(top: &mut Values, table: Option<(String, Values)>) {
    if let Some((name, values)) = table {
        top.push((Cow::Owned(name), Value::Record(values)));
    }
}

/// The marks around texts of several lines.
const LONG: &[&str] = &["\"\"\"", "'''"];

/// Whether a list or a text of several lines is not closed yet.
fn is_open(value: &str) -> bool {
    if let Some(mark) = LONG.iter().find(|mark| value.starts_with(**mark)) {
        return value.len() < 2 * mark.len() || !value.ends_with(mark);
    }
    value.starts_with('[') && !value.ends_with(']')
}

fn read_value(text: &str) -> Value<'static> {
    if let Some(mark) = LONG.iter().find(|mark| text.starts_with(**mark)) {
        return owned(text.trim_start_matches(mark).trim_end_matches(mark).trim());
    }
    match text.chars().next() {
        Some('"' | '\'') => owned(quoted(text)),
        Some('[') => {
            let inner = text[1..].trim_end_matches(']');
            Value::List(split_list(inner).into_iter().map(read_scalar).collect())
        }
        Some('{') | None => Value::Nothing,
        _ => read_scalar(text),
    }
}

fn read_scalar(text: &str) -> Value<'static> {
    match text.chars().next() {
        Some('"' | '\'') => owned(quoted(text)),
        Some('[' | '{') | None => Value::Nothing,
        _ => {
            let plain = text.split('#').next().unwrap_or(text).trim();
            if ["true", "false"].contains(&plain) { Value::Nothing } else { owned(plain) }
        }
    }
}
