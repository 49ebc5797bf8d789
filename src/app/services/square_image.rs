//! Images as small as the network's, made by the browser.

use js_sys::Reflect;
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, ImageBitmap};

use crate::dataset::IMAGE_EDGE;

/// Where an image comes from.
#[derive(Debug, Clone, Copy)]
pub enum ImageSource<'a> {
    /// A file.
    File(&'a Blob),
    /// What a video shows now.
    Video(&'a HtmlVideoElement),
}

/// The square in the middle of an image, on white where it is transparent: `[32, 32, 3]`, one byte a channel.
///
/// # Errors
/// Where the browser sees no image in it.
pub async fn square_pixels(source: ImageSource<'_>) -> Result<Vec<u8>, JsValue> {
    let bitmap = match source {
        ImageSource::File(file) => window().create_image_bitmap_with_blob(file)?,
        ImageSource::Video(video) => window().create_image_bitmap_with_html_video_element(video)?,
    };
    let bitmap: ImageBitmap = JsFuture::from(bitmap).await?.dyn_into()?;
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.dyn_into()?;
    canvas.set_width(IMAGE_EDGE as u32);
    canvas.set_height(IMAGE_EDGE as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
    // The one property of a canvas that web-sys lacks.
    Reflect::set(&context, &"imageSmoothingQuality".into(), &"high".into())?;
    let edge = IMAGE_EDGE as f64;
    context.set_fill_style_str("#ffffff");
    context.fill_rect(0.0, 0.0, edge, edge);
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let square = width.min(height);
    let [left, top] = [(width - square) / 2.0, (height - square) / 2.0];
    context
        .draw_image_with_image_bitmap_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(&bitmap, left, top, square, square, 0.0, 0.0, edge, edge)?;
    let pixels = context.get_image_data(0.0, 0.0, edge, edge)?.data();
    Ok(pixels.chunks_exact(4).flat_map(|pixel| pixel.iter().take(3).copied()).collect())
}
