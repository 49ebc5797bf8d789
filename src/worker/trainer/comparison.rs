//! Compares this device with a reference case, fetched file by file.

use burn::tensor::Device;

use super::Host;
use crate::experiment::TrainError;
#[cfg(feature = "webgpu")]
use crate::parity::compare_operations;
use crate::parity::{CASE_FILES, ReferenceCase, compare};
use crate::protocol::TrainEvent;

/// Runs the case in the folder at `url` and sends what was found.
///
/// # Errors
/// When the case cannot be fetched or read, or the device was lost.
pub(super) async fn run<H: Host>(host: &H, device: &Device, url: &str) -> Result<(), TrainError> {
    let unusable = |reason: String| TrainError::WeightsFile { reason };
    let manifest = host.fetch(&format!("{url}manifest.json"), &mut |_| ()).await.map_err(unusable)?;
    let mut files = Vec::new();
    for file in CASE_FILES {
        files.push(host.fetch(&format!("{url}{file}"), &mut |_| ()).await.map_err(unusable)?);
    }
    let case = ReferenceCase::parse(&manifest, &files).map_err(|error| unusable(error.to_string()))?;
    let report = compare(&case, device).await.map_err(|error| unusable(error.to_string()))?;
    let report = serde_json::to_string(&report).map_err(|error| unusable(error.to_string()))?;
    host.send(&TrainEvent::Compared { report });
    Ok(())
}

/// Compares the operations of our own with the CPU's and sends what was found.
///
/// # Errors
/// When the device was lost.
#[cfg(feature = "webgpu")]
pub(super) async fn of_operations<H: Host>(host: &H, device: &Device) -> Result<(), TrainError> {
    let report = compare_operations(device).await?;
    let report = serde_json::to_string(&report).map_err(|error| TrainError::Settings { reason: error.to_string() })?;
    host.send(&TrainEvent::Compared { report });
    Ok(())
}

/// The CPU is what others are compared with.
#[cfg(not(feature = "webgpu"))]
pub(super) async fn of_operations<H: Host>(_host: &H, _device: &Device) -> Result<(), TrainError> {
    Err(TrainError::Settings { reason: "on the CPU there is nothing to compare".into() })
}
