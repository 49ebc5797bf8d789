//! WGSL as Vulkan reads it.

use anyhow::{Result, anyhow};
use naga::back::spv;
use naga::valid::{Capabilities, ValidationFlags, Validator};
use naga::{ShaderStage, front};
use resnet_kernels::wgsl::Variant;

/// The words of a kernel's SPIR-V, without the checks that a browser adds: those cost every version of a kernel alike.
pub fn of(kernel: Variant) -> Result<Vec<u32>> {
    let source = kernel.source();
    let module = front::wgsl::parse_str(&source).map_err(|error| anyhow!(error.emit_to_string(&source)))?;
    let info = Validator::new(ValidationFlags::all(), Capabilities::empty()).validate(&module)?;
    let options = spv::Options {
        lang_version: (1, 3),
        force_loop_bounding: false,
        emit_int_div_checks: false,
        zero_initialize_workgroup_memory: spv::ZeroInitializeWorkgroupMemoryMode::None,
        ..spv::Options::default()
    };
    let pipeline = spv::PipelineOptions { shader_stage: ShaderStage::Compute, entry_point: kernel.entry_point().into() };
    Ok(spv::write_vec(&module, &info, &options, Some(&pipeline))?)
}

/// Storage buffers that a kernel binds.
pub fn buffers(kernel: Variant) -> u32 {
    kernel.source().matches("var<storage").count() as u32
}
