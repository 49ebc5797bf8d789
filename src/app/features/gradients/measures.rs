//! Which quantity is shown along the network.

use leptos::prelude::*;

use crate::insight::layer_stats::Measure;
use crate::language::{text, translated};

/// A button for each measure, and what its numbers are.
#[component]
pub(super) fn Measures(
    /// The one that is shown.
    measure: RwSignal<Measure>,
) -> impl IntoView {
    let button = move |of: &'static Measure| {
        view! {
            <button
                type="button"
                class="quiet"
                aria-pressed=move || (measure.get() == *of).to_string()
                on:click=move |_| measure.set(*of)
            >
                {translated(of.label())}
            </button>
        }
    };
    view! {
        <div>
            <div class="gradients-measures" role="group" aria-label=text!("What is shown along the network")>
                {Measure::ALL.iter().map(button).collect_view()}
            </div>
            <p class="gradients-note">{move || translated(measure.get().explanation())}</p>
        </div>
    }
}
