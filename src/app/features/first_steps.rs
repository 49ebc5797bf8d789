//! Three first steps for a newcomer and the way into the tour, until they are dismissed.

use leptos::prelude::*;

use crate::app::components::Term;
use crate::app::context::use_tour;
use crate::language::{marked, text};

/// What to do first, in three numbered steps.
#[component]
pub fn FirstSteps() -> impl IntoView {
    let tour = use_tour();
    view! {
        <Show when=move || tour.is_offered()>
            <aside class="first-steps" aria-label=text!("First steps")>
                <ol>
                    <li>{text!("Press Play: the network learns to tell images apart, here in your browser.")}</li>
                    <li>
                        {text!("Make it deeper with + beside Depth. Orange arcs are its ")}
                        <Term name="skip connection" shown=marked!("skip connections") />
                        "."
                    </li>
                    <li>
                        {text!("Ask “Do skip connections help?” below: two networks train, and one sentence tells what was measured.")}
                    </li>
                </ol>
                <div class="first-steps-buttons">
                    <button type="button" class="quiet" on:click=move |_| tour.start()>
                        {text!("Take the tour")}
                    </button>
                    <button
                        type="button"
                        class="quiet"
                        aria-label=text!("Dismiss the first steps")
                        on:click=move |_| tour.dismiss_offer()
                    >
                        {text!("Got it")}
                    </button>
                </div>
            </aside>
        </Show>
    }
}
