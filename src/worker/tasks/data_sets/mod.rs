//! Data sets of the visitor's own in the browser's storage.

mod keeping;

pub use keeping::{KeepError, MANIFEST, Storage, keep, names, purge, remove, restore};
