//! Experiments of one click: a button for each question, progress, charts, and the answer in a sentence.

use std::time::Duration;

use crate::drawing::plot::ChartAxes;
use crate::experiment::TrainError;
use crate::experiment::weight_init::StartingPoint;
use crate::protocol::TrainEvent;
use crate::run::{GpuProbe, choose_trainer};
use crate::run::{Next, UnderWay};
use crate::spec::Named;
use crate::studies::{ChartKind, ExperimentChart, Question};

use super::curve_chart::{ChartContents, ChartPanel};
use super::follow::{follow, keep, keep_text, listen};
use super::markup::{button_of, mark, set};
use super::parts;
use super::session::{Command, Session};
use super::worker_client::{Heard, WorkerClient};
use crate::ui::browser::later;
use crate::ui::signals::{Kept, Signal, untrack};

/// Start of the ids of the buttons, before the name of the question.
const ASK: &str = "ask-";

/// A panel of its own: it has its own trainer and leaves the run alone.
pub fn html() -> String {
    let question = |question: &Question| {
        format!(
            "<dt><button class=quiet id={ASK}{} disabled>{}</button></dt><dd>{}</dd>",
            question.name(),
            question.label(),
            question.explanation()
        )
    };
    let questions: String = Question::ALL.iter().map(question).collect();
    let charts: String = ChartKind::ALL.into_iter().map(|kind| panel(kind).hidden_html()).collect();
    format!(
        "<section class=\"panel experiments\" data-late aria-labelledby=experiments id=laboratory><div class=panel-head>\
         <h2 id=experiments>Experiments</h2><p class=panel-lead>one click each; the run is left alone</p></div>\
         <dl class=questions>{questions}</dl><div class=experiment-progress id=experiment-under-way hidden>\
         <button class=quiet id=experiment-stop>Stop the experiment</button>\
         <p id=experiment-progress data-testid=experiment-progress></p></div><div class=experiment-charts>{charts}</div>\
         <p class=finding aria-live=polite id=experiment-finding data-testid=experiment-finding></p></section>"
    )
}

/// Keeps the buttons: they are there before what answers them is.
pub fn keep_buttons(session: Session) {
    follow(move || {
        let looks_for_gpu = session.gpu.with(|gpu| *gpu == GpuProbe::Pending);
        let is_disabled = session.is_experimenting.get() || !session.can_begin() || looks_for_gpu;
        for question in Question::ALL {
            set(&format!("{ASK}{}", question.name()), "disabled", &is_disabled.into());
        }
    });
    listen("laboratory", &["click"], |event| {
        if let Some(question) = button_of(event).strip_prefix(ASK).and_then(Question::from_name) {
            parts::run(Command::Experiment(question));
        }
    });
}

thread_local! {
    static LABORATORY: Laboratory = Laboratory::new(Session::of_page());
}

/// Asks one.
pub fn ask(question: Question) {
    let laboratory = LABORATORY.with(|laboratory| *laboratory);
    if !laboratory.is_running() {
        laboratory.start(question);
    }
}

/// Keeps what is under way and what came of it.
pub fn start(session: Session) {
    let laboratory = LABORATORY.with(|laboratory| *laboratory);
    follow(move || {
        let asked = laboratory.state.with(|state| state.as_ref().map(|under_way| under_way.question));
        session.is_experimenting.set(laboratory.is_running());
        for question in Question::ALL {
            mark(&format!("{ASK}{}", question.name()), "aria-current", (asked == Some(*question)).then_some("true"));
        }
    });
    keep("experiment-under-way", "hidden", move || !laboratory.is_running());
    keep_text("experiment-progress", move || {
        laboratory.state.with(|state| state.as_ref().map(|it| it.report.progress.clone())).unwrap_or_default()
    });
    keep_text("experiment-finding", move || {
        let words = laboratory.state.with(|state| state.as_ref().map(|it| it.report.finding.clone())).unwrap_or_default();
        // Said aloud once; the numbers beside the button are not.
        if laboratory.is_running() { "Measuring…".into() } else { words }
    });
    ChartKind::ALL.into_iter().for_each(|kind| laboratory.keep_chart(kind));
    listen("experiment-stop", &["click"], move |_| laboratory.stop());
}

fn panel(kind: ChartKind) -> ChartPanel {
    ChartPanel { title: kind.title(), subtitle: kind.subtitle(), empty: "Nothing measured yet." }
}

#[derive(Clone, Copy)]
struct Laboratory {
    session: Session,
    state: Signal<Option<UnderWay>>,
    worker: Kept<Option<WorkerClient>>,
}

impl Laboratory {
    fn new(session: Session) -> Self {
        Self { session, state: Signal::new(None), worker: Kept::new(None) }
    }

    fn is_running(self) -> bool {
        self.state.with(|state| state.as_ref().is_some_and(|under_way| !under_way.is_over()))
    }

    fn charts<T: Default>(self, look: impl FnOnce(&[ExperimentChart]) -> T) -> T {
        self.state.with(|state| state.as_ref().map(|under_way| look(&under_way.report.charts))).unwrap_or_default()
    }

    fn keep_chart(self, kind: ChartKind) {
        panel(kind).show_while(move || self.charts(|charts| charts.iter().any(|chart| chart.kind == kind)));
        panel(kind).show(move || {
            let chart = self.charts(|charts| charts.iter().find(|chart| chart.kind == kind).cloned());
            let (series, x_end) = chart.map_or_else(Default::default, |chart| (chart.curves, Some(chart.x_end)));
            let axes = ChartAxes { y_format: kind.y_format(), y_limits: kind.y_limits(), x_end };
            ChartContents { series, x_label: kind.x_label(), axes }
        });
    }

    fn start(self, question: Question) {
        let session = self.session;
        let trainer = untrack(|| session.gpu.with(|gpu| choose_trainer(session.experiment.with(|experiment| experiment.device), gpu)));
        let (Some(plan), Some((trainer, _))) = (session.plan(StartingPoint::Fresh), trainer) else { return };
        self.state.set(Some(UnderWay::new(question, plan.request)));
        // From a timer: a worker that is done is dropped, and it may not be in the middle of telling so.
        let worker = WorkerClient::start(trainer, move |heard| later(move || self.hear(heard), Duration::ZERO));
        match worker {
            Ok(worker) => self.worker.set(Some(worker)),
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
                let posted = self.worker.with(|worker| worker.as_ref().map(|worker| worker.post(&command)));
                if let Some(Err(reason)) = posted {
                    self.hear(Heard::Broken(reason));
                }
            }
            Next::Stop => drop(self.worker.update(Option::take)),
        }
    }
}
