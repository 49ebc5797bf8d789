//! A file for the user to keep.

use crate::ui::browser::{document, window};
use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, Url};

/// Saves bytes under a name, as a download.
pub fn save_file(name: &str, bytes: &[u8]) {
    // A browser that refuses leaves the page as it was.
    drop(download(name, bytes));
}

/// Blob and link by way of reflection: their bindings would be more code than this.
fn download(name: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let make = Reflect::get(&window(), &"Blob".into())?;
    let parts = Array::of1(&Array::of1(&Uint8Array::from(bytes)));
    let blob = Reflect::construct(make.unchecked_ref::<js_sys::Function>(), &parts)?;
    let create: js_sys::Function = Reflect::get(&Reflect::get(&window(), &"URL".into())?, &"createObjectURL".into())?.unchecked_into();
    let url = create.call1(&JsValue::NULL, &blob)?.as_string().unwrap_or_default();
    let link: HtmlElement = document().create_element("a")?.unchecked_into();
    link.set_attribute("href", &url)?;
    link.set_attribute("download", name)?;
    link.click();
    Url::revoke_object_url(&url)
}
