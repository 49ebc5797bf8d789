//! A camera that shows what it sees, for as long as it is on.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::browser::{document, window};
use super::markup::element;
use crate::worker::javascript::{call, get};

/// What is said where none is to be had.
pub const REFUSED: &str = "There is no camera to be had: allow it in the browser's address bar, or choose a file.";

/// Shows in the element of that `id` what the camera sees, and gives the picture that moves.
///
/// # Errors
/// When the visitor or the browser does not allow it, or there is none.
pub async fn turn_on(place: &str) -> Result<JsValue, JsValue> {
    let devices = get(&get(&window(), "navigator"), "mediaDevices");
    // Ten times what the network reads; more would only be made small again.
    let size = Object::new();
    Reflect::set(&size, &"width".into(), &320.into())?;
    let wanted = Object::new();
    Reflect::set(&wanted, &"video".into(), &size)?;
    let stream = JsFuture::from(call(&devices, "getUserMedia", &[wanted.into()])?.unchecked_into::<Promise>()).await?;
    let video = document().create_element("video")?;
    // A phone would play it over the whole screen.
    for (name, value) in [("muted", ""), ("playsinline", ""), ("width", "96"), ("aria-label", "What the camera sees")] {
        video.set_attribute(name, value)?;
    }
    Reflect::set(&video, &"srcObject".into(), &stream)?;
    if let Some(place) = element(place) {
        place.append_child(&video)?;
    }
    let plays = JsFuture::from(call(&video, "play", &[])?.unchecked_into::<Promise>()).await;
    if let Err(reason) = plays {
        turn_off(&video);
        return Err(reason);
    }
    Ok(video.into())
}

/// Takes it off the page again.
pub fn turn_off(video: &JsValue) {
    if let Ok(tracks) = call(&get(video, "srcObject"), "getTracks", &[]) {
        for track in Array::from(&tracks).iter() {
            // One that has ended already needs no end.
            let _ = get(&track, "stop").dyn_into::<Function>().map(|stop| stop.call0(&track));
        }
    }
    // It is on the page, so it can leave it.
    let _ = call(video, "remove", &[]);
}
