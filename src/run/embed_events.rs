//! What a page around an embed is told of its run: numbers when it asks, events when they change.

use super::{Activity, Remedy, Run, RunState, TrainerKind, Wanted};
use crate::experiment::{Experiment, TrainError, WorkerFailure};
use crate::language::format::sentence;
use crate::language::{text, tr};
use crate::protocol::Phase;
use crate::protocol::embed::{Activity as Word, EmbedEvent, EpochNumbers, GoalMetrics, Metrics, Share, StepNumbers, finite};

/// What was told last, to find out what is new.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    metrics: Metrics,
    link: String,
    epochs: usize,
}

impl Told {
    /// What there is to tell: the run, or else the experiment that Play would begin with. `link` is that of the controls.
    pub fn of(state: &RunState, experiment: &Experiment, goal: Option<GoalMetrics>, link: String) -> Self {
        let epochs = state.run().map_or(0, |run| run.epochs.len());
        Self { metrics: state.metrics(experiment, goal), link, epochs }
    }

    /// The numbers.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// The canonical query.
    pub fn link(&self) -> &str {
        &self.link
    }

    /// What is new since `before`, in the order in which it happened. `state` is what this was taken of.
    pub fn news_since(&self, before: &Self, state: &RunState) -> Vec<EmbedEvent> {
        let mut events = Vec::new();
        let (was, now) = (before.metrics.activity, self.metrics.activity);
        // A run that another page trained so far comes with its epochs and steps; they are no news.
        if let Some(run) = state.run().filter(|_| was != Word::Idle) {
            events.extend(run.epochs.iter().skip(before.epochs).map(|record| EmbedEvent::Epoch(epoch_numbers(run, record))));
            if self.metrics.step != before.metrics.step && run.steps_done() > 0 {
                events.push(EmbedEvent::Step(step_numbers(run)));
            }
        }
        if was != now || self.link != before.link {
            events.push(EmbedEvent::State(Box::new(self.metrics.clone())));
        }
        if was != now {
            events.extend(self.arrived_at(now, was, state));
        }
        events
    }

    fn arrived_at(&self, now: Word, was: Word, state: &RunState) -> Option<EmbedEvent> {
        match now {
            Word::Paused if was != Word::Idle => Some(EmbedEvent::Paused { step: self.metrics.step.unwrap_or(0) }),
            Word::Finished if was != Word::Idle => Some(EmbedEvent::Done(Box::new(self.metrics.clone()))),
            Word::Failed => state.run().and_then(failure),
            _ => None,
        }
    }
}

impl RunState {
    /// The numbers of the run there is, or of the one that Play would begin. `goal` is how far the author's goal is.
    pub fn metrics(&self, experiment: &Experiment, goal: Option<GoalMetrics>) -> Metrics {
        let Some(run) = self.run() else {
            let hyperparameters = &experiment.hyperparameters;
            return Metrics {
                step: Some(0),
                steps: Some(hyperparameters.total_steps() as u64),
                epoch: Some(0),
                epochs: Some(hyperparameters.epochs as u64),
                training_seconds: Some(0.0),
                goal,
                ..Metrics::default()
            };
        };
        let (last, pass) = (run.steps.last(), run.held_out.last());
        Metrics {
            activity: word(run),
            step: Some(run.steps_done() as u64),
            steps: Some(run.total_steps() as u64),
            epoch: Some(run.epoch() as u64),
            epochs: Some(run.plan.experiment.hyperparameters.epochs as u64),
            loss: last.and_then(|step| finite(f64::from(step.loss))),
            training_accuracy: last.and_then(|step| share(step.accuracy)),
            held_out_accuracy: pass.and_then(|pass| share(pass.accuracy)),
            held_out_loss: pass.and_then(|pass| finite(f64::from(pass.loss))),
            training_seconds: finite(run.training_ms / 1000.0),
            device: run.device.clone().or_else(|| run.trainer.map(|trainer| name(trainer).to_owned())),
            goal,
        }
    }
}

fn name(trainer: TrainerKind) -> &'static str {
    match trainer {
        TrainerKind::Cpu => "CPU",
        TrainerKind::WebGpu => "WebGPU",
        // No embed offers it.
        TrainerKind::Workstation => "a program on the visitor's computer",
    }
}

fn share(accuracy: f32) -> Option<Share> {
    Share::new(f64::from(accuracy))
}

fn word(run: &Run) -> Word {
    match &run.activity {
        Activity::Failed(_) => Word::Failed,
        Activity::Trainer(Phase::Finished) => Word::Finished,
        Activity::Parked if run.is_over() => Word::Finished,
        Activity::Parked => Word::Paused,
        _ if run.is_looked_into() => {
            if run.has_all_steps() {
                Word::Finished
            } else {
                Word::Paused
            }
        }
        // It is told to go on in a moment.
        Activity::Trainer(Phase::Paused) if run.wanted == Wanted::Paused => Word::Paused,
        Activity::Trainer(Phase::Paused) if run.steps.is_empty() => Word::Loading,
        Activity::Trainer(Phase::FirstStep | Phase::Training | Phase::Evaluating { .. } | Phase::Paused) => Word::Training,
        _ => Word::Loading,
    }
}

fn step_numbers(run: &Run) -> StepNumbers {
    let last = run.steps.last();
    StepNumbers {
        step: run.steps_done() as u64,
        steps: run.total_steps() as u64,
        epoch: run.epoch() as u64,
        loss: last.and_then(|step| finite(f64::from(step.loss))),
        training_accuracy: last.and_then(|step| share(step.accuracy)),
    }
}

fn epoch_numbers(run: &Run, record: &crate::experiment::callbacks::EpochRecord) -> EpochNumbers {
    EpochNumbers {
        epoch: record.epoch as u64,
        epochs: run.plan.experiment.hyperparameters.epochs as u64,
        training_loss: finite(f64::from(record.loss)),
        training_accuracy: share(record.accuracy),
        held_out_loss: finite(f64::from(record.held_out.loss)),
        held_out_accuracy: share(record.held_out.accuracy),
    }
}

fn failure(run: &Run) -> Option<EmbedEvent> {
    let Activity::Failed(error) = &run.activity else { return None };
    let message = sentence(&error.to_string());
    Some(match error {
        TrainError::Diverged { step } => EmbedEvent::Diverged { step: *step as u64, reason: message },
        TrainError::Worker(
            WorkerFailure::Sandboxed | WorkerFailure::NoWorkers | WorkerFailure::WorkersForbidden { .. } | WorkerFailure::WasmForbidden,
        ) => EmbedEvent::Unsupported { reason: message },
        _ => EmbedEvent::Error { message, remedy: run.remedies().first().map(|remedy| remedy_words(*remedy)) },
    })
}

/// What a page around can do or say.
fn remedy_words(remedy: Remedy) -> String {
    let words = match remedy {
        Remedy::HalveBatch { batch_size } => return tr!("Take smaller batches: batch={batch_size} in the link.", batch_size),
        Remedy::GoOn { .. } | Remedy::Restart | Remedy::GoOnHere { .. } | Remedy::RestartHere => text!("Reset the run and play again."),
        Remedy::RestartChanged => text!("Change the settings, then play again."),
        Remedy::UseCpu => text!("Train on the CPU: device=cpu in the link."),
        Remedy::Reload => text!("Load the frame again."),
        Remedy::OpenInTab => text!("Open the playground in a tab of its own."),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{end_epoch, plan_of, ready, started, steps};
    use super::*;
    use crate::experiment::RunId;
    use crate::protocol::TrainEvent;

    /// Hears what a page around would.
    struct Around {
        told: Told,
    }

    fn told(state: &RunState, link: &str) -> Told {
        Told::of(state, &Experiment::default(), None, link.to_owned())
    }

    impl Around {
        fn new() -> Self {
            Self { told: told(&RunState::default(), "v=1") }
        }

        /// Names of the events since the last time.
        fn hear(&mut self, state: &RunState) -> Vec<String> {
            self.hear_all(state)
                .into_iter()
                .map(|event| serde_json::to_value(event).unwrap()["event"].as_str().unwrap().to_owned())
                .collect()
        }

        fn hear_all(&mut self, state: &RunState) -> Vec<EmbedEvent> {
            let now = told(state, "v=1");
            let events = now.news_since(&self.told, state);
            self.told = now;
            events
        }
    }

    fn phase(phase: Phase) -> TrainEvent {
        TrainEvent::Phase(phase)
    }

    #[test]
    fn a_run_is_told_from_its_first_step_to_its_end() {
        let mut around = Around::new();
        let mut state = started(TrainerKind::Cpu);
        assert_eq!(around.hear(&state), ["state"], "it loads");
        drop(state.apply(ready()));
        drop(state.apply(phase(Phase::Paused)));
        assert_eq!(around.hear(&state), Vec::<String>::new(), "a trainer that is there waits for a moment: no pause");
        drop(state.apply(phase(Phase::FirstStep)));
        assert_eq!(around.hear(&state), ["state"], "it trains");
        drop(state.apply(steps(0..10, 10.0)));
        drop(state.apply(phase(Phase::Training)));
        let events = around.hear_all(&state);
        let [EmbedEvent::Step(step)] = events.as_slice() else { panic!("{events:?}") };
        assert_eq!((step.step, step.loss, step.training_accuracy.is_some()), (10, Some(2.0), true), "the newest of ten");
        end_epoch(&mut state, 1, 0.3);
        let events = around.hear_all(&state);
        let [EmbedEvent::Epoch(epoch)] = events.as_slice() else { panic!("{events:?}") };
        assert_eq!((epoch.epoch, epoch.held_out_accuracy.map(|share| share.get() as f32)), (1, Some(0.3)));
        drop(state.pause());
        assert_eq!(around.hear(&state), Vec::<String>::new(), "not before the step under way is over");
        drop(state.apply(steps(10..11, 11.0)));
        drop(state.apply(phase(Phase::Paused)));
        assert_eq!(around.hear(&state), ["step", "state", "paused"]);
        drop(state.play());
        drop(state.apply(phase(Phase::Training)));
        assert_eq!(around.hear(&state), ["state"]);
        drop(state.apply(phase(Phase::Finished)));
        let events = around.hear_all(&state);
        let [EmbedEvent::State(_), EmbedEvent::Done(metrics)] = events.as_slice() else { panic!("{events:?}") };
        assert_eq!((metrics.activity, metrics.step, metrics.device.as_deref()), (Word::Finished, Some(11), Some("CPU")));
        drop(state.reset());
        assert_eq!(around.hear(&state), ["state"]);
    }

    #[test]
    fn another_link_is_a_state() {
        let state = RunState::default();
        let (before, after) = (told(&state, "v=1"), told(&state, "v=1&depth=20"));
        assert_eq!(after.news_since(&before, &state).len(), 1);
        assert_eq!(after.news_since(&after, &state), [], "nothing new");
    }

    #[test]
    fn before_a_run_the_plan_is_told() {
        let metrics = RunState::default().metrics(&Experiment::default(), None);
        let planned = Experiment::default().hyperparameters;
        assert_eq!((metrics.activity, metrics.step, metrics.loss), (Word::Idle, Some(0), None));
        assert_eq!((metrics.steps, metrics.epochs), (Some(planned.total_steps() as u64), Some(planned.epochs as u64)));
    }

    #[test]
    fn a_loss_that_is_no_number_is_not_known_and_the_run_diverged() {
        let mut around = Around::new();
        let mut state = started(TrainerKind::Cpu);
        drop(state.apply(ready()));
        drop(around.hear(&state));
        let step = crate::evaluation::metrics::StepMetrics { step: 0, loss: f32::NAN, accuracy: 0.0 };
        drop(state.apply(TrainEvent::Steps { steps: vec![step], training_ms: 1.0, memory_bytes: 0 }));
        drop(state.apply(TrainEvent::Failed(TrainError::Diverged { step: 0 })));
        let events = around.hear_all(&state);
        let [EmbedEvent::Step(numbers), EmbedEvent::State(metrics), EmbedEvent::Diverged { step: 0, reason }] = events.as_slice() else {
            panic!("{events:?}")
        };
        assert_eq!((numbers.loss, metrics.activity), (None, Word::Failed));
        assert!(reason.starts_with("The loss") && reason.ends_with('.'), "{reason}");
    }

    #[test]
    fn failures_name_a_remedy_or_say_that_nothing_can_be_done_here() {
        let after = |error: TrainError| {
            let mut around = Around::new();
            let mut state = started(TrainerKind::WebGpu);
            drop(state.apply(ready()));
            drop(around.hear(&state));
            drop(state.apply(TrainEvent::Failed(error)));
            around.hear_all(&state).pop().expect("an event")
        };
        let lost = after(TrainError::DeviceLost { reason: "gone".into() });
        let EmbedEvent::Error { message, remedy } = lost else { panic!("{lost:?}") };
        assert_eq!((message.as_str(), remedy.as_deref()), ("The GPU device was lost (gone).", Some("Reset the run and play again.")));
        for failure in [WorkerFailure::Sandboxed, WorkerFailure::NoWorkers, WorkerFailure::WasmForbidden] {
            assert!(matches!(after(failure.into()), EmbedEvent::Unsupported { .. }));
        }
    }

    #[test]
    fn a_run_that_was_taken_over_brings_no_news_of_before() {
        let mut state = started(TrainerKind::Cpu);
        drop(state.apply(ready()));
        drop(state.apply(steps(0..40, 100.0)));
        end_epoch(&mut state, 1, 0.3);
        let past = crate::checkpoint::autosave::Past {
            steps: state.run().unwrap().steps.clone(),
            epochs: state.run().unwrap().epochs.clone(),
            training_ms: 100.0,
        };
        let work = crate::checkpoint::autosave::KeptWork { past, checkpoint: Vec::new() };
        let (mut around, mut other) = (Around::new(), RunState::default());
        drop(other.restore(plan_of(Experiment::default()), RunId::new(2), work));
        assert_eq!(around.hear(&other), ["state"]);
        assert_eq!(around.told.metrics().activity, Word::Paused);
    }
}
