//! A part of the page that a step can be about.

use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

use crate::app::context::use_lessons;
use crate::app::course::Target;

/// Windows narrower than that, in pixels, have the course at their foot: `www/lessons.css` has the same number.
const NARROW: f64 = 1200.0;
/// Share of the window's height that it takes there.
const FOOT: f64 = 0.45;
/// Pixels at the top that the bar lies over there.
const BAR: f64 = 76.0;

/// What the focus goes to, the first that there is: the drawing, a card of the open tab, a field, a button.
const GOALS: [&str; 4] = ["[role=application]", "[role=tabpanel]:not([hidden]) button", "input", "button"];

/// A part of the page; while the open step is about it, it is outlined and in sight.
#[component]
pub fn LessonTarget(
    /// Which part.
    target: Target,
    /// Its class.
    class: &'static str,
    children: Children,
) -> impl IntoView {
    let lessons = use_lessons();
    let element = NodeRef::<html::Div>::new();
    let is_meant = Memo::new(move |_| lessons.highlights(target));
    // With each step that is about it, once the page has its new shape.
    let meant_by = Memo::new(move |_| lessons.open().filter(|_| is_meant.get()));
    let show = move || {
        if let Some(element) = element.try_get_untracked().flatten() {
            bring_into_sight(&element);
        }
    };
    Effect::new(move |_| {
        if meant_by.get().is_some() && element.get().is_some() {
            request_animation_frame(show);
        }
    });
    Effect::new(move |before: Option<u32>| {
        let count = lessons.goes_to_target.get();
        if before.is_some_and(|before| before != count)
            && is_meant.get_untracked()
            && let Some(element) = element.get_untracked()
        {
            bring_into_sight(&element);
            focus(goal(&element));
        }
        count
    });
    view! {
        <div class=class class:lesson-target=move || is_meant.get() node_ref=element>
            {children()}
        </div>
    }
}

fn goal(element: &Element) -> Option<Element> {
    // The selectors are valid.
    GOALS.iter().find_map(|goal| element.query_selector(goal).ok().flatten())
}

fn focus(goal: Option<Element>) {
    match goal.map(JsCast::dyn_into::<HtmlElement>) {
        // What can be focused takes it.
        Some(Ok(goal)) => drop(goal.focus()),
        // The drawing is no HTML, and is focused all the same.
        Some(Err(goal)) => drop(goal.unchecked_into::<HtmlElement>().focus()),
        None => {}
    }
}

/// Scrolls only where not all of it is seen. The style sheet decides whether that moves or jumps.
fn bring_into_sight(element: &Element) {
    let place = element.get_bounding_client_rect();
    let pixels = |length: Result<JsValue, JsValue>| length.ok().and_then(|length| length.as_f64()).unwrap_or_default();
    let (width, height) = (pixels(window().inner_width()), pixels(window().inner_height()));
    let end = if width < NARROW { height * (1.0 - FOOT) } else { height };
    if place.height() > end - BAR {
        // What is too tall is shown from where it is used.
        goal(element).unwrap_or_else(|| element.clone()).scroll_into_view_with_bool(true);
    } else if place.top() < 0.0 || place.bottom() > end {
        element.scroll_into_view_with_bool(true);
    }
}
