//! What browsers give only to some pages, asked for in one place; each absence is one sentence.
//!
//! On a page over plain http, from another name than localhost, `navigator.gpu`, `navigator.clipboard`, `navigator.mediaDevices`
//! and `caches` are undefined, and bindings that do not look would throw.

use leptos::prelude::window;
use wasm_bindgen::JsValue;

use crate::language::text;
use crate::worker::javascript::get;

/// Whether the visitor has asked the browser to spend as little data as it can.
pub fn saves_data() -> bool {
    get(&get(&window().navigator(), "connection"), "saveData").is_truthy()
}

/// Something that a browser may not give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capability {
    /// WebGPU.
    Gpu,
    /// Writing to the clipboard.
    Clipboard,
    /// The camera.
    Camera,
    /// A store of files.
    Storage,
}

/// Why a page does not get it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// It came over plain http, from another name than localhost.
    Insecure,
    /// The browser has none, or forbids it to pages such as this one.
    Absent,
}

impl Capability {
    /// The browser's object for it.
    ///
    /// # Errors
    /// Why there is none and what helps: a sentence without its full stop.
    pub fn find(self) -> Result<JsValue, &'static str> {
        let window = window();
        let object = match self {
            Self::Gpu => get(&window.navigator(), "gpu"),
            Self::Clipboard => get(&window.navigator(), "clipboard"),
            Self::Camera => get(&window.navigator(), "mediaDevices"),
            Self::Storage => get(&window, "caches"),
        };
        let cause = if window.is_secure_context() { Cause::Absent } else { Cause::Insecure };
        if object.is_undefined() || object.is_null() { Err(self.sentence(cause)) } else { Ok(object) }
    }

    fn sentence(self, cause: Cause) -> &'static str {
        match (self, cause) {
            (Self::Gpu, Cause::Insecure) => text!("WebGPU needs a page over https or from localhost, and this one came over plain http"),
            (Self::Gpu, Cause::Absent) => text!("This browser has no WebGPU"),
            (Self::Clipboard, Cause::Insecure) => {
                text!("Browsers let pages copy over https or from localhost alone: select the text and copy it")
            }
            (Self::Clipboard, Cause::Absent) => text!("This browser does not allow copying: select the text and copy it"),
            (Self::Camera, Cause::Insecure) => text!("Browsers give the camera to pages over https or from localhost alone: choose a file"),
            (Self::Camera, Cause::Absent) => text!("This browser has no camera for this page: choose a file"),
            (Self::Storage, Cause::Insecure) => text!("Browsers keep images for pages over https or from localhost alone"),
            (Self::Storage, Cause::Absent) => text!("This browser's storage for the page is switched off"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Capability; 4] = [Capability::Gpu, Capability::Clipboard, Capability::Camera, Capability::Storage];

    #[test]
    fn over_plain_http_each_absence_names_the_remedy() {
        for capability in ALL {
            let sentence = capability.sentence(Cause::Insecure);
            assert!(sentence.contains("https or from localhost"), "{sentence}");
        }
    }

    #[test]
    fn over_https_nobody_is_sent_to_https() {
        for capability in ALL {
            let sentence = capability.sentence(Cause::Absent);
            assert!(!sentence.contains("http"), "{sentence}");
        }
    }

    #[test]
    fn sentences_stand_before_a_full_stop() {
        for sentence in ALL.into_iter().flat_map(|capability| [Cause::Insecure, Cause::Absent].map(|cause| capability.sentence(cause))) {
            assert!(sentence.starts_with(char::is_uppercase) && sentence.ends_with(char::is_alphabetic), "{sentence}");
        }
    }
}
