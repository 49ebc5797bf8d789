//! Three first steps for a newcomer, until they are dismissed.

use leptos::prelude::*;

use crate::app::components::Term;
use crate::app::services::local_storage;

const DISMISSED: &str = "first-steps-dismissed";

/// What to do first, in three numbered steps.
#[component]
pub fn FirstSteps() -> impl IntoView {
    let shown = RwSignal::new(local_storage::get(DISMISSED) != Some(true));
    let dismiss = move |_| {
        // Nothing is lost where the browser does not remember it.
        let _ = local_storage::set(DISMISSED, &true);
        shown.set(false);
    };
    view! {
        <Show when=move || shown.get()>
            <aside class="first-steps" aria-label="First steps">
                <ol>
                    <li>"Press Play: the network learns to tell images apart, here in your browser."</li>
                    <li>"Make it deeper with + beside Depth. Orange arcs are its " <Term name="skip connection" shown="skip connections" /> "."</li>
                    <li>"Ask “Do skip connections help?” below: two networks train, and one sentence tells what was measured."</li>
                </ol>
                <button type="button" class="quiet" aria-label="Dismiss the first steps" on:click=dismiss>
                    "Got it"
                </button>
            </aside>
        </Show>
    }
}
