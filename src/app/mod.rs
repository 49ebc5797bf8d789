//! The page: Leptos components over the pure core.
//!
//! The page never links Burn. It sends commands to a trainer in a Web Worker and folds the events that come back:
//!
//! ```text
//! component ──► context (ExperimentContext, RunController …) ──► services::TrainerDriver ──► worker
//!     ▲                            │                                       │
//!     └────────── signals ◄────────┴──────── RunState::apply ◄─────────────┘  at most ten times a second
//! ```
//!
//! * [`components`] are controls and containers that know nothing of residual networks.
//! * [`course`] holds the lessons: plain data and pure checks.
//! * [`features`] holds one folder for each thing a visitor sees.
//! * [`context`] is what every feature may use: the experiment, the run, the data set, the device, notices.
//! * [`services`] talk to workers, storage and the network.

mod components;
mod context;
mod course;
mod embed_page;
mod features;
mod page;
mod services;
mod spot;

use components::{InTurn, Turns, next_task};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// The page as its link asks for it: whole, or in the frame of another one.
#[component]
fn App(
    /// What builds its parts.
    turns: Turns,
) -> impl IntoView {
    provide_context(turns);
    context::provide_contexts();
    features::keyboard::listen();
    features::focus_guard::watch();
    features::tips::listen();
    let embedded = context::use_view().is_embedded();
    view! {
        <InTurn>{if embedded { view! { <embed_page::EmbedPage /> }.into_any() } else { view! { <page::Page /> }.into_any() }}</InTurn>
    }
}

/// Mounts the page in the visitor's language and takes away the static frame that `index.html` shows until then. The page is built behind
/// it (`www/frame.css`).
pub fn mount() {
    console_error_panic_hook::set_once();
    spawn_local(async {
        services::language::speak_visitors().await;
        next_task().await;
        let frame = document().query_selector("[data-static-frame]").ok().flatten();
        let turns = Turns::new();
        mount_to_body(move || view! { <App turns /> });
        turns.build_all().await;
        if let Some(frame) = frame {
            frame.remove();
        }
        turns.shown();
    });
}
