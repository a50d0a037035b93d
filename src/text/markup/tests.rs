use super::*;
use proptest::prelude::*;

fn read(xml: &str) -> Vec<String> {
    let text = prepare(xml.as_bytes()).unwrap();
    paragraphs(parse(&text).unwrap().root_element())
}

#[test]
fn blocks_are_paragraphs_and_inline_markup_is_text() {
    assert_eq!(
        read(
            "<block><hl2>Tides</hl2><p>The <org>Port</org> of <b>Vel</b>mark.</p>tail<p/></block>"
        ),
        ["Tides", "The Port of Velmark.", "tail"]
    );
}

#[test]
fn a_table_has_a_line_a_row_and_tabs_between_cells() {
    assert_eq!(
        read(
            "<div><table><tr><th>Club</th><th>Points</th></tr>\n<tr><td><p>Rovers</p></td> <td>3</td></tr></table></div>"
        ),
        ["Club\tPoints\nRovers\t3"]
    );
}

#[test]
fn pictures_and_notes_are_no_prose() {
    assert_eq!(
        read(
            "<d><media><media-caption><p>A ship.</p></media-caption></media><p>One.</p><img src='a'/><p>Two.</p><note><p>x</p></note></d>"
        ),
        ["One.", "Two."]
    );
}

#[test]
fn entities_of_html_and_of_nobody_do_not_fail() {
    assert_eq!(
        read("<p>caf&eacute;&nbsp;A &amp; B & C &nosuch; &#146; &#0;</p>"),
        ["café A & B & C &nosuch; ’"]
    );
    assert_eq!(
        read("<!DOCTYPE p [<!ENTITY port \"Port &#65;zure\">]><p>&port;</p>"),
        ["Port Azure"]
    );
    assert_eq!(read("<p>4 o&amp;#39;clock</p>"), ["4 o'clock"]);
}

#[test]
fn bombs_are_refused_and_nothing_is_fetched() {
    let bomb = "<!DOCTYPE p [<!ENTITY a \"xx\"><!ENTITY b \"&a;&a;\">]><p>&b;</p>";
    assert!(prepare(bomb.as_bytes()).unwrap_err().starts_with("a bomb"));
    let quadratic =
        format!("<!DOCTYPE p [<!ENTITY a \"{}\">]><p>{}</p>", "x".repeat(1000), "&a;".repeat(9000));
    assert!(prepare(quadratic.as_bytes()).is_err());
    assert!(prepare("<p>".repeat(100_000).as_bytes()).is_err());
    let attributes: String = (0..9000).map(|n| format!(" a{n}='>'")).collect();
    assert!(prepare(format!("<p{attributes}/>").as_bytes()).is_err());
    assert_eq!(
        read("<!DOCTYPE p [<!ENTITY x SYSTEM \"file:///etc/hosts\">]><p>a&x;</p>"),
        ["a&x;"]
    );
}

#[test]
fn a_column_of_breaks_is_joined_and_short_lines_stay() {
    let column = read(
        "<p>   The port of Kestrel Bay opened on Monday after three <br />weeks in which no ship had come in or gone out, as <br />officials said.</p>",
    );
    assert_eq!(column.len(), 1);
    assert!(!column[0].contains('\n'), "{column:?}");
    assert_eq!(read("<p>Rovers 2<br/>Town 1</p>"), ["Rovers 2\nTown 1"]);
    assert_eq!(read("<p>One.<br/><br/>Two.</p>"), ["One.", "Two."]);
}

#[test]
fn the_root_stands_behind_comments_and_a_document_type() {
    let head = b"<?xml version='1.0'?>\n<!-- <x> -->\n<!DOCTYPE nitf SYSTEM \"nitf.dtd\" [<!ENTITY a 'b'>]>\n<n:nitf a='b'>";
    assert_eq!(root_name(head), Some("nitf"));
    assert_eq!(root_name(b"plain text"), None);
}

#[test]
fn a_broken_item_leaves_its_neighbours_whole() {
    let text = "<set xmlns:x='y'><item><p>One</item><item><x:p>Two</x:p></item><item>cut";
    let found = pieces(text, "item");
    assert_eq!(found.len(), 2);
    assert!(parse(&found[0]).is_err() && parse(&found[1]).is_ok());
}

#[test]
fn declared_bytes_win_over_a_wrong_declaration() {
    assert_eq!(read("<?xml version='1.0' encoding='iso-8859-1'?><p>é</p>"), ["é"]);
}

#[test]
fn an_element_that_never_ends_hides_nothing() {
    assert_eq!(html("<p>One<figure><p>Two<form>Three"), ["One", "TwoThree"]);
    assert_eq!(html("<script>if (a<b) {}</script>One<style>p {}"), ["One"]);
}

proptest! {
    #[test]
    fn any_bytes_are_a_document_or_a_reason(text in "[<>/&;!a-c'\"=\\[\\] \n#?-]{0,80}") {
        if let Ok(text) = prepare(text.as_bytes()) && let Ok(document) = parse(&text) {
            paragraphs(document.root_element());
        }
        html(&text);
        tagged_lines(&text);
        root_name(text.as_bytes());
        pieces(&text, "a");
    }
}

#[test]
fn blanks_of_every_kind_become_one_and_letters_of_every_kind_stay() {
    let text = "<p>  The\tport \u{3000} is\u{a0}\n “open” — né à  Ørst\u{2003}. </p>";
    assert_eq!(super::html(text), ["The port is “open” — né à Ørst ."]);
}

#[test]
fn an_entity_whose_value_never_ends_is_read() {
    assert!(prepare(b"<!DOCTYPE nitf [<!ENTITY a \"never").is_ok());
}
