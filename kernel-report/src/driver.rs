//! A Vulkan driver asked for what it made of a kernel. Runs in a process of its own: the driver reads which card to compile for
//! from its environment, and prints what it knows of every instruction to the error stream.

use std::ffi::{CStr, CString};

use anyhow::{Context, Result, anyhow, ensure};
use ash::{Device, Entry, Instance, khr, vk};
use serde::{Deserialize, Serialize};

/// A kernel to compile.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Order {
    pub spirv: Vec<u32>,
    pub entry_point: String,
    pub buffers: u32,
}

/// What the driver says of it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Answer {
    pub card: String,
    /// Threads that run in step.
    pub subgroup: u32,
    /// By the driver's names.
    pub statistics: Vec<(String, u64)>,
}

/// Compiles the kernels, in their order.
///
/// # Errors
/// When there is no driver, or it cannot compile for a card that is not there.
pub fn compile(orders: &[Order]) -> Result<Vec<Answer>> {
    // SAFETY: every handle is used while what it was made of lives, and the process ends behind this.
    unsafe {
        let entry = Entry::load().context("no Vulkan loader")?;
        let application = vk::ApplicationInfo::default().api_version(vk::API_VERSION_1_3);
        let instance = entry.create_instance(&vk::InstanceCreateInfo::default().application_info(&application), None)?;
        let card = *instance.enumerate_physical_devices()?.first().context("no card")?;
        let name = instance.get_physical_device_properties(card).device_name_as_c_str().unwrap_or_default().to_string_lossy().into_owned();
        let device = device(&instance, card)?;
        let asked = khr::pipeline_executable_properties::Device::new(&instance, &device);
        orders.iter().map(|order| ask(&device, &asked, &name, order)).collect()
    }
}

unsafe fn ask(device: &Device, asked: &khr::pipeline_executable_properties::Device, card: &str, order: &Order) -> Result<Answer> {
    // SAFETY: as above.
    unsafe {
        let pipeline = pipeline(device, order)?;
        let executables = asked.get_pipeline_executable_properties(&vk::PipelineInfoKHR::default().pipeline(pipeline))?;
        let executable = executables.first().context("no executable")?;
        let statistics = asked.get_pipeline_executable_statistics(&vk::PipelineExecutableInfoKHR::default().pipeline(pipeline))?;
        let statistics = statistics.iter().map(|each| {
            // RADV's numbers are all of this kind.
            ensure!(each.format == vk::PipelineExecutableStatisticFormatKHR::UINT64, "a statistic of another kind");
            Ok((each.name_as_c_str().unwrap_or_default().to_string_lossy().into_owned(), each.value.u64))
        });
        Ok(Answer { card: card.to_owned(), subgroup: executable.subgroup_size, statistics: statistics.collect::<Result<_>>()? })
    }
}

unsafe fn device(instance: &Instance, card: vk::PhysicalDevice) -> Result<Device> {
    let priorities = [1.0];
    let queues = [vk::DeviceQueueCreateInfo::default().queue_priorities(&priorities)];
    let extensions: [*const _; 1] = [CStr::as_ptr(khr::pipeline_executable_properties::NAME)];
    let mut statistics = vk::PhysicalDevicePipelineExecutablePropertiesFeaturesKHR::default().pipeline_executable_info(true);
    let wanted =
        vk::DeviceCreateInfo::default().queue_create_infos(&queues).enabled_extension_names(&extensions).push_next(&mut statistics);
    // SAFETY: what it points to lives as long as the call.
    unsafe { instance.create_device(card, &wanted, None) }.context("the driver gives no statistics")
}

unsafe fn pipeline(device: &Device, order: &Order) -> Result<vk::Pipeline> {
    // SAFETY: as above; the SPIR-V was written by naga from a valid module.
    unsafe {
        let module = device.create_shader_module(&vk::ShaderModuleCreateInfo::default().code(&order.spirv), None)?;
        let binding = |place| {
            vk::DescriptorSetLayoutBinding::default()
                .binding(place)
                .descriptor_type(vk::DescriptorType::STORAGE_BUFFER)
                .descriptor_count(1)
                .stage_flags(vk::ShaderStageFlags::COMPUTE)
        };
        let bindings: Vec<_> = (0..order.buffers).map(binding).collect();
        let layouts = [device.create_descriptor_set_layout(&vk::DescriptorSetLayoutCreateInfo::default().bindings(&bindings), None)?];
        let layout = device.create_pipeline_layout(&vk::PipelineLayoutCreateInfo::default().set_layouts(&layouts), None)?;
        let name = CString::new(order.entry_point.as_str())?;
        let stage = vk::PipelineShaderStageCreateInfo::default().stage(vk::ShaderStageFlags::COMPUTE).module(module).name(&name);
        let wanted =
            vk::ComputePipelineCreateInfo::default().flags(vk::PipelineCreateFlags::CAPTURE_STATISTICS_KHR).stage(stage).layout(layout);
        let made = device.create_compute_pipelines(vk::PipelineCache::null(), &[wanted], None).map_err(|(_, error)| anyhow!(error))?;
        made.first().copied().context("no pipeline")
    }
}
