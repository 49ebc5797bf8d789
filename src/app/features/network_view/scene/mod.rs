//! The drawn scene: geometry in, SVG text out, and of that only what the camera sees.
//!
//! The text is written by [`crate::drawing::network::scene`], the one place of the page that writes markup. Everything else about
//! the drawing, from the frame of a stage to the block that is selected, is a view.

mod attributes;
mod selection;
mod stage;

use std::ops::Range;

use leptos::{ev::FocusEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::explorer::Explorer;
use super::gestures::Gestures;
use super::gradients::{MeasuredGradients, bar_colours};
use super::keys::key_pressed;
use crate::app::components::unique_id;
use crate::drawing::network::scene::Units;
use crate::drawing::network::{Drawing, Legibility};
use crate::language::text;

use attributes::Attributes;
use selection::Selection;
use stage::Stage;

/// What is on the page at the moment.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    /// Counts drawings: each is written anew.
    version: u32,
    legibility: Legibility,
    range: Range<usize>,
}

/// A unit as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct WrittenUnit {
    version: u32,
    legibility: u8,
    index: usize,
}

impl Shown {
    fn units(&self) -> Vec<WrittenUnit> {
        let (version, legibility) = (self.version, self.legibility as u8);
        self.range.clone().map(|index| WrittenUnit { version, legibility, index }).collect()
    }
}

/// The drawing of the network.
#[component]
pub fn Scene(
    /// State of the drawing.
    explorer: Explorer,
    /// The pointer on it.
    gestures: Gestures,
    /// What colours the convolutions.
    gradients: MeasuredGradients,
) -> impl IntoView {
    let help = unique_id("network-keys");
    let units = Memo::new(move |_| explorer.drawing.with(|drawing| drawing.as_ref().map(Units::of).unwrap_or_default()));
    let version = Memo::new(move |before: Option<&u32>| {
        explorer.drawing.with(|_| ());
        explorer.spec.with(|_| ());
        before.map_or(0, |before| before.wrapping_add(1))
    });
    let shown = Memo::new(move |_| {
        let (version, camera) = (version.get(), explorer.camera.get()?);
        let legibility = camera.legibility(&explorer.drawing.with(|drawing| drawing.as_ref().map(Drawing::room))?);
        Some(Shown { version, legibility, range: units.with(|units| units.near(&camera)) })
    });
    let written = move || shown.with(|shown| shown.as_ref().map(Shown::units).unwrap_or_default());
    let markup = move |unit: WrittenUnit| {
        let legibility = shown.with_untracked(|shown| shown.as_ref().map_or(Legibility::Texts, |shown| shown.legibility));
        explorer.drawing.with_untracked(|drawing| {
            drawing.as_ref().map(|drawing| units.with_untracked(|units| units.markup(unit.index, drawing, &explorer, legibility)))
        })
    };
    let unit = move |unit: WrittenUnit| view! { <g class="network-unit" inner_html=markup(unit).unwrap_or_default()></g> };
    // Apart from the markup, so that a new measurement moves nothing under the pointer.
    let colours = Memo::new(move |_| {
        shown.with(|shown| match shown {
            Some(Shown { legibility: Legibility::Shapes | Legibility::Texts, range, .. }) => {
                units.with(|units| bar_colours(explorer, gradients, units.blocks(range)))
            }
            _ => String::new(),
        })
    });
    Effect::new(move |_| {
        if let Some(scene) = explorer.scene.get() {
            // Not the attribute `style`, which the page's Content-Security-Policy refuses.
            scene.unchecked_ref::<HtmlElement>().style().set_css_text(&colours.get());
        }
    });
    keep_focus(explorer, shown);
    let Attributes { view_box, legibility, moves, larger, max_width, trunk, orientation, appears } = Attributes::of(explorer);
    let stages = move || {
        explorer.drawing.with(|drawing| {
            let stages = drawing.as_ref().map(|drawing| drawing.stages.clone()).unwrap_or_default();
            stages.into_iter().map(|stage| view! { <Stage stage explorer /> }).collect_view()
        })
    };
    // One stop of the tab key: the drawing itself, which gives the focus on to a part. From there the key leads out.
    let has_focus = RwSignal::new(false);
    let tabindex = move || if has_focus.get() { "-1" } else { "0" };
    view! {
        <p class="visually-hidden" id=help.clone()>
            {text!(
                "Arrow keys along the network move between its parts, those across it reach a block's skip connection. Enter selects a \
                block, O opens it to its layers, Delete removes it, Insert adds another after it. Plus and minus zoom, 0 shows \
                everything, Escape goes one level out."
            )}
        </p>
        <svg
            class="network-drawing"
            class:appear=appears
            node_ref=explorer.picture
            role="application"
            aria-label=text!("Network drawing")
            aria-describedby=help
            tabindex=tabindex
            viewBox=view_box
            style:--larger=larger
            style:max-width=max_width
            data-legibility=legibility
            data-moves=moves
            data-orientation=orientation
            on:keydown=move |event| key_pressed(explorer, &event)
            on:focusin=move |event| has_focus.set(focused(explorer, &event))
            on:focusout=move |_| has_focus.set(false)
            on:pointerdown=move |event| gestures.pressed(&event)
            on:pointermove=move |event| gestures.moved(&event)
            on:pointerup=move |event| gestures.lifted(&event)
            on:pointercancel=move |event| gestures.lifted(&event)
            on:pointerleave=move |_| gestures.left()
            on:touchmove=move |event| gestures.touched(&event)
            on:click=move |event| gestures.clicked(&event)
            on:dblclick=move |event| gestures.double_clicked(&event)
            on:wheel=move |event| gestures.wheeled(&event)
        >
            <g aria-hidden="true">{stages}</g>
            <path class="network-trunk" d=trunk />
            <g node_ref=explorer.scene>
                <For each=written key=|unit| *unit children=unit />
            </g>
            <Selection explorer />
        </svg>
    }
}

/// What is written anew loses the focus and gets it back; what comes into view may be waiting for it.
fn keep_focus(explorer: Explorer, shown: Memo<Option<Shown>>) {
    Effect::new(move |before: Option<Option<(u32, Legibility)>>| {
        let now = shown.with(|shown| shown.as_ref().map(|shown| (shown.version, shown.legibility)));
        if before.is_some_and(|before| before != now) {
            explorer.restore_focus_soon();
        }
        now
    });
    Effect::new(move |_| {
        shown.with(|_| ());
        explorer.camera.with(|_| ());
        explorer.give_focus_soon();
    });
}

/// A part got the focus, or the drawing itself by the tab key. Whether it was a part.
fn focused(explorer: Explorer, event: &FocusEvent) -> bool {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return false };
    let Some(part) = explorer.part_of(&element) else {
        // A click beside all parts focuses the drawing, too.
        if element.matches(":focus-visible").unwrap_or(false) {
            // Once this listener has returned: giving the focus on calls it again.
            queue_microtask(move || explorer.enter());
        }
        return false;
    };
    let selected = explorer.selected.get_untracked();
    if selected.is_some() && explorer.block_of(&part) != selected {
        explorer.selected.set(None);
    }
    explorer.focused.set(Some(part.clone()));
    explorer.tab_stop.set(Some(part));
    true
}
