//! An image from the camera: shown live until it is taken. The camera is on no longer than that.

use std::cell::RefCell;

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use crate::ui::camera::{REFUSED, turn_off, turn_on};
use crate::ui::follow::listen;
use crate::ui::markup::say;
use crate::ui::square::pixels;

/// The button that starts the camera, then takes the image.
pub const BUTTON: &str = "look-camera";
/// The button, and a place for what the camera sees.
pub const HTML: &str =
    "<p class=look-own><button class=quiet id=look-camera disabled>Use the camera</button> <span id=look-live></span></p>";

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
                Camera::Off => turn_on("look-live").await.map(Camera::On),
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
