//! What the buttons do. It comes with the part of the page that trains: everything else says what it wants as a
//! [`Command`].

use crate::experiment::permalink;
use crate::protocol::TrainCommand;
use crate::run::{Activity, Effect, RunPlan, RunState, Wanted};
use crate::studies::Question;

use wasm_bindgen::JsValue;

use super::Session;
use crate::experiment::weight_init::StartingPoint;
use crate::ui::signals::untrack;

/// What is wanted of the run, or of what comes with it.
#[derive(Debug, PartialEq)]
pub enum Command {
    /// Nothing yet but that it is there.
    BeThere,
    /// Play or Pause, whichever the button shows: begins a run, or lets the one there is go on or wait.
    Toggle,
    /// Begins a run or lets the one there is go on, for one step.
    Step,
    /// Ends the run; its curves stay behind the next one's, in grey.
    Reset,
    /// The run again with what the controls say now. One that was paused waits for Play.
    ApplyChanges,
    /// Goes on with what the controls say now, where a run can change that under way.
    Retune,
    /// A run that begins where the one that the browser kept stopped.
    GoOnWithKept,
    /// Trains a few steps and throws them away, to say how long the run would take.
    Measure,
    /// Trains a step and tells what happened in it.
    TellStep,
    /// Asks an experiment.
    Experiment(Question),
    /// Looks at an image file of the visitor's own.
    LookAt(JsValue),
    /// Asks the trainer of the run for something; nothing happens while there is no run.
    Ask(TrainCommand),
}

impl Session {
    /// Play: begins a run, or lets the one there is go on.
    pub fn play(self) {
        self.go_on(Wanted::Playing, RunState::play);
    }

    /// Step: the same for one step.
    pub fn step(self) {
        self.go_on(Wanted::OneStep, RunState::step);
    }

    /// Pause.
    pub fn pause(self) {
        self.change(RunState::pause);
    }

    /// Play or Pause, whichever the button shows.
    pub fn toggle(self) {
        if self.run.with_untracked(RunState::is_playing) {
            self.pause();
        } else {
            self.play();
        }
    }

    /// Reset: ends the run; its curves stay behind the next one's, in grey.
    pub fn reset(self) {
        self.change(RunState::reset);
    }

    /// Apply changes: the run again with what the controls say now. One that was paused waits for Play.
    pub fn apply_changes(self) {
        let waits = self.run.with_untracked(|state| state.run().is_some_and(|run| run.wanted != Wanted::Playing));
        self.reset();
        if !waits {
            self.begin(Wanted::Playing);
        }
    }

    /// Takes up the experiment of the run that the browser kept, which `link` holds, and goes on with it once its images
    /// are there.
    pub fn take_up_kept(self, link: &str) {
        self.experiment.set(permalink::read_kept(link));
        self.look_for_dataset(None, true);
    }

    /// A run that begins where the one that the browser kept stopped.
    pub fn go_on_with_kept(self) {
        self.begin_from(StartingPoint::Kept, Wanted::Playing);
    }

    /// Goes on with what the controls say now, where a run can change that under way.
    pub fn retune(self) {
        let asked = self.experiment.get_untracked();
        self.change(|run| run.retune(asked));
    }

    /// Restart after a failure.
    pub fn restart(self) {
        self.reset();
        self.begin(Wanted::Playing);
    }

    fn go_on(self, wanted: Wanted, command: impl FnOnce(&mut RunState) -> Vec<Effect>) {
        if self.run.with_untracked(|run| run.run().is_some()) {
            self.change(command);
        } else {
            self.begin(wanted);
        }
    }

    fn begin(self, wanted: Wanted) {
        self.begin_from(untrack(|| self.starting_point()), wanted);
    }

    /// A run of what the controls say now; none before there are images.
    pub fn plan(self, start: StartingPoint) -> Option<RunPlan> {
        let experiment = self.experiment.get_untracked();
        self.dataset.with_untracked(|dataset| dataset.source().map(|source| RunPlan::new(experiment, source, start)))
    }

    fn begin_from(self, start: StartingPoint, wanted: Wanted) {
        let Some(plan) = self.plan(start).filter(|_| untrack(|| self.can_begin())) else { return };
        self.used_file.set(self.starting_file.get_untracked());
        self.change(|run| run.begin(plan, wanted));
        self.launch();
    }

    /// Starts the trainer of a run that waits for its device, once that is known.
    fn launch(self) {
        let device = self.experiment.with_untracked(|experiment| experiment.device);
        let chosen = self.gpu.with_untracked(|gpu| crate::run::choose_trainer(device, gpu));
        if let Some((trainer, note)) = chosen {
            self.change(|run| run.launch(trainer, note));
        }
    }

    /// Starts it as soon as that is.
    pub(super) fn launch_when_device_is_known(self) {
        self.gpu.track();
        if self.run.with_untracked(|state| state.run().is_some_and(|run| run.activity == Activity::ChoosingDevice)) {
            self.launch();
        }
    }

    /// Asks the trainer of the run for something; nothing happens while there is no run.
    pub fn ask(self, command: TrainCommand) {
        self.perform(vec![Effect::Post(command)]);
    }

    pub(super) fn change(self, change: impl FnOnce(&mut RunState) -> Vec<Effect>) {
        let mut effects = Vec::new();
        self.run.update(|run| effects = change(run));
        self.perform(effects);
    }
}
