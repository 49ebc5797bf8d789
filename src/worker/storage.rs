//! Files that the browser keeps under addresses of the page: its Cache API.
//!
//! Imported data sets lie there, put by the worker for tasks; the page and the trainers look here before they ask a server. The
//! [kept runs](crate::checkpoint::autosave) lie in a store of their own.

use js_sys::{Array, Promise, Uint8Array};
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, CacheStorage, DomException, Request, Response};

use crate::dataset::IMPORTED;
use crate::language::{text, tr};
use crate::protocol::workstation::KeepFailure;
use crate::worker::javascript::{get, words};

/// Why the browser keeps nothing for this page: half a sentence, for the visitor.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoStorage {
    /// The page came over plain http, from another name than localhost.
    #[error("{}", text!("browsers keep nothing for a page over plain http, so open it over https or from localhost"))]
    Insecure,
    /// The browser has none, or refuses it.
    #[error("{}", tr!("the browser's storage for this page is full or switched off ({reason})", reason))]
    Refused {
        /// The browser's words.
        reason: String,
    },
}

impl NoStorage {
    /// The browser refused it with this error.
    pub fn refused(error: &JsValue) -> Self {
        Self::Refused { reason: words(error) }
    }
}

/// The store of that name.
///
/// # Errors
/// When the browser keeps nothing for this page.
pub async fn open(store: &str) -> Result<Cache, NoStorage> {
    let Some(caches) = caches() else {
        let is_secure = get(&js_sys::global(), "isSecureContext").is_truthy();
        return Err(if is_secure { NoStorage::Refused { reason: text!("there is none").into() } } else { NoStorage::Insecure });
    };
    JsFuture::from(caches.open(store)).await.and_then(JsCast::dyn_into).map_err(|error| NoStorage::refused(&error))
}

/// Looks for the `Response` that is kept under this address: a promise of it, or of nothing. None for addresses that a
/// server has, or where the browser keeps nothing.
pub fn look_up(url: &str) -> Option<Promise> {
    url.contains(IMPORTED).then(|| caches().map(|caches| caches.match_with_str(url))).flatten()
}

/// What is kept under a name in the store of that name.
pub async fn read_from(store: &str, name: &str) -> Option<Vec<u8>> {
    let store = open(store).await.ok()?;
    let kept = JsFuture::from(store.match_with_str(name)).await.ok()?;
    bytes_of(&kept.dyn_into().ok()?).await
}

/// The bytes of an answer; none where they do not all arrive.
pub async fn bytes_of(response: &Response) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// Names of all that is kept in the store of that name by this page. Pages in other folders of the same server share it.
pub async fn names_in(store: &str) -> Vec<String> {
    let Some(store) = existing(store).await else { return Vec::new() };
    let Ok(requests) = JsFuture::from(store.keys()).await else { return Vec::new() };
    let folder = folder();
    let name = |request: JsValue| request.unchecked_into::<Request>().url().strip_prefix(&folder).map(str::to_owned);
    Array::from(&requests).iter().filter_map(name).collect()
}

/// Keeps bytes under a name in the store of that name, in the place of what was kept under it.
///
/// # Errors
/// When the browser does not keep it.
pub async fn keep_in(store: &str, name: &str, bytes: &[u8]) -> Result<(), KeepFailure> {
    let store = open(store).await?;
    let contents = Response::new_with_opt_js_u8_array(Some(&Uint8Array::from(bytes))).map_err(|error| not_kept(&error))?;
    JsFuture::from(store.put_with_str(name, &contents)).await.map(drop).map_err(|error| not_kept(&error))
}

fn not_kept(error: &JsValue) -> KeepFailure {
    match error.dyn_ref::<DomException>() {
        Some(error) if error.name() == "QuotaExceededError" => KeepFailure::Full,
        _ => KeepFailure::Refused(words(error)),
    }
}

impl From<NoStorage> for KeepFailure {
    fn from(missing: NoStorage) -> Self {
        match missing {
            NoStorage::Insecure => Self::Insecure,
            NoStorage::Refused { reason } => Self::Refused(reason),
        }
    }
}

/// Removes what is kept under a name in the store of that name, if it is there.
pub async fn remove_from(store: &str, name: &str) {
    let Some(store) = existing(store).await else { return };
    // What cannot be removed takes room, no more.
    drop(JsFuture::from(store.delete_with_str(name)).await);
}

/// The store of that name, if it is there: opening makes it.
async fn existing(store: &str) -> Option<Cache> {
    let is_there = JsFuture::from(caches()?.has(store)).await.ok()?;
    if is_there.is_truthy() { open(store).await.ok() } else { None }
}

/// Address of the page's folder, where its programs lie too.
fn folder() -> String {
    let address = get(&get(&js_sys::global(), "location"), "href").as_string().unwrap_or_default();
    let address = address.split(['?', '#']).next().unwrap_or_default();
    address.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"))
}

/// None on pages over plain http, where browsers keep nothing.
fn caches() -> Option<CacheStorage> {
    let caches = get(&js_sys::global(), "caches");
    caches.is_truthy().then(|| caches.unchecked_into())
}
