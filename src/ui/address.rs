//! The page's own address, which holds the experiment.

use crate::ui::browser::window;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// The query the page was opened with.
pub fn query() -> String {
    window().location().search().unwrap_or_default()
}

/// Puts `query` into the address without a new entry in the history.
pub fn replace_query(query: &str) {
    let path = window().location().pathname().unwrap_or_default();
    let address = if query.is_empty() { path } else { format!("{path}?{query}") };
    if let Ok(history) = window().history() {
        // Refused only when called hundreds of times in a few seconds; the next change tries again.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

/// The link to the experiment that `query` holds.
pub fn link(query: &str) -> String {
    let location = window().location();
    let (origin, path) = (location.origin().unwrap_or_default(), location.pathname().unwrap_or_default());
    if query.is_empty() { format!("{origin}{path}") } else { format!("{origin}{path}?{query}") }
}

/// Copies `text`; false where the browser does not allow it.
pub async fn copy(text: &str) -> bool {
    // Outside https there is no clipboard, and asking for it would throw.
    let navigator = window().navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard")).unwrap_or(JsValue::UNDEFINED);
    if clipboard.is_undefined() || clipboard.is_null() {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
