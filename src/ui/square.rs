//! Images as small as the network's, made by the browser.

use js_sys::{Promise, Reflect, Uint8ClampedArray};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::browser::{document, window};
use crate::dataset::IMAGE_EDGE;
use crate::worker::javascript::{call, get};

/// The square in the middle of an image file or of a video as it is now, on white where it is transparent:
/// `[32, 32, 3]`, one byte a channel.
///
/// # Errors
/// Where the browser sees no image in it.
pub async fn pixels(image: &JsValue) -> Result<Vec<u8>, JsValue> {
    let context = drawn(image).await?;
    let [zero, edge] = [0, IMAGE_EDGE].map(|side| JsValue::from(side as f64));
    let data = get(&call(&context, "getImageData", &[zero.clone(), zero, edge.clone(), edge])?, "data");
    let colours = data.unchecked_into::<Uint8ClampedArray>().to_vec();
    Ok(colours.chunks_exact(4).flat_map(|pixel| pixel.iter().take(3).copied()).collect())
}

/// The same as the address of a PNG.
///
/// # Errors
/// As [`pixels`].
pub async fn picture_url(image: &JsValue) -> Result<String, JsValue> {
    let canvas = get(&drawn(image).await?, "canvas");
    call(&canvas, "toDataURL", &[])?.as_string().ok_or(JsValue::NULL)
}

/// The context of a canvas that shows it.
async fn drawn(image: &JsValue) -> Result<JsValue, JsValue> {
    let image = JsFuture::from(call(&window(), "createImageBitmap", std::slice::from_ref(image))?.unchecked_into::<Promise>()).await?;
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
    Ok(context)
}
