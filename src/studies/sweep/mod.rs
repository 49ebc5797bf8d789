//! Many runs: one link with some of its settings varied, over several seeds.
//!
//! ```text
//! link + Variations + seeds ─► plan: runs in an order ─► Shard: every nth of them ─► trained one by one
//!                                                                                           │ SweepLine, one a run
//!      table, curves with their spread ◄─ groups: all but the seed ◄─ SweepResults ◄─ files of lines, in any order
//! ```

mod curves;
mod groups;
mod line;
mod line_counts;
mod plan;
mod results;
mod shard;
mod spread;
mod variation;

pub use curves::{GroupCurve, MOST_DRAWN, Quantity};
pub use groups::{SweepGroup, SweepTable};
pub use line::{EpochLine, FORMAT_VERSION, Outcome, SweepLine, TestLine, Unreadable, begins_as_results};
pub use line_counts::LineCounts;
pub use plan::{SweepPlan, SweepRun, plan};
pub use results::{SweepResult, SweepResults};
pub use shard::Shard;
pub use spread::Spread;
pub use variation::Variation;

#[cfg(test)]
mod hostile_tests;
