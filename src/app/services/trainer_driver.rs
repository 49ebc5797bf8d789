//! The one loop between the page and a trainer: starts its worker, posts commands, and gathers events so that the page is
//! redrawn at most ten times a second however fast the steps come.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::experiment::{RunRequest, TrainError, WorkerFailure};
use crate::language::tr;
use crate::protocol::TrainEvent;
use crate::run::{SilenceWatch, Silent, TrainerEffect, TrainerKind, Workstation};

use super::clock::now_ms;
use super::download::save_file;
use super::{TasksClient, TrainerClient, TrainerMessage, TrainerSession};

/// Between two redraws.
const REDRAW_MS: f64 = 100.0;
/// Between two looks at whether the trainer has fallen silent.
const LOOK_EVERY: Duration = Duration::from_secs(1);

#[derive(Default)]
struct Inbox {
    worker: Option<TrainerClient>,
    heard: Vec<TrainerMessage>,
    reading_planned: bool,
    last_reading_ms: Option<f64>,
    silence: Option<SilenceWatch>,
    /// Looks at the clock while there is a worker.
    clock: Option<IntervalHandle>,
}

/// Drives one trainer. `S` says what it is used for.
pub struct TrainerDriver<S: TrainerSession> {
    state: RwSignal<S>,
    inbox: StoredValue<Inbox, LocalStorage>,
    tasks: TasksClient,
    workstation: ReadSignal<Workstation>,
    no_gpu: Callback<String>,
}

impl<S: TrainerSession> Clone for TrainerDriver<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S: TrainerSession> Copy for TrainerDriver<S> {}

impl<S: TrainerSession> TrainerDriver<S> {
    /// Without a worker, until an effect starts one. `workstation` is where the visitor's program is, should one be started there;
    /// `no_gpu` hears the reason when a trainer finds the GPU unusable.
    pub fn new(state: S, tasks: TasksClient, workstation: ReadSignal<Workstation>, no_gpu: Callback<String>) -> Self {
        Self { state: RwSignal::new(state), inbox: StoredValue::new_local(Inbox::default()), tasks, workstation, no_gpu }
    }

    /// The state that events are folded into.
    pub fn state(self) -> RwSignal<S> {
        self.state
    }

    /// Changes the state and does what follows from it.
    pub fn change(self, change: impl FnOnce(&mut S) -> Vec<TrainerEffect>) {
        let mut effects = Vec::new();
        self.state.update(|state| effects = change(state));
        self.perform(effects);
    }

    /// Does what a change of the state asks for.
    pub fn perform(self, effects: Vec<TrainerEffect>) {
        for effect in effects {
            match effect {
                TrainerEffect::Start(trainer) => self.start_worker(trainer),
                TrainerEffect::Post(command) => {
                    let posted = self.inbox.try_update_value(|inbox| {
                        if let Some(silence) = &mut inbox.silence {
                            silence.posted(&command);
                        }
                        inbox.worker.as_ref().map(|worker| worker.post(&command))
                    });
                    if let Some(Some(Err(failure))) = posted {
                        self.hear(TrainerMessage::Broken(failure));
                    }
                }
                TrainerEffect::MeasureWhitening(request) => self.measure_whitening(*request),
                TrainerEffect::Stop => self.stop_worker(),
            }
        }
    }

    fn measure_whitening(self, request: RunRequest) {
        self.tasks.measure_whitening(request.clone(), move |news| self.change(|state| state.whitening_told(&request, news)));
    }

    fn stop_worker(self) {
        if S::MEASURES_WHITENING {
            self.tasks.end_long_work();
        }
        // The worker is dropped outside the lock on the inbox: its end may not touch what is borrowed.
        let worker = self.inbox.try_update_value(|inbox| {
            inbox.heard.clear();
            inbox.silence = None;
            if let Some(clock) = inbox.clock.take() {
                clock.clear();
            }
            inbox.worker.take()
        });
        drop(worker);
    }

    fn start_worker(self, trainer: TrainerKind) {
        self.stop_worker();
        match self.workstation.with_untracked(|workstation| TrainerClient::start(trainer, workstation, move |heard| self.hear(heard))) {
            Ok(worker) => self.inbox.update_value(|inbox| {
                inbox.worker = Some(worker);
                inbox.silence = Some(SilenceWatch::started(trainer));
                // Without a clock a trainer may be silent for ever.
                inbox.clock = set_interval_with_handle(move || self.look_at_clock(), LOOK_EVERY).ok();
            }),
            Err(failure) => self.hear(TrainerMessage::Broken(failure)),
        }
    }

    fn look_at_clock(self) {
        let is_hidden = document().hidden();
        let silent = self.inbox.try_update_value(|inbox| inbox.silence.as_mut()?.look(now_ms(), is_hidden));
        match silent.flatten() {
            None => {}
            Some(Silent::Program) => self.ask_for_program(),
            Some(Silent::Device { seconds }) => {
                let reason = tr!("the browser has not answered for {seconds} seconds", seconds);
                self.hear(TrainerMessage::Event(TrainEvent::Failed(TrainError::NoWebGpu { reason })));
            }
            Some(Silent::Trainer { seconds }) => self.hear(TrainerMessage::Broken(WorkerFailure::Silent { seconds })),
        }
    }

    /// A program that the server still answers for may be on a slow connection; any other will not arrive.
    fn ask_for_program(self) {
        let Some(Some(checked)) = self.inbox.try_with_value(|inbox| inbox.worker.as_ref().map(TrainerClient::check_arrival)) else {
            return;
        };
        spawn_local(async move {
            if let Some(failure) = checked.await {
                self.hear(TrainerMessage::Broken(failure));
            }
        });
    }

    fn hear(self, heard: TrainerMessage) {
        let wait = self.inbox.try_update_value(|inbox| {
            match (&mut inbox.silence, &heard) {
                (Some(silence), TrainerMessage::Event(event)) => silence.heard(event),
                (Some(silence), TrainerMessage::Arriving(_)) => silence.arriving(),
                _ => {}
            }
            inbox.heard.push(heard);
            let planned = std::mem::replace(&mut inbox.reading_planned, true);
            let since_ms = inbox.last_reading_ms.map_or(REDRAW_MS, |reading_ms| now_ms() - reading_ms);
            (!planned).then(|| Duration::from_secs_f64((REDRAW_MS - since_ms).clamp(0.0, REDRAW_MS) / 1000.0))
        });
        if let Some(Some(wait)) = wait {
            // A timer rather than an animation frame: those stop while the tab is hidden, and training goes on. And never at
            // once: a worker that is dropped may not be in the middle of telling something.
            set_timeout(move || self.read_inbox(), wait);
        }
    }

    fn read_inbox(self) {
        let heard = self.inbox.try_update_value(|inbox| {
            inbox.reading_planned = false;
            inbox.last_reading_ms = Some(now_ms());
            std::mem::take(&mut inbox.heard)
        });
        let Some(heard) = heard.filter(|heard| !heard.is_empty()) else { return };
        let no_gpu = heard.iter().find_map(|heard| match heard {
            TrainerMessage::Event(TrainEvent::Failed(TrainError::NoWebGpu { reason })) => Some(reason.clone()),
            _ => None,
        });
        self.change(|state| fold_all(state, heard));
        if let Some(reason) = no_gpu {
            self.no_gpu.run(reason);
        }
    }
}

/// Folds until its trainer ends. What it said after that is about its end: the trap behind a panic, which must not end the
/// trainer that takes its place.
fn fold_all<S: TrainerSession>(state: &mut S, heard: Vec<TrainerMessage>) -> Vec<TrainerEffect> {
    let mut effects = Vec::new();
    for heard in heard {
        effects.extend(fold(state, heard));
        if effects.iter().any(|effect| matches!(effect, TrainerEffect::Start(_) | TrainerEffect::Stop)) {
            break;
        }
    }
    effects
}

fn fold<S: TrainerSession>(state: &mut S, heard: TrainerMessage) -> Vec<TrainerEffect> {
    match heard {
        TrainerMessage::Event(TrainEvent::File { name, bytes }) if !state.takes_file(&name) => {
            save_file(&name, &bytes);
            Vec::new()
        }
        TrainerMessage::Event(event) => state.apply(event),
        TrainerMessage::Arriving(arrival) => {
            state.arriving(arrival);
            Vec::new()
        }
        TrainerMessage::Broken(failure) => state.broken(failure),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::TrainCommand;

    /// Is told of failures, and starts another trainer each time.
    #[derive(Default)]
    struct Failures(Vec<String>);

    impl TrainerSession for Failures {
        fn apply(&mut self, event: TrainEvent) -> Vec<TrainerEffect> {
            match event {
                TrainEvent::Failed(error) => {
                    self.0.push(error.to_string());
                    vec![TrainerEffect::Start(TrainerKind::WebGpu)]
                }
                _ => vec![TrainerEffect::Post(TrainCommand::Run)],
            }
        }

        fn broken(&mut self, failure: WorkerFailure) -> Vec<TrainerEffect> {
            self.0.push(failure.to_string());
            vec![TrainerEffect::Stop]
        }
    }

    #[test]
    fn what_a_trainer_says_behind_its_end_does_not_end_the_next_one() {
        let mut failures = Failures::default();
        let ready = TrainerMessage::Event(TrainEvent::Ready { protocol_version: 1, device: "CPU".into() });
        let panic = TrainerMessage::Event(TrainEvent::Failed(TrainError::DeviceMemory));
        let trap = TrainerMessage::Broken(WorkerFailure::Stopped { reason: "RuntimeError: unreachable".into() });
        let effects = fold_all(&mut failures, vec![ready, panic, trap]);
        assert_eq!(effects, [TrainerEffect::Post(TrainCommand::Run), TrainerEffect::Start(TrainerKind::WebGpu)]);
        assert_eq!(failures.0, [TrainError::DeviceMemory.to_string()], "the cause, not what followed from it");
    }
}
