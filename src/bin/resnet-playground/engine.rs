//! What the native program computes on: `--device`.

use burn::tensor::Device;
use resnet_playground::worker::trainer::{self, Host};
#[cfg(feature = "webgpu")]
use resnet_playground::worker::trainer::{Adapter, open_gpu};

/// The word behind `--device`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum DeviceWord {
    /// The processor
    Cpu,
    /// A graphics card through Vulkan, Metal or DirectX 12
    Gpu,
}

/// A device that has been opened.
pub struct Engine {
    device: Device,
    #[cfg(feature = "webgpu")]
    adapter: Option<Adapter>,
}

impl Engine {
    /// Opens the device, and says on standard error which adapter it found.
    ///
    /// # Errors
    /// In a sentence, when there is none.
    pub fn open(word: DeviceWord) -> Result<Self, String> {
        match word {
            DeviceWord::Cpu => Ok(Self {
                device: Device::flex(),
                #[cfg(feature = "webgpu")]
                adapter: None,
            }),
            DeviceWord::Gpu => Self::gpu(),
        }
    }

    #[cfg(feature = "webgpu")]
    fn gpu() -> Result<Self, String> {
        let (device, adapter) = open_gpu().map_err(|error| error.to_string())?;
        eprintln!("GPU: {}{}", adapter.name, if adapter.by_software { ", which computes on the processor" } else { "" });
        Ok(Self { device, adapter: Some(adapter) })
    }

    #[cfg(not(feature = "webgpu"))]
    fn gpu() -> Result<Self, String> {
        Err("this program was built without its part for GPUs: build it with `cargo install --path . --features webgpu`, or leave out \
             `--device gpu`"
            .to_owned())
    }

    /// Where its tensors live.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// In lines of JSON.
    pub fn name(&self) -> &'static str {
        #[cfg(feature = "webgpu")]
        if self.adapter.is_some() {
            return "gpu";
        }
        "cpu"
    }

    /// Follows the commands of a host until there are no more.
    ///
    /// # Errors
    /// In a sentence, when the device was lost before the first.
    pub fn train(&self, host: &impl Host) -> Result<(), String> {
        #[cfg(feature = "webgpu")]
        if let Some(adapter) = &self.adapter {
            return pollster::block_on(trainer::run_on_gpu(host, self.device.clone(), adapter)).map_err(|error| error.to_string());
        }
        pollster::block_on(trainer::run(host, self.device.clone(), "CPU".into()));
        Ok(())
    }
}
