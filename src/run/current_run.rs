//! One run: its plan, what it is doing, and what was measured.

use std::sync::Arc;

use crate::dataset::augmentation::InputNormalisation;
use crate::drawing::plot::ValueFormat;
use crate::evaluation::gap::GapMetrics;
use crate::evaluation::metrics::{HeldOutMetrics, StepMetrics, TestMetrics};
use crate::experiment::Experiment;
use crate::experiment::RunRequest;
use crate::experiment::callbacks::EpochRecord;
use crate::experiment::weight_init::StartingPoint;
use crate::insight::feature_maps::ImageLook;
use crate::insight::layer_stats::NetworkLook;
use crate::language::format::grouped;
use crate::language::{text, tr};
use crate::protocol::{Phase, TrainCommand};
use crate::studies::ExperimentReport;

use super::kept_as::KeptAs;
use super::remembered::Remembered;
use super::trainer_kind::fallback_note;
use super::training_clock::TrainingClock;
use super::{Activity, Progress, RateMeter, RunPlan, TrainerEffect, TrainerKind};

/// A run of so many steps is shown whole from the start.
const SHORT_RUN: usize = 400;

/// No run takes so many steps. A trainer that says it did, such as a program of somebody else, must not overflow what is counted.
const END_OF_STEPS: usize = 1 << 28;

/// Looks kept of a run: more would be narrower than a pixel of the heat map, and a deep network's are large.
const MOST_LOOKS: usize = 512;

/// Steps kept of a run: days of training must not fill the tab's memory. Beyond that every other one of the older steps goes.
pub(super) const MOST_STEPS: usize = 100_000;
/// The newest steps, which are all kept.
const NEWEST_STEPS: usize = 1000;

/// What the user wants of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Go on until the last epoch ends.
    Playing,
    /// One step, then wait.
    OneStep,
    /// Wait.
    Paused,
}

/// One run.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its settings.
    pub plan: RunPlan,
    /// The trainer that runs it, once chosen.
    pub trainer: Option<TrainerKind>,
    /// Why the trainer is not the one asked for.
    pub note: Option<String>,
    /// What the trainer says it computes on; `None` until it listens.
    pub device: Option<String>,
    /// Which kernels its GPU uses and why.
    pub kernels: Option<String>,
    /// What is going on.
    pub activity: Activity,
    /// What the user wants of it.
    pub wanted: Wanted,
    /// The steps so far, in order: all of them, or of a long run those that are [kept](Run::is_thinned).
    pub steps: Vec<StepMetrics>,
    /// Of the older steps every so many-th is kept.
    pub(super) keeps_every: usize,
    /// Every pass over the held-out images so far, in order.
    pub held_out: Vec<HeldOutMetrics>,
    /// Every epoch so far, in order.
    pub epochs: Vec<EpochRecord>,
    /// What the weights it kept came to when they were last tested.
    pub tests: Vec<TestMetrics>,
    /// Why its training accuracy and its held-out accuracy differ, as last measured.
    pub gap: Option<Box<GapMetrics>>,
    /// Looks inside the network, in order.
    pub looks: Vec<NetworkLook>,
    /// What was found when blocks were left out.
    pub lesions: Option<Box<ExperimentReport>>,
    /// What its network made of an image when it was last asked.
    pub image_look: Option<Box<ImageLook>>,
    /// What its network said of the held-out images when it was last asked, as it came.
    pub predictions: Option<Arc<Vec<u8>>>,
    /// Time spent in training steps, in milliseconds.
    pub training_ms: f64,
    /// When each step was done.
    pub(super) clock: TrainingClock,
    /// The settings before they were last changed under way: the trainer says only when it refuses.
    pub(super) before_retuning: Option<Experiment>,
    /// What the browser's storage keeps it under for the next visit, if it does.
    pub(super) kept_as: Option<KeptAs>,
    /// Steps done when it was last kept there.
    pub kept: Option<usize>,
    /// A checkpoint of it in the page's memory.
    pub(super) remembered: Option<Remembered>,
    /// Whether the trainer was asked for one.
    pub(super) awaits_checkpoint: bool,
    /// Milliseconds of `training_ms` that were spent before the run was last resumed.
    pub(super) earlier_ms: f64,
    /// How fast it goes.
    pub rate: RateMeter,
    /// Whether a step was measured since the user last wanted something.
    pub(super) stepped: bool,
    /// Whether it has gone on by itself after its trainer was lost. It does so once.
    pub(super) went_on_by_itself: bool,
}

impl Run {
    pub(super) fn new(plan: RunPlan, wanted: Wanted) -> Self {
        Self {
            plan,
            trainer: None,
            note: None,
            device: None,
            kernels: None,
            activity: Activity::ChoosingDevice,
            wanted,
            steps: Vec::new(),
            keeps_every: 1,
            held_out: Vec::new(),
            epochs: Vec::new(),
            tests: Vec::new(),
            gap: None,
            looks: Vec::new(),
            lesions: None,
            image_look: None,
            predictions: None,
            training_ms: 0.0,
            clock: TrainingClock::default(),
            before_retuning: None,
            kept_as: None,
            kept: None,
            remembered: None,
            awaits_checkpoint: false,
            earlier_ms: 0.0,
            rate: RateMeter::default(),
            stepped: false,
            went_on_by_itself: false,
        }
    }

    /// The trainer listens.
    pub(super) fn ready(&mut self, device: String) -> Vec<TrainerEffect> {
        self.device = Some(device);
        let RunRequest { hyperparameters, whitening, .. } = &self.plan.request;
        if hyperparameters.normalisation == InputNormalisation::Whitened && whitening.is_empty() {
            self.activity = Activity::Whitening(String::new());
            return vec![TrainerEffect::MeasureWhitening(self.images_alone())];
        }
        self.prepare()
    }

    /// Its request without weights to start from, which can be large.
    pub(super) fn images_alone(&self) -> Box<RunRequest> {
        let RunRequest { network, hyperparameters, classes, dataset_url, dataset, .. } = self.plan.request.clone();
        Box::new(RunRequest {
            network,
            hyperparameters,
            classes,
            dataset_url,
            dataset,
            start: StartingPoint::Fresh,
            whitening: String::new(),
        })
    }

    /// Whether the trainer has what it needs: commands before that would change nothing.
    pub(super) fn has_commands(&self) -> bool {
        self.device.is_some() && !matches!(self.activity, Activity::Whitening(_))
    }

    /// Gives the trainer what it needs.
    pub(super) fn prepare(&mut self) -> Vec<TrainerEffect> {
        self.activity = Activity::Preparing;
        let mut effects = vec![TrainerEffect::Post(TrainCommand::Prepare(Box::new(self.plan.request.clone())))];
        effects.extend(self.keep_work());
        match self.wanted {
            Wanted::Playing => effects.push(TrainerEffect::Post(TrainCommand::Run)),
            Wanted::OneStep => effects.push(TrainerEffect::Post(TrainCommand::StepAndLook)),
            Wanted::Paused => {}
        }
        effects
    }

    /// Says one thing more beside what is said already, such as why it trains on the CPU.
    pub(super) fn add_note(&mut self, sentence: &str) {
        match &mut self.note {
            Some(note) if note.contains(sentence) => {}
            Some(note) => *note = format!("{note} {sentence}"),
            none => *none = Some(sentence.to_owned()),
        }
    }

    pub(super) fn fall_back_to_cpu(&mut self, reason: &str) {
        self.trainer = Some(TrainerKind::Cpu);
        self.note = Some(fallback_note(reason));
        self.kept = None;
        self.begin_anew();
    }

    /// As before its trainer was there, with nothing measured: a trainer that goes on tells what was.
    pub(super) fn begin_anew(&mut self) {
        self.device = None;
        self.kernels = None;
        self.activity = Activity::FetchingTrainer(None);
        // One that goes on had measured something before.
        if self.remembered.is_none() {
            self.forget_measurements();
        }
    }

    /// As if it had not begun.
    pub(super) fn forget_measurements(&mut self) {
        self.steps.clear();
        self.keeps_every = 1;
        self.held_out.clear();
        self.epochs.clear();
        self.tests.clear();
        self.gap = None;
        self.looks.clear();
        self.lesions = None;
        self.image_look = None;
        self.predictions = None;
        (self.training_ms, self.earlier_ms) = (0.0, 0.0);
        self.clock = TrainingClock::default();
        self.rate = RateMeter::default();
    }

    /// Keeps steps; of more than [`MOST_STEPS`] every so many-th of the older ones, the first among them.
    pub(super) fn keep_steps(&mut self, steps: Vec<StepMetrics>) {
        self.steps.extend(steps.into_iter().filter(|step| step.step < END_OF_STEPS));
        if self.steps.len() <= MOST_STEPS {
            return;
        }
        self.leave_out_steps();
        // Room for many more, or it would be done again soon.
        while self.steps.len() > MOST_STEPS / 4 * 3 {
            self.keeps_every *= 2;
            self.leave_out_steps();
        }
    }

    fn leave_out_steps(&mut self) {
        let (every, newest) = (self.keeps_every, self.steps_done().saturating_sub(NEWEST_STEPS));
        self.steps.retain(|step| step.step >= newest || step.step.is_multiple_of(every));
    }

    /// Whether some of its older steps were left out: what is there is as measured.
    pub fn is_thinned(&self) -> bool {
        self.keeps_every > 1
    }

    /// Keeps looks; of more than [`MOST_LOOKS`] every other one, the first and the newest among them.
    pub(super) fn keep_looks(&mut self, looks: Vec<NetworkLook>) {
        for look in looks {
            if self.looks.len() >= MOST_LOOKS {
                let mut place = 0;
                self.looks.retain(|_| {
                    place += 1;
                    place % 2 == 1
                });
            }
            self.looks.push(look);
        }
    }

    /// Whether its trainer has a network that can be asked about images.
    pub fn can_be_asked(&self) -> bool {
        matches!(self.activity, Activity::Trainer(Phase::Training | Phase::Evaluating { .. } | Phase::Paused | Phase::Finished))
            && !self.steps.is_empty()
    }

    /// Whether its trainer waits, and can measure what takes a while.
    pub fn can_be_measured(&self) -> bool {
        matches!(self.activity, Activity::Trainer(Phase::Paused | Phase::Finished)) && !self.steps.is_empty()
    }

    /// Names of the classes that take part.
    pub fn class_names(&self) -> Vec<String> {
        let RunRequest { classes, dataset, .. } = &self.plan.request;
        classes.of(dataset.classes.len()).into_iter().filter_map(|class| dataset.classes.get(usize::from(class)).cloned()).collect()
    }

    /// Whether nothing more will come of it.
    pub fn is_over(&self) -> bool {
        matches!(self.activity, Activity::Failed(_) | Activity::Trainer(Phase::Finished)) || (self.is_parked() && self.has_all_steps())
    }

    /// Whether its network is looked into, while its training waits or is over.
    pub fn is_looked_into(&self) -> bool {
        matches!(self.activity, Activity::Trainer(Phase::LeavingOutBlocks { .. } | Phase::ExplainingGap { .. }))
    }

    /// Whether it is meant to go on by itself.
    pub fn is_playing(&self) -> bool {
        self.wanted == Wanted::Playing && !self.is_over() && !self.is_looked_into()
    }

    /// Steps done.
    pub fn steps_done(&self) -> usize {
        self.steps.last().map_or(0, |last| last.step + 1)
    }

    /// Steps of the whole run.
    pub fn total_steps(&self) -> usize {
        self.plan.experiment.hyperparameters.total_steps()
    }

    /// Images learnt from, each counted as often as it came.
    pub(super) fn images_done(&self) -> usize {
        self.plan.experiment.hyperparameters.images_after(self.steps_done())
    }

    /// Where the step axis ends: the whole run when it is short; otherwise what is done and as much
    /// again, in powers of two of an epoch, so that the first epochs of a long run can be seen.
    pub fn steps_to_show(&self) -> usize {
        let total = self.total_steps();
        let epoch = self.plan.experiment.hyperparameters.steps_per_epoch().max(1);
        let epochs_done = self.steps_done().div_ceil(epoch).max(1);
        (epochs_done.next_power_of_two() * 2 * epoch).max(SHORT_RUN).min(total)
    }

    /// The epoch under way, 1 for the first; 0 before the first step.
    pub fn epoch(&self) -> usize {
        let hyperparameters = &self.plan.experiment.hyperparameters;
        self.steps_done().div_ceil(hyperparameters.steps_per_epoch().max(1)).min(hyperparameters.epochs)
    }

    /// Training images a second, over the last seconds.
    pub fn images_per_second(&self) -> Option<f64> {
        self.rate.images_per_second()
    }

    /// What is going on, without numbers that move: a screen reader reads it when it changes.
    pub fn phase_words(&self) -> &'static str {
        let stopping = self.wanted == Wanted::Paused && matches!(self.activity, Activity::Trainer(Phase::FirstStep | Phase::Training));
        match self.activity {
            Activity::Parked if self.has_all_steps() => text!("Finished"),
            _ if stopping => text!("Pausing after this step…"),
            _ => self.activity.words(self.trainer),
        }
    }

    /// How far what is going on is: `40 %`, `120 of 500`; empty where nobody counts.
    pub fn phase_detail(&self) -> String {
        self.activity.detail()
    }

    /// The newest result, to be read aloud, and before there is one that the run has begun; empty before its first step.
    pub fn announcement(&self) -> String {
        let right = |pass: &HeldOutMetrics| ValueFormat::Percent.value(f64::from(pass.accuracy));
        let is_finished = self.activity == Activity::Trainer(Phase::Finished);
        match (is_finished, self.held_out.last(), self.epochs.last()) {
            (true, Some(pass), _) => tr!("Finished: {share} of held-out images right", share = right(pass)),
            (true, None, _) => text!("Finished").into(),
            (false, _, Some(record)) => tr!(
                "Epoch {epoch} of {epochs}: {share} of held-out images right",
                epoch = record.epoch,
                epochs = self.plan.experiment.hyperparameters.epochs,
                share = right(&record.held_out)
            ),
            (false, _, None) if self.steps.is_empty() => String::new(),
            (false, _, None) => tr!("Training has begun: {steps} steps", steps = grouped(self.total_steps())),
        }
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        match self.activity.progress() {
            Progress::None if self.total_steps() > 0 => Progress::Share(self.steps_done() as f64 / self.total_steps() as f64),
            progress => progress,
        }
    }
}
