//! Finds the data set: one of the visitor's own, or one that comes with the page.

use gloo::net::http::Request;

use crate::dataset::{DatasetManifest, FOLDERS, STARTER, imported_folder};
use crate::run::DatasetSource;
use crate::worker::storage::look_up;

use super::location::absolute_url;

/// The data set of that name in a link. Without a name, the largest that comes with the page.
///
/// # Errors
/// A sentence without its full stop about the last place that was looked into.
pub async fn find(name: &str) -> Result<DatasetSource, String> {
    let places = match name {
        "" => FOLDERS.map(str::to_owned).to_vec(),
        STARTER => vec![FOLDERS[1].to_owned()],
        _ => vec![imported_folder(name)],
    };
    let mut last = Err("there is no folder to look into".to_owned());
    for folder in places {
        // Some servers answer a missing file with the page itself: what cannot be parsed is not there.
        last = load(&absolute_url(&folder)).await;
        if last.is_ok() {
            break;
        }
    }
    last
}

async fn load(url: &str) -> Result<DatasetSource, String> {
    let json = read_text(&format!("{url}manifest.json")).await?;
    let manifest = DatasetManifest::parse(&json).map_err(|error| error.to_string())?;
    Ok(DatasetSource { url: url.to_owned(), manifest })
}

/// A text file that the browser keeps or the server has.
async fn read_text(address: &str) -> Result<String, String> {
    let response = match look_up(address) {
        Some(kept) => {
            let kept = wasm_bindgen_futures::JsFuture::from(kept).await.map_err(|_| "the browser's storage cannot be read")?;
            let kept: web_sys::Response = wasm_bindgen::JsCast::dyn_into(kept).map_err(|_| "it is not in this browser")?;
            gloo::net::http::Response::from(kept)
        }
        None => Request::get(address).send().await.map_err(|_| "the server cannot be reached")?,
    };
    if !response.ok() {
        return Err(format!("the server answers {} {}", response.status(), response.status_text()).trim_end().to_owned());
    }
    response.text().await.map_err(|_| "the answer broke off on its way".to_owned())
}
