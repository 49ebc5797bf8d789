//! Where the focus goes when what has it goes away: a button that did what it was there for, a message that was dismissed.
//!
//! A browser gives the focus to nothing then, and who hears the page is at its start again. What came in the same place gets
//! it, else the nearer of the controls before and behind.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::{events::EventListener, timers::callback::Interval};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

/// What the Tab key stops at.
const STOPS: &str = "a[href], button, input, select, textarea, summary, [tabindex]";
/// Milliseconds between two looks. Whoever takes care of the focus is given one of them to do so.
const PACE_MS: u32 = 150;

/// What had the focus last, and what was around it then.
struct Held {
    element: HtmlElement,
    /// From the inside out.
    around: Vec<Element>,
    before: Vec<HtmlElement>,
    behind: Vec<HtmlElement>,
    /// How often it was found gone.
    missed: u32,
}

/// Watches the focus for as long as there is a page.
pub fn watch() {
    let held = Rc::new(RefCell::new(None::<Held>));
    let focused = held.clone();
    EventListener::new(&document(), "focusin", move |event| {
        // The drawing keeps the focus of its parts by itself; they are no HTML.
        let element = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        focused.replace(element.map(Held::new));
    })
    .forget();
    Interval::new(PACE_MS, move || {
        // In another page's frame, or another tab, the focus is elsewhere and stays there.
        if !document().has_focus().unwrap_or(false) || document().active_element().is_some_and(|active| active.tag_name() != "BODY") {
            return;
        }
        let mut held = held.borrow_mut();
        match held.as_mut() {
            // It was left by a click beside all controls.
            Some(there) if is_seen(&there.element) => *held = None,
            Some(gone) if gone.missed == 0 => gone.missed = 1,
            Some(gone) => {
                let next = gone.next();
                *held = None;
                drop(held);
                if let Some(next) = next {
                    // What is seen takes the focus.
                    let _ = next.focus();
                }
            }
            None => {}
        }
    })
    .forget();
}

impl Held {
    fn new(element: HtmlElement) -> Self {
        let stops = stops();
        let place = stops.iter().position(|stop| *stop == element);
        let (before, rest) = stops.split_at(place.unwrap_or(stops.len()));
        let around = std::iter::successors(element.parent_element(), |around| around.parent_element()).collect();
        Self { around, before: before.to_vec(), behind: rest.iter().skip(1).cloned().collect(), missed: 0, element }
    }

    /// What gets the focus instead.
    fn next(&self) -> Option<HtmlElement> {
        let before = self.before.iter().rev().find(|stop| is_seen(stop));
        let behind = self.behind.iter().find(|stop| is_seen(stop));
        let now: Vec<HtmlElement> = stops().into_iter().filter(is_seen).collect();
        let place = before.and_then(|before| now.iter().position(|stop| stop == before)).map_or(0, |place| place + 1);
        let came = now.get(place).filter(|stop| Some(*stop) != behind);
        let distance = |stop: &HtmlElement| self.around.iter().position(|around| around.contains(Some(stop.unchecked_ref::<Node>())));
        let nearer = [behind, before].into_iter().flatten().min_by_key(|stop| distance(stop).unwrap_or(usize::MAX));
        came.or(nearer).cloned()
    }
}

fn stops() -> Vec<HtmlElement> {
    // The selector is valid.
    let Ok(found) = document().query_selector_all(STOPS) else { return Vec::new() };
    let stops = (0..found.length()).filter_map(|at| found.get(at)?.dyn_into::<HtmlElement>().ok());
    stops.filter(|stop| stop.get_attribute("tabindex").as_deref() != Some("-1")).collect()
}

fn is_seen(element: &HtmlElement) -> bool {
    let size = element.get_bounding_client_rect();
    element.is_connected() && size.width() > 0.0 && size.height() > 0.0
}
