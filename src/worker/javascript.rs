//! JavaScript objects by the names of what they have: bindings for interfaces that are used once would be more code.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::language::text;

/// A property; undefined where there is none.
pub fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}

/// Calls a method.
///
/// # Errors
/// What it throws, or that there is none.
pub fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(object, &method.into())?.dyn_into()?;
    function.apply(object, &arguments.iter().collect())
}

/// The global object of a worker.
#[cfg(any(feature = "train", feature = "tasks"))]
pub fn worker_scope() -> web_sys::DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// An error as text.
pub fn words(error: &JsValue) -> String {
    get(error, "message").as_string().or_else(|| error.as_string()).unwrap_or_else(|| text!("no reason given").to_owned())
}
