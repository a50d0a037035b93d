//! Stand-in until the real one is merged.

/// Stand-in.
pub fn language(text: &str) -> Option<&'static str> {
    text.contains(" the ").then_some("en")
}
