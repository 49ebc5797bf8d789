//! Runs as they leave the page: for a report to hand in, and as a notebook.

use crate::dataset::DatasetManifest;
use crate::export::Framework;
use crate::export::notebook::{NotebookImages, NotebookRequest};
use crate::export::report::ReportedRun;
use crate::language::text;

use super::{KeptRun, RunState};

/// Which runs a report is about unless others are chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunsToReport {
    /// Their ids, oldest first.
    pub ids: Vec<u64>,
    /// Why these, in a sentence.
    pub reason: &'static str,
}

impl RunState {
    /// The pinned runs; where none is pinned the run there is, and without it the newest.
    pub fn runs_to_report(&self) -> RunsToReport {
        let pinned: Vec<u64> = self.history.runs().iter().filter(|run| run.pinned).map(|run| run.id).collect();
        if !pinned.is_empty() {
            return RunsToReport { ids: pinned, reason: text!("The pinned runs are chosen.") };
        }
        let now = self.current_as_kept(1).map(|run| run.id);
        match now.or_else(|| self.history.runs().last().map(|run| run.id)) {
            Some(id) => RunsToReport { ids: vec![id], reason: text!("No run is pinned: the newest is chosen. ☆ pins a run.") },
            None => RunsToReport { ids: Vec::new(), reason: text!("There is no run yet: press Play first.") },
        }
    }

    /// Runs for a report, in the order of the page. `page` is its address without a query.
    pub fn reported(&self, ids: &[u64], page: &str) -> Vec<ReportedRun> {
        let runs = self.all_runs().into_iter().filter(|run| ids.contains(&run.id));
        runs.map(|run| self.report_of(run, page)).collect()
    }

    fn report_of(&self, run: KeptRun, page: &str) -> ReportedRun {
        let is_now = run.id == self.history.next_id();
        ReportedRun {
            label: run.label(),
            extent: run.extent(),
            link: run.link(page),
            from_file: run.from_file,
            steps: run.steps,
            held_out: run.held_out,
            gap: self.run.as_ref().filter(|_| is_now).and_then(|run| run.gap.as_deref().cloned()),
        }
    }

    /// A run as a notebook; none where there is no such run. `manifest` is that of the page's data set, `page` its address
    /// without a query.
    pub fn notebook(&self, id: u64, framework: Framework, manifest: Option<&DatasetManifest>, page: &str) -> Option<NotebookRequest> {
        let run = self.find_run(id)?;
        let now = self.run.as_ref().filter(|_| id == self.history.next_id());
        let own = now.map(|run| &run.plan.request.dataset);
        Some(NotebookRequest {
            framework,
            link: run.link(page),
            images: NotebookImages::of(&run.experiment, own.or(manifest)),
            weights_file: NotebookRequest::weights_file_of(&run.experiment.network, framework),
            network: run.experiment.network,
            steps: run.steps,
            held_out: run.held_out,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{plan_of, ready, started, steps};
    use super::*;
    use crate::evaluation::gap::GapMetrics;
    use crate::evaluation::metrics::HeldOutMetrics;
    use crate::experiment::{Experiment, RunId};
    use crate::protocol::{Phase, TrainEvent};
    use crate::run::{TrainerKind, Wanted};

    /// A run that is over and one under way.
    fn two_runs() -> RunState {
        let mut state = started(TrainerKind::Cpu);
        drop(state.apply(ready()));
        drop(state.apply(steps(0..5, 100.0)));
        drop(state.reset());
        let mut other = Experiment::default();
        other.network.depth = 20;
        drop(state.begin(plan_of(other), RunId::new(2), Wanted::Playing));
        drop(state.launch(TrainerKind::Cpu, None));
        drop(state.apply(ready()));
        drop(state.apply(steps(0..3, 100.0)));
        drop(state.apply(TrainEvent::HeldOut(HeldOutMetrics { step: 3, loss: 2.0, accuracy: 0.25, images: 8 })));
        drop(state.apply(TrainEvent::Phase(Phase::Paused)));
        drop(state.apply(TrainEvent::Gap(Box::new(GapMetrics {
            steps_done: 3,
            mean_of_steps: 3,
            training_images: 9,
            levels: Vec::new(),
        }))));
        state
    }

    #[test]
    fn pinned_runs_are_reported_and_else_the_newest() {
        assert_eq!(RunState::default().runs_to_report().ids, [0u64; 0]);
        let mut state = two_runs();
        let (first, now) = (state.history.runs()[0].id, state.history.next_id());
        assert_eq!(state.runs_to_report().ids, [now]);
        assert!(state.runs_to_report().reason.contains("No run is pinned"));
        state.history.pin(first, true);
        assert_eq!(state.runs_to_report().ids, [first]);
        state.history.pin(first, false);
        drop(state.reset());
        assert_eq!(state.runs_to_report().ids, [now], "once it is over, too");
    }

    #[test]
    fn a_reported_run_is_the_one_of_the_page() {
        let state = two_runs();
        let (first, now) = (state.history.runs()[0].id, state.history.next_id());
        let reported = state.reported(&[now, first, 77], "https://example.org/");
        let said: Vec<_> = reported.iter().map(|run| (run.label.as_str(), run.extent.as_str(), run.steps.len())).collect();
        assert_eq!(said, [("run 1", "5 steps", 5), ("run 2", "3 steps", 3)], "in the order of the page");
        assert_eq!(reported[1].link, "https://example.org/?v=1&depth=20");
        assert_eq!((reported[0].gap.is_some(), reported[1].gap.is_some()), (false, true), "measured in the run there is");
    }

    #[test]
    fn a_notebook_has_the_runs_network_link_and_file() {
        let state = two_runs();
        let notebook = state.notebook(state.history.next_id(), Framework::PyTorch, None, "https://example.org/").expect("there is one");
        assert_eq!(notebook.network.depth, 20);
        assert_eq!(notebook.weights_file, "resnet-20-pytorch-weights.safetensors");
        assert_eq!((notebook.link.as_str(), notebook.steps.len()), ("https://example.org/?v=1&depth=20", 3));
        assert_eq!(state.notebook(77, Framework::Keras, None, ""), None);
    }
}
