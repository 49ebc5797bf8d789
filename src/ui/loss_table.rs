//! Losses step by step, in full precision.

use leptos::prelude::*;

use crate::figures::grouped;
use crate::metrics::StepMetrics;

use super::session::Session;

/// Rows at each end: enough to compare two runs, few enough to redraw ten times a second.
const ROWS: usize = 20;

/// First and last steps as a table, folded away.
#[component]
pub fn LossTable() -> impl IntoView {
    let session = Session::of_page();
    let steps = Signal::derive(move || session.of_run(|run| ends(&run.steps)).unwrap_or_default());
    let left_out = move || session.of_run(|run| run.steps.len().saturating_sub(2 * ROWS)).unwrap_or(0);
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
                    <tbody>
                        {move || {
                            let row = |step: StepMetrics| view! {
                            <tr data-step=step.step.to_string() data-loss=step.loss.to_string()>
                                <th scope="row">{grouped(step.step + 1)}</th>
                                <td class="number-cell">{format!("{:.4}", step.loss)}</td>
                                <td class="number-cell">{format!("{:.1} %", step.accuracy * 100.0)}</td>
                            </tr>
                            };
                            steps.get().into_iter().map(row).collect_view()
                        }}
                    </tbody>
                </table>
            </div>
            <p class="caption">
                {move || match (left_out(), steps.with(Vec::is_empty)) {
                    (_, true) => "Nothing measured yet.".to_owned(),
                    (0, _) => String::new(),
                    (count, _) => format!("The first and the last {ROWS} steps; {} between them are left out.", grouped(count)),
                }}
            </p>
        </details>
    }
}

fn ends(steps: &[StepMetrics]) -> Vec<StepMetrics> {
    let first = steps.iter().take(ROWS);
    let last = steps.iter().skip(ROWS.max(steps.len().saturating_sub(ROWS)));
    first.chain(last).copied().collect()
}
