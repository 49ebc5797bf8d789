//! Runs kept to compare with: what differed, how far each came, which are drawn; two of them alone; all as CSV.

mod choices;
mod compare;
mod imported;
mod notebook;
mod pair;
mod report;
mod row;
mod table;

use leptos::{html, prelude::*};

use crate::app::components::Card;
use crate::app::context::{use_run, use_view};
use crate::app::services::download::save_file;
use crate::app::services::location;
use crate::language::{text, tr};
use crate::run::{KeptRun, RunState, layers_as_csv, runs_as_csv};

use compare::Compare;
use imported::{ImportButton, ImportedRuns};
use notebook::NotebookSheet;
use report::ReportSheet;
use table::RunsTable;

/// Makes a table of runs; the second argument is the address of the page.
type Table = fn(&[KeptRun], &str) -> String;

/// The run there is and those before it, newest first.
#[component]
pub fn Runs() -> impl IntoView {
    let run = use_run();
    let embedded = use_view().is_embedded();
    let is_empty =
        Memo::new(move |_| run.state().with(|state| state.history.runs().is_empty() && state.run().is_none_or(|run| run.steps.is_empty())));
    // The run that was forgotten last, until another takes its place.
    let forgotten = RwSignal::new(None::<KeptRun>);
    let (report_open, notebook_open) = (RwSignal::new(false), RwSignal::new(false));
    let undo = NodeRef::<html::Button>::new();
    let card = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        // The button that was pressed is gone with its row.
        if let (true, Some(undo)) = (forgotten.with(Option::is_some), undo.get()) {
            // A button in the document takes the focus.
            let _ = undo.focus();
        }
    });
    let forget = Callback::new(move |id: u64| {
        let found = run.state().with_untracked(|state| state.history.find(id).cloned());
        forgotten.set(found);
        run.change_history(|history| history.remove(id));
    });
    let take_back = move |_| {
        let Some(kept) = forgotten.try_update(Option::take).flatten() else { return };
        run.change_history(|history| history.restore(kept));
        if let Some(card) = card.get_untracked() {
            let _ = card.focus();
        }
    };
    let save = move |name: &'static str, table: Table| {
        move |_| {
            let runs = run.state().with_untracked(RunState::all_runs);
            save_file(name, table(&runs, &location::link("")).as_bytes());
        }
    };
    let lead = if embedded { text!("named by what differs") } else { text!("named by what differs, kept for your next visit") };
    view! {
        <Card title=text!("Runs") lead=Signal::stored(lead.to_owned()) class="runs">
            <div class="runs-body" node_ref=card tabindex="-1">
                <p class="empty" hidden=move || !is_empty.get()>
                    {text!("Press Play. A run is kept when another one begins or the page is closed, to compare with those that follow.")}
                </p>
                <RunsTable forget />
                // There before its words change, so that they are read aloud.
                <div class="runs-forgotten" role="status" aria-label=text!("Forgotten")>
                    {move || {
                        forgotten
                            .with(|kept| kept.as_ref().map(|kept| kept.number))
                            .map(|number| {
                                view! {
                                    <span>{tr!("Run {number} is forgotten.", number)}</span>
                                    <button type="button" class="quiet" node_ref=undo on:click=take_back>
                                        {text!("Undo")}
                                    </button>
                                }
                            })
                    }}
                </div>
                <Compare />
                <ReportSheet open=report_open />
                <NotebookSheet open=notebook_open />
                <div class="runs-buttons" hidden=move || is_empty.get()>
                    <button
                        type="button"
                        class="quiet"
                        title=text!("One HTML file to hand in: your text, the runs' settings, curves, numbers and links")
                        on:click=move |_| report_open.set(true)
                    >
                        {text!("Save as report")}
                    </button>
                    <button
                        type="button"
                        class="quiet"
                        title=text!("A Jupyter notebook with the code of a run's network, its curve and an evaluation")
                        on:click=move |_| notebook_open.set(true)
                    >
                        {text!("Save as notebook")}
                    </button>
                    <button
                        type="button"
                        class="quiet"
                        title=text!("Every step and every pass over the held-out images of all runs, with the links that repeat them")
                        on:click=save("resnet-playground-runs.csv", runs_as_csv)
                    >
                        "CSV"
                    </button>
                    <button
                        type="button"
                        class="quiet"
                        title=text!("The last look inside each run's network: gradients, updates, blocks")
                        on:click=save("resnet-playground-layers.csv", layers_as_csv)
                    >
                        {text!("CSV of layers")}
                    </button>
                </div>
                // Results are for whoever has the whole page.
                {(!embedded).then(|| view! { <ImportButton /> <ImportedRuns /> })}
            </div>
        </Card>
    }
}
