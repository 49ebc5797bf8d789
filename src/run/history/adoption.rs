//! Runs that this page in another tab, or an earlier visit, has stored.

use super::{IDS_PER_VISIT, KeptRun, RunHistory};

/// What the storage held when this page last read or wrote it: what is otherwise there now was changed by another tab, and
/// what is otherwise here was changed by this one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LastStored(Vec<Facts>);

/// Of a stored run, all that a visitor can change.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Facts {
    id: u64,
    pinned: bool,
    own_name: Option<String>,
}

impl LastStored {
    /// The storage holds these runs.
    pub fn new(runs: &[KeptRun]) -> Self {
        Self(runs.iter().map(|run| Facts { id: run.id, pinned: run.pinned, own_name: run.own_name.clone() }).collect())
    }

    fn of(&self, id: u64) -> Option<&Facts> {
        self.0.iter().find(|facts| facts.id == id)
    }
}

impl RunHistory {
    /// Takes in runs that were stored, by earlier visits or by this page in another tab, and what was done to them there;
    /// those that were forgotten here stay so. What was done here since `last` is not undone.
    pub fn adopt(&mut self, stored: Vec<KeptRun>, last: &LastStored) {
        self.forget_with(&stored, last);
        for run in stored {
            match self.kept.iter_mut().find(|mine| mine.id == run.id) {
                Some(mine) => self.version += u64::from(take_changes(mine, run, last)),
                None => self.take_in(run),
            }
        }
        self.trim();
    }

    /// Forgets what another tab has forgotten. It may bring it back.
    fn forget_with(&mut self, stored: &[KeptRun], last: &LastStored) {
        let is_gone = |id: u64| last.of(id).is_some() && stored.iter().all(|run| run.id != id);
        let before = self.kept.len();
        self.kept.retain(|run| !is_gone(run.id));
        if self.kept.len() < before {
            self.compared = self.compared.filter(|compared| !compared.iter().any(|id| is_gone(*id)));
            self.version += 1;
        }
    }

    fn take_in(&mut self, mut run: KeptRun) {
        let is_own = run.id.wrapping_sub(self.first_id) < IDS_PER_VISIT;
        if is_own || self.forgotten.contains(&run.id) {
            return;
        }
        if self.kept.iter().any(|kept| kept.number == run.number) {
            run.number = self.next_number();
        }
        self.count = self.count.max(run.number);
        run.style = run.style.filter(|style| self.has_free(*style));
        let place = self.kept.partition_point(|kept| kept.number < run.number);
        self.kept.insert(place, run);
        self.version += 1;
    }
}

/// Whether anything was taken.
fn take_changes(mine: &mut KeptRun, stored: KeptRun, last: &LastStored) -> bool {
    let mut changed = false;
    // It was still under way when it was stored before.
    if stored.steps_done() > mine.steps_done() {
        (mine.steps, mine.held_out, mine.look, mine.thinned) = (stored.steps, stored.held_out, stored.look, stored.thinned);
        changed = true;
    }
    let Some(last) = last.of(mine.id) else { return changed };
    if mine.pinned == last.pinned && stored.pinned != mine.pinned {
        mine.pinned = stored.pinned;
        changed = true;
    }
    if mine.own_name == last.own_name && stored.own_name != mine.own_name {
        mine.own_name = stored.own_name;
        changed = true;
    }
    changed
}
