//! Whether a trainer has fallen silent: a worker that the system ended, an endless loop, a GPU that never answers. None of them
//! tells anything.
//!
//! Only time counts in which the page is awake and seen: a laptop that sleeps and a hidden tab, which browsers slow down, say
//! nothing about the trainer.

use super::TrainerKind;
use crate::protocol::{Phase, TrainCommand, TrainEvent};

/// The least that is waited for a step.
const SHORTEST_MS: f64 = 10_000.0;
/// So many of the run's own steps without a word are silence.
const STEPS: f64 = 10.0;
/// So many times as long as the longest silence that ended by itself, such as the compilation of kernels.
const LONGEST_AGAIN: f64 = 2.0;
/// A browser answers within it whether it has a GPU.
const DEVICE_MS: f64 = 10_000.0;
/// Images arrive in pieces, passes are counted.
const PIECES_MS: f64 = 60_000.0;
/// A first step, which may compile every kernel of a deep network, and whatever else is not counted.
const FIRST_STEP_MS: f64 = 300_000.0;
/// A first step of a run that another trainer has begun, where nothing has to be compiled.
const RESUMED_STEP_MS: f64 = 30_000.0;
/// What a trainer is asked for beside its steps, where nothing has to be compiled for it. A page that saves itself asks often, so a trainer
/// may well be lost over it.
const ERRAND_MS: f64 = 60_000.0;
/// Whether the trainer's program still arrives is asked whenever it has been on its way for so long.
const PROGRAM_MS: f64 = 30_000.0;
/// So often at most: by then 2 MB have arrived over 4 kB/s.
const MOST_QUESTIONS: u32 = 20;
/// The page looks at its clock about once a second. A longer gap is a page that slept.
const AWAKE_MS: f64 = 2_000.0;

/// What a trainer is waited for.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Awaited {
    /// Nothing: it has been asked for nothing.
    Nothing,
    /// Its program, over a connection of any speed.
    Program,
    /// The GPU.
    Device,
    /// The next of many pieces.
    Piece,
    /// The first step.
    FirstStep,
    /// The next steps.
    Steps,
}

/// What a silence is taken for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Silent {
    /// The program has been on its way for another half minute. Whether it still arrives the server can tell.
    Program,
    /// The browser does not answer about its GPU.
    Device {
        /// How long it has said nothing.
        seconds: u32,
    },
    /// The trainer is lost.
    Trainer {
        /// How long it has said nothing.
        seconds: u32,
    },
}

/// Follows what is said to a trainer and by it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SilenceWatch {
    awaited: Awaited,
    /// Whether its first step compiles kernels.
    compiles: bool,
    /// How often the server was asked for its program.
    questions: u32,
    /// Awake time since its last word.
    silent_ms: f64,
    /// When the page last looked, if it was seen then.
    looked_at_ms: Option<f64>,
    longest_ms: f64,
    step_ms: f64,
    steps: usize,
    /// Whether this trainer has taken a step: those of a saved run were taken by another.
    has_trained: bool,
    /// What it was asked for beside, which takes its time and is not counted.
    errands: u32,
}

impl SilenceWatch {
    /// A trainer's program is asked for.
    pub fn started(trainer: TrainerKind) -> Self {
        Self {
            awaited: Awaited::Program,
            compiles: trainer != TrainerKind::Cpu,
            questions: 0,
            silent_ms: 0.0,
            looked_at_ms: None,
            longest_ms: 0.0,
            step_ms: 0.0,
            steps: 0,
            has_trained: false,
            errands: 0,
        }
    }

    /// The page posts a command to it.
    pub fn posted(&mut self, command: &TrainCommand) {
        let awaited = match command {
            TrainCommand::Prepare(_) => Awaited::Piece,
            TrainCommand::Run | TrainCommand::Step | TrainCommand::StepAndLook => self.awaited_of_steps(),
            TrainCommand::RunExperiment { .. } | TrainCommand::Compare { .. } | TrainCommand::CompareOperations => Awaited::FirstStep,
            TrainCommand::Test | TrainCommand::Predict | TrainCommand::WriteCheckpoint | TrainCommand::WriteWeights(_) => {
                if self.awaited == Awaited::Nothing && self.errands == 0 {
                    self.silent_ms = 0.0;
                }
                self.errands += 1;
                return;
            }
            _ => return,
        };
        if self.awaited == Awaited::Nothing {
            (self.awaited, self.silent_ms) = (awaited, 0.0);
        }
    }

    /// More of its program has arrived.
    pub fn arriving(&mut self) {
        (self.silent_ms, self.questions) = (0.0, 0);
    }

    /// It says something.
    pub fn heard(&mut self, event: &TrainEvent) {
        if matches!(self.awaited, Awaited::Steps | Awaited::FirstStep) {
            self.longest_ms = self.longest_ms.max(self.silent_ms);
        }
        self.silent_ms = 0.0;
        match event {
            // It waits for its first command.
            TrainEvent::Ready { .. } | TrainEvent::Failed(_) => self.awaited = Awaited::Nothing,
            TrainEvent::Phase(phase) => self.awaited = self.awaited_in(*phase),
            TrainEvent::Steps { steps, training_ms, .. } => {
                self.steps += steps.len();
                self.step_ms = training_ms / self.steps.max(1) as f64;
                if self.awaited == Awaited::FirstStep {
                    self.has_trained = true;
                    self.awaited = Awaited::Steps;
                }
            }
            TrainEvent::Tested(_) | TrainEvent::Predictions(_) | TrainEvent::File { .. } => {
                self.errands = self.errands.saturating_sub(1);
            }
            _ => {}
        }
    }

    fn awaited_of_steps(&self) -> Awaited {
        if self.has_trained { Awaited::Steps } else { Awaited::FirstStep }
    }

    fn awaited_in(&self, phase: Phase) -> Awaited {
        match phase {
            Phase::Paused | Phase::Finished => Awaited::Nothing,
            Phase::OpeningDevice => Awaited::Device,
            Phase::LoadingImages { .. }
            | Phase::WaitingForImages
            | Phase::Evaluating { .. }
            | Phase::LeavingOutBlocks { .. }
            | Phase::ExplainingGap { .. } => Awaited::Piece,
            Phase::BuildingNetwork | Phase::ChoosingKernels | Phase::FirstStep => Awaited::FirstStep,
            Phase::Training => self.awaited_of_steps(),
        }
    }

    /// The page looks at its clock, about once a second. What is wrong, once.
    pub fn look(&mut self, now_ms: f64, is_hidden: bool) -> Option<Silent> {
        let before_ms = std::mem::replace(&mut self.looked_at_ms, (!is_hidden).then_some(now_ms));
        let awake_ms = before_ms.map_or(0.0, |before_ms| (now_ms - before_ms).clamp(0.0, AWAKE_MS));
        if is_hidden || (self.awaited == Awaited::Nothing && self.errands == 0) {
            return None;
        }
        self.silent_ms += awake_ms;
        if self.silent_ms < self.patience_ms() {
            return None;
        }
        let seconds = (self.silent_ms / 1000.0).round() as u32;
        self.silent_ms = 0.0;
        Some(match self.awaited {
            Awaited::Program if self.questions < MOST_QUESTIONS => {
                self.questions += 1;
                Silent::Program
            }
            Awaited::Program => Silent::Trainer { seconds: seconds * (MOST_QUESTIONS + 1) },
            Awaited::Device => Silent::Device { seconds },
            _ => Silent::Trainer { seconds },
        })
    }

    fn patience_ms(&self) -> f64 {
        let of_steps = SHORTEST_MS.max(STEPS * self.step_ms).max(LONGEST_AGAIN * self.longest_ms);
        let of_errands = if self.compiles { FIRST_STEP_MS } else { ERRAND_MS.max(of_steps) };
        match self.awaited {
            Awaited::Nothing if self.errands > 0 => of_errands,
            Awaited::Nothing => f64::INFINITY,
            Awaited::Program => PROGRAM_MS,
            Awaited::Device => DEVICE_MS,
            Awaited::Piece => PIECES_MS.max(of_steps),
            Awaited::FirstStep if self.steps > 0 && !self.compiles => RESUMED_STEP_MS.max(of_steps),
            Awaited::FirstStep => FIRST_STEP_MS,
            Awaited::Steps if self.errands > 0 => of_errands,
            Awaited::Steps => of_steps,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::steps;
    use super::*;

    /// Looks once a second until something is wrong, for an hour at most: how many seconds it took, and what.
    fn wait(watch: &mut SilenceWatch) -> Option<(u32, Silent)> {
        let start_ms = watch.looked_at_ms.unwrap_or(0.0);
        (0..3600).find_map(|second| watch.look(start_ms + f64::from(second) * 1000.0, false).map(|silent| (second, silent)))
    }

    /// A trainer that has taken ten steps of so many milliseconds.
    fn training(step_ms: f64) -> SilenceWatch {
        let mut watch = SilenceWatch::started(TrainerKind::Cpu);
        watch.heard(&TrainEvent::Ready { protocol_version: 1, device: "CPU".into() });
        watch.posted(&TrainCommand::Run);
        watch.heard(&TrainEvent::Phase(Phase::Training));
        watch.heard(&steps(0..10, 10.0 * step_ms));
        watch
    }

    #[test]
    fn ten_steps_without_a_word_are_silence_but_never_less_than_ten_seconds() {
        assert_eq!(wait(&mut training(20.0)), Some((10, Silent::Trainer { seconds: 10 })));
        assert_eq!(wait(&mut training(4000.0)), Some((40, Silent::Trainer { seconds: 40 })), "a slow device has slow steps");
    }

    #[test]
    fn a_trainer_that_has_nothing_to_do_is_not_silent() {
        let mut paused = training(20.0);
        paused.heard(&TrainEvent::Phase(Phase::Paused));
        assert_eq!(wait(&mut paused), None);
        let mut ready = SilenceWatch::started(TrainerKind::Cpu);
        ready.heard(&TrainEvent::Ready { protocol_version: 1, device: "CPU".into() });
        assert_eq!(wait(&mut ready), None, "what whitens its images may still be measured");
        ready.posted(&TrainCommand::Prepare(Box::new(super::super::tests::plan_of(Default::default()).request)));
        assert_eq!(wait(&mut ready), Some((60, Silent::Trainer { seconds: 60 })), "asked, it is");
        paused.posted(&TrainCommand::WriteCheckpoint);
        assert_eq!(wait(&mut paused).map(|(_, silent)| silent), Some(Silent::Trainer { seconds: 60 }), "a checkpoint is asked for");
        paused.heard(&TrainEvent::File { name: String::new(), bytes: Vec::new() });
        paused.posted(&TrainCommand::Run);
        assert_eq!(wait(&mut paused).map(|(_, silent)| silent), Some(Silent::Trainer { seconds: 10 }));
    }

    #[test]
    fn a_first_step_takes_its_time_and_so_does_what_is_not_counted() {
        let resumed = |trainer| {
            let mut watch = SilenceWatch::started(trainer);
            watch.heard(&TrainEvent::Ready { protocol_version: 1, device: "CPU".into() });
            watch.posted(&TrainCommand::Prepare(Box::new(super::super::tests::plan_of(Default::default()).request)));
            watch.heard(&steps(0..40, 800.0));
            watch.heard(&TrainEvent::Phase(Phase::Paused));
            watch.posted(&TrainCommand::Run);
            watch.heard(&TrainEvent::Phase(Phase::Training));
            wait(&mut watch)
        };
        let gpu = resumed(TrainerKind::WebGpu);
        assert_eq!(gpu, Some((300, Silent::Trainer { seconds: 300 })), "the steps of a saved run were another trainer's");
        assert_eq!(resumed(TrainerKind::Cpu), Some((30, Silent::Trainer { seconds: 30 })), "nothing is compiled");
        let mut predicting = training(20.0);
        predicting.posted(&TrainCommand::Predict);
        let compiling = SilenceWatch { compiles: true, ..predicting };
        assert_eq!(compiling.patience_ms(), FIRST_STEP_MS, "predictions have kernels of their own");
        assert_eq!(wait(&mut predicting), Some((60, Silent::Trainer { seconds: 60 })));
        predicting.posted(&TrainCommand::WriteCheckpoint);
        predicting.heard(&TrainEvent::File { name: String::new(), bytes: Vec::new() });
        assert_eq!(predicting.patience_ms(), ERRAND_MS, "of two errands one is left");
        predicting.heard(&TrainEvent::Predictions(Vec::new()));
        assert_eq!(wait(&mut predicting).map(|(_, silent)| silent), Some(Silent::Trainer { seconds: 10 }));
    }

    #[test]
    fn a_page_that_slept_or_was_hidden_waits_on() {
        let mut watch = training(20.0);
        assert_eq!(watch.look(0.0, false), None);
        assert_eq!(watch.look(3_600_000.0, false), None, "a laptop that slept for an hour");
        for second in 0..600 {
            assert_eq!(watch.look(3_600_000.0 + f64::from(second) * 1000.0, true), None, "nobody looks");
        }
        assert_eq!(watch.look(4_300_000.0, false), None, "the tab is seen again");
        assert_eq!(wait(&mut watch).map(|(_, silent)| silent), Some(Silent::Trainer { seconds: 10 }));
    }

    #[test]
    fn a_word_in_time_is_enough() {
        let mut watch = training(20.0);
        for round in 0..100 {
            for second in 0..9 {
                assert_eq!(watch.look(f64::from(round * 9 + second) * 1000.0, false), None);
            }
            watch.heard(&TrainEvent::Looks(Vec::new()));
        }
    }

    #[test]
    fn what_took_long_once_may_take_long_again() {
        let mut watch = training(20.0);
        watch.awaited = Awaited::FirstStep;
        for second in 0..=25 {
            assert_eq!(watch.look(f64::from(second) * 1000.0, false), None, "kernels are compiled");
        }
        watch.heard(&TrainEvent::Phase(Phase::Training));
        assert_eq!(wait(&mut watch).map(|(_, silent)| silent), Some(Silent::Trainer { seconds: 50 }), "those of a smaller last batch");
    }

    #[test]
    fn a_gpu_that_does_not_answer_is_told_apart() {
        let mut watch = SilenceWatch::started(TrainerKind::Cpu);
        watch.heard(&TrainEvent::Phase(Phase::OpeningDevice));
        assert_eq!(wait(&mut watch), Some((10, Silent::Device { seconds: 10 })));
    }

    #[test]
    fn a_program_that_arrives_piece_by_piece_is_waited_for_however_long_it_takes() {
        let mut watch = SilenceWatch::started(TrainerKind::Cpu);
        for second in 0..36_000 {
            assert_eq!(watch.look(f64::from(second) * 1000.0, false), None, "ten hours");
            if second % 20 == 0 {
                watch.arriving();
            }
        }
        assert_eq!(wait(&mut watch).map(|(_, silent)| silent), Some(Silent::Program), "then it stops");
    }

    #[test]
    fn a_program_on_a_slow_connection_is_asked_for_again_and_again_for_ten_minutes() {
        let mut watch = SilenceWatch::started(TrainerKind::Cpu);
        for _ in 0..MOST_QUESTIONS {
            assert_eq!(wait(&mut watch).map(|(_, silent)| silent), Some(Silent::Program));
        }
        assert_eq!(wait(&mut watch).map(|(_, silent)| silent), Some(Silent::Trainer { seconds: 630 }));
    }
}
