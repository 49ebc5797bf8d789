//! Experiments of one click: a question, the networks that answer it, curves, and an answer made of the measured numbers: one
//! sentence (`finding`) and what it rests on (`details`).
//!
//! ```text
//! Question ─► conditions (images) ─► Plan (networks, steps; by the measured Pace) ─► Study (what was measured) ─► ExperimentReport
//! ```
//!
//! The trainer does all of it and sends reports; the page draws them. Batch norm decides what happens without skip
//! connections: with it the gradient of a deep plain network grows towards the image (Yang et al. 2019, "A Mean Field
//! Theory of Batch Normalization"), without it the gradient dies (He et al. 2016).

mod candidate;
mod conditions;
mod details;
mod expected_time;
mod finding;
mod gradients;
mod lesion;
mod measured;
mod pace;
mod plan;
mod question;
mod report;
mod study;
pub mod sweep;

pub use candidate::Candidate;
pub use conditions::conditions;
pub use expected_time::expected_ms;
pub use finding::SIMILAR;
pub use lesion::{Lesioned, report as lesion_report};
pub use measured::Measured;
pub use pace::Pace;
pub use plan::Plan;
pub use question::Question;
pub use report::{ChartKind, ExperimentChart, ExperimentReport};
pub use study::Study;

#[cfg(test)]
pub(crate) mod tests;

#[cfg(test)]
mod finding_tests;
