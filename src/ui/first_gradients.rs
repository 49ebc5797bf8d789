//! Experiments on the first step: buttons, chart and the sentence that says what was found.

use std::time::Duration;

use leptos::prelude::*;

use crate::first_gradients::{Comparison, Measurement, Next, curves};
use crate::plot::ValueFormat;
use crate::protocol::{TrainError, TrainEvent};
use crate::run_state::{GpuProbe, RunPlan, choose_trainer};
use crate::starting_point::StartingPoint;

use super::curve_chart::CurveChart;
use super::session::Session;
use super::worker_client::{Heard, WorkerClient};

const EMPTY: &str = "One click measures the first step of four networks. Nothing is trained.";

/// A panel of its own: it has its own trainer and leaves the run alone.
#[component]
pub fn FirstGradients() -> impl IntoView {
    let experiment = Experiment::new(Session::of_page());
    let series =
        Signal::derive(move || experiment.state.with(|state| state.as_ref().map_or_else(Vec::new, |found| curves(&found.measured))));
    let sentence = move || experiment.state.with(|state| state.as_ref().map(Measurement::sentence));
    let buttons = [("Skip connections × batch norm", Comparison::SkipsAndBatchNorm), ("Deeper and deeper, plain", Comparison::Depths)];
    let buttons = buttons.map(|(name, comparison)| {
        view! {
            <button class="quiet" disabled=move || experiment.is_disabled() on:click=move |_| experiment.start(comparison)>
                {name}
            </button>
        }
    });
    view! {
        <CurveChart
            title="Where gradients die"
            subtitle="norm of each layer's gradient at the first step, image left, scores right"
            series
            x_label="layers"
            y_format=ValueFormat::PowerOfTen
            empty=EMPTY
        >
            <div class="experiment-buttons">{buttons}</div>
            <p class="finding" aria-live="polite" data-testid="first-gradients-finding">
                {sentence}
            </p>
        </CurveChart>
    }
}

#[derive(Clone, Copy)]
struct Experiment {
    session: Session,
    state: RwSignal<Option<Measurement>>,
    worker: StoredValue<Option<WorkerClient>, LocalStorage>,
}

impl Experiment {
    fn new(session: Session) -> Self {
        Self { session, state: RwSignal::new(None), worker: StoredValue::new_local(None) }
    }

    fn is_disabled(self) -> bool {
        let under_way = self.state.with(|state| state.as_ref().is_some_and(|found| !found.is_over()));
        under_way || !self.session.can_begin() || self.session.gpu.with(|gpu| *gpu == GpuProbe::Pending)
    }

    fn start(self, comparison: Comparison) {
        let session = self.session;
        let plan = untrack(|| {
            let experiment = session.experiment.get();
            session.dataset.with(|dataset| dataset.source().map(|source| RunPlan::new(experiment, source, StartingPoint::Fresh)))
        });
        let trainer = untrack(|| session.gpu.with(|gpu| choose_trainer(session.experiment.with(|experiment| experiment.device), gpu)));
        let (Some(plan), Some((trainer, _))) = (plan, trainer) else { return };
        self.state.set(Some(Measurement::new(comparison, plan.request)));
        // From a timer: a worker that is done is dropped, and it may not be in the middle of telling so.
        let worker = WorkerClient::start(trainer, move |heard| set_timeout(move || self.hear(heard), Duration::ZERO));
        match worker {
            Ok(worker) => self.worker.set_value(Some(worker)),
            Err(reason) => self.hear(Heard::Broken(reason)),
        }
    }

    fn hear(self, heard: Heard) {
        if let Heard::Event(TrainEvent::Failed(TrainError::NoWebGpu { reason })) = &heard {
            // The CPU does it instead, now and next time.
            self.session.gpu.set(GpuProbe::Unusable(format!("WebGPU cannot be used here ({reason})")));
            if let Some(comparison) = self.state.with_untracked(|state| state.as_ref().map(|found| found.comparison)) {
                return self.start(comparison);
            }
        }
        let mut next = Next::Wait;
        self.state.update(|state| {
            let Some(found) = state.as_mut().filter(|found| !found.is_over()) else { return };
            next = match heard {
                Heard::Event(event) => found.apply(event),
                Heard::Broken(reason) => found.fail(format!("It could not be measured: {reason}. Try again.")),
            };
        });
        match next {
            Next::Wait => {}
            Next::Post(command) => {
                let posted = self.worker.with_value(|worker| worker.as_ref().map(|worker| worker.post(&command)));
                if let Some(Err(reason)) = posted {
                    self.hear(Heard::Broken(reason));
                }
            }
            Next::Stop => drop(self.worker.try_update_value(Option::take)),
        }
    }
}
