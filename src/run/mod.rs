//! A training run as the page knows it: what was asked, and the trainer's events folded in.
//!
//! Plain data without a browser. Every change gives the [`TrainerEffect`]s that it asks of the page, which
//! alone owns the worker:
//!
//! ```text
//! click ─► begin ─► launch ─► TrainerEffect::Start ─► Ready ─► TrainerEffect::Post(Prepare), Post(Run) ─► Phase, Steps, HeldOut …
//!                                └───────────── Failed(NoWebGpu): the CPU takes over ────────────┘
//! ```

mod activity;
mod all_runs;
mod blow_up;
mod current_run;
mod curves;
mod effect;
mod embed_events;
mod goal;
mod hidden_tab;
mod history;
mod keeping;
mod kept_as;
mod pace;
mod page;
mod parking;
mod plan;
mod predictions;
mod probe;
mod rate;
mod recovery;
mod remedy;
mod remembered;
mod reported;
mod retune;
mod silence;
mod speed;
mod state;
pub mod step_walkthrough;
mod steps_csv;
mod study_run;
mod trainer_kind;
mod training_clock;
mod whitening;
mod workstation;

pub use activity::{Activity, Arrival, Progress};
pub use current_run::{Run, Wanted};
pub use curves::{CurveQuantity, CurvesVersion};
pub use effect::TrainerEffect;
pub use embed_events::Told;
pub use hidden_tab::{Done, HiddenTab};
pub use history::{
    KeptRun, LastStored, MOST_OVERLAID, RunHistory, UnreadableRuns, decode_runs, encode_runs, is_relative_name, layers_as_csv, runs_as_csv,
};
pub use pace::Pace;
pub use page::Page;
pub use plan::{DatasetSource, RunPlan};
pub use predictions::{PredictionPace, SampledPrediction, first_predictions};
pub use probe::{Measured, Probe, ProbeNext};
pub use rate::RateMeter;
pub use remedy::Remedy;
pub use reported::RunsToReport;
pub use silence::{SilenceWatch, Silent};
pub use speed::expected_training_ms;
pub use state::RunState;
pub use steps_csv::steps_as_csv;
pub use study_run::{StudyNext, StudyRun};
pub use trainer_kind::{GpuAdapter, GpuProbe, TrainerKind, choose_trainer};
pub use whitening::WhiteningNews;
pub use workstation::{Granted, Workstation};

#[cfg(test)]
mod tests;
