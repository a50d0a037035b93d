//! A long text in stretches, so that annotating takes memory by the stretch and not by the text.
//!
//! A story is a few thousand letters; what is a thousand times as long is many stories in one, or
//! none. A stretch ends with a paragraph where one ends in it; names are joined across stretches
//! where they are spelt alike.

use crate::model::{Annotations, Person, Span};

/// The longest stretch, in bytes.
const LONGEST: usize = 1 << 20;

/// The stretches of a text, in order; together they are the text.
pub(super) fn stretches(text: &str) -> impl Iterator<Item = Span> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let end = start + end_of_stretch(text.get(start..).filter(|rest| !rest.is_empty())?);
        let stretch = Span::new(start, end);
        start = end;
        Some(stretch)
    })
}

/// Where the first stretch of a text ends.
fn end_of_stretch(text: &str) -> usize {
    if text.len() <= LONGEST {
        return text.len();
    }
    let front = &text[..crate::text::offsets::floor(text, LONGEST)];
    let ends = ["\n\n", "\n", " "].iter().find_map(|end| Some(front.rfind(end)? + end.len()));
    ends.unwrap_or(front.len())
}

/// Adds what was found in a stretch that starts at a byte of the text.
pub(super) fn append(all: &mut Annotations, found: Annotations, start: usize) {
    let forward = |span: Span| span.forward_by(start);
    all.asides.extend(found.asides.into_iter().map(forward));
    all.dates.extend(found.dates.into_iter().map(|mut date| {
        date.span = forward(date.span);
        date
    }));
    all.statements.extend(found.statements.into_iter().map(|mut statement| {
        statement.span = forward(statement.span);
        statement.quotes.iter_mut().for_each(|quote| *quote = forward(*quote));
        statement.cue = statement.cue.map(forward);
        statement.speaker.iter_mut().for_each(|speaker| speaker.span = forward(speaker.span));
        statement
    }));
    for mut person in found.people {
        person.mentions.iter_mut().for_each(|mention| *mention = forward(*mention));
        add_person(&mut all.people, person);
    }
}

fn add_person(people: &mut Vec<Person>, person: Person) {
    let Some(known) = people.iter_mut().find(|known| known.name == person.name) else {
        return people.push(person);
    };
    known.mentions.extend(person.mentions);
    known.role = known.role.take().or(person.role);
    for alias in person.aliases {
        if !known.aliases.contains(&alias) {
            known.aliases.push(alias);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::annotate;
    use crate::contract::Text;

    #[test]
    fn what_stands_beyond_the_first_stretch_is_found_in_its_place() {
        let filler = "The sea was grey, and nobody came to the quay.\n\n".repeat(30_000);
        let story = "\"We wait,\" said Ada Orlo. It was March 3, 2025.\n\n";
        let text = format!("{story}{filler}{story}");
        assert!(text.len() > LONGEST);
        let found = annotate(&Text { body: &text, language: "en", ..Text::default() });
        let last = found.statements.last().unwrap();
        assert_eq!((found.statements.len(), last.span.of(&text)), (2, "We wait,"));
        assert_eq!(last.speaker.as_ref().unwrap().span.of(&text), "Ada Orlo");
        assert_eq!(last.cue.unwrap().of(&text), "said");
        assert!(found.dates.iter().all(|date| date.span.of(&text) == "March 3, 2025"));
        assert_eq!((found.dates.len(), found.people.len()), (2, 1));
        assert!(found.people[0].mentions.iter().all(|mention| mention.of(&text) == "Ada Orlo"));
        assert!(last.span.start() > LONGEST);
    }

    #[test]
    fn stretches_are_the_text_and_end_where_it_pauses() {
        for text in ["é".repeat(LONGEST), "a b\n\nc ".repeat(LONGEST / 3), String::new()] {
            let parts: Vec<&str> = stretches(&text).map(|stretch| stretch.of(&text)).collect();
            assert_eq!(parts.concat(), text);
            assert!(parts.iter().all(|part| part.len() <= LONGEST));
        }
    }
}
