//! A place that a lesson or a stop of the tour can point at.

use leptos::{html, prelude::*};

use super::tour::TourStop;
use crate::app::components::page_is_shown;
use crate::app::context::{use_lessons, use_tour};
use crate::app::services::scrolling::{bring_into_sight, scroll_into_view};
use crate::app::services::target_focus::focus_within;
use crate::app::spot::Spot;

/// What stands at `spot`. While it is pointed at it has a ring around it and is scrolled into view; a stop of the tour about it
/// stands beside it.
#[component]
pub fn Spotlit(
    /// Which place it is.
    spot: Spot,
    /// Its class, for the style sheet of the feature.
    #[prop(optional)]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    let (tour, lessons) = (use_tour(), use_lessons());
    let (place, is_shown) = (NodeRef::<html::Div>::new(), page_is_shown());
    let has_stop = Memo::new(move |_| tour.stops_at(spot));
    // Which lesson is about it: each brings it into sight again.
    let lesson = Memo::new(move |_| lessons.open().filter(|_| lessons.highlights(spot)));
    Effect::new(move |_| {
        if let (true, true, Some(place)) = (is_shown.get(), has_stop.get(), place.get()) {
            scroll_into_view(&place);
        }
    });
    let show = move || {
        if let Some(place) = place.try_get_untracked().flatten() {
            bring_into_sight(&place);
        }
    };
    Effect::new(move |_| {
        if is_shown.get() && lesson.get().is_some() && place.get().is_some() {
            // Once the page has its new shape.
            request_animation_frame(show);
        }
    });
    Effect::new(move |before: Option<u32>| {
        let count = lessons.goes_to_target.get();
        if before.is_some_and(|before| before != count)
            && lesson.get_untracked().is_some()
            && let Some(place) = place.get_untracked()
        {
            bring_into_sight(&place);
            focus_within(&place);
        }
        count
    });
    view! {
        <div class=format!("spot {class}") class:spotlit=move || has_stop.get() || lesson.get().is_some() node_ref=place>
            {children()}
            <TourStop spot />
        </div>
    }
}
