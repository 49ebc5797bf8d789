//! A picture of bytes.

use leptos::{html, prelude::*};
use wasm_bindgen::{Clamped, JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use crate::drawing::picture::Picture;

/// A picture on a canvas that has one pixel for each of the picture's. Style sheets enlarge it.
#[component]
pub fn PictureCanvas(
    /// What it shows. It is drawn again whenever this changes.
    #[prop(into)]
    picture: Signal<Picture>,
    /// The same in words; without words it is hidden from assistive technology.
    #[prop(optional, into)]
    label: Option<Signal<String>>,
    /// Class for the feature's own style sheet.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let canvas = NodeRef::<html::Canvas>::new();
    Effect::new(move |_| {
        let Some(canvas) = canvas.get() else { return };
        // A browser without memory for a canvas shows an empty one; its words are there all the same.
        picture.with(|picture| drop(draw(&canvas, picture)));
    });
    view! {
        <canvas
            node_ref=canvas
            class=format!("picture {class}")
            role=label.map(|_| "img")
            aria-label=move || label.map(|label| label.get())
            aria-hidden=label.is_none().then_some("true")
        ></canvas>
    }
}

fn draw(canvas: &HtmlCanvasElement, picture: &Picture) -> Result<(), JsValue> {
    let (width, height) = (picture.width as u32, picture.height as u32);
    canvas.set_width(width);
    canvas.set_height(height);
    if width == 0 || height == 0 {
        return Ok(());
    }
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
    context.put_image_data(&ImageData::new_with_u8_clamped_array_and_sh(Clamped(&picture.rgba), width, height)?, 0.0, 0.0)
}
