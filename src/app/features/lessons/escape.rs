//! Escape leaves the course, unless something nearer to it takes the key.

use gloo::events::EventListener;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use crate::app::context::{LessonsContext, use_view};
use crate::app::services::event_target::comes_from;

/// What closes, or puts something back, on Escape.
const TAKES_ESCAPE: &str = "dialog, [role=dialog], [role=menu], [role=toolbar], [role=application], input[type=search], select";

/// Listens for as long as there is a page.
pub fn listen(lessons: LessonsContext, leave: impl Fn() + 'static) {
    let view = use_view();
    let heard = move |event: &web_sys::Event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let is_meant = event.key() == "Escape" && !event.default_prevented() && !event.repeat();
        let is_open = lessons.open().is_some() && !view.settings_open.get();
        if is_meant && is_open && !comes_from(event, TAKES_ESCAPE) {
            leave();
        }
    };
    let heard = move |event: &web_sys::Event| untrack(|| heard(event));
    EventListener::new(&window(), "keydown", heard).forget();
}
