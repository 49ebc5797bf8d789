//! The browser's Cache API as a storage of data sets.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, DedicatedWorkerGlobalScope, DomException, Request, Response};

use super::dataset_store::{KeepError, Storage};
use crate::dataset::{IMAGE_STORE, IMPORTED};
use crate::worker::javascript::words;
use crate::worker::storage::{look_up, open};

pub struct BrowserStorage {
    cache: Cache,
    /// Address of the page's folder. Pages in other folders of the same server share the cache.
    folder: String,
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Address of the folder that this program was loaded from, which is the page's.
fn folder() -> String {
    let address = scope().location().href();
    address.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"))
}

impl BrowserStorage {
    /// # Errors
    /// A sentence when the browser keeps nothing for this page.
    pub async fn open() -> Result<Self, String> {
        Ok(Self { cache: open(IMAGE_STORE).await.map_err(|missing| missing.to_string())?, folder: folder() })
    }
}

impl Storage for BrowserStorage {
    async fn write(&self, path: &str, bytes: &[u8]) -> Result<(), KeepError> {
        let failed = |error: JsValue| match error.dyn_ref::<DomException>() {
            Some(error) if error.name() == "QuotaExceededError" => KeepError::Full { bytes: String::new() },
            _ => KeepError::Refused { reason: words(&error) },
        };
        let contents = Uint8Array::from(bytes);
        let response = Response::new_with_opt_buffer_source(Some(&contents)).map_err(failed)?;
        JsFuture::from(self.cache.put_with_str(&format!("{}{path}", self.folder), &response)).await.map_err(failed)?;
        Ok(())
    }

    async fn read(&self, path: &str) -> Option<Vec<u8>> {
        let kept = JsFuture::from(self.cache.match_with_str(&format!("{}{path}", self.folder))).await.ok()?;
        bytes_of(&kept.dyn_into().ok()?).await
    }

    async fn paths(&self) -> Vec<String> {
        let Ok(requests) = JsFuture::from(self.cache.keys()).await else { return Vec::new() };
        let path = |request: JsValue| {
            let url = request.unchecked_into::<Request>().url();
            url.strip_prefix(&self.folder).filter(|path| path.starts_with(IMPORTED)).map(str::to_owned)
        };
        Array::from(&requests).iter().filter_map(path).collect()
    }

    async fn remove(&self, path: &str) {
        // A file that cannot be removed is one that nobody finds: its data set has no manifest any more.
        drop(JsFuture::from(self.cache.delete_with_str(&format!("{}{path}", self.folder))).await);
    }
}

/// The bytes of a file of a data set, wherever it lies.
pub async fn read(url: &str) -> Option<Vec<u8>> {
    let answer = look_up(url).unwrap_or_else(|| scope().fetch_with_str(url));
    let response: Response = JsFuture::from(answer).await.ok()?.dyn_into().ok()?;
    if response.ok() { bytes_of(&response).await } else { None }
}

async fn bytes_of(response: &Response) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
