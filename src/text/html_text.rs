//! HTML as records carry it, to a body.

use super::markup;

/// The text of HTML: paragraphs parted by a blank line, without scripts, pictures and captions.
///
/// ```
/// use onrecord::text::html_text::paragraphs;
/// assert_eq!(paragraphs("<p>One &amp; two</p><p>Three</p>"), "One & two\n\nThree");
/// ```
pub fn paragraphs(html: &str) -> String {
    markup::html(html).join("\n\n")
}

/// Whether a text is HTML: it holds a tag that HTML knows.
pub fn is_html(text: &str) -> bool {
    markup::has_tags(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn scripts_comments_and_captions_are_no_text() {
        let html =
            "<!-- a --><script>if (a<b) {}</script><p>One</p><figcaption>By AFP</figcaption>Two";
        assert_eq!(paragraphs(html), "One\n\nTwo");
    }

    #[test]
    fn a_sign_is_no_tag() {
        assert_eq!(paragraphs("2 < 3 and 4 <5"), "2 < 3 and 4 <5");
        assert!(!is_html("2 < 3 <dollars"));
        assert!(is_html("so <b>bold</b>"));
    }

    proptest! {
        #[test]
        fn any_text_is_read(html in "(<[/!a-z]{0,7}[ >]{0,2}|[a-z&;é]{0,5}){0,20}") {
            let text = paragraphs(&html);
            prop_assert!(!text.contains("\n\n\n"));
            is_html(&html);
        }
    }
}
