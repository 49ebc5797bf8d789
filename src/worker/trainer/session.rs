//! The command loop: one run at a time, one step between two looks at the commands.

use burn::tensor::Device;

use super::arriving_images::ArrivingImages;
use super::epoch_end::{EpochEnd, test};
use super::images::{RunImages, WaitFor};
use super::keep_work::{Beginning, Keeper, KeptAs};
#[cfg(feature = "webgpu")]
use super::kernel_choice::{self, Adapter};
use super::run::{Pace, Run, tell_epoch};
use super::{Host, comparison, images, keep_work, study};
use crate::checkpoint::autosave::Past;
use crate::dataset::augmentation::{ImageStatistics, InputNormalisation};
use crate::experiment::{RunRequest, TrainError};
use crate::protocol::{PROTOCOL_VERSION, Phase, TrainCommand, TrainEvent, encode};
use crate::spec::TrainingMemory;
use crate::training::{MeasuredImages, Trainer, TrainerSettings, TrainingImages, Whitening};

/// Steps from one look inside the network to the next: a look costs a few reductions a layer.
const LOOK_EVERY: usize = 10;
/// Says that the trainer is ready, then follows commands until there are no more.
pub async fn run<H: Host>(host: &H, device: Device, device_name: String) {
    greet(host, device_name);
    follow_commands(host, device).await;
}

/// As [`run`], on a GPU, with the kernels that are fastest there.
///
/// # Errors
/// When the device was lost before the first command.
#[cfg(feature = "webgpu")]
pub async fn run_on_gpu<H: Host>(host: &H, device: Device, adapter: &Adapter) -> Result<(), TrainError> {
    greet(host, adapter.name.clone());
    kernel_choice::choose(host, &device, adapter).await?;
    follow_commands(host, device).await;
    Ok(())
}

fn greet<H: Host>(host: &H, device_name: String) {
    host.send(&TrainEvent::Ready { protocol_version: PROTOCOL_VERSION, device: device_name });
}

async fn follow_commands<H: Host>(host: &H, device: Device) {
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
                study::run(self.host, &self.device, question, &request).await
            }
            command => self.follow_in_run(command).await,
        }
    }

    async fn follow_in_run(&mut self, command: TrainCommand) -> Result<(), TrainError> {
        // A command that crossed a failure on its way has nothing left to act on; the page knows already.
        let Some(run) = &mut self.run else { return Ok(()) };
        if measures(&command)
            && let Some(arriving) = &mut self.arriving
        {
            run.receive_all(self.host, arriving).await?;
        }
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
            TrainCommand::ExplainGap => run.explain_gap(self.host).await,
            TrainCommand::Retune(hyperparameters) => {
                if let Err(error) = run.trainer.retune(&hyperparameters) {
                    self.host.send(&TrainEvent::NotRetuned { reason: error.to_string() });
                }
                Ok(())
            }
            TrainCommand::KeepWork { id, name, link } => {
                let kept_as = KeptAs { id, name, link };
                match &mut run.keeper {
                    Some(keeper) => keeper.change(kept_as),
                    none => *none = Some(Keeper::new(self.host, kept_as, run.kept_in, run.trainer.steps_done())),
                }
                Ok(())
            }
            TrainCommand::Keep => run.keep_at_once(self.host).await,
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
        let spec = request.check()?;
        let whitening = match request.hyperparameters.normalisation {
            InputNormalisation::Whitened => Some(Whitening::new(self.host.kept(&request.whitening).await, &self.device)?),
            _ => None,
        };
        let Beginning { start, past, kept_in } = keep_work::start(self.host, &request.start, &spec).await?;
        start.check_same_run(&request.hyperparameters, &request.classes)?;
        let past = start.recounted(past);
        // A run that goes on may need any image next, and what is measured over all images needs them all.
        let can_begin = start.steps_done == 0 && request.hyperparameters.normalisation == InputNormalisation::DataSet;
        let wait = if can_begin { WaitFor::FirstPart } else { WaitFor::All };
        let RunImages { first, arriving, counts, held_out_images } = images::load(self.host, request, wait).await?;
        self.host.send(&TrainEvent::Phase(Phase::BuildingNetwork));
        self.host.yield_now().await;
        let hyperparameters = request.hyperparameters;
        let statistics = ImageStatistics::chosen(hyperparameters.normalisation, &request.dataset, &first.learnt);
        let training = TrainingImages::to_come(counts, &hyperparameters, statistics, &self.device).whitened_by(whitening.clone());
        let held_out = MeasuredImages::to_come(held_out_images, statistics, &self.device).whitened_by(whitening);
        let recompute = TrainingMemory::of(&spec).recomputes(hyperparameters.largest_batch());
        let settings = TrainerSettings { spec, hyperparameters, dropout: true, look_every: LOOK_EVERY, recompute };
        let mut trainer = Trainer::starting_from(&start, settings, training, held_out)?;
        trainer.images_arrive(&first);
        tell_past(self.host, &past);
        let run = Run {
            epoch_end: trainer.owes_epoch_end().then(|| EpochEnd::new(&trainer)),
            trainer,
            classes: request.classes.clone(),
            pace: Pace::Waiting,
            past,
            kept_in,
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

/// Whether a command needs the held-out images.
fn measures(command: &TrainCommand) -> bool {
    use TrainCommand::{DropEachBlock, ExplainGap, LookAtImage, Predict, Test};
    matches!(command, DropEachBlock | ExplainGap | LookAtImage(_) | Predict | Test)
}

/// What a run that goes on had measured before.
fn tell_past<H: Host>(host: &H, past: &Past) {
    if !past.steps.is_empty() {
        host.send(&TrainEvent::Steps { steps: past.steps.clone(), training_ms: past.training_ms, memory_bytes: 0 });
    }
    past.epochs.iter().for_each(|record| tell_epoch(host, *record));
}
