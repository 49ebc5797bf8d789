//! Between the trainer that listens and the network it builds: what the images are whitened by is measured.

use super::{Activity, RunState, TrainerEffect};
use crate::experiment::{RunRequest, TrainError};

/// What is heard of a measurement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhiteningNews {
    /// How far it is, in words.
    Progress(String),
    /// It is kept under this name.
    Kept(String),
    /// It cannot be had; why, for the user.
    Failed(String),
}

impl RunState {
    /// Folds in what is heard of the measurement for `request`. What is meant for another run than the one there is says
    /// nothing to it.
    pub fn whitening_told(&mut self, request: &RunRequest, news: WhiteningNews) -> Vec<TrainerEffect> {
        let waits = |run: &&mut super::Run| matches!(run.activity, Activity::Whitening(_)) && *run.images_alone() == *request;
        let Some(run) = self.run.as_mut().filter(waits) else { return Vec::new() };
        match news {
            WhiteningNews::Progress(words) => {
                run.activity = Activity::Whitening(words);
                Vec::new()
            }
            WhiteningNews::Kept(name) => {
                run.plan.request.whitening = name;
                run.prepare()
            }
            WhiteningNews::Failed(reason) => self.fail(TrainError::Images { reason }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::augmentation::InputNormalisation;
    use crate::experiment::{Experiment, RunId};
    use crate::protocol::{PROTOCOL_VERSION, TrainCommand, TrainEvent};
    use crate::run::tests::plan_of;
    use crate::run::{TrainerKind, Wanted};

    /// A run whose trainer has just said that it listens, and what was asked for then.
    fn ready() -> (RunState, Vec<TrainerEffect>) {
        let mut experiment = Experiment::default();
        experiment.hyperparameters.normalisation = InputNormalisation::Whitened;
        let mut state = RunState::default();
        state.begin(plan_of(experiment), RunId::new(1), Wanted::Playing);
        state.launch(TrainerKind::Cpu, None);
        let effects = state.apply(TrainEvent::Ready { protocol_version: PROTOCOL_VERSION, device: "CPU".into() });
        (state, effects)
    }

    fn request(effects: &[TrainerEffect]) -> RunRequest {
        let [TrainerEffect::MeasureWhitening(request)] = effects else { panic!("nothing but a measurement: {effects:?}") };
        (**request).clone()
    }

    #[test]
    fn the_trainer_gets_its_commands_once_the_matrix_is_kept() {
        let (mut state, effects) = ready();
        let request = request(&effects);
        assert_eq!(state.whitening_told(&request, WhiteningNews::Progress("comparing pixels".into())), []);
        let run = state.run().unwrap();
        assert_eq!((run.phase_words(), run.phase_detail()), ("Measuring the whitening…", "comparing pixels".into()));
        assert_eq!(state.pause(), [], "the trainer has nothing to pause yet");
        assert_eq!(state.play(), []);
        let mut faster = state.run().unwrap().plan.experiment.clone();
        faster.hyperparameters.learning_rate *= 2.0;
        assert_eq!(state.retune(faster), [], "nor anything to go on with otherwise: it would say so and train as before");
        let effects = state.whitening_told(&request, WhiteningNews::Kept("whitening-1".into()));
        let prepared =
            |effect: &TrainerEffect| matches!(effect, TrainerEffect::Post(TrainCommand::Prepare(it)) if it.whitening == "whitening-1");
        assert!(effects.iter().any(prepared) && effects.contains(&TrainerEffect::Post(TrainCommand::Run)), "{effects:?}");
        assert_eq!(state.whitening_told(&request, WhiteningNews::Kept("whitening-2".into())), [], "once is enough");
    }

    #[test]
    fn what_goes_wrong_ends_the_run_with_a_sentence() {
        let (mut state, effects) = ready();
        let failed = state.whitening_told(&request(&effects), WhiteningNews::Failed("the storage is full".into()));
        assert_eq!(failed, [TrainerEffect::Stop]);
        assert!(matches!(&state.run().unwrap().activity, Activity::Failed(error) if error.to_string().contains("the storage is full")));
    }

    #[test]
    fn another_run_does_not_hear_of_it() {
        let (mut state, effects) = ready();
        let mut other = request(&effects);
        other.hyperparameters.seed += 1;
        assert_eq!(state.whitening_told(&other, WhiteningNews::Kept("whitening-1".into())), []);
        assert!(state.run().unwrap().plan.request.whitening.is_empty());
        state.reset();
        assert_eq!(state.whitening_told(&other, WhiteningNews::Failed("late".into())), [], "nor one that is gone");
    }
}
