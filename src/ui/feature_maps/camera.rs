//! An image from the camera: shown live until it is taken. The camera is on no longer than that.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::own_image::pixels;
use crate::javascript::{call, get};
use crate::ui::browser::{document, window};
use crate::ui::follow::listen;
use crate::ui::markup::{element, say};

/// The button that starts the camera, then takes the image.
pub const BUTTON: &str = "look-camera";
/// The button, and a place for what the camera sees.
pub const HTML: &str =
    "<p class=look-own><button class=quiet id=look-camera disabled>Use the camera</button> <span id=look-live></span></p>";

const REFUSED: &str = "There is no camera to be had: allow it in the browser's address bar, or choose a file.";

enum Camera {
    Off,
    /// The visitor is asked, or a picture is taken. A click changes nothing: a second camera would never be turned off.
    Busy,
    /// With the picture that moves.
    On(JsValue),
}

thread_local! {
    static CAMERA: RefCell<Camera> = const { RefCell::new(Camera::Off) };
}

/// Whether it shows something.
pub fn is_on() -> bool {
    CAMERA.with_borrow(|camera| matches!(camera, Camera::On(_)))
}

/// Hands the pixels of every image that is taken to `taken`, `[32, 32, 3]`, one byte a channel.
pub fn start(taken: impl Fn(Vec<u8>) + Copy + 'static) {
    listen(BUTTON, &["click"], move |_| {
        spawn_local(async move {
            let outcome = match CAMERA.replace(Camera::Busy) {
                Camera::Busy => return,
                Camera::Off => turn_on().await.map(Camera::On),
                Camera::On(video) => {
                    let pixels = pixels(&video).await;
                    turn_off(&video);
                    pixels.map(|pixels| {
                        taken(pixels);
                        Camera::Off
                    })
                }
            };
            let sentence = if outcome.is_ok() { "" } else { REFUSED };
            CAMERA.set(outcome.unwrap_or(Camera::Off));
            say(BUTTON, if is_on() { "Take the picture" } else { "Use the camera" });
            say("look-note", sentence);
        });
    });
}

async fn turn_on() -> Result<JsValue, JsValue> {
    let devices = get(&get(&window(), "navigator"), "mediaDevices");
    let wanted = Object::new();
    Reflect::set(&wanted, &"video".into(), &true.into())?;
    let stream = JsFuture::from(call(&devices, "getUserMedia", &[wanted.into()])?.unchecked_into::<Promise>()).await?;
    let video = document().create_element("video")?;
    // A phone would play it over the whole screen.
    for (name, value) in [("muted", ""), ("playsinline", ""), ("width", "96"), ("aria-label", "What the camera sees")] {
        video.set_attribute(name, value)?;
    }
    Reflect::set(&video, &"srcObject".into(), &stream)?;
    if let Some(place) = element("look-live") {
        place.append_child(&video)?;
    }
    let plays = JsFuture::from(call(&video, "play", &[])?.unchecked_into::<Promise>()).await;
    if let Err(reason) = plays {
        turn_off(&video);
        return Err(reason);
    }
    Ok(video.into())
}

fn turn_off(video: &JsValue) {
    if let Ok(tracks) = call(&get(video, "srcObject"), "getTracks", &[]) {
        for track in Array::from(&tracks).iter() {
            // One that has ended already needs no end.
            let _ = get(&track, "stop").dyn_into::<Function>().map(|stop| stop.call0(&track));
        }
    }
    // It is on the page, so it can leave it.
    let _ = call(video, "remove", &[]);
}
