//! Offers the run that this browser saved when the tab was closed.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::components::NoticeBox;
use crate::app::context::{use_dataset, use_run};
use crate::checkpoint::autosave::{KeptNote, NOTE, STORE};
use crate::experiment::permalink;
use crate::format::grouped;
use crate::protocol::decode;
use crate::worker::storage::read_from;

/// The offer, until a run begins.
#[component]
pub fn SavedRun() -> impl IntoView {
    let (run, dataset) = (use_run(), use_dataset());
    let saved = RwSignal::new(None::<KeptNote>);
    let deleted = RwSignal::new(None::<KeptNote>);
    spawn_local(async move { saved.set(read_note().await) });
    // The next run takes the place of the saved one; only then is what was deleted gone for good.
    let go_on = move |_| {
        if let Some(note) = saved.get_untracked() {
            run.continue_saved(&note.link);
        }
        saved.set(None);
    };
    let offer = move |note: KeptNote| {
        let button = if note.steps_done >= note.total_steps { "Open it" } else { "Continue" };
        view! {
            <NoticeBox text=sentence(&note)>
                <button type="button" class="quiet" disabled=move || dataset.source().is_none() on:click=go_on>
                    {button}
                </button>
                <button
                    type="button"
                    class="quiet"
                    on:click=move |_| {
                        deleted.set(saved.get_untracked());
                        saved.set(None);
                    }
                >
                    "Delete"
                </button>
            </NoticeBox>
        }
    };
    let undo = move || {
        view! {
            <NoticeBox text="The saved run is deleted when you leave or start another one.">
                <button
                    type="button"
                    class="quiet"
                    on:click=move |_| {
                        saved.set(deleted.get_untracked());
                        deleted.set(None);
                    }
                >
                    "Undo"
                </button>
            </NoticeBox>
        }
    };
    // Another run is saved in its place: there is nothing left to delete.
    Effect::new(move |_| {
        if run.exists() {
            deleted.set(None);
        }
    });
    // A page that is left makes the deletion final.
    let delete = move || {
        if deleted.get_untracked().is_some() {
            // Nothing is lost where the browser does not delete it: the next run takes its place.
            let _ = window().caches().map(|caches| caches.delete(STORE));
        }
    };
    gloo::events::EventListener::new(&window(), "pagehide", move |_| delete()).forget();
    move || {
        if run.exists() {
            return None;
        }
        saved.get().map(|note| offer(note).into_any()).or_else(|| deleted.get().map(|_| undo().into_any()))
    }
}

fn sentence(note: &KeptNote) -> String {
    let depth = permalink::read_kept(&note.link).network.depth;
    let (done, total) = (grouped(note.steps_done), grouped(note.total_steps));
    let far = if note.steps_done >= note.total_steps { "trained to its end".to_owned() } else { format!("step {done} of {total}") };
    format!("Your last run is saved (depth {depth}, {far}). Starting a new one replaces it.")
}

async fn read_note() -> Option<KeptNote> {
    decode(&read_from(STORE, NOTE).await?).ok()
}
