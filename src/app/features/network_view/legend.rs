//! What lines and colours mean: only of what is drawn.

use leptos::prelude::*;

use super::explorer::Explorer;
use super::gradients::MeasuredGradients;
use crate::drawing::network::SkipKinds;
use crate::language::text;

/// The legend of the drawing.
#[component]
pub fn Legend(
    /// State of the drawing.
    explorer: Explorer,
    /// What colours the convolutions.
    gradients: MeasuredGradients,
) -> impl IntoView {
    let kinds = Memo::new(move |_| explorer.spec.with(SkipKinds::of));
    let key = |class: &'static str, name: &'static str| {
        view! {
            <span class="network-key">
                <svg viewBox="0 0 18 6" width="18" height="6" aria-hidden="true">
                    <path class=class d="M1 3H17" />
                </svg>
                {name}
            </span>
        }
    };
    let are_measured = Memo::new(move |_| gradients.are_measured());
    view! {
        <p class="network-legend">
            <Show when=move || kinds.get().identity.is_some()>{key("network-arc identity", text!("identity"))}</Show>
            <Show when=move || kinds.get().projection.is_some()>{key("network-arc projection", text!("projection"))}</Show>
            <Show when=move || kinds.get().are_none()>{text!("plain network: no skip connections")}</Show>
            <Show when=move || are_measured.get()>
                <span class="network-key" title=text!("Norm of the gradient in each convolution, on a fixed scale")>
                    {text!("gradient 10⁻⁶")}
                    <span class="network-ramp" aria-hidden="true"></span>
                    "10²"
                </span>
            </Show>
        </p>
    }
}
