//! The run there is together with those that were kept.

use super::{KeptRun, RunState};

impl RunState {
    /// All runs as they are now, oldest first: those kept and the one there is.
    pub fn all_runs(&self) -> Vec<KeptRun> {
        let now = self.run.as_ref().and_then(|run| self.history.as_kept(run));
        self.history.runs().iter().cloned().chain(now).collect()
    }

    /// The run there is as it would be kept, once it has measured a step; of its steps only the last `steps`, for a table that
    /// is made anew ten times a second.
    pub fn current_as_kept(&self, steps: usize) -> Option<KeptRun> {
        let run = self.run.as_ref().filter(|run| !run.steps.is_empty())?;
        Some(KeptRun::end_of(run, steps, self.history.next_id(), self.history.next_number(), self.history.name_of(&run.plan.experiment)))
    }

    /// One of them.
    pub fn find_run(&self, id: u64) -> Option<KeptRun> {
        let now = || self.run.as_ref().and_then(|run| self.history.as_kept(run)).filter(|run| run.id == id);
        self.history.find(id).cloned().or_else(now)
    }
}
