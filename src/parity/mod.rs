//! Whether a device computes what Keras computes: a reference case run through the network, number by number.
//!
//! A case is a folder of files that Keras made for one network and one batch: weights, logits,
//! gradients, batch norm statistics, and all weights after one and three steps of Adam. The same
//! comparison runs on every backend, natively and in a browser.

mod case;
mod compare;
mod distance;
#[cfg(feature = "webgpu")]
mod operations;
mod report;

pub use case::{CASE_FILES, CaseError, ReferenceCase, Tensors};
pub use compare::compare;
#[cfg(feature = "webgpu")]
pub use operations::{OperationsReport, compare_operations};
pub use report::ParityReport;
