//! The drawing of the network as a picture to keep: SVG as it is seen, or PNG at three times its size.
//!
//! Calls go by way of reflection, as for downloads: bindings for a dozen interfaces would be more code than this.

use crate::ui::browser::{document, window};
use crate::worker::javascript::call;
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::Element;

use super::save_file;

/// What a picture outside the page needs of its style sheet.
const STYLES: [&str; 13] = [
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "opacity",
    "font-family",
    "font-size",
    "font-weight",
    "letter-spacing",
    "visibility",
];
/// Device pixels for each pixel of the drawing: sharp in print at half a page's width.
const PNG_SCALE: f64 = 3.0;

/// Saves the drawing as SVG, in light colours on white.
///
/// # Errors
/// When there is no drawing or the browser refuses.
pub fn save_svg(name: &str) -> Result<(), JsValue> {
    let (text, _) = picture()?;
    save_file(name, text.as_bytes());
    Ok(())
}

/// Saves the drawing as PNG.
///
/// # Errors
/// When there is no drawing or the browser refuses.
pub fn save_png(name: &str) -> Result<(), JsValue> {
    let (text, size) = picture()?;
    let image = document().create_element("img")?;
    let source = String::from(js_sys::encode_uri_component(&text));
    let (drawn, name) = (image.clone(), name.to_owned());
    let loaded = Closure::once_into_js(move || {
        // What a browser cannot draw it cannot save.
        if let Ok(bytes) = pixels(&drawn, size) {
            save_file(&name, &bytes);
        }
    });
    Reflect::set(&image, &"onload".into(), &loaded)?;
    image.set_attribute("src", &format!("data:image/svg+xml,{source}"))
}

/// The bytes of a PNG file.
fn pixels(image: &Element, size: [f64; 2]) -> Result<Vec<u8>, JsValue> {
    let canvas = document().create_element("canvas")?;
    let [width, height] = size.map(|extent| JsValue::from(extent * PNG_SCALE));
    Reflect::set(&canvas, &"width".into(), &width)?;
    Reflect::set(&canvas, &"height".into(), &height)?;
    let context = call(&canvas, "getContext", &["2d".into()])?;
    call(&context, "drawImage", &[image.into(), 0.into(), 0.into(), width, height])?;
    let encoded = call(&canvas, "toDataURL", &["image/png".into()])?.as_string().unwrap_or_default();
    let letters = window().atob(encoded.rsplit(',').next().unwrap_or_default())?;
    // One letter for each byte.
    Ok(letters.chars().map(|letter| letter as u8).collect())
}

/// The drawing as SVG text that needs no style sheet, and its width and height.
fn picture() -> Result<(String, [f64; 2]), JsValue> {
    let Some(drawing) = document().query_selector("svg.drawing")? else { return Err("there is no drawing".into()) };
    let Some(parent) = drawing.parent_element() else { return Err("the drawing is not on the page".into()) };
    let bounds = drawing.get_bounding_client_rect();
    let size = [bounds.width(), bounds.height()];
    let copy: Element = call(&drawing, "cloneNode", &[true.into()])?.unchecked_into();
    // Without the class that lets arcs fade in: a fresh copy would be caught at the beginning, where they are invisible.
    copy.set_attribute("class", "drawing")?;
    for (attribute, value) in [("width", size[0]), ("height", size[1])] {
        copy.set_attribute(attribute, &value.to_string())?;
    }
    // Styles are read off a fresh copy: it is not pointed at, and no colour of it is on its way to another.
    let root = document().document_element();
    let theme = root.as_ref().and_then(|root| root.get_attribute("data-theme"));
    if let Some(root) = &root {
        root.set_attribute("data-theme", "light")?;
    }
    let styled = call(&parent, "append", &[JsValue::from(&copy)]).and_then(|_| write_styles(&copy));
    copy.remove();
    match (&root, theme) {
        (Some(root), Some(theme)) => root.set_attribute("data-theme", &theme)?,
        (Some(root), None) => root.remove_attribute("data-theme")?,
        _ => {}
    }
    styled?;
    copy.set_attribute("style", "background:#fff")?;
    let serializer = Reflect::construct(Reflect::get(&window(), &"XMLSerializer".into())?.unchecked_ref::<Function>(), &Array::new())?;
    let text = call(&serializer, "serializeToString", &[copy.into()])?.as_string().unwrap_or_default();
    Ok((text, size))
}

/// Puts on each element what its style sheet says of it; takes away what only a pointer finds.
fn write_styles(copy: &Element) -> Result<(), JsValue> {
    let elements = Array::from(&call(copy, "querySelectorAll", &["*".into()])?);
    for element in elements.iter().map(JsCast::unchecked_into::<Element>) {
        if element.get_attribute("class").unwrap_or_default().ends_with("reach") {
            element.remove();
            continue;
        }
        let computed = call(&window(), "getComputedStyle", &[JsValue::from(&element)])?;
        let mut style = String::new();
        for property in STYLES {
            let value = call(&computed, "getPropertyValue", &[property.into()])?.as_string().unwrap_or_default();
            style = style + property + ":" + &value + ";";
        }
        element.set_attribute("style", &style)?;
        element.remove_attribute("tabindex")?;
    }
    Ok(())
}
