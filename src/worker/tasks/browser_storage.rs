//! The browser's Cache API as a storage of data sets.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::dataset_store::{KeepError, Storage};
use crate::dataset::{IMAGE_STORE, IMPORTED};
use crate::protocol::workstation::KeepFailure;
use crate::worker::javascript::worker_scope;
use crate::worker::storage::{NoStorage, bytes_of, keep_in, look_up, names_in, open, read_from, remove_from};

/// The store of imported images.
pub struct BrowserStorage;

impl BrowserStorage {
    /// # Errors
    /// A sentence when the browser keeps nothing for this page.
    pub async fn open() -> Result<Self, String> {
        open(IMAGE_STORE).await.map(|_| Self).map_err(|missing| missing.to_string())
    }
}

impl Storage for BrowserStorage {
    async fn write(&self, path: &str, bytes: &[u8]) -> Result<(), KeepError> {
        keep_in(IMAGE_STORE, path, bytes).await.map_err(|failure| match failure {
            KeepFailure::Full => KeepError::Full { bytes: String::new() },
            KeepFailure::Insecure => KeepError::Refused { reason: NoStorage::Insecure.to_string() },
            KeepFailure::Refused(reason) => KeepError::Refused { reason },
        })
    }

    async fn read(&self, path: &str) -> Option<Vec<u8>> {
        read_from(IMAGE_STORE, path).await
    }

    async fn paths(&self) -> Vec<String> {
        let mut paths = names_in(IMAGE_STORE).await;
        paths.retain(|path| path.starts_with(IMPORTED));
        paths
    }

    async fn remove(&self, path: &str) {
        // A file that cannot be removed is one that nobody finds: its data set has no manifest any more.
        remove_from(IMAGE_STORE, path).await;
    }
}

/// The bytes of a file of a data set, wherever it lies.
pub async fn read(url: &str) -> Option<Vec<u8>> {
    let answer = look_up(url).unwrap_or_else(|| worker_scope().fetch_with_str(url));
    let response: Response = JsFuture::from(answer).await.ok()?.dyn_into().ok()?;
    if response.ok() { bytes_of(&response).await } else { None }
}
