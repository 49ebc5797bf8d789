//! Settings that change while a run goes on: step length, schedule, decay, augmentation and the like.

use super::{Effect, Run, RunState};
use crate::experiment::{Experiment, permalink};
use crate::protocol::TrainCommand;

impl Run {
    /// Whether the run could go on with what is `asked`: all but training settings is as it was, and of those none decides
    /// which images are learnt from in which order.
    pub fn can_retune(&self, asked: &Experiment) -> bool {
        let own = &self.plan.experiment;
        let same_besides = Experiment { hyperparameters: own.hyperparameters, ..asked.clone() } == *own;
        let (before, after) = (&own.hyperparameters, &asked.hyperparameters);
        self.has_commands()
            && !self.is_over()
            && same_besides
            && before.fixed_difference(after).is_none()
            && before.normalises_like(after)
            && before.held_out_images == after.held_out_images
    }

    /// The trainer refused: the settings are what they were, and the reason is said.
    pub(super) fn not_retuned(&mut self, reason: String) -> Vec<Effect> {
        self.note = Some(reason);
        let Some(before) = self.before_retuning.take() else { return Vec::new() };
        self.plan.experiment = before;
        vec![self.keep_work()]
    }

    /// Keeps the run under the settings it has now.
    pub(super) fn keep_work(&self) -> Effect {
        let link = permalink::write(&self.plan.experiment, &permalink::ViewOptions::default());
        Effect::Post(TrainCommand::KeepWork { link })
    }
}

impl RunState {
    /// Lets the run go on with other settings from the next step, where that is possible.
    pub fn retune(&mut self, asked: Experiment) -> Vec<Effect> {
        let Some(run) = self.run.as_mut().filter(|run| run.can_retune(&asked)) else { return Vec::new() };
        run.note = Some(format!(
            "Settings were changed after step {}: the link repeats a run that has the new ones from its start.",
            run.steps_done()
        ));
        let command = TrainCommand::Retune(Box::new(asked.hyperparameters));
        run.before_retuning = Some(std::mem::replace(&mut run.plan.experiment, asked));
        vec![Effect::Post(command), run.keep_work()]
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ready, started};
    use super::*;
    use crate::experiment::hyperparameters::Hyperparameters;
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
        assert!(matches!(&effects[0], Effect::Post(TrainCommand::Retune(_))), "the trainer is told: {effects:?}");
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
}
