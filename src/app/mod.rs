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

use leptos::prelude::*;

/// The page as its link asks for it: whole, or in the frame of another one.
#[component]
fn App() -> impl IntoView {
    context::provide_contexts();
    features::keyboard::listen();
    features::focus_guard::watch();
    if context::use_view().is_embedded() { view! { <embed_page::EmbedPage /> }.into_any() } else { view! { <page::Page /> }.into_any() }
}

/// Mounts the page and takes away the static frame that `index.html` shows until then.
pub fn mount() {
    console_error_panic_hook::set_once();
    let frame = document().query_selector("[data-static-frame]").ok().flatten();
    mount_to_body(App);
    if let Some(frame) = frame {
        frame.remove();
    }
}
