//! A camera that is on for as long as its value lives.

use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MediaDevices, MediaStream, MediaStreamConstraints, MediaStreamTrack, MediaTrackConstraints};

use super::capabilities::Capability;
use crate::language::{marked, text};
use crate::worker::javascript::get;

/// What is said of a camera that shows nothing.
pub const DARK: &str = marked!("The camera shows nothing: turn it off and on again, or choose a file.");
/// Pixels asked for: ten times what the network reads. More would only be made small again.
const WIDTH: i32 = 320;

/// A camera. Dropping it turns it off.
#[derive(Debug)]
pub struct Camera {
    stream: MediaStream,
}

impl Camera {
    /// Asks the visitor for the camera.
    ///
    /// # Errors
    /// A sentence when the visitor or the browser does not allow it, or there is none.
    pub async fn turn_on() -> Result<Self, String> {
        let devices: MediaDevices = Capability::Camera.find().map_err(|reason| format!("{reason}."))?.unchecked_into();
        let turned_on = Self::turn_on_one(&devices).await;
        turned_on.map_err(|error| {
            let is_framed = window().parent().ok().flatten().is_some_and(|parent| parent != window());
            refusal(&get(&error, "name").as_string().unwrap_or_default(), is_framed).to_owned()
        })
    }

    async fn turn_on_one(devices: &MediaDevices) -> Result<Self, JsValue> {
        let size = MediaTrackConstraints::new();
        size.set_width_i32(WIDTH);
        let wanted = MediaStreamConstraints::new();
        wanted.set_video_media_track_constraints(&size);
        let asked = devices.get_user_media_with_constraints(&wanted)?;
        Ok(Self { stream: JsFuture::from(asked).await?.dyn_into()? })
    }

    /// What it sees.
    pub fn stream(&self) -> &MediaStream {
        &self.stream
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        self.stream.get_tracks().iter().for_each(|track| track.unchecked_into::<MediaStreamTrack>().stop());
    }
}

/// What is said where the browser refuses with an error of this name.
fn refusal(error: &str, is_framed: bool) -> &'static str {
    match error {
        "NotFoundError" | "OverconstrainedError" => text!("This device has no camera: connect one, or choose a file."),
        "NotReadableError" | "AbortError" => text!("The camera is in use elsewhere: close the other program, or choose a file."),
        // Without the frame's word nobody is even asked.
        _ if is_framed => text!("This frame may not use the camera: open the page in a tab of its own, or choose a file."),
        _ => text!("There is no camera to be had: allow it in the browser's address bar, or choose a file."),
    }
}

#[cfg(test)]
mod tests {
    use super::refusal;

    #[test]
    fn a_camera_that_is_not_there_is_not_to_be_allowed() {
        for (error, is_framed, remedy) in [
            ("NotAllowedError", false, "allow it"),
            ("NotAllowedError", true, "a tab of its own"),
            ("NotFoundError", false, "connect one"),
            ("NotFoundError", true, "connect one"),
            ("NotReadableError", false, "close the other program"),
        ] {
            let sentence = refusal(error, is_framed);
            assert!(sentence.contains(remedy) && sentence.ends_with("choose a file."), "{error}: {sentence}");
        }
    }
}
