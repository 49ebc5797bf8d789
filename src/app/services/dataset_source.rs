//! Finds the data set: one of the visitor's own, or one that comes with the page.

use gloo::net::http::Request;

use crate::dataset::{DATA_SETS, DatasetManifest, STARTER, folder_of, imported_folder};
use crate::run::DatasetSource;
use crate::worker::storage::look_up;

use super::location::absolute_url;

/// The data set of that name in a link. Without a name, the largest that comes with the page.
///
/// # Errors
/// A sentence without its full stop about what is missing.
pub async fn find(name: &str) -> Result<DatasetSource, String> {
    let folder = match name {
        "" => folder_of(&of_page().await?.into_iter().next().ok_or_else(|| format!("{DATA_SETS} names no data set"))?),
        STARTER => folder_of(STARTER),
        imported => imported_folder(imported),
    };
    load(&absolute_url(&folder)).await
}

/// Names of the data sets that come with the page, largest first.
///
/// # Errors
/// As [`find`].
pub async fn of_page() -> Result<Vec<String>, String> {
    let list =
        read_text(&absolute_url(DATA_SETS)).await.map_err(|reason| format!("the list of data sets could not be fetched: {reason}"))?;
    serde_json::from_str(&list).map_err(|_| format!("{DATA_SETS} is no list of data sets"))
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
