//! The measured numbers as text: for tests, for screen readers, and for whoever wants them exactly.

use crate::drawing::plot::ValueFormat;
use crate::evaluation::metrics::{HeldOutMetrics, StepMetrics};
use crate::format::{duration, grouped};
use crate::run::Run;

use super::follow::follow;
use super::header::device_name;
use super::markup::{mark, say};
use super::session::Session;
use super::{epoch_table, loss_table};

/// How a number is called and what it means.
struct Line {
    label: &'static str,
    help: &'static str,
    /// Name for tests.
    test_id: &'static str,
}

static LINES: [Line; 10] = [
    Line { label: "Device", help: "Where the network trains", test_id: "device" },
    Line {
        label: "Kernels",
        help: "How many pixels and groups of four channels a thread of the GPU computes in a convolution; the numbers are the same with all",
        test_id: "kernels",
    },
    Line { label: "Steps done", help: "Weight updates", test_id: "step" },
    Line {
        label: "Training loss",
        help: "Mean cross-entropy of the last batch, without the L2 penalty, in nats; guessing among ten classes gives 2.30",
        test_id: "training-loss",
    },
    Line { label: "Training accuracy", help: "Share of the last batch classified correctly", test_id: "training-accuracy" },
    Line { label: "Held-out loss", help: "Mean cross-entropy on images the network never learns from, in nats", test_id: "held-out-loss" },
    Line { label: "Held-out accuracy", help: "Share of the held-out images classified correctly", test_id: "held-out-accuracy" },
    Line { label: "Speed", help: "Over the last five seconds of training", test_id: "speed" },
    Line {
        label: "Training time",
        help: "Spent in training steps; loading, pauses and held-out passes are not counted",
        test_id: "elapsed",
    },
    Line { label: "Kept up to step", help: "This browser can go on from there after the tab was closed", test_id: "kept" },
];

/// How a number is written. Apart from its line, which is on the page before.
struct Value {
    /// Rounded, for people.
    text: fn(Session) -> Option<String>,
    /// In full precision.
    exact: Option<fn(Session) -> Option<f32>>,
}

/// Those of the lines, in their order.
static VALUES: [Value; LINES.len()] = [
    // Device
    Value { text: |session| Some(device_name(session, session.trainer().map(|(kind, _)| kind))), exact: None },
    // Kernels
    Value { text: |session| session.of_run(|run| run.kernels.clone()).flatten(), exact: None },
    // Steps done
    Value { text: |session| Some(grouped(session.of_run(Run::steps_done).unwrap_or(0))), exact: None },
    // Training loss
    Value {
        text: |session| last_step(session).map(|step| ValueFormat::Plain.value(f64::from(step.loss))),
        exact: Some(|session| last_step(session).map(|step| step.loss)),
    },
    // Training accuracy
    Value {
        text: |session| last_step(session).map(|step| ValueFormat::Percent.value(f64::from(step.accuracy))),
        exact: Some(|session| last_step(session).map(|step| step.accuracy)),
    },
    // Held-out loss
    Value {
        text: |session| last_pass(session).map(|pass| ValueFormat::Plain.value(f64::from(pass.loss))),
        exact: Some(|session| last_pass(session).map(|pass| pass.loss)),
    },
    // Held-out accuracy
    Value {
        text: |session| last_pass(session).map(|pass| ValueFormat::Percent.value(f64::from(pass.accuracy))),
        exact: Some(|session| last_pass(session).map(|pass| pass.accuracy)),
    },
    // Speed
    Value { text: |session| session.of_run(Run::images_per_second).flatten().map(|rate| format!("{rate:.1} images/s")), exact: None },
    // Training time
    Value { text: |session| session.of_run(|run| duration(run.training_ms)), exact: None },
    // Kept up to step
    Value { text: |session| session.of_run(|run| run.kept.map(grouped)).flatten(), exact: None },
];

/// One line a number.
pub fn html() -> String {
    let lines: String = LINES.iter().map(line).collect();
    format!(
        "<section class=panel aria-labelledby=measurements><div class=panel-head><h2 id=measurements>This run</h2>\
         <p class=panel-lead>as measured</p></div><dl class=measurements>{lines}</dl>{}{}</section>",
        loss_table::HTML,
        epoch_table::HTML
    )
}

/// Keeps the numbers. The lines stay: a tooltip someone reads would go with its line.
pub fn start(session: Session) {
    follow(move || LINES.iter().zip(&VALUES).for_each(|(line, value)| tell(session, line.test_id, value)));
}

fn line(of: &Line) -> String {
    let Line { label, help, test_id } = of;
    format!("<div title=\"{help}\"><dt>{label}</dt><dd id=measured-{test_id} data-testid={test_id}>–</dd></div>")
}

/// Brings a line up to date.
fn tell(session: Session, test_id: &str, value: &Value) {
    let words = (value.text)(session).unwrap_or_else(|| "–".into());
    let exact = value.exact.and_then(|exact| exact(session));
    let line = format!("measured-{test_id}");
    say(&line, &words);
    let name = if test_id.ends_with("loss") { "data-loss" } else { "data-accuracy" };
    mark(&line, name, exact.map(|value| value.to_string()).as_deref());
}

fn last_step(session: Session) -> Option<StepMetrics> {
    session.of_run(|run| run.steps.last().copied()).flatten()
}

fn last_pass(session: Session) -> Option<HeldOutMetrics> {
    session.of_run(|run| run.held_out.last().copied()).flatten()
}
