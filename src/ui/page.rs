//! The document around the app.

use crate::ui::browser::document;

/// Takes away what `index.html` shows until the app is there.
pub fn remove_loading_sentence() {
    if let Some(loading) = document().get_element_by_id("loading") {
        loading.remove();
    }
}

/// Sets or clears an attribute of `<html>`, which the style sheet looks at.
pub fn set_root_attribute(name: &str, value: Option<&str>) {
    let Some(root) = document().document_element() else { return };
    // Neither can fail: the names are ours and valid.
    let _ = match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
}

/// Puts HTML at the end of the page.
pub fn append(html: &str) {
    if let Some(body) = document().body() {
        // Refused only by an element that is not in a document.
        let _ = body.insert_adjacent_html("beforeend", html);
    }
}
