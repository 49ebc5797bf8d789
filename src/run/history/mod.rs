//! Runs that are over or were replaced, kept to compare with: within a visit, and from one visit to the next.

mod adoption;
mod comparison;
mod csv;
mod kept_run;
mod stored;

use crate::experiment::Experiment;
use crate::experiment::permalink::difference;
use crate::language::{marked, translated};

use super::Run;

pub use adoption::LastStored;
pub use csv::{layers_as_csv, runs_as_csv};
pub use kept_run::KeptRun;
pub use stored::{UnreadableRuns, decode_runs, encode_runs};

/// Older runs are forgotten, unless they are pinned.
const MOST_KEPT: usize = 20;
/// Runs drawn behind the one there is: as many as there are styles that can be told apart.
pub const MOST_OVERLAID: usize = 5;
/// Steps kept of a run that is over: twenty long runs must not fill the tab's memory.
const MOST_STEPS_KEPT: usize = 50_000;
/// Name of a run before which none is kept.
const FIRST_RUN: &str = marked!("first run");
/// Name of one that differs in nothing from the run before.
const SAME_AGAIN: &str = marked!("the same again");
/// Runs that a visit has numbers for.
const IDS_PER_VISIT: u64 = 1 << 20;

/// Whether a name tells a run from others only beside them. The page may have given it in English at another visit.
pub fn is_relative_name(name: &str) -> bool {
    [FIRST_RUN, SAME_AGAIN].iter().any(|relative| [*relative, translated(relative)].contains(&name))
}

/// Runs kept, oldest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RunHistory {
    kept: Vec<KeptRun>,
    count: usize,
    first_id: u64,
    made: u64,
    forgotten: Vec<u64>,
    compared: Option<[u64; 2]>,
    version: u64,
}

impl RunHistory {
    /// The runs there are, oldest first.
    pub fn runs(&self) -> &[KeptRun] {
        &self.kept
    }

    /// Changes whenever anything here does: cheap to look at.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The kept run of that id.
    pub fn find(&self, id: u64) -> Option<&KeptRun> {
        self.kept.iter().find(|run| run.id == id)
    }

    /// Number of the run after the last one kept.
    pub fn next_number(&self) -> usize {
        self.count + 1
    }

    /// Id of the run after the last one kept.
    pub fn next_id(&self) -> u64 {
        self.first_id + self.made + 1
    }

    /// Name that a run of `experiment` has after those kept.
    pub fn name_of(&self, experiment: &Experiment) -> String {
        let Some(before) = self.kept.last() else { return translated(FIRST_RUN).into() };
        match difference(&before.experiment, experiment) {
            same if same.is_empty() => translated(SAME_AGAIN).into(),
            difference => difference,
        }
    }

    /// Begins a visit at a time that no other has, in milliseconds.
    pub fn begin_visit(&mut self, started_ms: u64) {
        self.first_id = started_ms.saturating_mul(IDS_PER_VISIT);
    }

    /// Keeps a run that ends. One that measured nothing is no run.
    pub(super) fn keep(&mut self, run: &Run) {
        let Some(mut kept) = self.as_kept(run) else { return };
        kept.thin(MOST_STEPS_KEPT);
        // Five pinned runs that are drawn leave no room for it.
        let takes_place = kept.style.is_none() && self.kept.iter().any(|run| run.style.is_some() && !run.pinned);
        let id = kept.id;
        self.count += 1;
        self.made += 1;
        self.version += 1;
        self.kept.push(kept);
        if takes_place {
            self.overlay(id, true);
        }
        self.trim();
    }

    /// What would be kept if the run ended now.
    pub(super) fn as_kept(&self, run: &Run) -> Option<KeptRun> {
        let name = || self.name_of(&run.plan.experiment);
        let kept = || KeptRun { style: self.free_style(), ..KeptRun::of(run, self.next_id(), self.next_number(), name()) };
        (!run.steps.is_empty()).then(kept)
    }

    /// Forgets a run.
    pub fn remove(&mut self, id: u64) {
        self.kept.retain(|run| run.id != id);
        self.forgotten.push(id);
        self.compared = self.compared.filter(|compared| !compared.contains(&id));
        self.version += 1;
    }

    /// Takes back a run that was forgotten, where it stood. Another run may have its style by now.
    pub fn restore(&mut self, mut run: KeptRun) {
        if self.find(run.id).is_some() {
            return;
        }
        self.forgotten.retain(|id| *id != run.id);
        run.style = run.style.filter(|style| self.has_free(*style));
        let place = self.kept.partition_point(|kept| kept.number < run.number);
        self.kept.insert(place, run);
        self.version += 1;
        self.trim();
    }

    /// Keeps a run however many come after it, or no longer.
    pub fn pin(&mut self, id: u64, pinned: bool) {
        self.change(id, |run| run.pinned = pinned);
    }

    /// Gives a run a name of its own beside the automatic one; a blank takes it away again.
    pub fn rename(&mut self, id: u64, name: &str) {
        self.change(id, |run| run.own_name = kept_run::readable_name(name));
    }

    /// Draws a run behind the one there is, or no longer. Where all styles are taken it gets that of the oldest run
    /// drawn, one that is not pinned if there is any.
    pub fn overlay(&mut self, id: u64, drawn: bool) {
        if !drawn {
            return self.change(id, |run| run.style = None);
        }
        if self.find(id).is_none_or(|run| run.style.is_some()) {
            return;
        }
        let style = self.free_style().or_else(|| {
            let oldest = |only_unpinned: bool| self.kept.iter().position(|run| run.style.is_some() && !(only_unpinned && run.pinned));
            let place = oldest(true).or_else(|| oldest(false))?;
            self.kept.get_mut(place)?.style.take()
        });
        self.change(id, |run| run.style = style);
    }

    /// Runs whose curves are drawn behind the one there is, oldest first.
    pub fn overlaid(&self) -> impl Iterator<Item = (&KeptRun, usize)> {
        self.kept.iter().filter_map(|run| Some((run, run.style?)))
    }

    /// Shows two runs alone, or all again; the run there is counts by its [`RunHistory::next_id`].
    pub fn compare(&mut self, compared: Option<[u64; 2]>) {
        self.compared = compared.filter(|[first, second]| first != second);
        self.version += 1;
    }

    /// The two runs shown alone.
    pub fn compared(&self) -> Option<[u64; 2]> {
        self.compared
    }

    fn change(&mut self, id: u64, change: impl FnOnce(&mut KeptRun)) {
        if let Some(run) = self.kept.iter_mut().find(|run| run.id == id) {
            change(run);
            self.version += 1;
        }
    }

    fn has_free(&self, style: usize) -> bool {
        style < MOST_OVERLAID && self.kept.iter().all(|run| run.style != Some(style))
    }

    fn free_style(&self) -> Option<usize> {
        (0..MOST_OVERLAID).find(|style| self.has_free(*style))
    }

    fn trim(&mut self) {
        while self.kept.iter().filter(|run| !run.pinned).count() > MOST_KEPT {
            let Some(oldest) = self.kept.iter().find(|run| !run.pinned).map(|run| run.id) else { return };
            self.remove(oldest);
        }
    }
}

#[cfg(test)]
mod tests;
