//! Files that the browser keeps or the page's server has.

use gloo::net::http::{Request, Response};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use crate::language::{marked, text, tr, translated};
use crate::worker::storage::look_up;

/// A text file.
///
/// # Errors
/// Half a sentence about what is wrong.
pub async fn read_text(address: &str) -> Result<String, String> {
    response(address).await?.text().await.map_err(|_| translated(BROKE_OFF).to_owned())
}

/// A file of any kind.
///
/// # Errors
/// As [`read_text`].
pub async fn read_bytes(address: &str) -> Result<Vec<u8>, String> {
    response(address).await?.binary().await.map_err(|_| translated(BROKE_OFF).to_owned())
}

const BROKE_OFF: &str = marked!("the answer broke off on its way");

async fn response(address: &str) -> Result<Response, String> {
    let response = match look_up(address) {
        Some(kept) => {
            let kept = JsFuture::from(kept).await.map_err(|_| text!("the browser's storage cannot be read"))?;
            let kept: web_sys::Response = kept.dyn_into().map_err(|_| text!("it is not in this browser"))?;
            Response::from(kept)
        }
        None => Request::get(address).send().await.map_err(|_| text!("the server cannot be reached"))?,
    };
    if !response.ok() {
        return Err(tr!("the server answers {status} {words}", status = response.status(), words = response.status_text())
            .trim_end()
            .to_owned());
    }
    Ok(response)
}
