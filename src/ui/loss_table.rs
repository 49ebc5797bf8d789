//! Losses step by step, in full precision.

use leptos::prelude::*;

use crate::figures::grouped;
use crate::metrics::StepMetrics;

use super::session::Session;
use super::shown::text;

/// Rows at each end: enough to compare two runs, few enough to redraw ten times a second.
const ROWS: usize = 20;

/// First and last steps as a table, folded away.
#[component]
pub fn LossTable() -> impl IntoView {
    let session = Session::of_page();
    let rows = text(move || session.of_run(|run| ends(&run.steps).iter().map(row).collect::<String>()).unwrap_or_default());
    let caption = text(move || match session.of_run(|run| run.steps.len()).unwrap_or(0) {
        0 => "Nothing measured yet.".to_owned(),
        count if count > 2 * ROWS => {
            format!("The first and the last {ROWS} steps; {} between them are left out.", grouped(count - 2 * ROWS))
        }
        _ => String::new(),
    });
    view! {
        <details class="losses">
            <summary>"Loss of every step"</summary>
            <div class="table-frame">
                <table data-testid="losses">
                    <thead>
                        <tr>
                            <th scope="col">"Step"</th>
                            <th scope="col" class="number-cell">"Loss"</th>
                            <th scope="col" class="number-cell">"Accuracy"</th>
                        </tr>
                    </thead>
                    <tbody inner_html=rows></tbody>
                </table>
            </div>
            <p class="caption">{caption}</p>
        </details>
    }
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
