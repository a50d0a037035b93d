//! Bytes that hold other entries.
