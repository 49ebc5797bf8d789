//! The last line of the page on paper: what was printed, and when.

use leptos::prelude::*;
use leptos_use::{use_event_listener, use_window};

use crate::app::context::{use_experiment, use_view};
use crate::app::services::clock::today;
use crate::app::services::location;

/// The link of the experiment and the date. `www/print.css` shows it on paper alone.
#[component]
pub fn PrintFoot() -> impl IntoView {
    let (experiment, view) = (use_experiment(), use_view());
    let date = RwSignal::new(today());
    let _ = use_event_listener(use_window(), leptos::ev::beforeprint, move |_| date.set(today()));
    view! {
        <p class="print-foot paper-only">
            "ResNet Playground, " {date} ". The experiment: " {move || location::link(&experiment.link(view))}
        </p>
    }
}
