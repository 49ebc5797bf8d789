//! Copies the link to this experiment.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::address;
use super::session::Session;

#[derive(Clone, Copy, PartialEq)]
enum Shared {
    NotYet,
    Copied,
    /// The browser forbids copying: the link is shown to be copied by hand.
    ByHand,
}

/// Button, and what came of it.
#[component]
pub fn ShareButton() -> impl IntoView {
    let session = Session::of_page();
    let shared = RwSignal::new(Shared::NotYet);
    let link = move || address::link(&session.query());
    let share = move |_| {
        let link = untrack(link);
        spawn_local(async move {
            if address::copy(&link).await {
                shared.set(Shared::Copied);
                set_timeout(move || shared.set(Shared::NotYet), Duration::from_secs(3));
            } else {
                shared.set(Shared::ByHand);
            }
        });
    };
    view! {
        <div class="share">
            <button class="quiet" on:click=share title="Copy a link that repeats this experiment: network, settings and seed">
                "Share"
            </button>
            <span class="share-feedback" role="status">
                {move || (shared.get() == Shared::Copied).then_some("Link copied")}
            </span>
            {move || {
                (shared.get() == Shared::ByHand).then(|| view! { <div class="share-link">
                    <label for="share-link">"Copy this link"</label>
                    <input id="share-link" readonly prop:value=link on:focus=move |event| select_all(&event) />
                    <button class="quiet" on:click=move |_| shared.set(Shared::NotYet)>"Close"</button>
                </div> })
            }}
        </div>
    }
}

fn select_all(event: &web_sys::FocusEvent) {
    event_target::<web_sys::HtmlInputElement>(event).select();
}
