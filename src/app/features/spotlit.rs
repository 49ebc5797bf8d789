//! A place that a tour or a lesson can point at.

use leptos::{html, prelude::*};

use super::tour::TourStop;
use crate::app::context::{Spot, use_spotlight};
use crate::app::services::scrolling::scroll_into_view;

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
    let spotlight = use_spotlight();
    let place = NodeRef::<html::Div>::new();
    let is_on = Memo::new(move |_| spotlight.is_on(spot));
    Effect::new(move |_| {
        if let (true, Some(place)) = (is_on.get(), place.get()) {
            scroll_into_view(&place);
        }
    });
    view! {
        <div class=format!("spot {class}") class:spotlit=is_on node_ref=place>
            {children()}
            <TourStop spot />
        </div>
    }
}
