//! Opens the GPU, or says in a sentence why not.

use burn::tensor::Device;
use burn_cubecl::cubecl::config::memory::PersistentMemory;
use burn_cubecl::cubecl::config::{CubeClRuntimeConfig, RuntimeConfig};
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::gpu_without_timestamps;
use super::kernel_choice::Adapter;
use crate::experiment::TrainError;
use crate::worker::javascript::{get, words};

/// Dispatches gathered before they are handed to the GPU in one submit.
const DISPATCHES_PER_SUBMIT: usize = 128;

/// The device and what is known of its adapter.
pub(super) async fn open() -> Result<(Device, Adapter), TrainError> {
    let adapter = probe().await.map_err(|reason| TrainError::NoWebGpu { reason })?;
    keep_buffers_by_size();
    let device = Device::wgpu_options().tasks_max(DISPATCHES_PER_SUBMIT).init_async().await;
    let device = device.map_err(|error| TrainError::NoWebGpu { reason: error.to_string() })?;
    Ok((device, adapter))
}

/// Gives every tensor a buffer of its very size, and a freed buffer only to tensors of that size.
///
/// A run asks for the same sizes in every step. The pool that a browser gets otherwise gives a freed map of 8 MiB to a weight
/// of 2 KiB too, which holds it from then on, and the next step needs another map: at depth 56 the pool came to twice this.
fn keep_buffers_by_size() {
    let mut config = CubeClRuntimeConfig::default();
    config.memory.persistent_memory = PersistentMemory::Enforced;
    CubeClRuntimeConfig::try_set(config);
}

/// Asks the browser itself first, which says more than the library would.
async fn probe() -> Result<Adapter, String> {
    let gpu = get(&get(&js_sys::global(), "navigator"), "gpu");
    let request: Function = get(&gpu, "requestAdapter").dyn_into().map_err(|_| "this browser has no WebGPU in workers".to_owned())?;
    gpu_without_timestamps::allow(&gpu).map_err(|error| words(&error))?;
    let promise = request.call0(&gpu).map_err(|error| words(&error))?;
    let adapter = JsFuture::from(promise.unchecked_into::<Promise>()).await.map_err(|error| words(&error))?;
    if adapter.is_null() || adapter.is_undefined() {
        return Err("the browser found no graphics adapter".to_owned());
    }
    let info = get(&adapter, "info");
    let text = |key: &str| get(&info, key).as_string().filter(|text| !text.is_empty());
    let name = text("description").or_else(|| Some(format!("{} {}", text("vendor")?, text("architecture")?)));
    Ok(Adapter { name: name.unwrap_or_else(|| "GPU".to_owned()), by_software: get(&info, "isFallbackAdapter").is_truthy() })
}
