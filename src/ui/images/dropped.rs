//! What was dropped on the page: files, and those in folders.

use std::future::Future;
use std::pin::Pin;

use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Event;

use super::{call, get};

/// Property of a file that holds its path from the dropped folder on.
pub const PATH: &str = "droppedPath";

/// Whether files are dragged, not a piece of the page.
pub fn has_files(event: &Event) -> bool {
    let types = get(&get(event, "dataTransfer"), "types");
    Array::is_array(&types) && Array::from(&types).includes(&"Files".into(), 0)
}

/// All files. The event forgets them once its listener returns, so that they are looked up at once.
pub fn files(event: &Event) -> impl Future<Output = Array> + use<> {
    let items = Array::from(&get(&get(event, "dataTransfer"), "items"));
    let entry = |item: JsValue| {
        let [entry, file] = ["webkitGetAsEntry", "getAsFile"].map(|method| call(&item, method, &Array::new()));
        // Files that do not come from a disk, such as a picture of another page, have no entry.
        if entry.is_object() { entry } else { file }
    };
    let entries: Vec<JsValue> = items.iter().map(entry).collect();
    async move {
        let files = Array::new();
        for entry in entries {
            walk(entry, &files).await;
        }
        files
    }
}

/// Adds an entry, or all that is in it.
fn walk(entry: JsValue, files: &Array) -> Pin<Box<dyn Future<Output = ()> + '_>> {
    Box::pin(async move {
        if get(&entry, "isFile").is_truthy() {
            let file = asked(&entry, "file").await;
            let path = get(&entry, "fullPath").as_string().unwrap_or_default();
            // Refused only by what is no file, which has no place here.
            if Reflect::set(&file, &PATH.into(), &path.trim_start_matches('/').into()).is_ok() {
                files.push(&file);
            }
        } else if get(&entry, "isDirectory").is_truthy() {
            let reader = call(&entry, "createReader", &Array::new());
            loop {
                // A hundred at a time, until there are none.
                let entries = Array::from(&asked(&reader, "readEntries").await);
                if entries.length() == 0 {
                    break;
                }
                for entry in entries {
                    walk(entry, files).await;
                }
            }
        } else if entry.is_object() {
            files.push(&entry);
        }
    })
}

/// What a method gives to its first callback.
async fn asked(object: &JsValue, method: &str) -> JsValue {
    let answer = Promise::new(&mut |resolve, reject| drop(call(object, method, &Array::of2(&resolve, &reject))));
    JsFuture::from(answer).await.unwrap_or(JsValue::UNDEFINED)
}
