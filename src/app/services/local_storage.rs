//! What the browser remembers between visits.
//!
//! A frame of another site, or a browser that forbids storage, has none: `gloo-storage` throws there, which would end the page.

use leptos::prelude::window;
use serde::{Serialize, de::DeserializeOwned};
use web_sys::Storage;

/// `None` where the browser forbids storage.
fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// The text under a key.
pub fn text(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Remembers a text. `None` where the browser has no room for it, or no storage.
pub fn set_text(key: &str, text: &str) -> Option<()> {
    storage()?.set_item(key, text).ok()
}

/// The value under a key, as JSON.
pub fn get<T: DeserializeOwned>(key: &str) -> Option<T> {
    serde_json::from_str(&text(key)?).ok()
}

/// Remembers a value as JSON. `None` where the browser has no room for it, or no storage.
pub fn set(key: &str, value: &impl Serialize) -> Option<()> {
    set_text(key, &serde_json::to_string(value).ok()?)
}
