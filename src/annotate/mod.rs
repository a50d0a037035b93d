//! A text to what it means
