//! Lets the GPU library run on adapters without the WebGPU feature `timestamp-query`.
//!
//! The library panics where the adapter does not list it, although it would need it only to time its own kernels, which is
//! off here. Every adapter that the browser hands out is therefore given a list that has it, and a device is asked for without.

use js_sys::{Array, Function, Object, Promise, Reflect, Set};
use wasm_bindgen::prelude::*;

const TIMESTAMPS: &str = "timestamp-query";

/// Wraps `gpu.requestAdapter` of this worker.
///
/// # Errors
/// When the browser does not let it be wrapped.
pub(super) fn allow(gpu: &JsValue) -> Result<(), JsValue> {
    let original: Function = Reflect::get(gpu, &"requestAdapter".into())?.dyn_into()?;
    let owner = gpu.clone();
    let request = move |options: JsValue| -> Result<Promise, JsValue> {
        let adapter: Promise = original.call1(&owner, &options)?.unchecked_into();
        let prepared = Closure::once_into_js(|adapter: JsValue| {
            // What cannot be wrapped stays as it is, and the library says so.
            let _ = prepare(&adapter);
            adapter
        });
        let then: Function = Reflect::get(&adapter, &"then".into())?.dyn_into()?;
        Ok(then.call1(&adapter, &prepared)?.unchecked_into())
    };
    define(gpu, "requestAdapter", &Closure::<dyn FnMut(JsValue) -> Result<Promise, JsValue>>::new(request).into_js_value())
}

fn prepare(adapter: &JsValue) -> Result<(), JsValue> {
    let features: Set = Set::new(&Reflect::get(adapter, &"features".into())?);
    if features.has(&TIMESTAMPS.into()) {
        return Ok(());
    }
    features.add(&TIMESTAMPS.into());
    define(adapter, "features", &features)?;
    let original: Function = Reflect::get(adapter, &"requestDevice".into())?.dyn_into()?;
    let owner = adapter.clone();
    let request = move |descriptor: JsValue| -> Result<JsValue, JsValue> {
        let wanted = Array::from(&Reflect::get(&descriptor, &"requiredFeatures".into())?);
        let wanted = wanted.filter(&mut |feature, _, _| feature != TIMESTAMPS);
        Reflect::set(&descriptor, &"requiredFeatures".into(), &wanted)?;
        original.call1(&owner, &descriptor)
    };
    define(adapter, "requestDevice", &Closure::<dyn FnMut(JsValue) -> Result<JsValue, JsValue>>::new(request).into_js_value())
}

/// Gives this one object a property of its own, before what its class has.
fn define(object: &JsValue, name: &str, value: &JsValue) -> Result<(), JsValue> {
    let property = Object::new();
    Reflect::set(&property, &"value".into(), value)?;
    Reflect::define_property(object.unchecked_ref::<Object>(), &name.into(), &property).map(drop)
}
