//! A row for each run.

use leptos::prelude::*;

use crate::app::context::use_run;
use crate::language::text;

use super::row::{CurrentRow, KeptRow, RowFacts};

/// The run there is, then those kept, newest first.
#[component]
pub fn RunsTable(
    /// Forgets a run, by its id.
    forget: Callback<u64>,
) -> impl IntoView {
    let state = use_run().state();
    // Kept runs change seldom: what their rows show is made then, not ten times a second.
    let version = Memo::new(move |_| state.with(|state| state.history.version()));
    let kept = Memo::new(move |_| {
        version.get();
        state.with_untracked(|state| state.history.runs().iter().rev().map(RowFacts::of).collect::<Vec<_>>())
    });
    let now = Memo::new(move |_| state.with(RowFacts::of_current));
    let has_now = Memo::new(move |_| now.with(Option::is_some));
    let is_empty = Memo::new(move |_| !has_now.get() && kept.with(Vec::is_empty));
    let ids = move || kept.with(|rows| rows.iter().map(|row| row.id).collect::<Vec<_>>());
    view! {
        <table class="runs-table" aria-label=text!("Runs") hidden=move || is_empty.get()>
            <thead>
                <tr>
                    <th scope="col" title=text!("Whether its curves are drawn, and in which colour")>
                        {text!("Drawn")}
                    </th>
                    <th scope="col">{text!("Run")}</th>
                    <th scope="col" class="number-cell" title=text!("Mean training loss of the last ten steps, in nats")>
                        {text!("Loss")}
                    </th>
                    <th scope="col" class="number-cell" title=text!("Share of the held-out images classified correctly")>
                        {text!("Held out")}
                    </th>
                    <td></td>
                </tr>
            </thead>
            <tbody>
                <Show when=move || has_now.get()>
                    <CurrentRow facts=Signal::derive(move || now.get().unwrap_or_default()) />
                </Show>
                <For each=ids key=|id| *id let:id>
                    <KeptRow
                        id
                        facts=Memo::new(move |before: Option<&RowFacts>| {
                            // A row that is about to go shows what it was.
                            kept.with(|rows| rows.iter().find(|row| row.id == id).cloned()).or(before.cloned()).unwrap_or_default()
                        })
                        forget
                    />
                </For>
            </tbody>
        </table>
    }
}
