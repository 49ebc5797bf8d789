//! Settings that change while a run goes on: learning rate, schedule, decay, augmentation and the like.

use super::{Activity, Run, RunState, TrainerEffect, Wanted};
use crate::experiment::Experiment;
use crate::experiment::hyperparameters::Hyperparameters;
use crate::language::tr;
use crate::protocol::{Phase, TrainCommand};

impl Run {
    /// Whether the run could go on with what is `asked`: all but training settings is as it was, and of those none decides
    /// which images are learnt from in which order.
    pub fn can_retune(&self, asked: &Experiment) -> bool {
        let own = &self.plan.experiment;
        let same_besides = Experiment { hyperparameters: own.hyperparameters, ..asked.clone() } == *own;
        let (before, after) = (&own.hyperparameters, &asked.hyperparameters);
        self.has_commands()
            && (!self.is_over() || self.goes_on_with(after))
            && same_besides
            && before.fixed_difference(after).is_none()
            && before.normalises_like(after)
            && before.held_out_images == after.held_out_images
    }

    /// Whether a finished run has steps left with these settings. One that ended early for want of progress has none.
    fn goes_on_with(&self, asked: &Hyperparameters) -> bool {
        self.activity == Activity::Trainer(Phase::Finished)
            && asked.total_steps() > self.steps_done()
            && !self.epochs.last().is_some_and(|record| record.stops)
    }

    /// The trainer refused: the settings are what they were, and the reason is said.
    pub(super) fn not_retuned(&mut self, reason: String) -> Vec<TrainerEffect> {
        self.note = Some(reason);
        let Some(before) = self.before_retuning.take() else { return Vec::new() };
        self.plan.experiment = before;
        self.keep_work().into_iter().collect()
    }
}

impl RunState {
    /// Lets the run go on with other settings from the next step, where that is possible. A finished run trains on at once.
    pub fn retune(&mut self, asked: Experiment) -> Vec<TrainerEffect> {
        let Some(run) = self.run.as_mut().filter(|run| run.can_retune(&asked)) else { return Vec::new() };
        if let Some(kept_as) = &mut run.kept_as {
            kept_as.name = self.history.name_of(&asked);
        }
        run.note = Some(tr!(
            "Settings were changed after step {step}: the link repeats a run that has the new ones from its start.",
            step = run.steps_done()
        ));
        let command = TrainCommand::Retune(Box::new(asked.hyperparameters));
        run.before_retuning = Some(std::mem::replace(&mut run.plan.experiment, asked));
        let mut effects = vec![TrainerEffect::Post(command)];
        effects.extend(run.keep_work());
        if run.is_over() {
            run.wanted = Wanted::Playing;
            run.stepped = false;
            run.activity = Activity::Trainer(Phase::Training);
            effects.push(TrainerEffect::Post(TrainCommand::Run));
        }
        effects
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{end_epoch, ready, started, steps};
    use super::*;
    use crate::protocol::TrainEvent;
    use crate::run::TrainerKind;

    fn asked(change: fn(&mut Hyperparameters)) -> Experiment {
        let mut experiment = Experiment::default();
        change(&mut experiment.hyperparameters);
        experiment
    }

    #[test]
    fn a_learning_rate_changes_under_way() {
        let mut state = started(TrainerKind::Cpu);
        let shorter = asked(|all| all.learning_rate = 0.0003);
        assert_eq!(state.retune(shorter.clone()), vec![], "no trainer hears it yet");
        drop(state.apply(ready()));
        let effects = state.retune(shorter.clone());
        assert!(matches!(&effects[0], TrainerEffect::Post(TrainCommand::Retune(_))), "the trainer is told: {effects:?}");
        assert!(!state.needs_restart(&shorter), "the run has these settings now");
        assert!(state.run().unwrap().note.as_ref().unwrap().contains("changed after step 0"), "and says that it did not always");
    }

    #[test]
    fn what_decides_the_images_needs_a_new_run() {
        let mut state = started(TrainerKind::Cpu);
        drop(state.apply(ready()));
        assert_eq!(state.retune(asked(|all| all.batch_size = 16)), vec![], "another batch size is another order");
        let deeper = Experiment { network: crate::spec::NetworkChoices { depth: 20, ..Default::default() }, ..Experiment::default() };
        assert_eq!(state.retune(deeper), vec![], "another network is another run");
    }

    #[test]
    fn a_refusal_puts_the_settings_back() {
        let mut state = started(TrainerKind::Cpu);
        drop(state.apply(ready()));
        drop(state.retune(asked(|all| all.augmentation.flip = true)));
        drop(state.apply(TrainEvent::NotRetuned { reason: "not on the way".into() }));
        assert!(!state.needs_restart(&Experiment::default()), "the run is as it was");
        assert_eq!(state.run().unwrap().note.as_deref(), Some("not on the way"), "the page says why");
    }

    /// A run of ten epochs of 32 steps.
    fn finished() -> RunState {
        let mut state = started(TrainerKind::Cpu);
        drop(state.apply(ready()));
        drop(state.apply(steps(0..320, 100.0)));
        end_epoch(&mut state, 10, 0.5);
        drop(state.apply(TrainEvent::Phase(Phase::Finished)));
        state
    }

    #[test]
    fn a_finished_run_goes_on_when_its_epochs_are_raised() {
        let mut state = finished();
        let longer = asked(|all| all.epochs = 30);
        assert!(state.run().unwrap().can_retune(&longer), "there are steps left");
        let effects = state.retune(longer.clone());
        assert!(
            matches!(
                effects.as_slice(),
                [
                    TrainerEffect::Post(TrainCommand::Retune(_)),
                    TrainerEffect::Post(TrainCommand::KeepWork { .. }),
                    TrainerEffect::Post(TrainCommand::Run)
                ]
            ),
            "told, kept, and set off: {effects:?}"
        );
        assert!(state.is_playing() && !state.needs_restart(&longer), "it trains");
        let run = state.run().unwrap();
        assert_eq!((run.steps.len(), run.epochs.len(), run.total_steps()), (320, 1, 960), "what was measured stays");
        drop(state.apply(steps(320..330, 200.0)));
        assert_eq!(state.run().unwrap().steps_done(), 330, "and it goes on behind it");
    }

    #[test]
    fn a_finished_run_without_steps_left_stays_finished() {
        let mut state = finished();
        assert_eq!(state.retune(asked(|all| all.learning_rate = 0.0003)), vec![], "no epoch more");
        assert_eq!(state.retune(asked(|all| all.epochs = 5)), vec![], "fewer epochs");
        assert_eq!(state.retune(asked(|all| (all.epochs, all.batch_size) = (30, 16))), vec![], "another order of images is another run");
    }

    #[test]
    fn a_finished_run_that_is_refused_is_finished_again() {
        let mut state = finished();
        drop(state.retune(asked(|all| all.epochs = 30)));
        drop(state.apply(TrainEvent::NotRetuned { reason: "not on the way".into() }));
        drop(state.apply(TrainEvent::Phase(Phase::Finished)));
        assert!(!state.is_playing() && !state.needs_restart(&Experiment::default()), "as it was");
    }
}
