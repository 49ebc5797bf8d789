//! Experiments of one click: a button for each question, progress, charts, and the answer in a sentence.

use std::time::Duration;

use leptos::prelude::*;

use crate::experiments::{ChartKind, ExperimentChart, Next, Question, UnderWay};
use crate::protocol::{TrainError, TrainEvent};
use crate::run_state::{GpuProbe, RunPlan, choose_trainer};
use crate::spec::Named;
use crate::starting_point::StartingPoint;

use super::curve_chart::CurveChart;
use super::session::Session;
use super::shown::{some_text, text, whether};
use super::worker_client::{Heard, WorkerClient};

/// A panel of its own: it has its own trainer and leaves the run alone.
#[component]
pub fn Experiments() -> impl IntoView {
    let laboratory = Laboratory::new(Session::of_page());
    let running = whether(move || laboratory.is_running());
    let asked = Memo::new(move |_| laboratory.state.with(|state| state.as_ref().map(|under_way| under_way.question)));
    let question = move |question: &'static Question| {
        view! {
            <dt>
                <button
                    class="quiet"
                    aria-current=some_text(move || (asked.get() == Some(*question)).then_some("true"))
                    disabled=whether(move || laboratory.is_disabled())
                    on:click=move |_| laboratory.start(*question)
                >
                    {question.label()}
                </button>
            </dt>
            <dd>{question.explanation()}</dd>
        }
    };
    let progress = text(move || laboratory.state.with(|state| state.as_ref().map(|it| it.report.progress.clone())).unwrap_or_default());
    let finding = text(move || {
        let words = laboratory.state.with(|state| state.as_ref().map(|it| it.report.finding.clone())).unwrap_or_default();
        // Said aloud once; the numbers beside the button are not.
        if running.get() { "Measuring…".into() } else { words }
    });
    let kinds = Memo::new(move |_| laboratory.charts(|charts| charts.iter().map(|chart| chart.kind).collect::<Vec<_>>()));
    view! {
        <section class="panel experiments" aria-labelledby="experiments">
            <div class="panel-head">
                <h2 id="experiments">"Experiments"</h2>
                <p class="panel-lead">"one click each; the run is left alone"</p>
            </div>
            <dl class="questions">{Question::ALL.iter().map(question).collect_view()}</dl>
            <div class="experiment-progress" hidden=whether(move || !running.get())>
                <button class="quiet" on:click=move |_| laboratory.stop()>"Stop the experiment"</button>
                <p data-testid="experiment-progress">{progress}</p>
            </div>
            <div class="experiment-charts">{move || kinds.get().into_iter().map(|kind| laboratory.chart(kind)).collect_view()}</div>
            <p class="finding" aria-live="polite" data-testid="experiment-finding">{finding}</p>
        </section>
    }
    .into_any()
}

#[derive(Clone, Copy)]
struct Laboratory {
    session: Session,
    state: RwSignal<Option<UnderWay>>,
    worker: StoredValue<Option<WorkerClient>, LocalStorage>,
}

impl Laboratory {
    fn new(session: Session) -> Self {
        Self { session, state: RwSignal::new(None), worker: StoredValue::new_local(None) }
    }

    fn is_running(self) -> bool {
        self.state.with(|state| state.as_ref().is_some_and(|under_way| !under_way.is_over()))
    }

    fn is_disabled(self) -> bool {
        self.is_running() || !self.session.can_begin() || self.session.gpu.with(|gpu| *gpu == GpuProbe::Pending)
    }

    fn charts<T: Default>(self, look: impl FnOnce(&[ExperimentChart]) -> T) -> T {
        self.state.with(|state| state.as_ref().map(|under_way| look(&under_way.report.charts))).unwrap_or_default()
    }

    fn chart(self, kind: ChartKind) -> AnyView {
        let of = move |charts: &[ExperimentChart]| charts.iter().find(|chart| chart.kind == kind).cloned();
        let series = Signal::derive(move || self.charts(of).map_or_else(Vec::new, |chart| chart.curves));
        let x_end = Signal::derive(move || self.charts(of).map(|chart| chart.x_end));
        view! {
            <CurveChart
                title=kind.title()
                subtitle=kind.subtitle()
                series
                x_label=kind.x_label()
                x_end
                y_format=kind.y_format()
                y_limits=kind.y_limits()
                empty="Nothing measured yet."
            />
        }
        .into_any()
    }

    fn start(self, question: Question) {
        let session = self.session;
        let plan = untrack(|| {
            let experiment = session.experiment.get();
            session.dataset.with(|dataset| dataset.source().map(|source| RunPlan::new(experiment, source, StartingPoint::Fresh)))
        });
        let trainer = untrack(|| session.gpu.with(|gpu| choose_trainer(session.experiment.with(|experiment| experiment.device), gpu)));
        let (Some(plan), Some((trainer, _))) = (plan, trainer) else { return };
        self.state.set(Some(UnderWay::new(question, plan.request)));
        // From a timer: a worker that is done is dropped, and it may not be in the middle of telling so.
        let worker = WorkerClient::start(trainer, move |heard| set_timeout(move || self.hear(heard), Duration::ZERO));
        match worker {
            Ok(worker) => self.worker.set_value(Some(worker)),
            Err(reason) => self.hear(Heard::Broken(reason)),
        }
    }

    fn stop(self) {
        self.fold(|under_way| under_way.end("Stopped before its end: the charts show what was measured until then.".into()));
    }

    fn hear(self, heard: Heard) {
        if let Heard::Event(TrainEvent::Failed(TrainError::NoWebGpu { reason })) = &heard {
            // The CPU does it instead, now and next time.
            self.session.gpu.set(GpuProbe::Unusable(format!("WebGPU cannot be used here ({reason})")));
            if let Some(question) = self.state.with_untracked(|state| state.as_ref().map(|under_way| under_way.question)) {
                return self.start(question);
            }
        }
        self.fold(|under_way| match heard {
            Heard::Event(event) => under_way.apply(event),
            Heard::Broken(reason) => under_way.end(format!("It could not be measured: {reason}. Try again.")),
        });
    }

    fn fold(self, change: impl FnOnce(&mut UnderWay) -> Next) {
        let mut next = Next::Wait;
        self.state.update(|state| {
            if let Some(under_way) = state.as_mut().filter(|under_way| !under_way.is_over()) {
                next = change(under_way);
            }
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
