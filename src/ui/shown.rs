//! Closures as signals of a few types.
//!
//! Leptos compiles the code that keeps text and attributes up to date once for every type of closure:
//! handing it signals instead makes one copy serve the whole page, and the download smaller.

use leptos::prelude::*;

/// Text that follows what it reads.
pub fn text<T: Into<String>>(of: impl Fn() -> T + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(move || of().into())
}

/// Text that may be absent.
pub fn some_text<T: Into<String>>(of: impl Fn() -> Option<T> + Send + Sync + 'static) -> Signal<Option<String>> {
    Signal::derive(move || of().map(Into::into))
}

/// Whether something is so.
pub fn whether(of: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    Signal::derive(of)
}
