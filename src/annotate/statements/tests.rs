//! Who says what: tags, carried speakers, indirect speech, labels, titles.

use super::*;
use proptest::prelude::*;

fn read(body: &str) -> Annotations {
    crate::annotate::annotate(&Text { body, ..Text::default() })
}

/// Every statement as "words | name", in order.
fn said(body: &str) -> Vec<String> {
    let found = read(body);
    let line = |said: &Statement| {
        let name = said.speaker.as_ref().and_then(|speaker| speaker.name.as_deref());
        let words = said.quotes.first().unwrap_or(&said.span).of(body);
        format!("{words} | {}", name.unwrap_or("-"))
    };
    found.statements.iter().map(line).collect()
}

#[test]
fn a_tag_stands_before_behind_or_in_the_middle() {
    let body = "Mayor Ann Poe, 51, spoke first. \"We will see,\" Poe said. Poe replied: \"We did see.\"\n\n\
                \"We will wait,\" said Poe, \"and then we will go.\"";
    assert_eq!(
        said(body)[..],
        [
            "We will see, | Ann Poe",
            "We did see. | Ann Poe",
            "We will wait, | Ann Poe",
            "and then we will go. | Ann Poe"
        ]
    );
}

#[test]
fn a_speaker_goes_on_until_another_takes_over() {
    let body = "“The dam will hold,” said engineer Tom Orr. “It always has.\n\n“It always will.”\n\n\
                “I doubt that,” said Ida Moll, a farmer.";
    assert_eq!(
        said(body)[..],
        [
            "The dam will hold, | Tom Orr",
            "It always has. | Tom Orr",
            "It always will. | Tom Orr",
            "I doubt that, | Ida Moll"
        ]
    );
}

#[test]
fn reported_words_with_marks_among_them_are_one_mixed_statement() {
    let body =
        "Harbour spokesman Kai Lund said there was “a certain calm” in the town, after the flood.";
    let found = read(body);
    let mixed = &found.statements[0];
    assert_eq!(mixed.kind, StatementKind::Mixed);
    assert!(mixed.span.of(body).starts_with("there was"));
    let speaker = mixed.speaker.as_ref().unwrap();
    assert_eq!(speaker.name.as_deref(), Some("Kai Lund"));
    assert_eq!(speaker.role.as_deref(), Some("Harbour spokesman"));
}

#[test]
fn any_verb_between_a_quotation_and_a_name_is_one_of_speech() {
    for (text, told) in [
        ("“Is he leaving now?” reacted Ann Poe.", "Is he leaving now? | Ann Poe"),
        ("\"They took it all,\" remembered Ann Poe, the mayor.", "They took it all, | Ann Poe"),
        ("\"And now?\" Ann Poe pressed.", "And now? | Ann Poe"),
    ] {
        assert_eq!(said(text), [told], "{text}");
    }
}

#[test]
fn a_source_without_a_name_is_given_none() {
    let body = "A harbour official said on Monday that two boats had left the port at night.";
    let speaker = read(body).statements[0].speaker.clone().unwrap();
    assert_eq!((speaker.name, speaker.role.as_deref()), (None, Some("harbour official")));
}

#[test]
fn what_was_not_said_or_may_yet_be_is_not_attributed() {
    assert!(said("Minister Ida Moll did not say when the bridge would open again.").is_empty());
    assert!(said("The port will close if Ida Moll announces a strike next week.").is_empty());
}

#[test]
fn a_plain_verb_of_speech_goes_before_an_embedded_one() {
    let body = "Minister Ida Moll said Tom Orr wanted “no part of the deal”.";
    assert_eq!(said(body)[0], "no part of the deal | Ida Moll");
}

#[test]
fn according_to_and_who_clauses_name_a_source() {
    let body = "The ship had sailed, according to Tom Orr. Ida Moll, who runs the port, said \"it never came back.\"";
    assert_eq!(said(body)[..], ["The ship had sailed | Tom Orr", "it never came back. | Ida Moll"]);
}

#[test]
fn a_noun_of_speech_names_its_possessor() {
    let body = "Few took up Tom Orr's prediction that the dam would be \"dry by next June\".";
    assert_eq!(said(body)[0], "dry by next June | Tom Orr");
}

#[test]
fn pronouns_and_offices_mean_the_one_who_bears_them() {
    let body = "Ida Moll, the ambassador, met Tom Orr on Friday. \"We talked at length,\" she said. \
                Orr left early.\n\n\"It was a good talk,\" the ambassador told reporters.";
    assert_eq!(
        said(body)[..],
        ["We talked at length, | Ida Moll", "It was a good talk, | Ida Moll"]
    );
}

#[test]
fn two_with_one_surname_are_told_apart_by_their_titles() {
    let body = "Mr Hugo Lund and Ms Vera Lund spoke. “I will sell the house,” Ms Lund said. “I will not,” Mr Lund said.";
    assert_eq!(said(body)[..], ["I will sell the house, | Vera Lund", "I will not, | Hugo Lund"]);
}

#[test]
fn titles_of_works_are_no_statements() {
    let body = "Tom Orr spoke on \"The Long Morning Show\" last week.";
    assert!(read(body).statements.iter().all(|said| said.quotes.is_empty()));
}

#[test]
fn transcripts_and_signatures_name_the_speaker() {
    let body = "Ida Moll met Tom Orr on the air. They talked.\n\nMOLL: Will the dam hold?\n\nORR: It will hold for years.\n\n\
                “It may hold for a year.” ― Vera Lund";
    let said = said(body);
    assert!(said.contains(&"It will hold for years. | Tom Orr".to_owned()), "{said:?}");
    assert!(said.contains(&"It may hold for a year. | Vera Lund".to_owned()), "{said:?}");
}

#[test]
fn bodies_speak_under_their_own_names() {
    let body = "The Harbour Board said on Tuesday that the port would open again.";
    assert_eq!(said(body)[0].split(" | ").nth(1), Some("Harbour Board"));
}

#[test]
fn another_language_gives_passages_and_no_speakers() {
    let body = "„Wir werden das sehen“, sagte Herr Lund.";
    let mut found = Annotations::default();
    annotate(&Text { body, language: "de", ..Text::default() }, &mut found);
    assert_eq!(found.statements.len(), 1);
    assert!(found.statements[0].speaker.is_none() && found.people.is_empty());
}

#[test]
fn a_month_may_be_a_surname() {
    let body = "Ms Theodora May spoke first. \"We will see,\" Theodora May said. May left early.";
    assert_eq!(said(body)[0], "We will see, | Theodora May");
}

#[test]
fn questions_and_answers_name_nobody_who_is_not_named() {
    let body = "Ida Moll met the press on Friday. They talked.\n\nQUESTION: Will the dam hold for long?\n\n\
                MOLL: It will hold for many years.\n\nQ: And the bridge over the river?\n\nA: It will hold too, I am told.";
    let said = said(body);
    assert!(said.contains(&"It will hold for many years. | Ida Moll".to_owned()), "{said:?}");
    assert!(!said.iter().any(|line| line.contains("QUESTION")), "{said:?}");
    assert!(said.contains(&"Will the dam hold for long? | -".to_owned()), "{said:?}");
    assert!(said.contains(&"It will hold too, I am told. | -".to_owned()), "{said:?}");
}

#[test]
fn posts_name_their_writers() {
    let body = "Senator Ida Moll tweeted: \"The dam will hold for years.\" Tom Orr wrote on Facebook, \"It will not hold a year.\"";
    assert_eq!(
        said(body)[..],
        ["The dam will hold for years. | Ida Moll", "It will not hold a year. | Tom Orr"]
    );
}

#[test]
fn a_tag_behind_reported_words_names_their_speaker() {
    let body = "The dam had held through the night, Tom Orr said. The bridge was lost, as Ida Moll noted on Friday.";
    assert_eq!(
        said(body)[..],
        ["The dam had held through the night | Tom Orr", "The bridge was lost | Ida Moll"]
    );
}

#[test]
fn several_speak_together() {
    let body = "\"The dam will not hold,\" wrote Ida Moll, Tom Orr and Vera Lund. Hugo Poe and Ann Vane said that it would.";
    let found = said(body);
    assert!(found.iter().any(|line| line.ends_with("Ann Vane")), "{found:?}");
    assert!(found.iter().any(|line| line.ends_with("Hugo Poe")), "{found:?}");
}

#[test]
fn any_verb_behind_a_quotation_and_a_name_is_one_of_speech() {
    let body = "Ida Moll met Tom Orr. \"And how long will it hold?\" Orr pressed. \"For years,\" Moll shot back.";
    assert_eq!(said(body)[..], ["And how long will it hold? | Tom Orr", "For years, | Ida Moll"]);
}

#[test]
fn a_place_of_origin_is_no_speaker() {
    let body =
        "\"I will vote,\" said Nico Drell, 24, from Elmtown, Ohio, who said the town needs a dam.";
    assert!(said(body).iter().all(|line| line.ends_with("Nico Drell")), "{:?}", said(body));
}

#[test]
fn those_who_spoke_to_a_paper_are_not_the_paper() {
    let body = "Former clerks who spoke with The Elmtown Post said the dam was weak and old.";
    assert_eq!(said(body)[0], "the dam was weak and old. | -");
}

#[test]
fn an_inserted_verb_before_a_clause_is_not_turned_round() {
    let body = "Ann Vane, a farmer, said Mr Hugo Poe was sure that the dam would hold.";
    assert_eq!(said(body)[0].split(" | ").nth(1), Some("Ann Vane"));
}

#[test]
fn crossheads_and_titles_with_a_byline_are_no_statements() {
    let body = "“We will see,” said Tom Orr.\n\n‘A narrow bridge’\n\nHis book, “The Long Dam,” sold well. “The Last Bridge” by Ida Moll did not.";
    assert_eq!(said(body)[..], ["We will see, | Tom Orr"]);
}

/// Holds each text to the words and speaker of its last statement with marks in it.
fn last_quoted(cases: &[(&str, &str)]) {
    for (body, told) in cases {
        let found = read(body);
        let quoted = found.statements.iter().rfind(|said| !said.quotes.is_empty());
        let line = quoted.map(|said| {
            let speaker = said.speaker.as_ref();
            let named = speaker.and_then(|speaker| speaker.name.as_deref());
            let words = speaker.map(|speaker| speaker.span.of(body));
            format!("{} | {}", said.quotes[0].of(body), named.or(words).unwrap_or("-"))
        });
        assert_eq!(line.as_deref().unwrap_or("none"), *told, "{body}");
    }
}

#[test]
fn nouns_that_are_spelt_like_verbs_speak_not() {
    last_quoted(&[
        (
            "Ida Moll feared that one of the biggest challenges for the dam would be \"the wall that nobody built.\"",
            "the wall that nobody built. | Ida Moll",
        ),
        (
            "Tom Orr claimed that early voting is \"a gift to the dam builders\".",
            "a gift to the dam builders | Tom Orr",
        ),
        (
            "After their first debate, Ida Moll cracked, \"I have seen better dams than this.\"",
            "I have seen better dams than this. | Ida Moll",
        ),
        (
            "Poe left. \"You will all drown in June!\" the note says.",
            "You will all drown in June! | the note",
        ),
        (
            "Another tweeted, \"The dam was never safe at all.\"",
            "The dam was never safe at all. | Another",
        ),
        (
            "\"It was never safe at all,\" said retired engineer Tom Orr.",
            "It was never safe at all, | Tom Orr",
        ),
    ]);
}

#[test]
fn a_clause_that_is_over_governs_nothing_behind_it() {
    last_quoted(&[
        (
            "When Ida Moll praised the dam, Tom Orr fired back: \"It will not hold.\"",
            "It will not hold. | Tom Orr",
        ),
        (
            "Ida Moll called the dam \"a folly for all,\" but Tom Orr said he liked it.",
            "a folly for all, | Ida Moll",
        ),
        (
            "Ida Moll asked, \"Will the dam hold for long?\" He said that it would.",
            "Will the dam hold for long? | Ida Moll",
        ),
        ("The wall is \"a shame to us all,\" as Tom Orr put it.", "a shame to us all, | Tom Orr"),
        (
            "Tom Orr, the mayor, said Ida Moll's plan \"calls the wall into question\".",
            "calls the wall into question | Tom Orr",
        ),
        (
            "Tom Orr said at a dinner in Elmtown that Ida Moll once described the dam as \"a mere heap of sand\".",
            "a mere heap of sand | Tom Orr",
        ),
    ]);
}

#[test]
fn subjects_stand_past_times_openers_and_documents() {
    last_quoted(&[
        (
            "Amid the flood in the valley, Ida Moll went on to say, \"We will not leave the town.\"",
            "We will not leave the town. | Ida Moll",
        ),
        (
            "Tom Orr, who has in the past called the dam \"a heap of wet sand\", left.",
            "a heap of wet sand | Tom Orr",
        ),
        (
            "Tom Orr released a letter Friday saying the dam was \"a heap of wet sand\".",
            "a heap of wet sand | Tom Orr",
        ),
        (
            "Tom Orr released a letter that said the dam was \"a heap of wet sand\".",
            "a heap of wet sand | Tom Orr",
        ),
        (
            "Ida Moll left, with one of her aides asking, \"Is the dam safe for us?\"",
            "Is the dam safe for us? | one of her aides",
        ),
        (
            "Ida Moll said it was too early to thank Tom Orr but added, \"I think the dam will hold.\"",
            "I think the dam will hold. | Ida Moll",
        ),
    ]);
}

#[test]
fn a_colon_or_a_noun_leads_words_in() {
    last_quoted(&[
        (
            "Tom Orr wrote to the town. From Orr's letter: \"The dam will not hold for a year.\"",
            "The dam will not hold for a year. | Tom Orr",
        ),
        (
            "The board was plain in its findings: \"The dam will not hold for a year.\"",
            "The dam will not hold for a year. | The board",
        ),
        (
            "Tom Orr's answer was: \"The dam will not hold for a year.\"",
            "The dam will not hold for a year. | Tom Orr",
        ),
        ("The crowd broke into a chant of \"Save the dam!\"", "Save the dam! | The crowd"),
        ("The crowd met him with chants of \"Save Our Dam\" all day.", "Save Our Dam | The crowd"),
        (
            "Few came. As Tom Orr observed, the dam was its own witness:\n\n\"It leaks on every side of the wall.\"",
            "It leaks on every side of the wall. | Tom Orr",
        ),
    ]);
}

#[test]
fn words_in_a_sentence_go_to_whoever_spoke_in_the_paragraph() {
    last_quoted(&[
        (
            "\"It will hold,\" Tom Orr said. If the rain lasts all night, \"the wall will be gone by the next morning.\"",
            "the wall will be gone by the next morning. | Tom Orr",
        ),
        (
            "Without rain it would hold, Ida Moll said. \"It has always held.\"",
            "It has always held. | Ida Moll",
        ),
        (
            "\"Is it safe now?\" Ida Moll, the mayor of Elmtown, asked on Friday.",
            "Is it safe now? | Ida Moll",
        ),
    ]);
}

#[test]
fn pull_quotes_crossheads_and_programmes_are_not_said() {
    last_quoted(&[
        (
            "The dam of Elmtown is old and leaks on every side.\n\n\"I fear for the dam and for the town.\nTom Orr, mayor.\"",
            "none",
        ),
        (
            "The dam of Elmtown is old and leaks on every side.\n\n“WEAK AND OLD WALL”\n\nIt was built in haste.",
            "none",
        ),
        ("Ida Moll spoke on Channel Two's \"The Hour with Hugo Vane\" about the dam.", "none"),
    ]);
}

#[test]
fn the_people_of_a_block_quote_speak_for_themselves() {
    let body = "From another paper:\n\n\"Then Ida Moll rose. “The dam will hold,” she said.\n\n\"“It will not,” said Tom Orr, and left.\"";
    assert_eq!(said(body)[..], ["The dam will hold, | Ida Moll", "It will not, | Tom Orr"]);
}

#[test]
fn every_statement_names_its_rule() {
    let body =
        "The ship had sailed, according to Tom Orr. “It never came back,” Orr said. “It sank.”";
    let rules: Vec<_> = read(body).statements.iter().map(|said| said.rule).collect();
    assert_eq!(rules, ["according-to", "cue-after", "same-paragraph"]);
}

#[test]
fn other_languages_give_direct_quotations_only() {
    let bodies = [
        (
            "fr",
            "« Nous verrons bien demain », a dit Mme Orval. Le maire a déclaré que le pont fermerait.",
        ),
        (
            "de",
            "„Wir werden das morgen sehen“, sagte Frau Lund. Der Minister sagte, die Brücke bleibe zu.",
        ),
        (
            "es",
            "«Lo veremos todo mañana», dijo la señora Orzal. El alcalde dijo que el puente cerraría.",
        ),
        ("ru", "«Мы всё увидим завтра», сказала Орлова. Мэр сказал, что мост закроют."),
    ];
    for (language, body) in bodies {
        let found = crate::annotate::annotate(&Text { body, language, ..Text::default() });
        assert_eq!(found.statements.len(), 1, "{language}");
        assert!(found.statements[0].speaker.is_none() && found.people.is_empty(), "{language}");
    }
}

#[test]
fn particles_suffixes_and_nicknames_belong_to_names() {
    for name in
        ["Ursel van der Berg", "Hamid al-Noor", "Tom D. Orr", "Karl von der Linde", "Ida de Moll"]
    {
        let body = format!("Mr {name} spoke. “We will see tomorrow,” said {name}.");
        assert_eq!(said(&body)[0], format!("We will see tomorrow, | {name}"));
    }
    let body = "“We will see tomorrow,” said Tom Orr Jr. “I doubt it all,” said Elmer “Bud” Vane.";
    let found = said(body);
    assert_eq!(found[0], "We will see tomorrow, | Tom Orr");
    assert!(found[1].ends_with("Vane"), "{found:?}");
}

#[test]
fn a_label_may_have_marks_between_its_letters_and_its_colon() {
    let found = said("\u{1132a}\u{113e1}: We will see.");
    assert!(found.iter().all(|line| line.starts_with("We will see")), "{found:?}");
    assert_eq!(said("\u{1132a}\u{113e1}:\u{10b60}\"®:").len(), 1);
}

#[test]
fn a_pronoun_whom_no_subject_explains_means_who_was_named() {
    let body = "Ever since Ida Moll took the post, she’s said the same: “The port comes first.”";
    assert_eq!(said(body)[..], ["The port comes first. | Ida Moll"]);
    let body = "Elmland Gov. Tom Orr, in a blow to Ida Moll, signed. “It is done,” he said.";
    assert_eq!(said(body)[..], ["It is done, | Tom Orr"]);
}

#[test]
fn an_office_behind_a_name_is_the_bearer_s() {
    for body in [
        "Ann Poe, chair and founder of the Moll Fund said, “We will wait.”",
        "Ann Poe, president of the Elmtown Teachers, which has many members, said, “We will wait.”",
        "Ann Poe, 59, of Elm, Md., who saw it, said, “We will wait.”",
        "“We will wait,” said another known lawyer, Ann Poe of the firm Moll.",
        "The row led to a sharp answer from Mayor Ann Poe, who called it “We will wait.”",
    ] {
        let found = said(body);
        assert!(found.last().is_some_and(|line| line.ends_with("| Ann Poe")), "{body}: {found:?}");
    }
}

#[test]
fn a_clause_before_its_subject_is_the_subject_s() {
    let body = "Ann Poe wrote a book. After calling the river “far too high for any boat of ours,” she left.";
    assert_eq!(said(body)[..], ["far too high for any boat of ours, | Ann Poe"]);
    let body = "The paper looked into Ann Poe’s claim that the harbour held “more seals than boats” in May.";
    assert_eq!(said(body)[..], ["more seals than boats | Ann Poe"]);
}

#[test]
fn a_whole_sentence_behind_a_colon_is_said_by_somebody() {
    let body = "The report ends with this warning: “Nine ferries had no lifeboat at all.”";
    assert_eq!(said(body)[..], ["Nine ferries had no lifeboat at all. | -"]);
    let body = "Ann Poe spoke on her “Tides And Tales” program, and sang the anthem “Our Harbour,” she said.";
    assert!(said(body).iter().all(|line| !line.contains("Tides")), "{:?}", said(body));
}

proptest! {
    #[test]
    fn any_text_gives_statements_inside_it(text in
        "([A-Z][a-z]{1,6}|said|told|“|”|\"|'|’|\\. |, |who|and|he|she|the|to|by|:|-|\n| ){0,60}|\\PC{0,60}") {
        let found = read(&text);
        let mut start = 0;
        for said in &found.statements {
            prop_assert!(said.span.start() >= start);
            start = said.span.start();
            let speaker = said.speaker.iter().map(|speaker| speaker.span);
            let mentions = found.people.iter().flat_map(|p| p.mentions.iter().copied());
            for span in [said.span].into_iter().chain(said.quotes.clone()).chain(said.cue).chain(speaker).chain(mentions) {
                prop_assert!(text.get(span.start()..span.end()).is_some());
            }
        }
    }
}
