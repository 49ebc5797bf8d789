//! The runs of this visit side by side: what differed, and how far each came.

use leptos::prelude::*;

use crate::metrics::{HeldOutMetrics, StepMetrics};
use crate::plot::ValueFormat;
use crate::run_state::last_loss;

use super::session::Session;

/// A line of the table.
#[derive(Clone, PartialEq)]
struct Row {
    number: usize,
    name: String,
    steps: usize,
    loss: Option<f64>,
    held_out: Option<f64>,
    is_kept: bool,
}

impl Row {
    fn new(number: usize, name: String, steps: &[StepMetrics], held_out: &[HeldOutMetrics], is_kept: bool) -> Self {
        let held_out = held_out.last().map(|pass| f64::from(pass.accuracy));
        Self { number, name, steps: steps.len(), loss: last_loss(steps), held_out, is_kept }
    }
}

/// A table of the run there is and those before it, newest first; nothing before there are two.
#[component]
pub fn Runs() -> impl IntoView {
    let session = Session::of_page();
    let rows = Memo::new(move |_| rows(session));
    let forget = move |number| session.run.update(|state| state.history.remove(number));
    let lines = move || {
        let line = |row: Row| {
            let Row { number, name, steps, loss, held_out, is_kept } = row;
            let say = format!("Forget run {number}");
            let button = is_kept.then(|| {
                view! {
                    <button class="quiet icon" title=say.clone() aria-label=say on:click=move |_| forget(number)>
                        "×"
                    </button>
                }
            });
            view! {
                <tr>
                    <th scope="row">{format!("{number} · {name}")}</th>
                    <td class="number-cell">{ValueFormat::Count.value(steps as f64)}</td>
                    <td class="number-cell">{loss.map(|loss| ValueFormat::Plain.value(loss))}</td>
                    <td class="number-cell">{held_out.map(|share| ValueFormat::Percent.value(share))}</td>
                    <td>{button}</td>
                </tr>
            }
        };
        rows.get().into_iter().map(line).collect_view()
    };
    view! {
        <Show when=move || rows.with(|rows| rows.iter().any(|row| row.is_kept))>
            <section class="panel" aria-labelledby="runs">
                <div class="panel-head">
                    <h2 id="runs">"Runs"</h2>
                    <p class="panel-lead">"named by what differs from the one before"</p>
                </div>
                <div class="table-frame">
                    <table data-testid="runs">
                        <thead>
                            <tr>
                                <th scope="col">"Run"</th>
                                <th scope="col" class="number-cell">"Steps"</th>
                                <th scope="col" class="number-cell" title="Mean training loss of the last ten steps, in nats">"Loss"</th>
                                <th scope="col" class="number-cell" title="Share of the held-out images classified correctly">"Held out"</th>
                                <td></td>
                            </tr>
                        </thead>
                        <tbody>{lines}</tbody>
                    </table>
                </div>
            </section>
        </Show>
    }
}

fn rows(session: Session) -> Vec<Row> {
    session.run.with(|state| {
        let history = &state.history;
        let now = state
            .run()
            .filter(|run| !run.steps.is_empty())
            .map(|run| Row::new(history.next_number(), history.name_of(&run.plan.experiment), &run.steps, &run.held_out, false));
        let kept = history.runs().iter().rev().map(|run| Row::new(run.number, run.name.clone(), &run.steps, &run.held_out, true));
        now.into_iter().chain(kept).collect()
    })
}
