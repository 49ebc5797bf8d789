//! The drawn scene: geometry in, SVG text out, and of that only what the camera sees.
//!
//! The text is written by [`crate::drawing::network::scene`], the one place of the page that writes markup. Everything else about
//! the drawing, from the frame of a stage to the block that is selected, is a view.

use std::ops::Range;

use leptos::{ev::FocusEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::explorer::Explorer;
use super::gestures::Gestures;
use super::gradients::{MeasuredGradients, bar_colours};
use super::keys::key_pressed;
use crate::app::components::unique_id;
use crate::drawing::network::scene::{Units, kind_of};
use crate::drawing::network::{Camera, Drawing, Label, Legibility, Orientation, Rectangle, Room, StageDrawing};

const FRAME_RADIUS: f64 = 10.0;
/// Of the outline around the selected block.
const SELECTION_RADIUS: f64 = 11.0;
const SELECTION_MARGIN: f64 = 2.0;

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
        explorer.drawing.track();
        explorer.spec.track();
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
    keep_focus(explorer, shown);
    let Picture { view_box, legibility, moves, style, trunk, orientation, appears } = Picture::of(explorer);
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
            "Arrow keys along the network move between its parts, those across it reach a block's skip connection. Enter selects a \
            block, O opens it to its layers, Delete removes it, Insert adds another after it. Plus and minus zoom, 0 shows \
            everything, Escape goes one level out."
        </p>
        <svg
            class="network-drawing"
            class:appear=appears
            node_ref=explorer.picture
            role="application"
            aria-label="Network drawing"
            aria-describedby=help
            tabindex=tabindex
            viewBox=view_box
            style=style
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
            on:click=move |event| gestures.clicked(&event)
            on:dblclick=move |event| gestures.double_clicked(&event)
            on:wheel=move |event| gestures.wheeled(&event)
        >
            <g aria-hidden="true">{stages}</g>
            <path class="network-trunk" d=trunk />
            <g node_ref=explorer.scene style=move || colours.get()>
                <For each=written key=|unit| *unit children=unit />
            </g>
            <Selection explorer />
        </svg>
    }
}

/// The frame of a stage and what is written in it. Not read aloud: the text alternative says the same in order.
#[component]
fn Stage(
    /// The stage.
    stage: StageDrawing,
    /// State of the drawing.
    explorer: Explorer,
) -> impl IntoView {
    let StageDrawing { index, frame, title, shape, notes, .. } = stage;
    let text = |Label { text, at, anchor }: Label, class: &'static str| {
        view! {
            <text class=class x=format!("{:.1}", at.x) y=format!("{:.1}", at.y) text-anchor=anchor.word()>
                {text}
            </text>
        }
    };
    view! {
        <g class="network-stage" on:dblclick=move |_| explorer.fit_stage(index)>
            <rect
                class="network-frame"
                x=format!("{:.1}", frame.x)
                y=format!("{:.1}", frame.y)
                width=format!("{:.1}", frame.width)
                height=format!("{:.1}", frame.height)
                rx=FRAME_RADIUS.to_string()
            />
            {text(title, "network-title")}
            {text(shape, "network-label")}
            {notes.into_iter().map(|note| text(note, "network-small")).collect_view()}
        </g>
    }
}

/// What lies over the block whose toolbar is open: an outline, and its arc once more, bolder.
#[component]
fn Selection(
    /// State of the drawing.
    explorer: Explorer,
) -> impl IntoView {
    let marked = Memo::new(move |_| {
        let place = explorer.selected.get()?;
        explorer.of_block(place, |block| {
            let outline = block.extent().grown(SELECTION_MARGIN);
            (outline, block.arc.path(), kind_of(&block.arc))
        })
    });
    move || {
        marked.get().map(|(Rectangle { x, y, width, height }, path, kind)| {
            view! {
                <g class="network-selection" aria-hidden="true">
                    <rect
                        x=format!("{x:.1}")
                        y=format!("{y:.1}")
                        width=format!("{width:.1}")
                        height=format!("{height:.1}")
                        rx=SELECTION_RADIUS.to_string()
                    />
                    <path class=format!("network-arc {kind}") d=path />
                </g>
            }
        })
    }
}

/// Attributes of the drawing's element.
struct Picture {
    view_box: Memo<Option<String>>,
    legibility: Memo<&'static str>,
    moves: Memo<&'static str>,
    style: Memo<String>,
    trunk: Memo<Option<String>>,
    orientation: Memo<&'static str>,
    appears: Signal<bool>,
}

impl Picture {
    fn of(explorer: Explorer) -> Self {
        let of_drawing = move |drawing: fn(&Drawing) -> String| explorer.drawing.with(|there| there.as_ref().map(drawing));
        let seen = move || explorer.camera.get().zip(explorer.drawing.with(|drawing| drawing.as_ref().map(Drawing::room)));
        let view_box = Memo::new(move |_| {
            let Rectangle { x, y, width, height } = explorer.camera.get()?.view;
            Some(format!("{x:.2} {y:.2} {width:.2} {height:.2}"))
        });
        let legibility = Memo::new(move |_| match seen().map(|(camera, room)| camera.legibility(&room)) {
            Some(Legibility::Outlines) => "outlines",
            Some(Legibility::Shapes) => "shapes",
            _ => "texts",
        });
        let moves = Memo::new(move |_| seen().map_or("not", |(camera, room)| moves(&camera, &room)));
        let style = Memo::new(move |_| {
            // Titles stay readable from afar.
            let style = |(camera, room): (Camera, Room)| {
                format!("--larger:{:.2};max-width:{:.0}px", (1.0 / camera.scale(&room)).max(1.0), room.canvas[0])
            };
            seen().map(style).unwrap_or_default()
        });
        let trunk = Memo::new(move |_| {
            of_drawing(|drawing| {
                let [from, to] = drawing.trunk;
                format!("M{:.1} {:.1}L{:.1} {:.1}", from.x, from.y, to.x, to.y)
            })
        });
        let orientation = Memo::new(move |_| {
            let is_narrow = explorer.drawing.with(|drawing| drawing.as_ref().is_some_and(|it| it.orientation == Orientation::Narrow));
            if is_narrow { "narrow" } else { "wide" }
        });
        // Arcs fade in when skip connections are switched on, not at every redraw.
        let has_arcs = Memo::new(move |before: Option<&(bool, bool)>| {
            let has_arcs = explorer.drawing.with(|drawing| drawing.as_ref().is_some_and(Drawing::has_arcs));
            (has_arcs, before.is_some_and(|(had_arcs, _)| has_arcs && !had_arcs))
        });
        let appears = Signal::derive(move || has_arcs.get().1);
        Self { view_box, legibility, moves, style, trunk, orientation, appears }
    }
}

/// Which ways a finger or a pointer can move the drawing.
fn moves(camera: &Camera, room: &Room) -> &'static str {
    match (camera.shows_all(room), room.orientation) {
        (true, _) => "not",
        (false, Orientation::Wide) if camera.view.height > room.world[1] - 1.0 => "sideways",
        _ => "freely",
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
        shown.track();
        explorer.camera.track();
        explorer.give_focus_soon();
    });
}

/// A part got the focus, or the drawing itself by the tab key. Whether it was a part.
fn focused(explorer: Explorer, event: &FocusEvent) -> bool {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return false };
    let Some(part) = explorer.part_of(&element) else {
        // A click beside all parts focuses the drawing, too.
        if element.matches(":focus-visible").unwrap_or(false) {
            explorer.enter();
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
