//! Opens the browser's GPU, or says in a sentence why not.

use burn::tensor::Device;
use burn_wgpu::WgpuBackend;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::gpu_settings::{DISPATCHES_PER_SUBMIT, keep_buffers_by_size};
use super::gpu_without_timestamps;
use super::kernel_choice::Adapter;
use crate::experiment::TrainError;
use crate::language::text;
use crate::worker::javascript::{get, words};

/// The device and what is known of its adapter.
pub(super) async fn open() -> Result<(Device, Adapter), TrainError> {
    let adapter = probe().await.map_err(|reason| TrainError::NoWebGpu { reason })?;
    keep_buffers_by_size();
    let device = Device::wgpu_options().graphics_api(WgpuBackend::WebGpu).tasks_max(DISPATCHES_PER_SUBMIT).init_async().await;
    let device = device.map_err(|error| TrainError::no_web_gpu(&error.to_string()))?;
    Ok((device, adapter))
}

/// Asks the browser itself first, which says more than the library would.
async fn probe() -> Result<Adapter, String> {
    let navigator = get(&js_sys::global(), "navigator");
    let gpu = get(&navigator, "gpu");
    let request: Function =
        get(&gpu, "requestAdapter").dyn_into().map_err(|_| text!("this browser has no WebGPU in workers").to_owned())?;
    gpu_without_timestamps::allow(&gpu).map_err(|error| words(&error))?;
    let promise = request.call0(&gpu).map_err(|error| words(&error))?;
    let adapter = JsFuture::from(promise.unchecked_into::<Promise>()).await.map_err(|error| words(&error))?;
    if adapter.is_null() || adapter.is_undefined() {
        return Err(text!("the browser found no graphics adapter").to_owned());
    }
    let info = get(&adapter, "info");
    let text = |key: &str| get(&info, key).as_string().filter(|text| !text.is_empty());
    let name = text("description").or_else(|| Some(format!("{} {}", text("vendor")?, text("architecture")?)));
    Ok(Adapter {
        name: name.unwrap_or_else(|| "GPU".to_owned()),
        compiler: get(&navigator, "userAgent").as_string().unwrap_or_default(),
        by_software: get(&info, "isFallbackAdapter").is_truthy(),
    })
}
