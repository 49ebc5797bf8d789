//! A run as it was when it ended.

use crate::evaluation::metrics::{HeldOutMetrics, LAST_STEPS, StepMetrics};
use crate::experiment::Experiment;
use crate::experiment::permalink::{ViewOptions, write};
use crate::experiment::weight_init::StartingPoint;
use crate::insight::layer_stats::NetworkLook;
use crate::language::format::grouped;
use crate::language::{text, tr};
use crate::run::Run;

/// Characters of a name that fit the table.
const LONGEST_NAME: usize = 60;
/// Characters of it that fit the legend on a phone.
const LONGEST_LABEL: usize = 24;

/// A run that is over, was replaced, or was under way when the page was closed.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptRun {
    /// Tells it from all other runs, those of other visits too.
    pub id: u64,
    /// Counts runs; stays when others are taken away.
    pub number: usize,
    /// What differs from the run before.
    pub name: String,
    /// What the user calls it.
    pub own_name: Option<String>,
    /// Newer runs do not push it out.
    pub pinned: bool,
    /// Which of the styles its curves have behind those of the run there is; none while they are not drawn.
    pub style: Option<usize>,
    /// What it was made with.
    pub experiment: Experiment,
    /// Whether its first weights came from a file, which no link holds.
    pub from_file: bool,
    /// Steps measured, in order.
    pub steps: Vec<StepMetrics>,
    /// Passes over the held-out images, in order.
    pub held_out: Vec<HeldOutMetrics>,
    /// The last look inside its network.
    pub look: Option<NetworkLook>,
    /// Whether steps or passes were left out, because it is long or to store it: what is there is as measured.
    pub thinned: bool,
}

impl KeptRun {
    /// A copy of a run as it is now.
    pub(super) fn of(run: &Run, id: u64, number: usize, name: String) -> Self {
        Self { look: run.looks.last().cloned(), ..Self::end_of(run, run.steps.len(), id, number, name) }
    }

    /// A copy with its last `steps` steps and without its look.
    pub(in crate::run) fn end_of(run: &Run, steps: usize, id: u64, number: usize, name: String) -> Self {
        Self {
            id,
            number,
            name,
            own_name: None,
            pinned: false,
            style: None,
            experiment: run.plan.experiment.clone(),
            from_file: run.plan.request.start != StartingPoint::Fresh,
            steps: run.steps[run.steps.len().saturating_sub(steps)..].to_vec(),
            held_out: run.held_out.clone(),
            look: None,
            // What is left out for the moment is not lost.
            thinned: run.is_thinned() && steps >= run.steps.len(),
        }
    }

    /// `run 3`, or `3 · baseline` once it has a name of its own; a long one is cut.
    pub fn label(&self) -> String {
        match &self.own_name {
            Some(name) => {
                let short: String = name.chars().take(LONGEST_LABEL).collect();
                let more = if short.len() < name.len() { "…" } else { "" };
                format!("{} · {short}{more}", self.number)
            }
            None => tr!("run {number}", number = self.number),
        }
    }

    /// What repeats the run. `page` is the address of the page without a query.
    pub fn link(&self, page: &str) -> String {
        format!("{page}?{}", write(&self.experiment, &ViewOptions::default()))
    }

    /// Steps done.
    pub fn steps_done(&self) -> usize {
        self.steps.last().map_or(0, |last| last.step + 1)
    }

    /// Steps done and what has to be known about the numbers, for people.
    pub fn extent(&self) -> String {
        let count = self.steps_done();
        let mut parts = vec![tr!("{steps} step" | "{steps} steps" % count, steps = grouped(count))];
        if self.from_file {
            parts.push(text!("started from a file").into());
        }
        if self.thinned {
            parts.push(tr!("{steps} of them stored", steps = grouped(self.steps.len())));
        }
        parts.join(", ")
    }

    /// Leaves out steps and passes until no more than `most` of each are there, evenly; the last steps stay, for
    /// they say how far the run came.
    pub fn thin(&mut self, most: usize) {
        let before = (self.steps.len(), self.held_out.len());
        keep_evenly(&mut self.steps, most);
        keep_evenly(&mut self.held_out, most);
        self.thinned |= before != (self.steps.len(), self.held_out.len());
    }
}

/// A name as it can be shown: one line, trimmed, not too long; none of it left is no name.
pub(super) fn readable_name(text: &str) -> Option<String> {
    let line: String = text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
    let short: String = line.trim().chars().take(LONGEST_NAME).collect();
    Some(short.trim_end().to_owned()).filter(|name| !name.is_empty())
}

/// The first item, the last ones, and so many between them that there are at most `most`.
fn keep_evenly<T>(items: &mut Vec<T>, most: usize) {
    let count = items.len();
    if count <= most {
        return;
    }
    let end = count.saturating_sub(LAST_STEPS);
    let spaces = most.saturating_sub(LAST_STEPS).max(1);
    let mut place = 0;
    items.retain(|_| {
        let here = place;
        place += 1;
        // The first item of each of as many equal pieces.
        here >= end || here == 0 || here * spaces / end != (here - 1) * spaces / end
    });
}
