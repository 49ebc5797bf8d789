//! What the pointer or the keyboard is at.

use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::SvgElement;

use crate::gradient_profile::place_on_ramp;

/// Parts are known by their place in forward order. One of them is the drawing's stop on the way of
/// the tab key; the arrow keys go on from there.
#[derive(Clone, Copy)]
pub struct Pointing {
    canvas: NodeRef<Div>,
    count: Signal<usize>,
    hovered: RwSignal<Option<usize>>,
    focused: RwSignal<Option<usize>>,
    tab_stop: RwSignal<usize>,
    /// Switches the skip connection of a block.
    switch: Callback<usize>,
    /// Gradient norm of each convolution of a block, once measured.
    norms: Callback<usize, Option<Vec<f64>>>,
}

impl Pointing {
    /// Nothing yet, among `count` parts inside `canvas`.
    pub fn new(canvas: NodeRef<Div>, count: Signal<usize>, switch: Callback<usize>, norms: Callback<usize, Option<Vec<f64>>>) -> Self {
        Self { canvas, count, switch, norms, hovered: RwSignal::new(None), focused: RwSignal::new(None), tab_stop: RwSignal::new(0) }
    }

    /// What is to be explained.
    pub fn shown(&self) -> Option<usize> {
        self.hovered.get().or(self.focused.get())
    }

    /// `tabindex` of the part at `place`.
    pub fn tab_index(&self, place: usize) -> &'static str {
        let stop = self.tab_stop.get().min(self.count.get().saturating_sub(1));
        if place == stop { "0" } else { "-1" }
    }

    /// The pointer came over a part.
    pub fn enter(&self, place: usize) {
        self.hovered.set(Some(place));
    }

    /// The pointer left a part.
    pub fn leave(&self, place: usize) {
        forget(self.hovered, place);
    }

    /// A part got the focus.
    pub fn focus(&self, place: usize) {
        self.focused.set(Some(place));
        self.tab_stop.set(place);
    }

    /// A part lost the focus.
    pub fn blur(&self, place: usize) {
        forget(self.focused, place);
    }

    /// Arrow keys move the focus along the network, Home and End to its ends; Enter switches a block's skip connection.
    pub fn key_pressed(&self, event: &KeyboardEvent) {
        let Some(place) = self.focused.get_untracked() else { return };
        let last = self.count.get_untracked().saturating_sub(1);
        let next = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => (place + 1).min(last),
            "ArrowLeft" | "ArrowUp" => place.saturating_sub(1),
            "Enter" | " " => {
                event.prevent_default();
                return self.switch(place);
            }
            "Home" => 0,
            "End" => last,
            "Escape" => return self.focused.set(None),
            _ => return,
        };
        event.prevent_default();
        // The keyboard took over: a pointer left lying on the drawing no longer decides.
        self.hovered.set(None);
        self.move_focus(next);
    }

    /// Colour of a convolution by its gradient; nothing while that is not known.
    pub fn gradient_colour(&self, place: usize, convolution: usize) -> Option<String> {
        let norm = *self.norms.run(place)?.get(convolution)?;
        Some(format!("color-mix(in oklab, var(--gradient-small), var(--gradient-large) {:.0}%)", 100.0 * place_on_ramp(norm)))
    }

    /// Switches the skip connection of the part at `place`, if it is a block.
    pub fn switch(&self, place: usize) {
        self.switch.run(place);
        // The drawing was made anew: the focus goes back to where it was.
        let pointing = *self;
        request_animation_frame(move || pointing.move_focus(place));
    }

    /// Gives the focus to the part at `place`. A tap does so too: not every browser focuses SVG by itself.
    pub fn move_focus(&self, place: usize) {
        let found = self.canvas.get_untracked().and_then(|canvas| canvas.query_selector(&format!("[data-place='{place}']")).ok().flatten());
        if let Some(part) = found.and_then(|element| element.dyn_into::<SvgElement>().ok()) {
            // Refused only by an element that has left the page.
            let _ = part.focus();
        }
    }
}

/// Leaving one part may be told after entering the next.
fn forget(signal: RwSignal<Option<usize>>, place: usize) {
    if signal.try_get_untracked().flatten() == Some(place) {
        signal.set(None);
    }
}
