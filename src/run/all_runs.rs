//! The run there is together with those that were kept.

use super::{KeptRun, RunState};

impl RunState {
    /// All runs as they are now, oldest first: those kept and the one there is.
    pub fn all_runs(&self) -> Vec<KeptRun> {
        let now = self.run.as_ref().and_then(|run| self.history.as_kept(run));
        self.history.runs().iter().cloned().chain(now).collect()
    }

    /// One of them.
    pub fn find_run(&self, id: u64) -> Option<KeptRun> {
        let now = || self.run.as_ref().and_then(|run| self.history.as_kept(run)).filter(|run| run.id == id);
        self.history.find(id).cloned().or_else(now)
    }
}
