//! Files that the browser keeps under addresses of the page: its Cache API.
//!
//! Imported data sets lie there, put by the worker for tasks; the page and the trainers look here before they ask a server. The
//! [kept runs](crate::checkpoint::autosave) lie in a store of their own.

use std::pin::Pin;

use js_sys::{Array, Promise, Uint8Array};
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, CacheStorage, DomException, Response};

use crate::dataset::IMPORTED;
use crate::language::{text, tr};
use crate::protocol::workstation::KeepFailure;
use crate::worker::javascript::{call, get, words};

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
    let caches = caches();
    // Undefined on pages over plain http, whatever the binding says.
    if !caches.is_truthy() {
        let is_secure = get(&js_sys::global(), "isSecureContext").is_truthy();
        return Err(if is_secure { NoStorage::Refused { reason: text!("there is none").into() } } else { NoStorage::Insecure });
    }
    let opened = JsFuture::from(caches.unchecked_into::<CacheStorage>().open(store)).await;
    opened.and_then(JsCast::dyn_into).map_err(|error| NoStorage::refused(&error))
}

/// Looks for the `Response` that is kept under this address: a promise of it, or of nothing. None for addresses that a
/// server has, or where the browser keeps nothing.
pub fn look_up(url: &str) -> Option<Promise> {
    url.contains(IMPORTED).then(|| call(&caches(), "match", &[url.into()]).ok()?.dyn_into().ok()).flatten()
}

/// What is kept under a name in the store of that name. In a box: otherwise each place that waits for it has a copy of its
/// code.
pub fn read_from<'a>(store: &'a str, name: &'a str) -> Pin<Box<dyn Future<Output = Option<Vec<u8>>> + 'a>> {
    Box::pin(async move {
        let store = answer(&caches(), "open", &[store.into()]).await?;
        let kept = answer(&store, "match", &[name.into()]).await?;
        Some(Uint8Array::new(&answer(&kept, "arrayBuffer", &[]).await?).to_vec())
    })
}

/// Names of all that is kept in the store of that name by this page. Pages in other folders of the same server share it.
pub async fn names_in(store: &str) -> Vec<String> {
    // Opening a store would make it.
    let is_there = answer(&caches(), "has", &[store.into()]).await.is_some_and(|is_there| is_there.is_truthy());
    if !is_there {
        return Vec::new();
    }
    let Some(store) = answer(&caches(), "open", &[store.into()]).await else { return Vec::new() };
    let requests = answer(&store, "keys", &[]).await.map(|requests| Array::from(&requests)).unwrap_or_default();
    let folder = folder();
    requests.iter().filter_map(|request| get(&request, "url").as_string()?.strip_prefix(&folder).map(str::to_owned)).collect()
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
    let Some(store) = answer(&caches(), "open", &[store.into()]).await else { return };
    // What cannot be removed takes room, no more.
    let _ = answer(&store, "delete", &[name.into()]).await;
}

/// Address of the page's folder, where its programs lie too.
fn folder() -> String {
    let address = get(&get(&js_sys::global(), "location"), "href").as_string().unwrap_or_default();
    let address = address.split(['?', '#']).next().unwrap_or_default();
    address.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"))
}

/// Undefined where the browser keeps nothing for this page.
fn caches() -> JsValue {
    get(&js_sys::global(), "caches")
}

async fn answer(object: &JsValue, method: &str, arguments: &[JsValue]) -> Option<JsValue> {
    JsFuture::from(call(object, method, arguments).ok()?.dyn_into::<Promise>().ok()?).await.ok()
}
