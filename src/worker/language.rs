//! The language that a worker's sentences are in: the page's.

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DedicatedWorkerGlobalScope, Response};

use crate::language::{LanguageTag, speak};

/// Speaks the language that the page names the worker after (`WorkerOptions.name`, a tag and the address of its catalogue). Without
/// a name it is English, and where the catalogue does not arrive too.
pub async fn load() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let name = scope.name();
    let Some((tag, address)) = name.split_once(' ').and_then(|(tag, address)| Some((LanguageTag::from_word(tag)?, address))) else {
        return;
    };
    if let Ok(catalogue) = fetched(&scope, address).await {
        // What is no catalogue, a host's page say, leaves English.
        drop(speak(tag, catalogue));
    }
}

async fn fetched(scope: &DedicatedWorkerGlobalScope, address: &str) -> Result<Vec<u8>, JsValue> {
    let response: Response = JsFuture::from(scope.fetch_with_str(address)).await?.dyn_into()?;
    let bytes = JsFuture::from(response.array_buffer()?).await?;
    Ok(Uint8Array::new(&bytes).to_vec())
}
