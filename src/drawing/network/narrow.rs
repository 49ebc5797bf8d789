//! The drawing that runs downwards, for phones: text left of the trunk, arcs right of it.
//!
//! ```text
//!            image ▣ 32×32×3
//! ┌──────────────────│──────────┐
//! │ Stage 1      1  ═══  ⟩      │
//! │ 32×32×64         ⊕          │
//! │ keeps the  × 109 ═══  ⟩     │
//! │ map              ⊕          │
//! └──────────────────│──────────┘
//! ```

use std::ops::Range;

use super::arc::Bulge;
use super::opened_block::{Measures, draw_opened};
use super::{Anchor, Arc, BlockDrawing, Drawing, EndDrawing, Label, NetworkEnd, Orientation, Point, Rectangle, StageDrawing};
use crate::drawing::network::shared::{
    Closer, DECK_CARDS, DECK_STEP, bar_shares, block_text, end_texts, shape_text, size_step, stage_channels, stage_notes, stage_title, tail,
};
use crate::spec::{BlockSpec, ResNetSpec, StageSpec};

/// Most blocks of a stage drawn one by one: a phone shows about three stages of three at once.
const FOLD_THRESHOLD: usize = 3;

/// Below this width texts and arcs would meet; the view then scales the drawing down.
const NARROWEST: f64 = 288.0;
const WIDEST: f64 = 340.0;
/// From the right edge to the trunk: room for half a block, the arc and the chip on it.
const RIGHT_OF_TRUNK: f64 = 98.0;

const BLOCK_HEIGHT: f64 = 30.0;
const MARGIN: f64 = 7.0;
const CLEARANCE: f64 = 4.0;
/// From one plus to the next arc.
const BEHIND_PLUS: f64 = 6.0;
const SLOT: f64 = BLOCK_HEIGHT + 2.0 * MARGIN + BEHIND_PLUS;

const FRAME_PADDING: f64 = 12.0;
const FRAME_GAP: f64 = 10.0;
/// Room for the four lines of text of a stage.
const LOWEST_FRAME: f64 = 86.0;
const LINE: f64 = 17.0;

/// Panel width from which the note of a stage says “channels”.
const ROOM_FOR_WORDS: f64 = 400.0;

/// An end: which, its width and height, and the room below it.
type EndRow = (NetworkEnd, [f64; 2], f64);
const HEAD: [EndRow; 2] = [(NetworkEnd::Image, [30.0, 30.0], 10.0), (NetworkEnd::Stem, [76.0, 14.0], 12.0)];
const TAIL: [EndRow; 3] =
    [(NetworkEnd::Pool, [52.0, 16.0], 8.0), (NetworkEnd::Dense, [44.0, 14.0], 8.0), (NetworkEnd::Scores, [36.0, 14.0], 2.0)];

pub(super) fn layout(spec: &ResNetSpec, width: f64, closer: &Closer) -> Drawing {
    let width = width.clamp(NARROWEST, WIDEST);
    let trunk = width - RIGHT_OF_TRUNK;
    let mut y = 2.0;
    let mut ends: Vec<_> = HEAD.iter().map(|row| draw_end(spec, row, trunk, &mut y)).collect();
    let mut stages = Vec::new();
    for stage in spec.stages() {
        stages.push(draw_stage(&stage, closer, width, trunk, y));
        y += stages.last().map_or(0.0, |stage| stage.frame.height) + FRAME_GAP;
    }
    y += 2.0;
    let is_there = tail(spec);
    ends.extend(TAIL.iter().filter(|(end, ..)| is_there(*end)).map(|row| draw_end(spec, row, trunk, &mut y)));
    let from = ends.first().map_or(0.0, |end| end.outline.centre().y);
    let to = ends.last().map_or(y, |end| end.outline.centre().y);
    let trunk = [from, to].map(|y| Point::new(trunk, y));
    Drawing { orientation: Orientation::Narrow, width, height: y, canvas: [width, y], trunk, ends, stages }
}

fn draw_end(spec: &ResNetSpec, row: &EndRow, trunk: f64, y: &mut f64) -> EndDrawing {
    let (end, [width, height], below) = *row;
    let centre = Point::new(trunk, *y + height / 2.0);
    let outline = Rectangle::around(centre, width, height);
    *y += height + below;
    let [name, detail] = end_texts(spec, end);
    EndDrawing {
        end,
        outline,
        name: Label::new(name, outline.x - 10.0, centre.y + 4.0, Anchor::End),
        detail: Label::new(detail, outline.right() + 10.0, centre.y + 4.0, Anchor::Start),
    }
}

fn draw_stage(stage: &StageSpec, closer: &Closer, width: f64, trunk: f64, top: f64) -> StageDrawing {
    let groups = closer.unfolding.groups(stage, FOLD_THRESHOLD);
    // In the middle of a frame that its texts make higher.
    let spare = LOWEST_FRAME - 2.0 * FRAME_PADDING - groups.len() as f64 * SLOT;
    let first = top + FRAME_PADDING + spare.max(0.0) / 2.0;
    let mut y = first;
    let blocks = groups.into_iter().map(|group| {
        let (block, length) = match group.is_open {
            true => draw_opened(closer.graph, stage, group.blocks.start, y, &measures(trunk)),
            false => (draw_block(stage, group.blocks, trunk, y), SLOT),
        };
        y += length;
        block
    });
    let blocks: Vec<BlockDrawing> = blocks.collect();
    let frame = Rectangle { x: 0.5, y: top, width: width - 1.0, height: (y + FRAME_PADDING - top).max(LOWEST_FRAME) };
    let line = |text: String, number: f64| Label::new(text, frame.x + 12.0, top + 5.0 + number * LINE, Anchor::Start);
    let [map, channels] = stage_notes(stage);
    // Beside opened layers there is room for the numbers alone.
    let channels = if width < ROOM_FOR_WORDS { stage_channels(stage) } else { channels };
    StageDrawing {
        index: stage.index,
        frame,
        title: line(stage_title(stage), 1.0),
        shape: line(shape_text([stage.edge_out, stage.edge_out, stage.channels_out]), 2.0),
        notes: vec![line(map, 3.0), line(channels, 4.0)],
        blocks,
    }
}

fn measures(trunk: f64) -> Measures {
    Measures {
        bulge: Bulge::Right,
        trunk,
        convolution: 14.0,
        other: 10.0,
        cell: 22.0,
        smallest: 40.0,
        step: 10.0,
        padding: 6.0,
        clearance: CLEARANCE,
        before: BEHIND_PLUS / 2.0,
        behind: BEHIND_PLUS / 2.0,
        chip: [28.0, 16.0],
    }
}

fn draw_block(stage: &StageSpec, blocks: Range<usize>, trunk: f64, top: f64) -> BlockDrawing {
    let width = 54.0 + 12.0 * size_step(stage);
    let centre = Point::new(trunk, top + BEHIND_PLUS / 2.0 + MARGIN + BLOCK_HEIGHT / 2.0);
    let outline = Rectangle::around(centre, width, BLOCK_HEIGHT);
    let cards = if blocks.len() > 1 { DECK_CARDS } else { 0 };
    let deck: Vec<_> = (1..=cards).rev().map(|card| behind(&outline, card)).collect();
    let spec = stage.block(blocks.start);
    let extent = deck.iter().fold(outline, |extent, card| extent.united(card));
    BlockDrawing {
        stage: stage.index,
        label: Label::new(block_text(&blocks), outline.x - 8.0, centre.y + 4.0, Anchor::End),
        blocks,
        outline,
        deck,
        bars: bars(&outline, &spec),
        kernels: Vec::new(),
        arc: Arc::around(&extent, trunk, MARGIN, CLEARANCE, Bulge::Right, spec.shortcut),
        layers: Vec::new(),
    }
}

/// A card that peeps out at the right, a little lower for each step back.
fn behind(outline: &Rectangle, card: usize) -> Rectangle {
    let step = DECK_STEP * card as f64;
    Rectangle { x: outline.x + step, y: outline.y + step, width: outline.width, height: outline.height - 2.0 * step }
}

/// A lying bar for each convolution; 1×1 beside larger kernels are shorter.
fn bars(outline: &Rectangle, block: &BlockSpec) -> Vec<Rectangle> {
    let longest = outline.width - 2.0 * 8.0;
    let (pitch, height) = if block.convolutions > 3 { (6.5, 4.0) } else { (8.0, 5.0) };
    let middle = (block.convolutions as f64 - 1.0) / 2.0;
    let bar = |(place, share): (usize, f64)| {
        let centre = outline.centre();
        Rectangle::around(Point::new(centre.x, centre.y + (place as f64 - middle) * pitch), longest * share, height)
    };
    bar_shares(block).enumerate().map(bar).collect()
}
