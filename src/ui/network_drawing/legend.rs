//! What the lines mean.

use leptos::prelude::*;

#[component]
pub fn Legend(
    skip_connections: Signal<bool>,
    /// Whether the bars show measured gradients.
    measured: Signal<bool>,
) -> impl IntoView {
    view! {
        <p class="drawing-legend">
            <Show when=move || skip_connections.get() fallback=|| "a plain network: no skip connections">
                <span>
                    <svg class="drawing-key" viewBox="0 0 18 6" aria-hidden="true">
                        <path class="drawing-arc" d="M1 3H17" />
                    </svg>
                    "identity"
                </span>
                <span>
                    <svg class="drawing-key" viewBox="0 0 18 6" aria-hidden="true">
                        <path class="drawing-arc projection" d="M1 3H17" />
                    </svg>
                    "projection"
                </span>
            </Show>
            <Show when=move || measured.get()>
                <span>"gradient 10⁻⁶" <span class="drawing-ramp" aria-hidden="true"></span> "10²"</span>
            </Show>
        </p>
    }
}
