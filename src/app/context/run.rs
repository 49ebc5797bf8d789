//! The run there is, and what can be done with it.

use leptos::prelude::*;

use crate::checkpoint::autosave::KeptWork;
use crate::checkpoint::saved_runs::SavedRun;
use crate::experiment::weight_init::StartingPoint;
use crate::experiment::{Experiment, RunId, permalink};
use crate::protocol::TrainCommand;
use crate::run::{Activity, Run, RunPlan, RunState, TrainerEffect, TrainerKind, Wanted};

use super::{DatasetContext, DeviceContext, ExperimentContext, Notices, SavedRunsContext, StartingFile};
use crate::app::services::{TrainerDriver, page_guard, persistent_storage};

/// Epochs that a finished run goes on for when the visitor asks for more.
pub const MORE_EPOCHS: usize = 20;

/// Handle to the run. Every change goes through its methods.
#[derive(Clone, Copy)]
pub struct RunController {
    driver: TrainerDriver<RunState>,
    experiment: ExperimentContext,
    dataset: DatasetContext,
    device: DeviceContext,
    notices: Notices,
    saved: SavedRunsContext,
    /// What the run there is was started from.
    used_file: RwSignal<StartingFile>,
    needs_restart: Memo<bool>,
}

impl RunController {
    /// No run yet.
    pub fn new(
        driver: TrainerDriver<RunState>,
        experiment: ExperimentContext,
        dataset: DatasetContext,
        device: DeviceContext,
        notices: Notices,
        saved: SavedRunsContext,
    ) -> Self {
        let used_file = RwSignal::new(StartingFile::default());
        let state = driver.state();
        // Compared only when a file changes, not whenever the run does: files are large.
        let other_file = Memo::new(move |_| {
            experiment
                .starting_file()
                .with(|chosen| used_file.with(|used| (chosen.file.is_some() || used.file.is_some()) && chosen != used))
        });
        let needs_restart = Memo::new(move |_| {
            let asked = experiment.get();
            state.with(|state| state.run().is_some() && (other_file.get() || state.needs_restart(&asked)))
        });
        Self { driver, experiment, dataset, device, notices, saved, used_file, needs_restart }
    }

    /// Launches runs that wait for the browser's answer about its GPU. An embedded page keeps nothing and offers nothing.
    pub fn start(self, embedded: bool) {
        if embedded {
            self.driver.state().update(|state| state.keeps_nothing = true);
        }
        let saved_step = Memo::new(move |_| self.of_run(|run| run.kept).flatten());
        Effect::new(move |_| page_guard::tell_saved_step(saved_step.get()));
        Effect::new(move |asked: Option<bool>| {
            let is_worth_keeping = saved_step.get().is_some();
            if is_worth_keeping && asked != Some(true) {
                persistent_storage::ask();
            }
            is_worth_keeping || asked == Some(true)
        });
        Effect::new(move |_| {
            let waits = self.driver.state().with(|state| state.run().is_some_and(|run| run.activity == Activity::ChoosingDevice));
            if waits && !self.device.is_pending() {
                self.launch();
            }
        });
    }

    /// The state that the trainer's events are folded into. Read it; change it by the methods here.
    pub fn state(self) -> ReadSignal<RunState> {
        self.driver.state().read_only()
    }

    /// Something about the run; `None` while there is none. Tracks.
    pub fn of_run<T>(self, look: impl FnOnce(&Run) -> T) -> Option<T> {
        self.driver.state().with(|state| state.run().map(look))
    }

    /// Whether there is a run. Tracks.
    pub fn exists(self) -> bool {
        self.of_run(|_| ()).is_some()
    }

    /// Whether the run goes on by itself. Tracks.
    pub fn is_playing(self) -> bool {
        self.driver.state().with(RunState::is_playing)
    }

    /// Whether the run was made with other settings than the controls have now. Tracks.
    pub fn needs_restart(self) -> bool {
        self.needs_restart.get()
    }

    /// Whether a run of the controls' settings could begin. Tracks.
    pub fn can_begin(self) -> bool {
        self.experiment.problems().with(Vec::is_empty) && self.dataset.source().is_some()
    }

    /// Whether the run could go on with the controls' settings. Tracks.
    pub fn can_change_from_here(self) -> bool {
        let asked = self.experiment.get();
        self.needs_restart.get()
            && self.experiment.problems().with(Vec::is_empty)
            && self.of_run(|run| run.can_retune(&asked)).unwrap_or(false)
    }

    /// Whether nothing more comes of it by itself: finished, or failed. Tracks.
    pub fn is_over(self) -> bool {
        self.of_run(Run::is_over).unwrap_or(false)
    }

    /// Whether its trainer has a network that can be asked about images. Tracks.
    pub fn can_be_asked(self) -> bool {
        self.of_run(Run::can_be_asked).unwrap_or(false)
    }

    /// Whether its last epoch is over. Tracks.
    pub fn is_finished(self) -> bool {
        self.of_run(|run| run.is_over() && !matches!(run.activity, Activity::Failed(_))).unwrap_or(false)
    }

    /// Whether Play begins the next run: this one is finished, and the controls have other settings. Tracks.
    pub fn plays_next(self) -> bool {
        self.is_finished() && self.needs_restart()
    }

    /// Whether Play and Step do something. Tracks.
    pub fn can_play(self) -> bool {
        if self.exists() && !self.plays_next() { !self.is_over() } else { self.can_begin() }
    }

    /// Trainer of the run, or the one that the next run would use, and why. Tracks.
    pub fn trainer(self) -> Option<(TrainerKind, Option<String>)> {
        let running = self.of_run(|run| run.trainer.map(|trainer| (trainer, run.note.clone()))).flatten();
        running.or_else(|| self.device.trainer(self.experiment.device().get()))
    }

    /// Play: begins a run, or lets the one there is go on. After a finished run it begins the next, once settings have changed.
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
        if untrack(|| self.is_playing()) {
            self.pause();
        } else {
            self.play();
        }
    }

    /// Reset: ends the run. Its curves stay behind the next one's, in grey.
    pub fn reset(self) {
        self.change(RunState::reset);
        self.saved.let_go();
    }

    /// Begins a new run with the controls' settings. Where one was paused, the new one waits for Play.
    pub fn apply_changes(self) {
        let waits = untrack(|| self.of_run(|run| run.wanted != Wanted::Playing && !run.is_over())).unwrap_or(false);
        self.reset();
        self.begin(if waits { Wanted::Paused } else { Wanted::Playing });
    }

    /// Lets the run go on with the controls' settings, where it can change that under way.
    pub fn change_from_here(self) {
        let asked = self.experiment.get_untracked();
        self.change(|state| state.retune(asked));
    }

    /// Lets a finished run go on for [`MORE_EPOCHS`] epochs, in the controls too.
    pub fn train_more(self) {
        let Some(mut asked) = untrack(|| self.of_run(|run| run.plan.experiment.clone())) else { return };
        asked.hyperparameters.epochs += MORE_EPOCHS;
        self.experiment.set(asked);
        self.change_from_here();
    }

    /// Goes on with a run whose trainer was lost, from where it was last saved.
    pub fn go_on_from_saved(self) {
        self.change(RunState::go_on_from_saved);
    }

    /// The same with a trainer of the page, after the visitor's program was lost.
    pub fn go_on_here(self) {
        self.device.workstation().choose(false);
        let chosen = untrack(|| self.device.trainer(self.experiment.device().get()));
        // While the browser has not said whether it has a GPU, the CPU will do.
        let trainer = chosen.map_or(TrainerKind::Cpu, |(trainer, _)| trainer);
        self.change(|state| state.go_on_from_saved_with(trainer));
    }

    /// A new run with a trainer of the page, after the visitor's program was lost.
    pub fn restart_here(self) {
        self.device.workstation().choose(false);
        self.restart();
    }

    /// Whether it can go on from the page's memory: its trainer was ended, or its GPU was lost. Tracks.
    pub fn can_continue(self) -> bool {
        self.driver.state().with(RunState::can_continue)
    }

    /// Goes on from the page's memory.
    pub fn continue_from_memory(self, wanted: Wanted) {
        self.change(|state| state.go_on(wanted));
    }

    /// Lets the trainer write a checkpoint into the page's memory; [`RunState::awaits_checkpoint`] says when it has.
    pub fn ask_for_checkpoint(self) {
        self.change(RunState::ask_for_checkpoint);
    }

    /// Ends the trainer. The run goes on from the page's memory when it is next played.
    pub fn park(self) {
        self.change(RunState::park);
    }

    /// Takes over a run of the controls' settings that another page trained so far. Whether its images are there.
    pub fn restore(self, work: KeptWork) -> bool {
        let Some(plan) = self.plan(StartingPoint::Fresh) else { return false };
        self.used_file.set(self.experiment.starting_file().get_untracked());
        self.change(|state| state.restore(plan, new_run_id(), work));
        true
    }

    /// Restarts after a failure.
    pub fn restart(self) {
        self.reset();
        self.begin(Wanted::Playing);
    }

    /// Takes up a saved run, unless another tab has it, and goes on with it once its images are there.
    pub fn continue_saved(self, run: SavedRun) {
        leptos::task::spawn_local(async move {
            if !self.saved.take(run.id).await {
                return;
            }
            self.experiment.set(permalink::read_kept(&run.note.link));
            // Other images than its own would make it another run.
            let begins = self.dataset.load_now(self.experiment, self.notices, None).await
                && self.begin_from(StartingPoint::Kept(run.id), run.id, Wanted::Playing);
            if !begins {
                self.saved.let_go();
            }
        });
    }

    /// Lets the trainer save the run as it is.
    pub fn keep_at_once(self) {
        let effects = self.driver.state().with_untracked(RunState::keep_at_once);
        self.driver.perform(effects);
    }

    /// Asks the trainer of the run for something; nothing happens while there is no run.
    pub fn ask(self, command: TrainCommand) {
        self.driver.perform(vec![TrainerEffect::Post(command)]);
    }

    /// Changes the history of runs: pins, names, compares, forgets.
    pub fn change_history(self, change: impl FnOnce(&mut crate::run::RunHistory)) {
        self.change(|state| {
            change(&mut state.history);
            Vec::new()
        });
    }

    /// A run of what the controls say now; `None` before there are images. Does not track.
    pub fn plan(self, start: StartingPoint) -> Option<RunPlan> {
        let experiment: Experiment = self.experiment.get_untracked();
        self.dataset.source_untracked().map(|source| RunPlan::new(experiment, &source, start))
    }

    fn go_on(self, wanted: Wanted, command: impl FnOnce(&mut RunState) -> Vec<TrainerEffect>) {
        if untrack(|| self.exists() && !self.plays_next()) {
            self.change(command);
        } else if untrack(|| self.can_begin()) {
            if untrack(|| self.exists()) {
                self.reset();
            }
            self.begin(wanted);
        }
    }

    fn begin(self, wanted: Wanted) {
        let start = self.experiment.starting_file().with_untracked(StartingFile::starting_point);
        self.begin_from(start, new_run_id(), wanted);
    }

    /// Whether it begins.
    fn begin_from(self, start: StartingPoint, id: RunId, wanted: Wanted) -> bool {
        let Some(plan) = self.plan(start).filter(|_| untrack(|| self.can_begin())) else { return false };
        self.used_file.set(self.experiment.starting_file().get_untracked());
        if !self.driver.state().with_untracked(|state| state.keeps_nothing) {
            self.saved.begin(id);
        }
        self.change(|state| state.begin(plan, id, wanted));
        self.launch();
        true
    }

    /// Starts the trainer of a run that waits for its device, once that is known.
    fn launch(self) {
        let chosen = untrack(|| self.device.trainer(self.experiment.device().get()));
        if let Some((trainer, note)) = chosen {
            self.change(|state| state.launch(trainer, note));
        }
    }

    fn change(self, change: impl FnOnce(&mut RunState) -> Vec<TrainerEffect>) {
        self.driver.change(change);
    }
}

/// Drawn from all numbers that JavaScript counts exactly.
fn new_run_id() -> RunId {
    RunId::new((js_sys::Math::random() * js_sys::Number::MAX_SAFE_INTEGER) as u64)
}
