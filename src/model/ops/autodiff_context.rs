//! Whether a tensor is on autodiff, and whether its outputs are kept or computed again (gradient checkpointing).
//!
//! Tensors of both ways do not mix, and Burn's `Tensor::from_inner` knows the first alone.

use burn::backend::DispatchAutodiffContext;
use burn::tensor::Tensor;

/// How `tensor` is on autodiff, if it is.
pub fn context<const D: usize>(tensor: &Tensor<D>) -> DispatchAutodiffContext {
    tensor.clone().into_dispatch().autodiff
}

/// `inner`, which is off autodiff, in that context.
pub fn in_context<const D: usize>(inner: Tensor<D>, context: DispatchAutodiffContext) -> Tensor<D> {
    if context == DispatchAutodiffContext::Disabled {
        return inner;
    }
    let mut tensor = Tensor::from_inner(inner).into_dispatch();
    tensor.autodiff = context;
    Tensor::from_dispatch(tensor)
}

/// The tensor without its gradient; itself where it is off autodiff already.
pub fn off_autodiff<const D: usize>(tensor: Tensor<D>) -> Tensor<D> {
    if tensor.device().is_autodiff() { tensor.inner() } else { tensor }
}
