//! The page's own address, which holds the experiment.

use leptos::prelude::{document, window};
use wasm_bindgen::JsValue;
use web_sys::{Url, UrlSearchParams};

use crate::experiment::permalink::query_of;

/// The query the page was opened with, or what stands for it behind `#`.
pub fn query() -> String {
    let location = window().location();
    query_of(&(location.search().unwrap_or_default() + &location.hash().unwrap_or_default())).unwrap_or_default()
}

/// Whether the page has no origin of its own, as in a sandboxed frame.
pub fn is_sandboxed() -> bool {
    window().origin() == "null"
}

/// What the address says under a key.
pub fn value(key: &str) -> Option<String> {
    UrlSearchParams::new_with_str(&query()).ok()?.get(key)
}

/// The query that stands behind `#` alone.
pub fn query_behind_hash() -> Option<String> {
    query_of(&window().location().hash().unwrap_or_default())
}

/// Puts `query` into the address without a new entry in the history.
pub fn replace_query(query: &str) {
    if let Ok(history) = window().history() {
        // Refused only when called hundreds of times in a few seconds; the next change tries again.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&link(query)));
    }
}

/// The same with a new entry in the history: the browser's Back leads to what was there before.
pub fn push_query(query: &str) {
    if let Ok(history) = window().history() {
        // Refused only when called hundreds of times in a few seconds: then Back skips a step.
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&link(query)));
    }
}

/// The link whose query is `query`.
pub fn link(query: &str) -> String {
    let location = window().location();
    let (origin, path) = (location.origin().unwrap_or_default(), location.pathname().unwrap_or_default());
    if query.is_empty() { format!("{origin}{path}") } else { format!("{origin}{path}?{query}") }
}

/// Loads the page anew. Its address holds the experiment.
pub fn reload() {
    // Refused only in a page that is being left.
    let _ = window().location().reload();
}

/// The address of a file in the page's folder, wherever that is served from.
pub fn absolute_url(relative: &str) -> String {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    Url::new_with_base(relative, &base).map_or_else(|_| relative.to_owned(), |url| url.href())
}
