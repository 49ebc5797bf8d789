//! Pictures of formats that the browser can decode and nothing else here.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, ImageBitmap, OffscreenCanvas, OffscreenCanvasRenderingContext2d, WorkerGlobalScope};

use crate::dataset::import::is_unpacked;

/// Longest edge of a canvas that every browser has.
const LONGEST_EDGE: u32 = 4096;

/// The square in the middle of a picture: the length of its edge, then red, green, blue and opacity of each pixel.
///
/// # Errors
/// Where the browser sees no picture in it, or it has too many pixels.
pub async fn square_pixels(bytes: &[u8], media_type: &str) -> Result<(usize, Vec<u8>), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes)), &options)?;
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    let bitmap: ImageBitmap = JsFuture::from(scope.create_image_bitmap_with_blob(&blob)?).await?.dyn_into()?;
    let pixels = square_of(&bitmap);
    // Its pixels are not the collector's to find in time.
    bitmap.close();
    pixels
}

fn square_of(bitmap: &ImageBitmap) -> Result<(usize, Vec<u8>), JsValue> {
    let (width, height) = (bitmap.width(), bitmap.height());
    if !is_unpacked(width, height) {
        return Err(JsValue::NULL);
    }
    let square = width.min(height);
    // The browser shrinks what is larger; the rest of the way is the same for all pictures.
    let edge = square.min(LONGEST_EDGE);
    let canvas = OffscreenCanvas::new(edge, edge)?;
    let context: OffscreenCanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
    let [left, top] = [width, height].map(|side| f64::from((side - square) / 2));
    let (square, length) = (f64::from(square), f64::from(edge));
    context.draw_image_with_image_bitmap_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
        bitmap, left, top, square, square, 0.0, 0.0, length, length,
    )?;
    Ok((edge as usize, context.get_image_data(0.0, 0.0, length, length)?.data().0))
}
