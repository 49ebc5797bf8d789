//! Runs as one HTML file to hand in: what somebody writes about them, their settings, numbers and curves, and the links that
//! repeat them.
//!
//! The file stands alone: it has no script and fetches nothing, whatever is written into it.

mod charts;
mod numbers;
mod page;
mod request;
mod settings;
#[cfg(test)]
mod tests;

pub use page::write_report;
pub use request::{ReportRequest, ReportedAnswer, ReportedRun};
