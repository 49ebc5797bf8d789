//! Small questions to the browser.

use leptos::prelude::{document, window};
use web_sys::{Storage, Url};

/// Milliseconds since the page began, from a clock that never runs backwards.
pub fn now_ms() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// An address inside the page's folder, wherever that is served from.
pub fn absolute_url(relative: &str) -> String {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    Url::new_with_base(relative, &base).map_or_else(|_| relative.to_owned(), |url| url.href())
}

/// Bytes as text; nothing where the browser cannot.
pub fn base64(bytes: &[u8]) -> Option<String> {
    // The browser's own encoder takes a string of characters up to 255.
    let characters: String = bytes.iter().copied().map(char::from).collect();
    window().btoa(&characters).ok()
}

/// A bitmap as the address of a picture.
pub fn bitmap_url(bytes: &[u8]) -> String {
    format!("data:image/bmp;base64,{}", base64(bytes).unwrap_or_default())
}

/// What is remembered between visits; private windows may forbid it.
pub fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
