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

impl DeviceWord {
    /// As it is written on the command line.
    pub fn written(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::Gpu => "gpu",
        }
    }
}

/// A device that has been opened.
pub struct Engine {
    word: DeviceWord,
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
                word,
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
        Ok(Self { word: DeviceWord::Gpu, device, adapter: Some(adapter) })
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
        self.word.written()
    }

    /// Follows the commands of a host until there are no more.
    ///
    /// # Errors
    /// In a sentence, when the device was lost before the first.
    pub fn train(&self, host: &impl Host) -> Result<(), String> {
        pollster::block_on(self.follow(host, None))
    }

    /// As [`Self::train`], for a host on another machine, which is told the name of this one.
    ///
    /// # Errors
    /// As of [`Self::train`].
    pub async fn follow(&self, host: &impl Host, machine: Option<&str>) -> Result<(), String> {
        let named = |device: &str| machine.map_or_else(|| device.to_owned(), |machine| format!("{device} of {machine}"));
        #[cfg(feature = "webgpu")]
        if let Some(adapter) = &self.adapter {
            let adapter = Adapter { name: named(&adapter.name), ..adapter.clone() };
            return trainer::run_on_gpu(host, self.device.clone(), &adapter).await.map_err(|error| error.to_string());
        }
        trainer::run(host, self.device.clone(), named("CPU")).await;
        Ok(())
    }
}
