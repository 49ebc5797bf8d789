//! SVG as pixels, for programs that take no SVG.

use gloo::events::EventListener;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

use super::download::save_file;

/// Pixels for each of the picture: sharp in print at half a page's width.
const SCALE: f64 = 3.0;
/// Pixels that a canvas has in each direction, and in all, in every browser.
const LONGEST: f64 = 16_384.0;
const MOST: f64 = 16_384.0 * 4_096.0;

/// Saves a picture, given as SVG with a size, as PNG. `failed` is called when the browser does not draw it.
///
/// # Errors
/// When the browser has no images.
pub fn save_png(name: String, picture: &str, failed: impl Fn() + Clone + 'static) -> Result<(), JsValue> {
    let image = HtmlImageElement::new()?;
    let (drawn, not_drawn) = (image.clone(), failed.clone());
    let loaded = move |_: &web_sys::Event| match pixels(&drawn) {
        Ok(bytes) => save_file(&name, &bytes),
        Err(_) => failed(),
    };
    // They live until the image is loaded or refused, and go with it.
    EventListener::once(&image, "load", loaded).forget();
    EventListener::once(&image, "error", move |_| not_drawn()).forget();
    image.set_src(&format!("data:image/svg+xml,{}", String::from(js_sys::encode_uri_component(picture))));
    Ok(())
}

/// The bytes of a PNG file.
fn pixels(image: &HtmlImageElement) -> Result<Vec<u8>, JsValue> {
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.dyn_into()?;
    let [width, height] = [image.natural_width(), image.natural_height()].map(f64::from);
    let scale = scale_of([width, height]);
    let [width, height] = [width, height].map(|extent| (extent * scale).round());
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or("there is no canvas")?.dyn_into()?;
    context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height)?;
    let encoded = canvas.to_data_url_with_type("image/png")?;
    let letters = window().atob(encoded.rsplit(',').next().unwrap_or_default())?;
    // One letter for each byte.
    let bytes: Vec<u8> = letters.chars().map(|letter| letter as u8).collect();
    // A canvas that is too large for the browser gives an empty file.
    if bytes.is_empty() { Err("the picture is too large".into()) } else { Ok(bytes) }
}

/// Less than the usual for a picture that no canvas would hold.
fn scale_of([width, height]: [f64; 2]) -> f64 {
    SCALE.min(LONGEST / width.max(height).max(1.0)).min((MOST / (width * height).max(1.0)).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_never_larger_than_a_canvas() {
        assert_eq!(scale_of([920.0, 240.0]), 3.0, "the usual");
        for [width, height] in [[9_000.0, 240.0], [60_000.0, 400.0], [9_000.0, 9_000.0], [0.0, 0.0]] {
            let scale = scale_of([width, height]);
            assert!(width * scale <= LONGEST && width * height * scale * scale <= MOST * 1.001, "{width} × {height}");
        }
    }
}
