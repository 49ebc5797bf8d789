//! Storage that the browser does not clear by itself.

use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_futures::spawn_local;

/// Asks the browser to keep what it has of this page until the visitor removes it. Chromium decides without a word, Firefox asks: so
/// it is asked for only when there is something to lose.
pub fn ask() {
    // Over plain http there is nothing to ask. Where the answer is no, storage is as before.
    if let Ok(answer) = window().navigator().storage().persist() {
        spawn_local(async { drop(JsFuture::from(answer).await) });
    }
}
