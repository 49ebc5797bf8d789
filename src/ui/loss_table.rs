//! Losses step by step, in full precision.

use crate::evaluation::metrics::StepMetrics;
use crate::format::grouped;

use super::follow::{keep_html, keep_text};
use super::session::Session;

/// Rows at each end: enough to compare two runs, few enough to redraw ten times a second.
const ROWS: usize = 20;

/// First and last steps as a table, folded away.
pub const HTML: &str = "<details class=losses><summary>Loss of every step</summary><div class=table-frame><table data-testid=losses>\
    <thead><tr><th scope=col>Step</th><th scope=col class=number-cell>Loss</th><th scope=col class=number-cell>Accuracy</th></tr></thead>\
    <tbody id=loss-rows></tbody></table></div><p class=caption id=loss-caption>Nothing measured yet.</p></details>";

/// Keeps it.
pub fn start(session: Session) {
    keep_html("loss-rows", move || session.of_run(|run| ends(&run.steps).iter().map(row).collect()).unwrap_or_default());
    keep_text("loss-caption", move || match session.of_run(|run| run.steps.len()).unwrap_or(0) {
        0 => "Nothing measured yet.".to_owned(),
        count if count > 2 * ROWS => {
            format!("The first and the last {ROWS} steps; {} between them are left out.", grouped(count - 2 * ROWS))
        }
        _ => String::new(),
    });
}

fn row(step: &StepMetrics) -> String {
    let StepMetrics { step, loss, accuracy } = *step;
    format!(
        "<tr data-step={step} data-loss={loss}><th scope=row>{}</th><td class=number-cell>{loss:.4}</td><td class=number-cell>{:.1} %</td></tr>",
        grouped(step + 1),
        accuracy * 100.0
    )
}

fn ends(steps: &[StepMetrics]) -> Vec<StepMetrics> {
    let first = steps.iter().take(ROWS);
    let last = steps.iter().skip(ROWS.max(steps.len().saturating_sub(ROWS)));
    first.chain(last).copied().collect()
}
