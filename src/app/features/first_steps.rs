//! Three first steps for a newcomer and the way into the tour, until they are dismissed.

use leptos::prelude::*;

use crate::app::components::Term;
use crate::app::context::use_tour;

/// What to do first, in three numbered steps.
#[component]
pub fn FirstSteps() -> impl IntoView {
    let tour = use_tour();
    view! {
        <Show when=move || tour.is_offered()>
            <aside class="first-steps" aria-label="First steps">
                <ol>
                    <li>"Press Play: the network learns to tell images apart, here in your browser."</li>
                    <li>"Make it deeper with + beside Depth. Orange arcs are its " <Term name="skip connection" shown="skip connections" /> "."</li>
                    <li>"Ask “Do skip connections help?” below: two networks train, and one sentence tells what was measured."</li>
                </ol>
                <div class="first-steps-buttons">
                    <button type="button" class="quiet" on:click=move |_| tour.start()>
                        "Take the tour"
                    </button>
                    <button type="button" class="quiet" aria-label="Dismiss the first steps" on:click=move |_| tour.dismiss_offer()>
                        "Got it"
                    </button>
                </div>
            </aside>
        </Show>
    }
}
