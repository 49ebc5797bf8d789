//! The stops of the first tour, each beside the control that it is about.

use leptos::{ev, html, prelude::*};
use leptos_use::{use_event_listener, use_window};
use wasm_bindgen::JsCast;

use crate::app::components::{page_is_shown, unique_id};
use crate::app::context::{STOPS, Stop, use_tour};
use crate::app::spot::Spot;
use crate::language::{text, tr};

/// What the page does for the tour wherever its stops stand: reads each aloud, and ends it by Escape.
#[component]
pub fn Tour() -> impl IntoView {
    let tour = use_tour();
    let said = move || {
        tour.stop().map(|(place, stop)| {
            let (place, count, Stop { title, words, .. }) = (place + 1, STOPS.len(), stop);
            tr!("{place} of {count}. {title}. {words}", place, count, title, words)
        })
    };
    let _ = use_event_listener(use_window(), ev::keydown, move |event| {
        // Where something else has the focus, Escape is for that.
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
        let is_free = document().body().as_ref() == target.as_ref();
        if event.key() == "Escape" && is_free && !event.default_prevented() {
            tour.end();
        }
    });
    view! {
        <p class="visually-hidden" role="status" aria-label=text!("Tour")>
            {said}
        </p>
    }
}

/// The stop at `spot`, while the tour is there.
#[component]
pub fn TourStop(
    /// The place it points at.
    spot: Spot,
) -> impl IntoView {
    let tour = use_tour();
    let here = Memo::new(move |_| tour.stop().filter(|(_, stop)| stop.spot == spot));
    move || here.get().map(|(place, stop)| view! { <Popover place stop /> })
}

/// Title, words and buttons. The page behind it can be used meanwhile.
#[component]
fn Popover(place: usize, stop: Stop) -> impl IntoView {
    let tour = use_tour();
    let (first, last) = (place == 0, place + 1 == STOPS.len());
    let title = unique_id("tour");
    let (next, is_shown) = (NodeRef::<html::Button>::new(), page_is_shown());
    Effect::new(move |_| {
        if let (true, Some(next)) = (is_shown.get(), next.get()) {
            // A button in the document takes the focus.
            let _ = next.focus();
        }
    });
    let key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            tour.end();
        }
    };
    view! {
        <div class="tour-stop" role="dialog" aria-labelledby=title.clone() on:keydown=key>
            <p class="tour-title" id=title.clone()>
                <strong>{stop.title}</strong>
                <span class="tour-place">{tr!("{place} of {count}", place = place + 1, count = STOPS.len())}</span>
            </p>
            <p>{stop.words}</p>
            <div class="tour-buttons">
                {(!last)
                    .then(|| {
                        view! {
                            <button type="button" class="quiet tour-skip" on:click=move |_| tour.end()>
                                {text!("Skip the tour")}
                            </button>
                        }
                    })}
                {(!first)
                    .then(|| {
                        view! {
                            <button type="button" class="quiet" on:click=move |_| tour.back()>
                                {text!("Back")}
                            </button>
                        }
                    })}
                <button type="button" class="quiet tour-next" node_ref=next on:click=move |_| tour.next()>
                    {if last { text!("Done") } else { text!("Next") }}
                </button>
            </div>
        </div>
    }
}
