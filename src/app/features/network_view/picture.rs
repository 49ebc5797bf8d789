//! The drawing of the network as a picture to keep: SVG as it is seen, or PNG at three times its size. Both in light colours on
//! white, for a paper.

use gloo::events::EventListener;
use leptos::{prelude::*, svg};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement, HtmlImageElement, XmlSerializer};

use crate::app::services::download::save_file;

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
/// What only a pointer finds, or only while the page is used.
const LEFT_OUT: &str = ".network-reach, .network-arc-reach, .network-selection";
/// Device pixels for each pixel of the drawing: sharp in print at half a page's width.
const PNG_SCALE: f64 = 3.0;

/// A drawing that needs no style sheet.
struct Picture {
    /// SVG.
    text: String,
    /// Width and height in pixels.
    size: [f64; 2],
}

/// Saves the drawing as SVG.
///
/// # Errors
/// When there is no drawing or the browser refuses.
pub fn save_svg(drawing: NodeRef<svg::Svg>, name: &str) -> Result<(), JsValue> {
    save_file(name, Picture::of(drawing)?.text.as_bytes());
    Ok(())
}

/// Saves the drawing as PNG.
///
/// # Errors
/// When there is no drawing or the browser refuses.
pub fn save_png(drawing: NodeRef<svg::Svg>, name: String) -> Result<(), JsValue> {
    let Picture { text, size } = Picture::of(drawing)?;
    let image = HtmlImageElement::new()?;
    let drawn = image.clone();
    let loaded = move |_: &web_sys::Event| {
        // What a browser cannot draw it cannot save.
        if let Ok(bytes) = pixels(&drawn, size) {
            save_file(&name, &bytes);
        }
    };
    // Lives until the image is loaded, and goes with it.
    EventListener::once(&image, "load", loaded).forget();
    image.set_src(&format!("data:image/svg+xml,{}", String::from(js_sys::encode_uri_component(&text))));
    Ok(())
}

/// The bytes of a PNG file.
fn pixels(image: &HtmlImageElement, size: [f64; 2]) -> Result<Vec<u8>, JsValue> {
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.dyn_into()?;
    let [width, height] = size.map(|extent| extent * PNG_SCALE);
    canvas.set_width(width.round() as u32);
    canvas.set_height(height.round() as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or("there is no canvas")?.dyn_into()?;
    context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height)?;
    let encoded = canvas.to_data_url_with_type("image/png")?;
    let letters = window().atob(encoded.rsplit(',').next().unwrap_or_default())?;
    // One letter for each byte.
    Ok(letters.chars().map(|letter| letter as u8).collect())
}

impl Picture {
    fn of(drawing: NodeRef<svg::Svg>) -> Result<Self, JsValue> {
        let drawing = drawing.get_untracked().ok_or("there is no drawing")?;
        let parent = drawing.parent_element().ok_or("the drawing is not on the page")?;
        let bounds = drawing.get_bounding_client_rect();
        let size = [bounds.width(), bounds.height()];
        let copy: Element = drawing.clone_node_with_deep(true)?.dyn_into()?;
        // Without the class that lets arcs fade in: a fresh copy would be caught at the beginning, where they are invisible.
        copy.set_attribute("class", "network-drawing")?;
        for attribute in ["role", "tabindex", "aria-describedby"] {
            copy.remove_attribute(attribute)?;
        }
        for (attribute, value) in [("width", size[0]), ("height", size[1])] {
            copy.set_attribute(attribute, &value.to_string())?;
        }
        // Styles are read off a fresh copy: it is not pointed at, and no colour of it is on its way to another.
        let styled = in_light_colours(|| {
            parent.append_child(&copy)?;
            write_styles(&copy)
        });
        copy.remove();
        styled?;
        copy.set_attribute("style", "background:#fff")?;
        Ok(Self { text: XmlSerializer::new()?.serialize_to_string(&copy)?, size })
    }
}

/// Does something while the page is light. It is dark again before anybody sees it.
fn in_light_colours(work: impl FnOnce() -> Result<(), JsValue>) -> Result<(), JsValue> {
    let root = document().document_element().ok_or("there is no page")?;
    let theme = root.get_attribute("data-theme");
    root.set_attribute("data-theme", "light")?;
    let done = work();
    match theme {
        Some(theme) => root.set_attribute("data-theme", &theme)?,
        None => root.remove_attribute("data-theme")?,
    }
    done
}

/// Puts on each element what its style sheet says of it; takes away what does not belong on paper.
fn write_styles(copy: &Element) -> Result<(), JsValue> {
    let elements = copy.query_selector_all("*")?;
    let elements: Vec<Element> = (0..elements.length()).filter_map(|at| elements.get(at)?.dyn_into().ok()).collect();
    for element in elements {
        if element.closest(LEFT_OUT)?.is_some() {
            element.remove();
            continue;
        }
        let Some(computed) = window().get_computed_style(&element)? else { continue };
        let mut style = String::new();
        for property in STYLES {
            style += &format!("{property}:{};", computed.get_property_value(property)?);
        }
        element.set_attribute("style", &style)?;
        element.remove_attribute("tabindex")?;
    }
    Ok(())
}
