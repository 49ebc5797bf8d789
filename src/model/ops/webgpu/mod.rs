//! Our operations on a GPU, with the WGSL of `resnet-kernels`.

mod amsgrad;
mod batch_norm;
mod convolution;
mod cross_entropy;
mod dropout;
mod images;
mod overwrite;
mod skip_sum;
mod tile;

use std::cell::RefCell;
use std::sync::atomic::{AtomicUsize, Ordering};

use burn::tensor::Shape;
use burn_cubecl::cubecl::client::Client;
use burn_cubecl::cubecl::ir::attributes::BufferIOAttr;
use burn_cubecl::cubecl::ir::{ElemType, UIntKind, metadata::Info, settings::Dim3};
use burn_cubecl::cubecl::prelude::*;
use burn_cubecl::cubecl::server::{Handle, KernelArguments};
use burn_cubecl::cubecl::{CubeKernel, PrecompiledSource};
use burn_cubecl::kernel::into_contiguous;
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

static COPIES: AtomicUsize = AtomicUsize::new(0);

/// How often so far what was to be overwritten had to be copied first, since something else held it. A recorded step would go on
/// writing to where it was before.
pub fn copies_made() -> usize {
    COPIES.load(Ordering::Relaxed)
}

/// A tensor that may be overwritten: itself where nothing else holds it.
pub(super) fn own(tensor: CubeTensor) -> CubeTensor {
    let tensor = into_contiguous(tensor);
    if tensor.can_mut() {
        return tensor;
    }
    COPIES.fetch_add(1, Ordering::Relaxed);
    tensor.copy()
}

/// Runs a kernel over these buffers, then its extents, in the order of its bindings.
pub(super) fn launch(client: &Client, kernel: &WgslKernel, buffers: &[&Handle]) {
    let groups = kernel.threads.div_ceil(WORKGROUP as usize);
    let across = groups.clamp(1, MOST_WORKGROUPS);
    let count = CubeCount::Static(across as u32, groups.div_ceil(across) as u32, 1);
    let extents = extents_on_device(client, kernel.extents);
    let bindings = buffers.iter().map(|handle| (*handle).clone().binding()).collect();
    // When a launch fails, CubeCL refuses all that reads what the launch may have written. Other launches share the extents.
    let arguments = KernelArguments::new().with_buffers(bindings).with_buffer_io(extents.binding(), BufferIOAttr::ReadOnly);
    client.launch(Box::new(Text(kernel.variant)), count, arguments);
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
