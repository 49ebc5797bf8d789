//! Our operations on a GPU, with the WGSL of `resnet-kernels`.

mod amsgrad;
mod batch_norm;
mod convolution;
mod cross_entropy;
mod dropout;
mod images;
mod skip_sum;
mod tile;

use std::cell::RefCell;
use std::collections::VecDeque;

use burn::tensor::Shape;
use burn_cubecl::cubecl::client::Client;
use burn_cubecl::cubecl::ir::{ElemType, UIntKind, metadata::Info, settings::Dim3};
use burn_cubecl::cubecl::prelude::*;
use burn_cubecl::cubecl::server::{Handle, KernelArguments};
use burn_cubecl::cubecl::{CubeKernel, PrecompiledSource};
use burn_cubecl::tensor::CubeTensor;
use resnet_kernels::wgsl::{Extents, Variant, WORKGROUP, WgslKernel};
pub use tile::{chosen_tile, use_tile};

/// Workgroups along one axis that every device allows.
const MOST_WORKGROUPS: usize = 65_535;

/// A tensor of another shape beside this one, with nothing written yet.
pub(super) fn like<const D: usize>(tensor: &CubeTensor, shape: [usize; D]) -> CubeTensor {
    beside(tensor, Shape::from(shape))
}

/// As [`like`], of any number of axes.
pub(super) fn beside(tensor: &CubeTensor, shape: Shape) -> CubeTensor {
    let handle = tensor.client.empty(shape.num_elements() * size_of::<f32>());
    CubeTensor::new_contiguous(tensor.client.clone(), tensor.device.clone(), shape, handle, tensor.dtype)
}

/// Runs a kernel over these buffers, then its extents, in the order of its bindings.
pub(super) fn launch(client: &Client, kernel: &WgslKernel, buffers: &[&Handle]) {
    let groups = kernel.threads.div_ceil(WORKGROUP as usize);
    let across = groups.clamp(1, MOST_WORKGROUPS);
    let count = CubeCount::Static(across as u32, groups.div_ceil(across) as u32, 1);
    let extents = extents_on_device(client, kernel.extents);
    let bindings = buffers.iter().map(|handle| (*handle).clone().binding()).chain([extents.binding()]);
    client.launch(Box::new(Text(kernel.variant)), count, KernelArguments::new().with_buffers(bindings.collect()));
}

thread_local! {
    /// Extents that are on the device already: a network has a few dozen, and a write between kernels ends a submission.
    static EXTENTS: RefCell<Vec<(Extents, Handle)>> = const { RefCell::new(Vec::new()) };
}

/// More than any network has: a penalty that is changed under way leaves its former extents here.
const KEPT_EXTENTS: usize = 1024;

/// A trainer has one device, so what was written for it serves all its tensors.
fn extents_on_device(client: &Client, extents: Extents) -> Handle {
    EXTENTS.with_borrow_mut(|known| {
        if let Some((_, handle)) = known.iter().find(|(written, _)| *written == extents) {
            return handle.clone();
        }
        let bytes: Vec<u8> = extents.iter().flat_map(|extent| extent.to_le_bytes()).collect();
        let handle = client.create_from_slice(&bytes);
        if known.len() == KEPT_EXTENTS {
            known.clear();
        }
        known.push((extents, handle.clone()));
        handle
    })
}

thread_local! {
    /// Numbers that were sent to the device last: that of a step serves all weights.
    static NUMBERS: RefCell<VecDeque<(f32, Handle)>> = const { RefCell::new(VecDeque::new()) };
}

/// Numbers that are kept on the device: those of steps under way.
const KEPT_NUMBERS: usize = 4;

/// A number that changes from step to step.
pub(super) fn number_on_device(client: &Client, number: f32) -> Handle {
    NUMBERS.with_borrow_mut(|kept| {
        if let Some((_, handle)) = kept.iter().find(|(written, _)| written.to_bits() == number.to_bits()) {
            return handle.clone();
        }
        let handle = client.create_from_slice(&number.to_le_bytes());
        kept.truncate(KEPT_NUMBERS - 1);
        kept.push_front((number, handle.clone()));
        handle
    })
}

/// A kernel that brings its own text.
struct Text(Variant);

impl KernelMetadata for Text {
    fn id(&self) -> KernelId {
        KernelId::new::<Self>().info(self.0)
    }

    fn address_type(&self) -> ElemType {
        ElemType::UInt(UIntKind::U32)
    }
}

impl CubeKernel for Text {
    fn define(&self) -> KernelDefinition {
        let settings = KernelSettings::new(Dim3::new_1d(WORKGROUP), ExecutionMode::Checked, AddressType::U32);
        KernelDefinition { body: Scope::root(settings.clone()), settings, info: Info::default() }
    }

    fn source(&self) -> Option<PrecompiledSource> {
        Some(PrecompiledSource { source: self.0.source(), entrypoint_name: self.0.entry_point().into(), lang: "wgsl" })
    }
}
