//! The command loop: one run at a time, one step between two looks at the commands.

use burn::tensor::Device;

use super::arriving_images::ArrivingImages;
use super::epoch_end::{EpochEnd, test};
use super::images::{RunImages, WaitFor};
use super::keep_work::Keeper;
use super::{Host, comparison, experiment, images, keep_work, lesions, memory};
use crate::checkpoint::autosave::Past;
use crate::checkpoint::write;
use crate::dataset::ClassChoice;
use crate::dataset::augmentation::{ImageStatistics, InputNormalisation};
use crate::experiment::callbacks::{EpochRecord, first_diverged};
use crate::experiment::weight_init::WeightLayout;
use crate::protocol::{PROTOCOL_VERSION, Phase, RunRequest, TrainCommand, TrainError, TrainEvent, encode};
use crate::spec::{Named, ResNetSpec, TrainingMemory};
use crate::studies::{Lesioned, lesion_report};
use crate::training::{DeviceImages, Trainer, TrainerSettings, TrainingImages, Whitening};

/// Steps queued on a device before their numbers are fetched. More keeps a fast GPU busier, but
/// Pause cannot take back what is queued.
pub(super) const MOST_UNREAD_STEPS: usize = 4;
/// Numbers are fetched at least this often while steps go on.
pub(super) const READ_EVERY_MS: f64 = 200.0;
/// Steps from one look inside the network to the next: a look costs a few reductions a layer.
const LOOK_EVERY: usize = 10;
/// A loss of so many times what guessing has is looked into at once: should the run blow up, it is known where.
const ALARMING_LOSS: f32 = 3.0;
const TELL_PROGRESS_EVERY_MS: f64 = 100.0;

/// Says that the trainer is ready, then follows commands until there are no more.
pub async fn run<H: Host>(host: &H, device: Device, device_name: String) {
    greet(host, device_name);
    follow_commands(host, device).await;
}

pub(super) fn greet<H: Host>(host: &H, device_name: String) {
    host.send(&TrainEvent::Ready { protocol_version: PROTOCOL_VERSION, device: device_name });
}

pub(super) async fn follow_commands<H: Host>(host: &H, device: Device) {
    let mut session = Session { host, device, run: None, arriving: None };
    loop {
        let command = if session.is_busy() { host.take_command() } else { host.next_command().await };
        let outcome = match command {
            Some(command) => session.follow(command).await,
            None if session.is_busy() => session.work().await,
            None => return,
        };
        if let Err(error) = outcome {
            session.end_run();
            host.send(&TrainEvent::Failed(error));
        }
        host.yield_now().await;
    }
}

struct Session<'a, H> {
    host: &'a H,
    device: Device,
    run: Option<Run>,
    /// Images of the run that it has begun without.
    arriving: Option<ArrivingImages<'a, H>>,
}

/// What a prepared run is doing.
struct Run {
    trainer: Trainer,
    /// For the checkpoint.
    classes: ClassChoice,
    /// Passes over images after an epoch; training waits for them.
    epoch_end: Option<EpochEnd>,
    pace: Pace,
    /// What it has measured.
    past: Past,
    keeper: Option<Keeper>,
    read_at_ms: f64,
    told_at_ms: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pace {
    Waiting,
    Steady,
    /// A step is owed, after the passes of an epoch that ended before.
    SingleStep,
    /// The step was taken and was the last of its epoch, whose passes are left.
    AfterSingleStep,
}

impl<'a, H: Host> Session<'a, H> {
    fn is_busy(&self) -> bool {
        self.run.as_ref().is_some_and(|run| run.pace != Pace::Waiting)
    }

    /// Buffers of one network's sizes are of no use to the next.
    fn end_run(&mut self) {
        (self.run, self.arriving) = (None, None);
        self.device.memory_cleanup();
    }

    async fn follow(&mut self, command: TrainCommand) -> Result<(), TrainError> {
        match command {
            TrainCommand::Prepare(request) => {
                self.end_run();
                let (run, arriving) = self.prepare(&request).await?;
                (self.run, self.arriving) = (Some(run), Some(arriving));
                self.host.send(&TrainEvent::Phase(Phase::Paused));
                Ok(())
            }
            TrainCommand::Compare { folder_url } => {
                self.end_run();
                comparison::run(self.host, &self.device, &folder_url).await
            }
            TrainCommand::CompareOperations => {
                self.end_run();
                comparison::of_operations(self.host, &self.device).await
            }
            TrainCommand::RunExperiment { question, request } => {
                self.end_run();
                experiment::run(self.host, &self.device, question, &request).await
            }
            command => self.follow_in_run(command).await,
        }
    }

    async fn follow_in_run(&mut self, command: TrainCommand) -> Result<(), TrainError> {
        // A command that crossed a failure on its way has nothing left to act on; the page knows already.
        let Some(run) = &mut self.run else { return Ok(()) };
        match command {
            TrainCommand::Pause => run.rest(self.host, Phase::Paused).await,
            TrainCommand::Run => run.set_off(self.host, Pace::Steady),
            TrainCommand::Step => run.set_off(self.host, Pace::SingleStep),
            TrainCommand::StepAndLook => {
                run.trainer.look_at_next_step();
                run.set_off(self.host, Pace::SingleStep)
            }
            TrainCommand::WriteWeights(layout) => run.save_weights(self.host, layout).await,
            TrainCommand::WriteCheckpoint => run.save_checkpoint(self.host).await,
            TrainCommand::DropEachBlock => run.drop_each_block(self.host).await,
            TrainCommand::Retune(hyperparameters) => {
                if let Err(error) = run.trainer.retune(&hyperparameters) {
                    self.host.send(&TrainEvent::NotRetuned { reason: error.to_string() });
                }
                Ok(())
            }
            TrainCommand::KeepWork { link } => {
                match &mut run.keeper {
                    Some(keeper) => keeper.set_link(link),
                    none => *none = Some(Keeper::new(self.host, link, run.trainer.steps_done()).await),
                }
                Ok(())
            }
            TrainCommand::Test => {
                self.host.send(&TrainEvent::Tested(test(self.host, &run.trainer).await?));
                Ok(())
            }
            TrainCommand::Predict => {
                let mut pass = run.trainer.predictions();
                while pass.advance().await? {
                    self.host.yield_now().await;
                }
                self.host.send(&TrainEvent::Predictions(encode(&pass.finish())));
                Ok(())
            }
            TrainCommand::LookAtImage(question) => {
                let look = run.trainer.look_at_image(question).await?;
                look.into_iter().for_each(|look| self.host.send(&TrainEvent::ImageLook(Box::new(look))));
                Ok(())
            }
            // These need no run and do not come here.
            TrainCommand::Compare { .. }
            | TrainCommand::CompareOperations
            | TrainCommand::RunExperiment { .. }
            | TrainCommand::Prepare(_) => Ok(()),
        }
    }

    async fn prepare(&self, request: &RunRequest) -> Result<(Run, ArrivingImages<'a, H>), TrainError> {
        let spec = check_request(request)?;
        let whitening = match request.hyperparameters.normalisation {
            InputNormalisation::Whitened => Some(Whitening::new(self.host.kept(&request.whitening).await, &self.device)?),
            _ => None,
        };
        let (start, past) = keep_work::start(self.host, &request.start, &spec).await?;
        start.check_same_run(&request.hyperparameters, &request.classes)?;
        // A run that goes on may need any image next, and what is measured over all images needs them all.
        let can_begin = start.steps_done == 0 && request.hyperparameters.normalisation == InputNormalisation::DataSet;
        let wait = if can_begin { WaitFor::FirstPart } else { WaitFor::All };
        let RunImages { first, arriving, counts, held_out } = images::load(self.host, request, wait).await?;
        self.host.send(&TrainEvent::Phase(Phase::BuildingNetwork));
        self.host.yield_now().await;
        let hyperparameters = request.hyperparameters;
        let statistics = ImageStatistics::chosen(hyperparameters.normalisation, &request.dataset, &first.learnt);
        let mut training = TrainingImages::to_come(counts, &hyperparameters, statistics, &self.device).whitened_by(whitening.clone());
        training.arrive(&first.learnt, &first.validation);
        let held_out = DeviceImages::upload(&held_out, statistics, &self.device).whitened_by(whitening);
        let recompute = TrainingMemory::of(&spec).recomputes(hyperparameters.batch_size);
        let settings = TrainerSettings { spec, hyperparameters, dropout: true, look_every: LOOK_EVERY, recompute };
        let trainer = Trainer::starting_from(&start, settings, training, held_out)?;
        tell_past(self.host, &past);
        let run = Run {
            epoch_end: trainer.owes_epoch_end().then(|| EpochEnd::new(&trainer)),
            trainer,
            classes: request.classes.clone(),
            pace: Pace::Waiting,
            past,
            keeper: None,
            read_at_ms: 0.0,
            told_at_ms: 0.0,
        };
        Ok((run, arriving))
    }

    /// One step, or one batch of an evaluation.
    async fn work(&mut self) -> Result<(), TrainError> {
        let Some(run) = &mut self.run else { return Ok(()) };
        match run.epoch_end.take() {
            Some(epoch_end) => run.continue_epoch_end(epoch_end, self.host).await?,
            None => {
                let all_there = match &mut self.arriving {
                    Some(arriving) => run.receive(self.host, arriving).await?,
                    None => true,
                };
                if all_there {
                    run.train(self.host).await?;
                }
            }
        }
        if run.pace != Pace::Waiting && run.keeper.as_ref().is_some_and(|keeper| keeper.is_due(self.host.now_ms())) {
            run.keep(self.host).await?;
        }
        Ok(())
    }
}

/// The network of the request, once all that it asks for can be trained.
///
/// # Errors
/// Names what cannot.
pub(super) fn check_request(request: &RunRequest) -> Result<ResNetSpec, TrainError> {
    let refused = |reason: String| TrainError::Settings { reason };
    let spec = ResNetSpec::new(request.network.clone()).map_err(|error| refused(error.to_string()))?;
    request.hyperparameters.check().map_err(|error| refused(error.to_string()))?;
    let chosen = request.classes.of(request.dataset.classes.len()).len();
    if chosen != spec.classes() {
        return Err(refused(format!("the network tells {} classes apart, but {chosen} were chosen", spec.classes())));
    }
    Ok(spec)
}

/// What a run that goes on had measured before.
fn tell_past<H: Host>(host: &H, past: &Past) {
    if !past.steps.is_empty() {
        host.send(&TrainEvent::Steps { steps: past.steps.clone(), training_ms: past.training_ms, memory_bytes: 0 });
    }
    past.epochs.iter().for_each(|record| tell_epoch(host, *record));
}

fn tell_epoch<H: Host>(host: &H, record: EpochRecord) {
    host.send(&TrainEvent::HeldOut(record.held_out));
    host.send(&TrainEvent::EpochEnd(Box::new(record)));
}

impl Run {
    #[expect(clippy::unnecessary_wraps, reason = "one arm of a match whose other arms can fail")]
    fn set_off<H: Host>(&mut self, host: &H, pace: Pace) -> Result<(), TrainError> {
        if self.trainer.is_finished() && self.epoch_end.is_none() {
            host.send(&TrainEvent::Phase(Phase::Finished));
            return Ok(());
        }
        self.pace = pace;
        self.read_at_ms = host.now_ms();
        host.send(&TrainEvent::Phase(if self.trainer.steps_done() == 0 { Phase::FirstStep } else { Phase::Training }));
        Ok(())
    }

    /// Fetches what is still unread and waits for the next command.
    async fn rest<H: Host>(&mut self, host: &H, phase: Phase) -> Result<(), TrainError> {
        self.pace = Pace::Waiting;
        self.report(host).await?;
        host.send(&TrainEvent::Phase(phase));
        self.keep(host).await
    }

    /// Writes the run into the browser's storage where the page asked for that and all its steps have been read.
    async fn keep<H: Host>(&mut self, host: &H) -> Result<(), TrainError> {
        match &mut self.keeper {
            Some(keeper) if self.trainer.unread_steps() == 0 => keeper.keep(host, &self.trainer, &self.classes, &self.past).await,
            _ => Ok(()),
        }
    }

    async fn save_weights<H: Host>(&self, host: &H, layout: WeightLayout) -> Result<(), TrainError> {
        let spec = self.trainer.spec();
        let bytes = write(&self.trainer.weights().await?, layout, spec.choices());
        let name = format!("resnet-{}-{}-weights.safetensors", spec.depth().layers(), layout.name());
        host.send(&TrainEvent::File { name, bytes });
        Ok(())
    }

    async fn save_checkpoint<H: Host>(&self, host: &H) -> Result<(), TrainError> {
        let bytes = self.trainer.checkpoint(self.classes.clone()).await?.to_bytes();
        let (depth, step) = (self.trainer.spec().depth().layers(), self.trainer.steps_done());
        host.send(&TrainEvent::File { name: format!("resnet-{depth}-step-{step}-checkpoint.safetensors"), bytes });
        Ok(())
    }

    async fn drop_each_block<H: Host>(&self, host: &H) -> Result<(), TrainError> {
        let mut tell = |done, total| host.send(&TrainEvent::Phase(Phase::LeavingOutBlocks { done, total }));
        tell(0, 1);
        let whole = lesions::pass(host, self.trainer.evaluation()).await?;
        let lesions = lesions::measure(host, &self.trainer, &mut tell).await?;
        let report = lesion_report(Lesioned { spec: self.trainer.spec(), whole, lesions: &lesions });
        host.send(&TrainEvent::Experiment(Box::new(report)));
        let over = self.trainer.is_finished() && self.epoch_end.is_none();
        host.send(&TrainEvent::Phase(if over { Phase::Finished } else { Phase::Paused }));
        Ok(())
    }

    /// Takes images that have arrived, and waits for those that the next step needs. Where they do not come, the run pauses.
    async fn receive<H: Host>(&mut self, host: &H, arriving: &mut ArrivingImages<'_, H>) -> Result<bool, TrainError> {
        while let Some(part) = arriving.arrived() {
            self.trainer.images_arrive(&part.learnt, &part.validation);
        }
        if self.trainer.has_next_batch() {
            return Ok(true);
        }
        self.report(host).await?;
        host.send(&TrainEvent::Phase(Phase::WaitingForImages));
        while !self.trainer.has_next_batch() {
            match arriving.next().await {
                Ok(Some(part)) => self.trainer.images_arrive(&part.learnt, &part.validation),
                Ok(None) => break,
                Err(error) => {
                    host.send(&TrainEvent::ImagesMissing { reason: error.to_string() });
                    self.rest(host, Phase::Paused).await?;
                    return Ok(false);
                }
            }
        }
        host.send(&TrainEvent::Phase(Phase::Training));
        Ok(true)
    }

    async fn train<H: Host>(&mut self, host: &H) -> Result<(), TrainError> {
        let started_ms = host.now_ms();
        let first = self.trainer.steps_done() == 0;
        self.trainer.step();
        self.past.training_ms += host.now_ms() - started_ms;
        let due = self.trainer.unread_steps() >= MOST_UNREAD_STEPS || host.now_ms() - self.read_at_ms >= READ_EVERY_MS;
        let epoch_over = self.trainer.at_epoch_end();
        if first || due || epoch_over || self.pace == Pace::SingleStep {
            self.report(host).await?;
        }
        if epoch_over {
            let epoch_end = EpochEnd::new(&self.trainer);
            let (done, total) = epoch_end.progress();
            host.send(&TrainEvent::Phase(Phase::Evaluating { done, total }));
            self.epoch_end = Some(epoch_end);
            if self.pace == Pace::SingleStep {
                self.pace = Pace::AfterSingleStep;
            }
            return Ok(());
        }
        match self.pace {
            Pace::SingleStep => self.rest(host, Phase::Paused).await,
            _ if first => {
                host.send(&TrainEvent::Phase(Phase::Training));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    async fn continue_epoch_end<H: Host>(&mut self, mut epoch_end: EpochEnd, host: &H) -> Result<(), TrainError> {
        if epoch_end.advance().await? {
            if host.now_ms() - self.told_at_ms >= TELL_PROGRESS_EVERY_MS {
                self.told_at_ms = host.now_ms();
                let (done, total) = epoch_end.progress();
                host.send(&TrainEvent::Phase(Phase::Evaluating { done, total }));
            }
            self.epoch_end = Some(epoch_end);
            return Ok(());
        }
        if let Some(record) = epoch_end.record(&mut self.trainer) {
            self.past.epochs.push(record);
            tell_epoch(host, record);
        }
        if self.trainer.is_finished() {
            return self.rest(host, Phase::Finished).await;
        }
        if self.pace == Pace::AfterSingleStep {
            return self.rest(host, Phase::Paused).await;
        }
        host.send(&TrainEvent::Phase(Phase::Training));
        Ok(())
    }

    /// Sends the numbers of all steps since the last report.
    async fn report<H: Host>(&mut self, host: &H) -> Result<(), TrainError> {
        let started_ms = host.now_ms();
        let steps = self.trainer.read().await?;
        self.read_at_ms = host.now_ms();
        if steps.is_empty() {
            return Ok(());
        }
        self.past.training_ms += self.read_at_ms - started_ms;
        let looks = self.trainer.read_looks().await?;
        if !looks.is_empty() {
            host.send(&TrainEvent::Looks(looks));
        }
        let guessing = (self.trainer.spec().classes() as f32).ln();
        if steps.last().is_some_and(|step| step.loss > ALARMING_LOSS * guessing) {
            self.trainer.look_at_next_step();
        }
        let diverged = first_diverged(&steps);
        self.past.steps.extend_from_slice(&steps);
        let memory_bytes = memory::held_bytes(self.trainer.device());
        host.send(&TrainEvent::Steps { steps, training_ms: self.past.training_ms, memory_bytes });
        diverged.map_or(Ok(()), |step| Err(TrainError::Diverged { step }))
    }
}
