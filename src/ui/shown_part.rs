//! What the page shows and does beside drawing the network, before there is a run. Fetched as soon as the network is drawn.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event};

use super::browser::{document, listen_to_window, window};
use super::controls::recipes;
use super::session::Session;
use super::{curves, experiments, layer_costs, lesion_chart, looks_chart, measurements, network_drawing, parts, share_button, slow_motion};

/// What the rest of the page wants of it.
#[derive(Debug, PartialEq)]
pub enum ShownWish {
    /// That it is there.
    BeThere,
    /// That it does what a click meant which came too early.
    Click(Element),
}

/// Remembers clicks until the part is there, in what is marked `data-late`: it is on the page before somebody hears it.
pub fn hear_early_clicks() {
    listen_to_window("click", |event| {
        let clicked = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let is_meant = |element: &Element| element.closest("[data-late]").ok().flatten().is_some();
        if let Some(element) = clicked.filter(|element| !parts::rest_is_shown() && is_meant(element)) {
            parts::show_the_rest(ShownWish::Click(element));
        }
    });
}

/// Starts it, and gives what does as it is told.
pub fn start() -> fn(ShownWish) {
    let session = Session::of_page();
    session.start_shown_part();
    share_button::start(session);
    recipes::start(session);
    network_drawing::start_exploring(session);
    curves::start(session);
    looks_chart::start(session);
    measurements::start(session);
    experiments::keep_buttons(session);
    slow_motion::keep_button(session);
    lesion_chart::start(session);
    layer_costs::start(session);
    |wish| {
        if let ShownWish::Click(element) = wish {
            // What has gone since means nothing any more.
            let _ = click(&element);
        }
    }
}

/// A click like that of a pointer: shapes of a drawing have no method for it.
fn click(element: &Element) -> Result<(), JsValue> {
    let kind = Reflect::get(&window(), &"MouseEvent".into())?.unchecked_into::<Function>();
    let bubbles = Object::new();
    Reflect::set(&bubbles, &"bubbles".into(), &true.into())?;
    let event = Reflect::construct(&kind, &Array::of2(&"click".into(), &bubbles))?;
    if document().contains(Some(element)) {
        element.dispatch_event(event.unchecked_ref::<Event>())?;
    }
    Ok(())
}
