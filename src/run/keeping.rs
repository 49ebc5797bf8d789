//! Whether the run there is would be lost with the page.

use super::kept_as::KeptAs;
use super::{Activity, Run, RunState, TrainerEffect};
use crate::experiment::permalink;
use crate::language::text;
use crate::protocol::TrainCommand;

/// Begins the sentence about a run that is not kept.
fn not_kept() -> &'static str {
    text!("This run is not kept for the next visit: ")
}

impl Run {
    /// Keeps the run under the settings it has now, where anything is kept.
    pub(super) fn keep_work(&self) -> Option<TrainerEffect> {
        let KeptAs { id, name } = self.kept_as.clone()?;
        let link = permalink::write(&self.plan.experiment, &permalink::ViewOptions::default());
        Some(TrainerEffect::Post(TrainCommand::KeepWork { id, name, link }))
    }

    /// The storage has it as it stood after so many steps.
    pub(super) fn note_kept(&mut self, steps_done: usize) {
        self.kept = Some(steps_done);
        // There is room again.
        self.take_back_not_kept();
    }

    pub(super) fn note_not_kept(&mut self, reason: &str) {
        self.take_back_not_kept();
        self.add_note(&format!("{}{reason}.", not_kept()));
    }

    /// What was said before it, such as why the run is on the CPU, stays.
    fn take_back_not_kept(&mut self) {
        let before = self.note.as_ref().and_then(|note| note.find(not_kept()).map(|end| note[..end].trim_end().to_owned()));
        if let Some(before) = before {
            self.note = Some(before).filter(|before| !before.is_empty());
        }
    }

    /// Whether steps would be lost if the page went now. Of a run that failed nothing is left to lose, and one that keeps nothing
    /// promised nothing.
    fn has_unsaved_steps(&self) -> bool {
        let failed = matches!(self.activity, Activity::Failed(_));
        self.kept_as.is_some() && !failed && self.steps_done() > self.kept.unwrap_or(0)
    }
}

impl RunState {
    /// Whether the run has steps that would be lost if the page went now.
    pub fn has_unsaved_steps(&self) -> bool {
        self.run.as_ref().is_some_and(Run::has_unsaved_steps)
    }

    /// Keeps the run as it is at once, since the page may be about to go.
    pub fn keep_at_once(&self) -> Vec<TrainerEffect> {
        // What the trainer has done since it was last heard is kept too.
        let trains = |run: &&Run| run.kept_as.is_some() && run.has_commands() && (run.has_unsaved_steps() || run.is_playing());
        self.run.as_ref().filter(trains).map(|_| TrainerEffect::Post(TrainCommand::Keep)).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ready, started, steps};
    use super::*;
    use crate::experiment::TrainError;
    use crate::protocol::{Phase, TrainEvent};
    use crate::run::TrainerKind;

    const KEEP: [TrainerEffect; 1] = [TrainerEffect::Post(TrainCommand::Keep)];

    /// A run whose first forty steps were measured.
    fn training() -> RunState {
        let mut state = started(TrainerKind::Cpu);
        assert_eq!((state.has_unsaved_steps(), state.keep_at_once()), (false, vec![]), "nothing was trained, and no trainer listens");
        drop(state.apply(ready()));
        drop(state.apply(steps(0..40, 100.0)));
        state
    }

    #[test]
    fn leaving_asks_while_steps_would_be_lost() {
        let mut state = training();
        assert!(state.has_unsaved_steps(), "none is saved");
        drop(state.apply(TrainEvent::Kept { steps_done: 31 }));
        assert!(state.has_unsaved_steps(), "nine are not");
        assert_eq!(state.keep_at_once(), KEEP, "a page that is hidden saves them");
        drop(state.apply(TrainEvent::Kept { steps_done: 40 }));
        assert!(!state.has_unsaved_steps(), "all are");
    }

    #[test]
    fn nobody_is_asked_about_a_run_that_is_saved() {
        for phase in [Phase::Paused, Phase::Finished] {
            let mut state = training();
            drop(state.pause());
            drop(state.apply(TrainEvent::Phase(phase)));
            assert!(state.has_unsaved_steps(), "{phase:?} before it was saved");
            drop(state.apply(TrainEvent::Kept { steps_done: 40 }));
            assert_eq!((state.has_unsaved_steps(), state.keep_at_once()), (false, vec![]), "{phase:?} and saved");
        }
    }

    #[test]
    fn a_browser_that_keeps_nothing_asks_even_at_the_end() {
        let mut state = training();
        drop(state.apply(TrainEvent::NotKept { reason: "no room".into() }));
        drop(state.apply(TrainEvent::Phase(Phase::Finished)));
        assert!(state.has_unsaved_steps(), "the network would be lost");
        assert_eq!(state.run().unwrap().note.as_deref(), Some("This run is not kept for the next visit: no room."));
        drop(state.apply(TrainEvent::Kept { steps_done: 40 }));
        assert_eq!(state.run().unwrap().note, None, "until there is room again");
    }

    #[test]
    fn a_run_that_failed_or_that_another_page_embeds_is_left_without_a_word() {
        let mut failed = training();
        drop(failed.apply(TrainEvent::Failed(TrainError::Diverged { step: 41 })));
        assert_eq!((failed.has_unsaved_steps(), failed.keep_at_once()), (false, vec![]), "nothing good is left of it");
        let mut embedded = training();
        embedded.run.as_mut().unwrap().kept_as = None;
        assert_eq!((embedded.has_unsaved_steps(), embedded.keep_at_once()), (false, vec![]), "it keeps nothing");
        assert_eq!(RunState::default().keep_at_once(), [], "nor is there anything without a run");
    }

    #[test]
    fn a_run_that_went_on_with_a_saved_one_has_lost_nothing_yet() {
        let mut state = started(TrainerKind::Cpu);
        drop(state.apply(ready()));
        drop(state.apply(steps(0..40, 100.0)));
        drop(state.apply(TrainEvent::Kept { steps_done: 40 }));
        assert!(!state.has_unsaved_steps());
        drop(state.apply(steps(40..41, 120.0)));
        assert!(state.has_unsaved_steps(), "but the next step can be lost");
    }
}
