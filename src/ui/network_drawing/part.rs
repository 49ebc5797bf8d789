//! What every part of the drawing has in common: it can be pointed at, focused and read aloud.

use leptos::prelude::*;

use super::Pointing;
use crate::graph::{Label, Rectangle};

/// A group at `place` that says `text`; `reach` is where a pointer counts as on it.
pub fn part(place: usize, text: String, reach: Rectangle, pointing: Pointing, children: impl IntoView) -> impl IntoView {
    view! {
        <g
            class="drawing-part"
            role="img"
            aria-label=text
            data-place=place
            tabindex=move || pointing.tab_index(place)
            on:pointerenter=move |_| pointing.enter(place)
            on:pointerleave=move |_| pointing.leave(place)
            on:focus=move |_| pointing.focus(place)
            on:blur=move |_| pointing.blur(place)
            on:click=move |_| pointing.move_focus(place)
            on:dblclick=move |_| pointing.switch(place)
        >
            {rectangle(&reach, "drawing-reach", 0.0)}
            {children}
        </g>
    }
}

/// A rectangle with its corners rounded by `radius` pixels.
pub fn rectangle(shape: &Rectangle, class: &'static str, radius: f64) -> impl IntoView + use<> {
    let Rectangle { x, y, width, height } = *shape;
    view! { <rect class=class x=tenth(x) y=tenth(y) width=tenth(width) height=tenth(height) rx=radius /> }
}

/// A line of text.
pub fn label(label: &Label, class: &'static str) -> impl IntoView + use<> {
    view! {
        <text class=class x=tenth(label.at.x) y=tenth(label.at.y) text-anchor=label.anchor.word()>
            {label.text.clone()}
        </text>
    }
}

/// A tenth of a pixel is finer than any screen.
fn tenth(pixels: f64) -> String {
    format!("{pixels:.1}")
}
