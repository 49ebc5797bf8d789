//! Three steps that are trained and thrown away, to say before Play how long a run takes; and the speed of runs.

use leptos::prelude::*;

use crate::experiment::weight_init::StartingPoint;
use crate::run::{Measured, Probe, Run, expected_training_ms};

use super::{DeviceContext, ExperimentContext, RunController};
use crate::app::services::{Measurement, TrainerDriver};

/// Handle to the measurement.
#[derive(Clone, Copy)]
pub struct MeasurementController {
    driver: TrainerDriver<Measurement>,
    experiment: ExperimentContext,
    device: DeviceContext,
    run: RunController,
    expected_ms: Memo<Option<f64>>,
}

impl MeasurementController {
    /// Nothing was measured yet.
    pub fn new(driver: TrainerDriver<Measurement>, experiment: ExperimentContext, device: DeviceContext, run: RunController) -> Self {
        let expected_ms = Memo::new(move |_| {
            let (trainer, _) = device.trainer(experiment.device().get())?;
            let of_steps = || driver.state().with(|state| Some(state.outcome.as_ref()?.as_ref().ok()?.multiply_adds_per_second));
            let speed = device.speed(trainer).or_else(of_steps)?;
            let hyperparameters = experiment.hyperparameters().get();
            Some(experiment.spec().with(|spec| expected_training_ms(spec, &hyperparameters, speed)))
        });
        Self { driver, experiment, device, run, expected_ms }
    }

    /// Ends the measurement when a run begins, and remembers the speeds that it and runs come to. An embedded page keeps nothing.
    pub fn start(self, embedded: bool) {
        let run_exists = Memo::new(move |_| self.run.exists());
        Effect::new(move |_| {
            // Play wants the device for itself.
            if run_exists.get() {
                self.driver.change(Measurement::cancel);
            }
        });
        if embedded {
            return;
        }
        let outcome = Memo::new(move |_| self.driver.state().with(|state| state.trainer.zip(state.outcome.clone())));
        Effect::new(move |_| {
            if let Some((trainer, Ok(measured))) = outcome.get() {
                self.device.remember_speed(trainer, measured.multiply_adds_per_second);
            }
        });
        // Written when the run is saved or over: at every redraw the browser would store it ten times a second.
        let moments = Memo::new(move |_| self.run.of_run(|run| (run.kept, run.is_over())));
        Effect::new(move |_| {
            moments.with(|_| ());
            let measured = untrack(|| self.run.of_run(|run| run.trainer.zip(Run::multiply_adds_per_second(run)))).flatten();
            if let Some((trainer, speed)) = measured {
                self.device.remember_speed(trainer, speed);
            }
        });
    }

    /// Begins to measure the network of the controls.
    pub fn begin(self) {
        if untrack(|| !self.can_begin()) {
            return;
        }
        let trainer = untrack(|| self.device.trainer(self.experiment.device().get()));
        let (Some(plan), Some((trainer, _))) = (self.run.plan(StartingPoint::Fresh), trainer) else { return };
        self.driver.change(|state| state.begin(Probe::new(plan.request), trainer));
    }

    /// Ends the one under way.
    pub fn stop(self) {
        self.driver.change(Measurement::cancel);
    }

    /// Whether it can be begun. Tracks.
    pub fn can_begin(self) -> bool {
        !self.run.exists() && self.run.can_begin() && !self.device.is_pending() && !self.is_running()
    }

    /// Whether steps are being measured. Tracks.
    pub fn is_running(self) -> bool {
        self.driver.state().with(|state| state.probe.is_some())
    }

    /// What came of the last one: what was measured, or a sentence why nothing was. Tracks.
    pub fn outcome(self) -> Option<Result<Measured, String>> {
        self.driver.state().with(|state| state.outcome.clone())
    }

    /// Training time in milliseconds of a run of the controls' settings, from the speed that was last measured on this
    /// device; none before. Networks of other sizes may be faster or slower than that. Tracks.
    pub fn expected_ms(self) -> Option<f64> {
        self.expected_ms.get()
    }
}
