//! A camera that is on for as long as its value lives.

use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MediaStream, MediaStreamConstraints, MediaStreamTrack, MediaTrackConstraints};

/// What is said where none is to be had.
pub const REFUSED: &str = "There is no camera to be had: allow it in the browser's address bar, or choose a file.";
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
    /// When the visitor or the browser does not allow it, or there is none.
    pub async fn turn_on() -> Result<Self, JsValue> {
        let size = MediaTrackConstraints::new();
        size.set_width_i32(WIDTH);
        let wanted = MediaStreamConstraints::new();
        wanted.set_video_media_track_constraints(&size);
        let asked = window().navigator().media_devices()?.get_user_media_with_constraints(&wanted)?;
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
