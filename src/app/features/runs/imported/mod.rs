//! Results of many runs, imported: a row and a curve with its spread for each setting.

mod charts;
mod import_button;
mod row;

use leptos::{html, prelude::*};

use crate::app::context::use_imported_results;
use crate::language::text;

pub use import_button::ImportButton;

use charts::SweepCharts;
use row::{GroupFacts, GroupRow};

/// What was imported, and what was said about it.
#[component]
pub fn ImportedRuns() -> impl IntoView {
    let imported = use_imported_results();
    let table = imported.table();
    let is_empty = Memo::new(move |_| table.with(|table| table.groups.is_empty()));
    let rows = Memo::new(move |_| table.with(|table| table.groups.iter().enumerate().map(GroupFacts::of).collect::<Vec<_>>()));
    let undo = NodeRef::<html::Button>::new();
    let section = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        // The button that was pressed is gone with the table.
        if let (true, Some(undo)) = (imported.can_take_back(), undo.get()) {
            // A button in the document takes the focus.
            let _ = undo.focus();
        }
    });
    let take_back = move |_| {
        imported.take_back();
        if let Some(section) = section.get_untracked() {
            let _ = section.focus();
        }
    };
    view! {
        <div class="runs-imported" node_ref=section tabindex="-1">
            // There before its words change, so that they are read aloud.
            <div class="runs-forgotten" role="status" aria-label=text!("Import")>
                {move || {
                    let said = imported.said();
                    (!said.is_empty()).then(|| view! { <span>{said.join(" ")}</span> })
                }}
                {move || {
                    imported
                        .can_take_back()
                        .then(|| {
                            view! {
                                <button type="button" class="quiet" node_ref=undo on:click=take_back>
                                    {text!("Undo")}
                                </button>
                            }
                        })
                }}
            </div>
            <Show when=move || !is_empty.get()>
                <table class="runs-table runs-imported-table" aria-label=text!("Imported results")>
                    <thead>
                        <tr>
                            <th scope="col" title=text!("Whether its curves are drawn, and in which colour")>
                                {text!("Drawn")}
                            </th>
                            <th scope="col" title=text!("What sets the runs apart, and how many seeds there are")>
                                {text!("Settings")}
                            </th>
                            <th
                                scope="col"
                                class="number-cell"
                                title=text!(
                                    "Mean share of the held-out images classified correctly after the last epoch, with the sample standard \
                                     deviation over the seeds"
                                )
                            >
                                {text!("Held out")}
                            </th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || rows.get() key=|row| row.clone() let:facts>
                            <GroupRow facts />
                        </For>
                    </tbody>
                </table>
                <SweepCharts />
                <p class="runs-form-note">
                    {text!(
                        "Lines are means of the seeds that finished, as far as all of them went. Bands go from the lowest to the highest."
                    )}
                </p>
                <div class="runs-buttons">
                    <button
                        type="button"
                        class="quiet"
                        title=text!("Takes the imported results away; their files stay where they are")
                        on:click=move |_| imported.forget()
                    >
                        {text!("Forget the results")}
                    </button>
                </div>
            </Show>
        </div>
    }
}
