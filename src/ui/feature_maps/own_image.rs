//! An image of the visitor's own: chosen, dropped or pasted, and made as small as the network's by the browser.

use js_sys::{Promise, Reflect, Uint8ClampedArray};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Event;

use crate::dataset::IMAGE_EDGE;
use crate::javascript::call;
use crate::ui::browser::{document, first_file, listen_to_window, window};
use crate::ui::follow::listen;
use crate::ui::markup::{say, set};
use crate::ui::parts;
use crate::ui::session::Command;

/// The field for a file.
pub const INPUT: &str = "look-own";
/// Where it is chosen, and what is wrong with it.
pub const HTML: &str = "<p class=look-own><label class=caption for=look-own>Your own image: choose, drop or paste one</label> \
    <input id=look-own type=file accept=image/* disabled><span class=caption id=look-note role=status></span></p>";

/// Hears of every image that comes, before there is a run as well: it is looked at once there is.
pub fn listen_for_images() {
    let take = |event: &Event| {
        if event.type_().starts_with("d") {
            // Of what is dropped, the browser would leave the page and show the image alone.
            event.prevent_default();
        }
        let held = |holder: &&str| Reflect::get(event, &(*holder).into()).and_then(|holder| first_file(&holder)).ok();
        // A list that was changed has no files, and text that is pasted holds none.
        let file = ["target", "dataTransfer", "clipboardData"].iter().filter_map(held).find(JsValue::is_object);
        if let Some(file) = file {
            parts::run(Command::LookAt(file));
        }
    };
    listen("look", &["change", "dragover", "drop"], take);
    listen_to_window("paste", take);
}

/// Hands the pixels of an image to `taken`, `[32, 32, 3]`, one byte a channel.
pub fn take(file: JsValue, taken: impl Fn(Vec<u8>) + 'static) {
    spawn_local(async move {
        match pixels(&file).await {
            Ok(pixels) => {
                say("look-note", "");
                taken(pixels);
            }
            Err(_) => say("look-note", "The browser cannot read this as an image: try a PNG, JPEG or WebP file."),
        }
        // The same file can be chosen again.
        set(INPUT, "value", &"".into());
    });
}

/// The square in the middle of an image file or of a video as it is now, on white where it is transparent.
///
/// # Errors
/// Where the browser sees no image in it.
pub(super) async fn pixels(file: &JsValue) -> Result<Vec<u8>, JsValue> {
    let image = JsFuture::from(call(&window(), "createImageBitmap", std::slice::from_ref(file))?.unchecked_into::<Promise>()).await?;
    let extent = |name: &str| Reflect::get(&image, &name.into()).map(|extent| extent.as_f64().unwrap_or_default());
    let (width, height) = (extent("width")?, extent("height")?);
    let square = width.min(height);
    let canvas = document().create_element("canvas")?;
    let edge = JsValue::from(IMAGE_EDGE as f64);
    for side in ["width", "height"] {
        Reflect::set(&canvas, &side.into(), &edge)?;
    }
    let context = call(&canvas, "getContext", &["2d".into()])?;
    Reflect::set(&context, &"imageSmoothingQuality".into(), &"high".into())?;
    Reflect::set(&context, &"fillStyle".into(), &"#fff".into())?;
    let zero = JsValue::from(0);
    let whole = [zero.clone(), zero, edge.clone(), edge];
    call(&context, "fillRect", &whole)?;
    let cut = [(width - square) / 2.0, (height - square) / 2.0, square, square].map(JsValue::from);
    call(&context, "drawImage", &[&[image], &cut[..], &whole].concat())?;
    let data = Reflect::get(&call(&context, "getImageData", &whole)?, &"data".into())?;
    let colours = data.unchecked_into::<Uint8ClampedArray>().to_vec();
    Ok(colours.chunks_exact(4).flat_map(|pixel| pixel.iter().take(3).copied()).collect())
}
