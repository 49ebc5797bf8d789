//! What every GPU is opened with, in a browser and natively.

use burn_cubecl::cubecl::config::memory::PersistentMemory;
use burn_cubecl::cubecl::config::{CubeClRuntimeConfig, RuntimeConfig};

/// Dispatches gathered before they are handed to the GPU in one submit.
pub(super) const DISPATCHES_PER_SUBMIT: usize = 128;

/// Gives every tensor a buffer of its very size, and a freed buffer only to tensors of that size.
///
/// A run asks for the same sizes in every step. The pool that there is otherwise gives a freed map of 8 MiB to a weight
/// of 2 KiB too, which holds it from then on, and the next step needs another map: at depth 56 the pool came to twice this.
/// No two tensors share a buffer then, which our kernels rely on: what one dispatch reads and writes must be different buffers.
pub(super) fn keep_buffers_by_size() {
    let mut config = CubeClRuntimeConfig::default();
    config.memory.persistent_memory = PersistentMemory::Enforced;
    CubeClRuntimeConfig::try_set(config);
}
