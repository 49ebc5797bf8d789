//! How far something is.

use leptos::prelude::*;

/// A thin bar. Without a share it says that something is under way whose length nobody knows.
#[component]
pub fn ProgressBar(
    /// Name of what goes on.
    label: &'static str,
    /// How far it is, from 0 to 1; `None` where that is not known.
    #[prop(into)]
    share: Signal<Option<f64>>,
    /// Whether anything is under way.
    #[prop(into)]
    is_active: Signal<bool>,
) -> impl IntoView {
    let percent = move || share.get().map(|share| (share.clamp(0.0, 1.0) * 1000.0).round() / 10.0);
    let width = move || match percent() {
        Some(percent) => format!("{percent}%"),
        // The style sheet moves a part of the bar to and fro.
        None if is_active.get() => "30%".into(),
        None => "0".into(),
    };
    view! {
        <div
            class="progress"
            class:unknown=move || is_active.get() && share.get().is_none()
            role="progressbar"
            aria-label=label
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=move || percent().map(|percent| percent.to_string())
        >
            <div class="progress-bar" style:width=move || width()></div>
        </div>
    }
}
