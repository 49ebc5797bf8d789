//! The last line of the page on paper: what was printed, and when.

use leptos::prelude::*;
use leptos_use::{use_event_listener, use_window};

use crate::app::context::{use_experiment, use_view};
use crate::app::services::clock::today;
use crate::app::services::location;
use crate::experiment::permalink::FromAuthor;
use crate::language::tr;

/// The link of the experiment and the date. `www/print.css` shows it on paper alone.
#[component]
pub fn PrintFoot() -> impl IntoView {
    let (experiment, view) = (use_experiment(), use_view());
    let date = RwSignal::new(today());
    let _ = use_event_listener(use_window(), leptos::ev::beforeprint, move |_| date.set(today()));
    // Nobody types the points of a curve off a sheet of paper.
    let beside = move || FromAuthor { curve: None, ..view.from_author.get() };
    let link = move || location::link(&experiment.link(view, &beside()));
    let words = move || tr!("ResNet Playground, {date}. The experiment: {link}", date = date.get(), link = link());
    view! { <p class="print-foot paper-only">{words}</p> }
}
