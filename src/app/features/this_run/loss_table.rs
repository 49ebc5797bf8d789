//! Losses step by step, in full precision.

use leptos::prelude::*;

use crate::app::components::TableFrame;
use crate::app::context::use_run;
use crate::app::services::download::save_file;
use crate::evaluation::metrics::StepMetrics;
use crate::language::format::{grouped, localised, percent};
use crate::language::{marked, text, tr, translated};
use crate::run::{Page, steps_as_csv};

/// Rows that are on the page at a time: more would be slow to redraw ten times a second.
const ROWS: usize = 500;

/// Every step, a page at a time. The newest page follows the run.
#[component]
pub fn LossTable() -> impl IntoView {
    let run = use_run();
    // First row shown; none while the page follows the newest step.
    let chosen = RwSignal::new(None::<usize>);
    let page = Memo::new(move |_| {
        let count = run.of_run(|run| run.steps.len()).unwrap_or(0);
        Page::new(count, ROWS, chosen.get())
    });
    let rows = Memo::new(move |_| {
        let page = page.get();
        run.of_run(|run| run.steps.get(page.range()).map(<[StepMetrics]>::to_vec)).flatten().unwrap_or_default()
    });
    let caption = Memo::new(move |_| {
        run.of_run(|run| caption(page.get(), &run.steps, run.is_thinned())).unwrap_or_else(|| translated(NOTHING).into())
    });
    let has_pages = Memo::new(move |_| page.get().count > ROWS);
    let turn = move |words: &'static str, to: fn(Page) -> Option<usize>, is_there: fn(Page) -> bool| {
        view! {
            <button
                type="button"
                class="quiet"
                aria-disabled=move || (!is_there(page.get())).to_string()
                on:click=move |_| {
                    if is_there(page.get_untracked()) {
                        chosen.set(to(page.get_untracked()));
                    }
                }
            >
                {words}
            </button>
        }
    };
    let save = move |_| {
        let table = untrack(|| run.of_run(|run| steps_as_csv(&run.steps))).unwrap_or_default();
        save_file("resnet-playground-steps.csv", table.as_bytes());
    };
    view! {
        <p class="this-run-caption">{caption}</p>
        <Show when=move || has_pages.get()>
            <div class="this-run-buttons" role="group" aria-label=text!("Pages of the table")>
                {turn(text!("First"), |_| Some(0), Page::has_earlier)}
                {turn(text!("Earlier"), Page::earlier, Page::has_earlier)}
                {turn(text!("Later"), Page::later, Page::has_later)}
                {turn(text!("Newest"), |_| None, Page::has_later)}
            </div>
        </Show>
        <TableFrame label=text!("Loss of every step")>
            <thead>
                <tr>
                    <th scope="col">{text!("Step")}</th>
                    <th
                        scope="col"
                        class="number-cell"
                        title=text!("Mean cross-entropy of the batch before the update, in nats, to the last bit")
                    >
                        {text!("Loss")}
                    </th>
                    <th scope="col" class="number-cell" title=text!("Share of the batch classified correctly")>
                        {text!("Accuracy")}
                    </th>
                </tr>
            </thead>
            <tbody>
                // A step of another run is another row.
                <For each=move || rows.get() key=|row| (row.step, row.loss.to_bits()) let:row>
                    <Row row />
                </For>
            </tbody>
        </TableFrame>
        <div class="this-run-buttons">
            <button type="button" class="quiet" title=text!("Every step with its loss and accuracy in full precision") on:click=save>
                {text!("CSV of steps")}
            </button>
        </div>
    }
}

/// One step. The shortest decimal that is the same `f32`.
#[component]
fn Row(
    /// The step.
    row: StepMetrics,
) -> impl IntoView {
    let StepMetrics { step, loss, accuracy } = row;
    view! {
        <tr>
            <th scope="row">{grouped(step + 1)}</th>
            <td class="number-cell">{localised(&loss.to_string())}</td>
            <td class="number-cell">{percent(f64::from(accuracy), 1)}</td>
        </tr>
    }
}

const NOTHING: &str = marked!("Nothing measured yet: each step adds a row.");

fn caption(page: Page, steps: &[StepMetrics], is_thinned: bool) -> String {
    let shown = steps.get(page.range()).unwrap_or_default();
    let (Some(first), Some(last)) = (shown.first(), shown.last()) else { return translated(NOTHING).into() };
    let range = if page.count > shown.len() {
        let all = steps.last().map_or(0, |last| last.step + 1);
        let [first, last, all] = [first.step + 1, last.step + 1, all].map(grouped);
        tr!("Steps {first} to {last} of {all}.", first, last, all)
    } else {
        String::new()
    };
    if is_thinned {
        let thinned = text!("Of the earlier steps of this long run some are left out; what is there is as measured.");
        return format!("{range} {thinned}");
    }
    range
}
