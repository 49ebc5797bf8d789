//! Opens a graphics card without a browser, or says in a sentence why not.

use burn::tensor::Device;
use burn_wgpu::wgpu::DeviceType;
use burn_wgpu::{WgpuBackend, WgpuInitError, WgpuSetup};
use thiserror::Error;

use super::gpu_settings::{DISPATCHES_PER_SUBMIT, keep_buffers_by_size};
use super::kernel_choice::Adapter;

/// Interfaces to graphics cards that run our kernels, the best first. OpenGL, which the library would fall back to, has
/// not always room for as many buffers as they read.
#[cfg(target_vendor = "apple")]
const INTERFACES: &[WgpuBackend] = &[WgpuBackend::Metal];
#[cfg(windows)]
const INTERFACES: &[WgpuBackend] = &[WgpuBackend::Vulkan, WgpuBackend::Dx12];
#[cfg(not(any(target_vendor = "apple", windows)))]
const INTERFACES: &[WgpuBackend] = &[WgpuBackend::Vulkan];

/// The library's variable that names an adapter.
const CHOICE: &str = "CUBECL_WGPU_DEFAULT_DEVICE";

/// Why there is no GPU to compute on.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoGpu {
    /// There is none, or its driver is missing.
    #[error(
        "no graphics adapter was found ({reason}): install the driver of your graphics card with its Vulkan part, or on Debian \
         `mesa-vulkan-drivers`, which also computes without a card; or train on the CPU"
    )]
    NoAdapter {
        /// The library's words.
        reason: String,
    },
    /// The variable that chooses among adapters holds something else.
    #[error("{CHOICE} chooses no adapter: it takes `DiscreteGpu(0)`, `IntegratedGpu(0)` or `Cpu`; without it the best one is taken")]
    NoChoice,
    /// There is one, which refused.
    #[error("the graphics adapter could not be opened ({reason}): a newer driver may help; or train on the CPU")]
    Refused {
        /// The library's words.
        reason: String,
    },
}

/// The device and what is known of its adapter. A process opens it once, and clones the device.
///
/// # Errors
/// When there is no adapter, or it refused.
pub fn open_gpu() -> Result<(Device, Adapter), NoGpu> {
    keep_buffers_by_size();
    let mut found = Err(NoGpu::NoAdapter { reason: "no interface to look for one".to_owned() });
    for interface in INTERFACES {
        found = Device::wgpu_options().graphics_api(*interface).tasks_max(DISPATCHES_PER_SUBMIT).init_with_setup().map_err(no_gpu);
        if !matches!(found, Err(NoGpu::NoAdapter { .. })) {
            break;
        }
    }
    found.map(|(device, setup)| (device, adapter(&setup)))
}

fn no_gpu(error: WgpuInitError) -> NoGpu {
    let reason = error.to_string();
    match error {
        WgpuInitError::AdapterUnavailable { message, .. } => NoGpu::NoAdapter { reason: message },
        WgpuInitError::UnsupportedGraphicsApi { .. } => NoGpu::NoAdapter { reason },
        WgpuInitError::InvalidConfiguration { message } if message.contains(CHOICE) => NoGpu::NoChoice,
        _ => NoGpu::Refused { reason },
    }
}

fn adapter(setup: &WgpuSetup) -> Adapter {
    let info = setup.adapter.get_info();
    Adapter {
        name: format!("{} by {:?}", info.name, info.backend),
        compiler: format!("{} {}", info.driver, info.driver_info),
        by_software: info.device_type == DeviceType::Cpu,
    }
}
