//! Memory that a trainer holds.

use burn::tensor::Device;

/// Bytes of all buffers of a GPU, or of all that a CPU trainer has taken from the browser, its program included; 0 where that
/// is not known.
pub(super) fn held_bytes(device: &Device) -> u64 {
    #[cfg(feature = "webgpu")]
    if let burn::backend::DispatchDevice::Cube(gpu) = device.as_dispatch() {
        use burn_cubecl::cubecl::MemoryScope;
        return gpu.client().memory_report(MemoryScope::Device).usage().bytes_reserved;
    }
    let _ = device;
    program_bytes()
}

#[cfg(target_family = "wasm")]
fn program_bytes() -> u64 {
    /// As WebAssembly defines it.
    const PAGE_BYTES: u64 = 1 << 16;
    core::arch::wasm32::memory_size(0) as u64 * PAGE_BYTES
}

#[cfg(not(target_family = "wasm"))]
fn program_bytes() -> u64 {
    0
}
