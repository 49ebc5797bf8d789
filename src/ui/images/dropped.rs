//! What was dropped on the page: files, and those in folders.

use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Event;

use crate::worker::javascript::{call, get};

/// Property of a file that holds its path from the dropped folder on.
pub const PATH: &str = "droppedPath";

/// Whether files are dragged, not a piece of the page.
pub fn has_files(event: &Event) -> bool {
    Array::from(&get(&get(event, "dataTransfer"), "types")).includes(&"Files".into(), 0)
}

/// What was dropped. The event forgets it once its listener returns.
pub fn entries(event: &Event) -> Vec<JsValue> {
    let items = Array::from(&get(&get(event, "dataTransfer"), "items"));
    let entry = |item: JsValue| {
        let [entry, file] = ["webkitGetAsEntry", "getAsFile"].map(|method| call(&item, method, &[]).unwrap_or_default());
        // Files that do not come from a disk, such as a picture of another page, have no entry.
        if entry.is_object() { entry } else { file }
    };
    items.iter().map(entry).collect()
}

/// All files in it.
pub async fn files(mut left: Vec<JsValue>) -> Array {
    let files = Array::new();
    while let Some(entry) = left.pop() {
        let asked = if get(&entry, "isDirectory").is_truthy() {
            // The entries of a folder come a hundred at a time, until there are none.
            let reader = call(&entry, "createReader", &[]).unwrap_or_default();
            left.push(reader);
            continue;
        } else if get(&entry, "readEntries").is_function() {
            "readEntries"
        } else if get(&entry, "isFile").is_truthy() {
            "file"
        } else {
            files.push(&entry);
            continue;
        };
        let answer = Promise::new(&mut |resolve, reject| drop(call(&entry, asked, &[resolve.into(), reject.into()])));
        let Ok(found) = JsFuture::from(answer).await else { continue };
        if asked == "file" {
            // Refused only by what is no file.
            let _ = Reflect::set(&found, &PATH.into(), &get(&entry, "fullPath"));
            left.push(found);
        } else if get(&found, "length").is_truthy() {
            left.push(entry);
            left.extend(Array::from(&found));
        }
    }
    files
}
