//! The tutorial as an interactive course: texts, their order, and the checks of the answers. Plain data and pure functions; the
//! panel beside the tool is in `features/lessons`.
//!
//! ```text
//! LessonStep (link) ─► Step: text, start, code, exercise ─► check(Evidence) ─► Verdict
//!                                                             ▲
//!                     experiment, run, study, drawing, fields ┘
//! ```
//!
//! An answer counts when the tool's state or a measured number says so, never because something was clicked away.

mod code_part;
mod evidence;
mod marked_text;
mod number_text;
mod progress;
mod sheet;
mod step;
mod steps;
mod verdict;

pub use evidence::{Evidence, RunFigures, StudyFigures};
pub use marked_text::{Piece, pieces};
pub use progress::Progress;
pub use sheet::{Cell, Mark, Sheet, SheetRow};
pub use step::{Exercise, Step};
pub use steps::step;
pub use verdict::Verdict;

#[cfg(test)]
mod tests;
