//! What the page asked of other sites, from the browser's own list of what it loaded.
//!
//! Bindings by hand: neither gloo nor leptos-use has the list. Workers have lists of their own, which a page cannot see.

use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use crate::worker::javascript::{call, get};

#[wasm_bindgen]
extern "C" {
    type PerformanceObserver;

    #[wasm_bindgen(constructor, catch)]
    fn new(callback: &Function) -> Result<PerformanceObserver, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn observe(this: &PerformanceObserver, options: &Object) -> Result<(), JsValue>;
}

/// Calls `heard` with the address of each request to another site, those before this call included, for as long as the page lives.
///
/// # Errors
/// When the browser has no such list.
pub fn on_request_elsewhere(heard: impl Fn(String) + 'static) -> Result<(), JsValue> {
    let own = window().location().host().unwrap_or_default();
    let callback = Closure::<dyn Fn(JsValue)>::new(move |list: JsValue| {
        let entries = call(&list, "getEntries", &[]).unwrap_or_default();
        let addresses = entries.dyn_into::<Array>().unwrap_or_default();
        addresses.iter().filter_map(|entry| get(&entry, "name").as_string()).filter(|name| is_elsewhere(name, &own)).for_each(&heard);
    });
    let observer = PerformanceObserver::new(callback.as_ref().unchecked_ref())?;
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &"resource".into())?;
    Reflect::set(&options, &"buffered".into(), &true.into())?;
    observer.observe(&options)?;
    callback.forget();
    Ok(())
}

/// Whether an address leads to another host than this one; `data:` and `blob:` lead nowhere.
fn is_elsewhere(address: &str, own_host: &str) -> bool {
    let host = address.split_once("://").map(|(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or_default());
    !address.starts_with("blob:") && !address.starts_with("data:") && host.is_some_and(|host| host != own_host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_host_or_port_is_elsewhere_and_what_is_in_the_page_is_not() {
        for address in ["https://b.example/x", "https://a.example:444/", "http://sub.a.example?q", "https://b.example#https://a.example/"] {
            assert!(is_elsewhere(address, "a.example"), "{address}");
        }
        let at_home = [
            "https://a.example/x?y=https://b.example",
            "https://a.example",
            "data:text/plain,https://b.example",
            "blob:https://b.example/1",
        ];
        for address in at_home {
            assert!(!is_elsewhere(address, "a.example"), "{address}");
        }
    }
}
