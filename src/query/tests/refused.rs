//! What cannot be read: the query, the carets below it, what is wrong, what would be right.

use super::super::{explain, parse};
use super::TODAY;

/// An error as a reader sees it: query, carets, message, hint.
fn refused(typed: &str) -> String {
    let error = match parse(typed, TODAY) {
        Ok(query) => panic!("{typed} is read as {}", explain(&query)),
        Err(error) => error,
    };
    let excerpt = error.excerpt().unwrap();
    let before = excerpt.text[..excerpt.start].chars().count();
    let wrong = excerpt.text[excerpt.start..excerpt.end].chars().count().max(1);
    let carets = format!("{}{}", " ".repeat(before), "^".repeat(wrong));
    [excerpt.text.as_str(), &carets, error.message(), error.advice()].join("\n")
}

const REFUSED: &[&str] = &[
    r#"
^
the query is empty
`*` finds every story"#,
    r#"a AND
  ^^^
`AND` has nothing behind it
to find the word itself write `"AND"`"#,
    r#"AND a
^^^
`AND` has nothing before it
to find the word itself write `"AND"`"#,
    r#"a OR OR b
  ^^^^^
`OR` and `OR` stand side by side
leave one of them out; the word itself is written `"OR"`"#,
    r#"a AND OR b
  ^^^^^^
`AND` and `OR` stand side by side
leave one of them out; the word itself is written `"OR"`"#,
    r#"a and or b
  ^^^^^^
`and` and `or` stand side by side
leave one of them out; the word itself is written `"or"`"#,
    r#"()
^^
nothing stands between these brackets
leave them out"#,
    r#"(a
^
this bracket is never closed
close it with `)`"#,
    r#"a)
 ^
this bracket closes nothing
leave it out, or open it with `(`"#,
    r#"(a OR)
     ^
something to find is missing before this bracket
put a word before it, or leave the operator out"#,
    r#""a
^
this quotation mark has no partner
close the phrase with a second mark, or leave this one out"#,
    r#"“a
^
this quotation mark has no partner
close the phrase with a second mark, or leave this one out"#,
    r#"""
^^
this phrase has no words in it
put words between the marks, or leave them out"#,
    r#""..."
^^^^^
this phrase has no words in it
put words between the marks, or leave them out"#,
    r#"***
^^^
`***` has no letter or digit to find
leave it out"#,
    r#"- a
^
`-` has no letter or digit to find
to leave a word out write `-word`, without a blank"#,
    r#"a -
  ^
`-` has no letter or digit to find
to leave a word out write `-word`, without a blank"#,
    r#"a - b
  ^
`-` has no letter or digit to find
to leave a word out write `-word`, without a blank"#,
    r#"colour:red
^^^^^^
there is no field `colour`
`onrecord help fields` lists them; to find the words themselves, put them in quotation marks"#,
    r#"soruce:x
^^^^^^
there is no field `soruce`
did you mean `source:`?"#,
    r#"headlien(x)
^^^^^^^^
there is no field `headlien`
did you mean `headline(...)`?"#,
    r#"foo(x)
^^^
there is no field `foo`
for the word and what is in brackets write `foo (...)`"#,
    r#"http://x.example/a?b
^^^^^^^^^^^^^^^^^^^^
an address is not a field and its value
to find the words of an address, put it in quotation marks"#,
    r#"title:
^^^^^^
`title:` has no value
put what is to be found right behind it; to find the word itself write `"title"`"#,
    r#"title:""
      ^^
this phrase has no words in it
put words between the marks, or leave them out"#,
    r#"title: AND x
^^^^^^
`title:` has no value
put what is to be found right behind it; to find the word itself write `"title"`"#,
    r#"title:-x
^^^^^^
`title:` has no value
NOT stands before the field: `-title:value`"#,
    r#"title:body:x
^^^^^^
`title:` has no value
put what is to be found right behind it; to find the word itself write `"title"`"#,
    r#"published:soon
          ^^^^
`soon` is not a day
a day is written `2025-03-18`, a month `2025-03`, a year `2025`, a range `2025-03-01..2025-03-18`, or `last-week`"#,
    r#"published:4/3/2025
          ^^^^^^^^
`4/3/2025` may be either of two days
write the year first: `2025-03-04` if the day comes first, `2025-04-03` if the month does"#,
    r#"published:18/3/2025
          ^^^^^^^^^
`18/3/2025` has its year last
write the year first: `2025-03-18`"#,
    r#"published:2025-02-30
          ^^^^^^^^^^
there is no day `2025-02-30` in the calendar
a day is written `2025-03-18`, a month `2025-03`, a year `2025`, a range `2025-03-01..2025-03-18`, or `last-week`"#,
    r#"published:2025..2024
          ^^^^^^^^^^
`2025..2024` ends before it starts
a day is written `2025-03-18`, a month `2025-03`, a year `2025`, a range `2025-03-01..2025-03-18`, or `last-week`"#,
    r#"published:..
          ^^
`..` is open at both ends
a day is written `2025-03-18`, a month `2025-03`, a year `2025`, a range `2025-03-01..2025-03-18`, or `last-week`"#,
    r#"published:[2025 TO
          ^
this range is never closed
a range is written `[2025-03-01 TO 2025-03-18]`"#,
    r#"[2025 TO 2026]
^^^^^^^^^^^^^^
a range needs its field
write `published:[2025 TO 2026]` or `mentions:[2025 TO 2026]`"#,
    r#"title:[a TO b]
      ^^^^^^^^
`title` holds words, and words have no range
ranges are for days and lengths"#,
    r#"title>5
^^^^^^
`title` holds words, and a word is not more or less than another
write `title:(talk OR talks)`"#,
    r#"since:(2024 OR 2025)
^^^^^^^
`since` takes one value, without brackets
write `since:2025-03-17`"#,
    r#"wc>x
   ^
`x` is not a number
a length is written `length>1000`, `length:500..1000` or `wc<300`"#,
    r#"wc<0
   ^
no number is beyond 0
a length is written `length>1000`, `length:500..1000` or `wc<300`"#,
    r#"last:7
     ^
`7` is not a stretch of time
write `last:7d`, `last:2w`, `last:3m` or `last:1y`"#,
    r#"date -7
^^^^^^^
days counted from today are written in another way here
write `last:7d`, or `published:2025-03-01..2025-03-18`"#,
    r#"date from -14 to +7
^^^^^^^^^^^^^
days counted from today are written in another way here
write `last:7d`, or `published:2025-03-01..2025-03-18`"#,
    r#"person(vladimir putin)
       ^^^^^^^^^^^^^^
a name of several words needs quotation marks
write `person:"vladimir putin"`, or AND between two people"#,
    r#"speaker:(ilsa marrend)
         ^^^^^^^^^^^^
a name of several words needs quotation marks
write `speaker:"ilsa marrend"`, or AND between two people"#,
    r#"ferry /re[gx/
      ^^^^^^^
no regular expression: unclosed character class
words with slashes stand in quotation marks"#,
    r#"plural(car)
^^^^^^
`plural` (one or several) is understood and not answered yet
the word alone finds it as it is written"#,
    r#"caps(speaker:vane)
^^^^^^^^^^^^^^^^^^
`caps` cannot tell how such a field is written
words, phrases and patterns of headline and body may stand there"#,
    r#"a^2
 ^
`^` (a word that counts for more) is understood and not answered yet
leave the `^` and its number out"#,
    r#"Köln colour:red
     ^^^^^^
there is no field `colour`
`onrecord help fields` lists them; to find the words themselves, put them in quotation marks"#,
    r#"a NOT
  ^^^
`NOT` has nothing behind it
to find the word itself write `"NOT"`"#,
    r#"NOT
^^^
`NOT` has nothing behind it
to find the word itself write `"NOT"`"#,
    r#"-
^
`-` has no letter or digit to find
to leave a word out write `-word`, without a blank"#,
    r#"published:{2025 TO 2026]
          ^^^^^^^^^^^^^^
a range in curly brackets is not answered
square brackets take in both ends; `>` and `<` leave theirs out"#,
    r#"near5 b
^^^^^
`near5` has nothing before it
to find the word itself write `"near5"`"#,
    r#"a w/5
  ^^^
`w/5` has nothing behind it
to find the word itself write `"w/5"`"#,
    r#"a near5 w/3 b
  ^^^^^^^^^
`near5` and `w/3` stand side by side
leave one of them out; the word itself is written `"w/3"`"#,
    r#"a near0 b
  ^^^^^
`near0` is no distance
neighbours are 1 apart, and 1000 words are the most"#,
    r#"a near5 (b AND c)
        ^^^^^^^^^
AND and NOT have no place in the text, and nothing is near them
write `(a near5 b) AND c`; groups by OR may stand here"#,
    r#"a near5 source:b
^^^^^^^^^^^^^^^^
the two stand in different fields
ask for both in one: `title:(a near5 b)`"#,
    r#"a near5 (b OR title:c)
        ^^^^^^^^^^^^^^
these stand in different fields
ask for all of them in one: `title:(a OR b)`"#,
    r#"a w/s mentions:2025
      ^^^^^^^^^^^^^
this is no word of the text, and nothing is near it
words, phrases, patterns and groups of them by OR may stand here"#,
    r#"atleast0 a
^^^^^^^^
at least 0 times is always so
leave it out"#,
    r#"atleast3 (a AND b)
         ^^^^^^^^^
AND and NOT have no place in the text, and nothing is near them
write `(a near5 b) AND c`; groups by OR may stand here"#,
    r#"zelensky~7
^^^^^^^^^^
`~7` is no number of letters
`~1` allows one letter to differ, `~2` two; `~` alone takes all its forms"#,
    r#""a a"~5
^^^^^^^
a phrase with the same word twice, or any word, cannot be moved
write `a near5 b` instead"#,
    r#""a * b*"
^^^^^^^^
a `*` for a word and one inside a word
write `a pre/2 b*` instead"#,
    r#"said(, b)
     ^
no speaker stands before this comma
write `said(NAME, "the words")`"#,
];

#[test]
fn what_cannot_be_read_says_where_and_what_would_be_right() {
    let told = |wanted: &&&str| refused(wanted.lines().next().unwrap());
    let wrong: Vec<String> = REFUSED
        .iter()
        .filter(|wanted| told(wanted) != **wanted)
        .map(|wanted| told(&wanted))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
