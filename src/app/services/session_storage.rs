//! What the browser remembers of this tab until it is closed. Other tabs do not see it.

use leptos::prelude::window;
use web_sys::Storage;

/// `None` where the browser forbids storage.
fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// The text under a key.
pub fn text(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Remembers a text. `None` where the browser has no room for it, or no storage.
pub fn set_text(key: &str, text: &str) -> Option<()> {
    storage()?.set_item(key, text).ok()
}

/// Forgets what is under a key. `None` without storage.
pub fn remove(key: &str) -> Option<()> {
    storage()?.remove_item(key).ok()
}
