//! What can be done with the selected block, in a small toolbar beside it.

use std::ops::Range;

use leptos::{html, prelude::*};
use web_sys::{KeyboardEvent, MouseEvent};

use super::explorer::{Explorer, part_of_block};
use super::names::block_name;
use crate::app::components::{focus_first_button, walk_buttons};
use crate::drawing::network::{BlockDrawing, Part, Rectangle};
use crate::language::text;
use crate::spec::BlockPlace;

/// Pixels between the block and its toolbar.
const GAP: f64 = 8.0;

/// The selected block or bundle.
#[derive(Debug, Clone, PartialEq)]
struct Selected {
    place: BlockPlace,
    blocks: Range<usize>,
    has_skip: bool,
    is_open: bool,
    /// Its cards, in units of the drawing.
    cards: Rectangle,
}

impl Selected {
    fn of(place: BlockPlace, block: &BlockDrawing) -> Self {
        let (has_skip, is_open) = (block.has_skip_connection(), block.is_open());
        let first = BlockPlace { block: block.blocks.start, ..place };
        Self { place: first, blocks: block.blocks.clone(), has_skip, is_open, cards: block.extent() }
    }

    fn part(&self) -> Part {
        Part::Blocks { stage: self.place.stage, blocks: self.blocks.clone() }
    }
}

/// The toolbar of the selected block. Escape closes it and gives the focus back to the block.
#[component]
pub fn BlockToolbar(
    /// State of the drawing.
    explorer: Explorer,
    /// Width of what the drawing lies in, in pixels.
    width: Signal<Option<f64>>,
) -> impl IntoView {
    let bar = NodeRef::<html::Div>::new();
    let selected = Memo::new(move |_| {
        let place = explorer.selected.get()?;
        explorer.of_block(place, |block| Selected::of(place, block))
    });
    let name =
        Memo::new(move |_| selected.with(|block| block.as_ref().map_or_else(String::new, |it| block_name(it.place.stage, &it.blocks))));
    let has_skip = Memo::new(move |_| selected.with(|block| block.as_ref().is_some_and(|block| block.has_skip)));
    let is_open = Memo::new(move |_| selected.with(|block| block.as_ref().is_some_and(|block| block.is_open)));
    let is_last = Memo::new(move |_| {
        let stage = selected.with(|block| block.as_ref().map(|block| block.place.stage));
        stage.is_some_and(|stage| explorer.spec.with(|spec| spec.blocks_in_stage(stage)) <= 1)
    });
    let size = RwSignal::new([0.0, 0.0]);
    Effect::new(move |_| {
        name.with(|_| ());
        width.with(|_| ());
        if let Some(bar) = bar.get() {
            size.set([f64::from(bar.offset_width()), f64::from(bar.offset_height())]);
        }
    });
    let place = Memo::new(move |_| {
        let cards = selected.with(|block| block.as_ref().map(|block| block.cards))?;
        place_of(explorer, &cards, size.get(), width.get()?)
    });
    // Takes the focus when it was opened by the keyboard: nothing else tells that it is there.
    let take_focus = move || {
        if let Some(bar) = bar.get_untracked() {
            focus_first_button(&bar);
        }
    };
    Effect::new(move |before: Option<u32>| {
        let entered = explorer.toolbar_entered.get();
        if before.is_some_and(|before| before != entered) {
            request_animation_frame(take_focus);
        }
        entered
    });
    let close = move || {
        if let Some(block) = selected.get_untracked() {
            explorer.give_back_focus(&part_of_block(block.place));
        }
        explorer.selected.set(None);
    };
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" => {
            event.stop_propagation();
            close();
        }
        _ => {
            if let Some(bar) = bar.get_untracked() {
                walk_buttons(&bar, &event);
            }
        }
    };
    let with_part = move |change: fn(Explorer, &Part)| {
        move |_: MouseEvent| {
            if let Some(block) = selected.get_untracked() {
                change(explorer, &block.part());
            }
        }
    };
    let open = move |_| match selected.get_untracked() {
        Some(block) if block.blocks.len() > 1 => explorer.open(&block.part()),
        Some(block) => explorer.turn(block.place),
        None => {}
    };
    let left = move || place.with(|place| place.map(|[left, _]| format!("{left:.1}px")));
    let top = move || place.with(|place| place.map(|[_, top]| format!("{top:.1}px")));
    view! {
        <Show when=move || selected.with(Option::is_some)>
            <div
                class="network-toolbar"
                role="toolbar"
                aria-label=move || name.get()
                node_ref=bar
                style:left=left
                style:top=top
                on:keydown=key
            >
                <span class="network-toolbar-name" aria-hidden="true">
                    {move || name.get()}
                </span>
                <button
                    type="button"
                    class="quiet network-toolbar-skip"
                    title=text!("Switches this block's skip connection; of several blocks drawn as one, that of the first")
                    aria-pressed=move || has_skip.get().to_string()
                    on:click=with_part(|explorer, part| explorer.switch(part))
                >
                    {move || if has_skip.get() { text!("Skip on") } else { text!("Skip off") }}
                </button>
                <button
                    type="button"
                    class="quiet"
                    title=text!("Takes this block out of the network; of several blocks drawn as one, the last")
                    aria-keyshortcuts="Delete"
                    aria-disabled=move || is_last.get().to_string()
                    on:click=with_part(|explorer, part| explorer.remove(part))
                >
                    {text!("Remove")}
                </button>
                <button
                    type="button"
                    class="quiet"
                    title=text!("Adds a block like this one after it")
                    aria-keyshortcuts="Insert"
                    on:click=with_part(|explorer, part| {
                        explorer.add_after(part);
                    })
                >
                    {text!("Add after")}
                </button>
                <button
                    type="button"
                    class="quiet"
                    title=text!("Shows the layers of this block, or hides them")
                    aria-keyshortcuts="o"
                    on:click=open
                >
                    {move || if is_open.get() { text!("Close") } else { text!("Open") }}
                </button>
            </div>
        </Show>
    }
}

/// Left and top in pixels of a toolbar of that `size` for a block whose cards lie at `cards` of the drawing, which lies in something of
/// that `width`. None before the drawing is there. Tracks drawing and camera.
fn place_of(explorer: Explorer, cards: &Rectangle, size: [f64; 2], width: f64) -> Option<[f64; 2]> {
    let room = explorer.drawing.with(|drawing| drawing.as_ref().map(|drawing| drawing.room()))?;
    let camera = explorer.camera.get()?;
    let drawn = width.min(room.canvas[0]);
    let scale = drawn / camera.view.width;
    let on_screen = Rectangle {
        x: (cards.x - camera.view.x) * scale + (width - drawn) / 2.0,
        y: (cards.y - camera.view.y) * scale,
        width: cards.width * scale,
        height: cards.height * scale,
    };
    Some(beside(&on_screen, size, [width, room.canvas[1] * drawn / room.canvas[0]]))
}

/// Left and top of a toolbar of that `size` for a block at `cards` in a canvas: below the block where there is room, else above
/// it, else at the canvas's lower edge; never beyond the canvas. All in pixels.
fn beside(cards: &Rectangle, size: [f64; 2], canvas: [f64; 2]) -> [f64; 2] {
    let [width, height] = size;
    let left = (cards.centre().x - width / 2.0).clamp(0.0, (canvas[0] - width).max(0.0));
    let lowest = (canvas[1] - height).max(0.0);
    let (below, above) = (cards.bottom() + GAP, cards.y - GAP - height);
    let top = match (below <= lowest, above >= 0.0) {
        (true, _) => below.max(0.0),
        (false, true) => above.min(lowest),
        (false, false) => lowest,
    };
    [left, top]
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: [f64; 2] = [300.0, 46.0];

    fn at(x: f64, y: f64, height: f64, canvas: [f64; 2]) -> [f64; 2] {
        beside(&Rectangle { x, y, width: 80.0, height }, SIZE, canvas)
    }

    #[test]
    fn it_lies_below_its_block_and_inside_the_card() {
        assert_eq!(at(400.0, 98.0, 72.0, [900.0, 232.0]), [290.0, 178.0], "in the middle");
        assert_eq!(at(0.0, 98.0, 72.0, [900.0, 232.0])[0], 0.0, "not beyond the left edge");
        assert_eq!(at(880.0, 98.0, 72.0, [900.0, 232.0])[0], 600.0, "nor the right one");
    }

    #[test]
    fn it_gives_way_where_there_is_no_room() {
        assert_eq!(at(100.0, 430.0, 40.0, [340.0, 500.0])[1], 376.0, "above a block near the end");
        assert_eq!(at(100.0, 10.0, 220.0, [900.0, 232.0])[1], 186.0, "over a block that fills the canvas");
        assert_eq!(at(100.0, 98.0, 40.0, [280.0, 500.0])[0], 0.0, "wider than a phone: at its edge");
        assert_eq!(at(100.0, -400.0, 40.0, [900.0, 232.0])[1], 0.0, "of a block out of sight above: at the edge");
        assert_eq!(at(100.0, 900.0, 40.0, [900.0, 232.0])[1], 186.0, "and below");
    }
}
