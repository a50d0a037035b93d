//! Who is named, whom a short form means, and who of them speaks.

use crate::contract::Text;
use crate::model::Annotations;

fn read(body: &str) -> Annotations {
    crate::annotate::annotate(&Text { body, ..Text::default() })
}

/// The names of those who speak, in order, each once.
fn speakers(body: &str) -> Vec<String> {
    let mut names = Vec::new();
    for said in read(body).statements {
        names.extend(said.speaker.and_then(|speaker| speaker.name).filter(|n| !names.contains(n)));
    }
    names
}

fn people(body: &str) -> Vec<String> {
    read(body).people.into_iter().map(|person| person.name).collect()
}

#[test]
fn a_surname_is_the_one_s_whom_the_story_names_in_full_most() {
    let body = "Hugo Lund, a brother of Nils Lund, left early. Lund sailed. Lund sank. Hugo Lund swam. \
                “I was cold,” Lund said.";
    assert_eq!(speakers(body), ["Hugo Lund"]);
    let body =
        "Nils Lund spoke. Lund sat. Later his cousin Hugo Lund came. “I was cold,” Lund said.";
    assert_eq!(speakers(body), ["Nils Lund"]);
}

#[test]
fn a_surname_may_have_two_words() {
    let body = "Ida Moll Varga spoke first. “We will see,” Moll Varga said.";
    assert_eq!(people(body), ["Ida Moll Varga"]);
    let body = "“We will see,” Moll Varga said. Ida Moll Varga left.";
    assert_eq!(speakers(body), ["Ida Moll Varga"]);
}

#[test]
fn a_word_before_a_first_name_is_no_part_of_it() {
    let body = "Soapbox Anna Orr sat down. “We will see,” Anna Orr said.";
    assert_eq!(speakers(body), ["Anna Orr"]);
}

#[test]
fn crowds_and_compounds_bear_no_name() {
    for body in [
        "Elmtown Democrats said the dam was weak and old.",
        "Elmtown police said the dam was weak and old.",
        "Demonstrators said the dam was weak and old.",
        "The Elmtown-born said the dam was weak and old.",
        "CEO of a bank, he said the dam was weak and old.",
    ] {
        assert!(speakers(body).is_empty(), "{body}: {:?}", speakers(body));
    }
    let body = "The Federation of Elmland Teachers said the dam was weak.";
    assert_eq!(speakers(body), ["Federation of Elmland Teachers"]);
    assert_eq!(speakers("Ro Geun-hye said the dam was weak."), ["Ro Geun-hye"]);
}

#[test]
fn a_place_before_a_name_is_where_the_office_is() {
    let body = "The ambassador to Italy Anna Orr spoke. “We will see,” the ambassador said.";
    assert_eq!(speakers(body), ["Anna Orr"]);
}

#[test]
fn a_limited_office_means_only_who_bears_the_limit() {
    let body = "Senator Ida Moll of Ohio met Senator Tom Orr of Texas. “We will see,” the Ohio senator said.";
    assert_eq!(speakers(body), ["Ida Moll"]);
    let body = "Mayor Ida Moll met Tom Orr. “We will see,” the former mayor said.";
    assert!(speakers(body).is_empty());
}

#[test]
fn a_title_cut_short_is_the_office_written_out() {
    let body = "Sen. Ida Moll met Gov. Tom Orr. “We will see,” the governor said.";
    assert_eq!(speakers(body), ["Tom Orr"]);
}

#[test]
fn a_body_is_meant_by_its_noun_where_one_is_named() {
    let body = "The Harbour Commission met. “We will see,” the commission said.";
    assert_eq!(speakers(body), ["Harbour Commission"]);
    let two = "The Harbour Commission met the Fish Commission. “We will see,” the commission said.";
    assert!(speakers(two).is_empty());
}

#[test]
fn several_who_speak_in_one_tag_all_speak() {
    let body = "“The dam will hold,” Ida Moll and former mayor Tom Orr wrote.";
    let mut found = speakers(body);
    found.sort();
    assert_eq!(found, ["Ida Moll", "Tom Orr"]);
}

#[test]
fn what_another_is_said_to_have_said_is_not_the_story_s() {
    assert_eq!(speakers("Ida Moll said Tom Orr wanted the dam to hold."), ["Ida Moll"]);
    assert_eq!(speakers("Tom Orr wanted the dam to hold, Ida Moll said."), ["Ida Moll"]);
    let own = "Ida Moll said so after Tom Orr announced that the dam would hold.";
    assert_eq!(speakers(own), ["Ida Moll", "Tom Orr"]);
}

#[test]
fn a_person_s_deeds_tell_an_attitude_and_a_body_s_do_not() {
    assert_eq!(speakers("Ida Moll refused to open the dam to boats."), ["Ida Moll"]);
    assert!(speakers("Harbour Bank released its figures for the year.").is_empty());
    assert!(speakers("Harbour Bank will propose a new dam next year.").is_empty());
}

#[test]
fn a_verb_that_only_names_reports_nothing() {
    let body = "An engineer named Tom Orr said the dam would hold.";
    assert_eq!(speakers(body), ["Tom Orr"]);
    assert_eq!(read(body).statements.len(), 1);
}

#[test]
fn an_apposition_with_a_clause_of_its_own_is_passed() {
    let body = "Ida Moll, the engineer who runs the Harbour Board, which owns the dam, said that it would hold.";
    assert_eq!(speakers(body), ["Ida Moll"]);
    let body = "Ida Moll, the president of the Harbour Board, which owns the dam, said that it would hold.";
    assert_eq!(speakers(body), ["Ida Moll"]);
}

#[test]
fn a_time_behind_a_verb_of_speech_is_not_its_subject() {
    let body = "Ida Moll, a member of the board, said Tuesday morning that the dam would hold.";
    assert_eq!(speakers(body), ["Ida Moll"]);
}

#[test]
fn an_office_may_stand_between_a_verb_and_its_subject() {
    let body = "The dam would hold for long, says sea captain Tom Orr.";
    assert_eq!(speakers(body), ["Tom Orr"]);
    let body = "“The dam held!” said Tom Orr's guest, actress Ida Moll.";
    assert_eq!(speakers(body), ["Ida Moll"]);
}

#[test]
fn both_of_two_speak_and_one_beside_a_sentence() {
    let mut both = speakers("Ida Moll and Tom Orr have both argued that the dam would hold.");
    both.sort();
    assert_eq!(both, ["Ida Moll", "Tom Orr"]);
    let body = "The board was quick to reply, with Tom Orr tweeting that the dam would hold.";
    assert_eq!(speakers(body), ["Tom Orr"]);
}

#[test]
fn credits_and_counts_are_no_speakers() {
    let body = "Ida Moll spoke. [Elm Post] “The dam will hold for long.”";
    assert!(!speakers(body).contains(&"Elm Post".to_owned()));
    assert!(speakers("The poll put Tom Orr 15 points ahead of them.").is_empty());
}

#[test]
fn a_party_and_a_state_are_no_name() {
    let body = "Rep. Ida Moll (R-S.C.) said the dam would hold.";
    assert_eq!(speakers(body), ["Ida Moll"]);
    assert_eq!(people(body), ["Ida Moll"]);
}

#[test]
fn a_body_before_a_full_name_is_no_part_of_it() {
    let body = "Elm County Recorder Ida Moll spoke. “We will see,” Moll said.";
    assert_eq!(speakers(body), ["Ida Moll"]);
    assert_eq!(people("Elm Harbour Bank Ida Moll Board said it would pay."), [""; 0]);
}

#[test]
fn a_name_of_both_men_and_women_agrees_with_any_title() {
    for title in ["Mr.", "Ms."] {
        let body = format!("Lee Quill spoke first. “We will see,” {title} Quill said.");
        assert_eq!(speakers(&body), ["Lee Quill"]);
    }
}

#[test]
fn a_title_that_is_somebody_s_surname_names_them() {
    let body = "Tom King sat down. Mr. Moll left. “The boats are sold,” Mr. King said. King says it is so.";
    assert_eq!(speakers(body), ["Tom King"]);
    let body =
        "Tom Orr sat down. “The boats are sold,” the King said. Mr. President said it was so.";
    assert_eq!(speakers(body), [""; 0]);
}

#[test]
fn a_nickname_is_part_of_the_name_and_stands_for_it() {
    let body = "Rep. Robert C. “Bobby” Orr sat down. “I will,” Bobby Orr said. “I did,” Orr said.";
    assert_eq!(speakers(body), ["Robert C. \"Bobby\" Orr"]);
    assert_eq!(speakers("William A. Orr sat down. “I will,” Bill Orr said."), ["William A. Orr"]);
}

#[test]
fn a_name_in_a_wrong_encoding_or_with_parted_accents_is_whole() {
    for name in ["Andr\u{c3}\u{a9} Orr", "Andre\u{301} Orr", "Fran\u{c3}\u{a7}ois Orr"] {
        assert_eq!(speakers(&format!("“It is done,” {name} said. “It was,” Orr said.")), [name]);
    }
}
