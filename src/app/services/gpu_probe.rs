//! Asks the browser for its GPU, without starting a trainer.
//!
//! `navigator.gpu` is read by name: web-sys has it behind an unstable flag that would hold for every crate.

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::capabilities::Capability;
use crate::language::text;
use crate::run::{GpuAdapter, GpuProbe};
use crate::worker::javascript::get;

/// A browser that has not answered by then will not.
const PATIENCE_MS: i32 = 5000;
/// Names that software renderers give themselves.
const SOFTWARE: [&str; 5] = ["swiftshader", "llvmpipe", "lavapipe", "basic render", "software"];

/// Whether WebGPU can be used, and what it would run on.
pub async fn probe() -> GpuProbe {
    match ask().await {
        Ok(adapter) => GpuProbe::Usable(adapter),
        Err(reason) => GpuProbe::Unusable(reason),
    }
}

async fn ask() -> Result<GpuAdapter, String> {
    let gpu = Capability::Gpu.find()?;
    let adapter = request_adapter(&gpu).await.ok_or(text!("This browser has WebGPU but found no GPU for it"))?;
    if is_nothing(&adapter) {
        return Err(text!("This browser has WebGPU but found no GPU for it").into());
    }
    Ok(describe(&adapter))
}

async fn request_adapter(gpu: &JsValue) -> Option<JsValue> {
    let request: Function = get(gpu, "requestAdapter").dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"powerPreference".into(), &"high-performance".into()).ok()?;
    let asked: Promise = request.call1(gpu, &options).ok()?.dyn_into().ok()?;
    let patience = Promise::new(&mut |resolve, _| {
        // Without a timer the browser's own answer decides alone.
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, PATIENCE_MS);
    });
    JsFuture::from(Promise::race(&js_sys::Array::of2(&asked, &patience))).await.ok()
}

fn describe(adapter: &JsValue) -> GpuAdapter {
    let info = get(adapter, "info");
    let word = |key| get(&info, key).as_string().filter(|word| !word.is_empty());
    let parts: Vec<String> = ["vendor", "architecture", "device"].into_iter().filter_map(word).collect();
    let joined = (!parts.is_empty()).then(|| parts.join(" "));
    let name = word("description").or_else(|| joined.clone()).unwrap_or_else(|| "GPU".into());
    let lowercase = format!("{name} {}", joined.unwrap_or_default()).to_ascii_lowercase();
    let fallback = get(&info, "isFallbackAdapter").is_truthy() || get(adapter, "isFallbackAdapter").is_truthy();
    GpuAdapter { software: fallback || SOFTWARE.iter().any(|renderer| lowercase.contains(renderer)), name }
}

fn is_nothing(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null()
}
