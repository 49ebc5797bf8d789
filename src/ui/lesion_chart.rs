//! Accuracy of the run's network with each block left out in turn, and with neighbours swapped.

use crate::drawing::plot::ChartAxes;
use crate::protocol::{Phase, TrainCommand};
use crate::run::{Activity, Run};
use crate::studies::ChartKind;

use super::curve_chart::{ChartContents, ChartPanel};
use super::follow::{keep, keep_text, listen};
use super::parts;
use super::session::{Command, Session};
use crate::ui::signals::Memo;

const KIND: ChartKind = ChartKind::Lesions;

fn panel() -> ChartPanel {
    let empty = "Train, then pause or finish: one click leaves each block out in turn.";
    ChartPanel { title: "Blocks of this run", subtitle: KIND.subtitle(), empty }
}

/// A panel with a button: the trainer of the run measures, and only while the run waits.
pub fn html() -> String {
    panel().html(
        "<div class=experiment-buttons><button class=quiet id=lesions disabled>Leave out each block in turn</button></div>\
         <p class=finding aria-live=polite id=lesion-finding data-testid=lesion-finding></p>",
    )
}

/// Keeps it.
pub fn start(session: Session) {
    let report = Memo::new(move |_| session.of_run(|run| run.lesions.clone()).flatten());
    panel().show(move || {
        let charts = report.with(|report| report.as_ref().map(|report| report.charts.clone())).unwrap_or_default();
        let series = charts.into_iter().flat_map(|chart| chart.curves).collect();
        ChartContents {
            series,
            x_label: KIND.x_label(),
            axes: ChartAxes { y_format: KIND.y_format(), y_limits: KIND.y_limits(), x_end: None },
        }
    });
    keep("lesions", "disabled", move || !session.of_run(can_measure).unwrap_or(false));
    keep_text("lesion-finding", move || report.with(|report| report.as_ref().map(|report| report.finding.clone())).unwrap_or_default());
    listen("lesions", &["click"], |_| parts::run(Command::Ask(TrainCommand::DropEachBlock)));
}

fn can_measure(run: &Run) -> bool {
    matches!(run.activity, Activity::Trainer(Phase::Paused | Phase::Finished)) && !run.steps.is_empty()
}
