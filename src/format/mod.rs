//! Bytes to stories
