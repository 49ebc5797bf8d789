//! Finds the data set: the whole one where it was built, the starter elsewhere.

use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use crate::dataset::DatasetManifest;
use crate::run_state::DatasetSource;

use super::browser::absolute_url;

/// Folders to look into, best first. The last is part of every page.
const FOLDERS: [&str; 2] = ["data/full/", "data/starter/"];

/// The first data set whose manifest can be read.
///
/// # Errors
/// A sentence about the last one tried.
pub async fn find() -> Result<DatasetSource, String> {
    let mut last = Err("there is no folder to look into".to_owned());
    for folder in FOLDERS {
        // Some servers answer a missing file with the page itself: what cannot be parsed is not there.
        last = load(&absolute_url(folder)).await;
        if last.is_ok() {
            break;
        }
    }
    last
}

async fn load(url: &str) -> Result<DatasetSource, String> {
    let fetched = JsFuture::from(window().fetch_with_str(&format!("{url}manifest.json"))).await;
    let response: Response = fetched.and_then(JsValue::dyn_into).map_err(|_| "the server cannot be reached")?;
    if !response.ok() {
        return Err(format!("the server answers {} {}", response.status(), response.status_text()).trim_end().to_owned());
    }
    let json = text_of(&response).await.ok_or("the download was cut off")?;
    let manifest = DatasetManifest::parse(&json).map_err(|error| error.to_string())?;
    Ok(DatasetSource { url: url.to_owned(), manifest })
}

async fn text_of(response: &Response) -> Option<String> {
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}
