//! An image of the visitor's own: chosen, dropped or pasted, and made as small as the network's by the browser.

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::Event;

use crate::ui::browser::{first_file, listen_to_window};
use crate::ui::follow::listen;
use crate::ui::markup::{say, set};
use crate::ui::parts;
use crate::ui::session::Command;
use crate::ui::square::pixels;

/// The field for a file.
pub const INPUT: &str = "look-own";
/// Where it is chosen, and what is wrong with it.
pub const HTML: &str = "<p class=look-own><label class=caption for=look-own>Your own image: choose, drop or paste one</label> \
    <input id=look-own type=file accept=image/* disabled><span class=caption id=look-note role=status></span></p>";

/// Hears of every image that comes, before there is a run as well: it is looked at once there is.
pub fn listen_for_images() {
    let take = |event: &Event| {
        if event.type_().starts_with("d") {
            // Of what is dropped, the browser would leave the page and show the image alone.
            event.prevent_default();
        }
        let held = |holder: &&str| Reflect::get(event, &(*holder).into()).and_then(|holder| first_file(&holder)).ok();
        // A list that was changed has no files, and text that is pasted holds none.
        let file = ["target", "dataTransfer", "clipboardData"].iter().filter_map(held).find(JsValue::is_object);
        if let Some(file) = file {
            parts::run(Command::LookAt(file));
        }
    };
    listen("look", &["change", "dragover", "drop"], take);
    listen_to_window("paste", take);
}

/// Hands the pixels of an image to `taken`, `[32, 32, 3]`, one byte a channel.
pub fn take(file: JsValue, taken: impl Fn(Vec<u8>) + 'static) {
    spawn_local(async move {
        match pixels(&file).await {
            Ok(pixels) => {
                say("look-note", "");
                taken(pixels);
            }
            Err(_) => say("look-note", "The browser cannot read this as an image: try a PNG, JPEG or WebP file."),
        }
        // The same file can be chosen again.
        set(INPUT, "value", &"".into());
    });
}
