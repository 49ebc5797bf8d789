//! The clipboard.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Clipboard, HtmlDocument, HtmlTextAreaElement};

use super::capabilities::Capability;

/// Copies `text`; false where the browser does not allow it.
pub async fn copy(text: &str) -> bool {
    match Capability::Clipboard.find() {
        Ok(clipboard) => JsFuture::from(clipboard.unchecked_into::<Clipboard>().write_text(text)).await.is_ok() || copy_selection(text),
        Err(_) => copy_selection(text),
    }
}

/// Copies by way of a field whose text is selected, as pages did before there was a clipboard: this works over plain http too.
fn copy_selection(text: &str) -> bool {
    selection_copied(text).unwrap_or(false)
}

fn selection_copied(text: &str) -> Option<bool> {
    let document = document().dyn_into::<HtmlDocument>().ok()?;
    let had_focus = document.active_element().and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    let field = document.create_element("textarea").ok()?.dyn_into::<HtmlTextAreaElement>().ok()?;
    field.set_value(text);
    field.set_class_name("visually-hidden");
    // Within an open dialog: nothing else can have the focus.
    let dialog = document.query_selector("dialog[open]").ok().flatten();
    let place = dialog.or_else(|| document.body().map(Into::into))?;
    place.append_child(&field).ok()?;
    field.select();
    let copied = document.exec_command("copy").unwrap_or(false);
    field.remove();
    if let Some(element) = had_focus {
        // What had the focus takes it back.
        let _ = element.focus();
    }
    Some(copied)
}
