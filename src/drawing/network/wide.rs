//! The drawing that runs rightwards.
//!
//! ```text
//!                 ┌ Stage 1 ── 32×32×64 ┐ ┌ Stage 2 ───────┐ ┌ Stage 3 ───────┐
//!                 │   ⌒     ⌒     ⌒   │ │                 │ │                 │
//!  image ─ stem ──┼─ ▮▮▮ ⊕ ▮▮▮ ⊕ ▮▮▮ ⊕ ┼─┼─ ▪▪▪ ⊕ ▪▪▪ ⊕ …  ┼─┼─ ···            ┼─ pool ─ dense ─ softmax
//!                 │   1   × 109   111   │ │                 │ │                 │
//!                 └ keeps the map ──────┘ └─────────────────┘ └─────────────────┘
//! ```

use std::ops::Range;

use super::arc::Bulge;
use super::opened_block::{Measures, draw_opened};
use super::{
    Anchor, Arc, BlockDrawing, Drawing, EndDrawing, FOLD_THRESHOLD, Label, NetworkEnd, Orientation, Point, Rectangle, StageDrawing,
};
use crate::drawing::network::shared::{
    Closer, DECK_CARDS, DECK_STEP, bar_shares, block_text, end_texts, kernel_labels, shape_text, size_step, stage_notes, stage_title, tail,
};
use crate::spec::{BlockSpec, ResNetSpec, StageSpec};

const HEIGHT: f64 = 232.0;
/// Height at which everything is threaded.
const TRUNK: f64 = 134.0;
const FRAME_PADDING: f64 = 6.0;
const FRAME_GAP: f64 = 10.0;
/// Width of the first stage and the last, relative to their mean: the first has the largest maps.
const STAGE_SHARES: [f64; 2] = [1.1, 0.9];

/// Below this a block's three bars are no longer told apart: the stage is folded earlier.
const NARROWEST_SLOT: f64 = 44.0;
/// A block that comes out of a bundle has at least this, so that its arc and number can be read.
const NARROWEST_UNFOLDED_SLOT: f64 = 60.0;
const WIDEST_BLOCK: f64 = 112.0;
/// Many switched blocks in one stage leave no more.
const NARROWEST_BLOCK: f64 = 4.0;
/// Slot left over behind the plus, so that it does not touch the next arc.
const BEHIND_PLUS: f64 = 8.0;
/// Bars at least this far apart have room for their kernels underneath.
const KERNEL_PITCH: f64 = 30.0;

/// Font size of the note at a stage's foot, in pixels.
const NOTE_SIZE: f64 = 12.0;
/// The same of its title, with some air.
const TITLE_SIZE: f64 = 15.0;

/// Column widths of the ends; their labels are wider than their shapes.
const IMAGE_COLUMN: f64 = 55.0;
const STEM_COLUMN: f64 = 40.0;
const POOL_COLUMN: f64 = 55.0;
const DENSE_COLUMN: f64 = 40.0;
const SCORES_COLUMN: f64 = 52.0;
const HEAD_WIDTH: f64 = IMAGE_COLUMN + STEM_COLUMN + FRAME_GAP;

const MEASURES: Measures = Measures {
    bulge: Bulge::Up,
    trunk: TRUNK,
    convolution: 24.0,
    other: 15.0,
    cell: 32.0,
    smallest: 26.0,
    step: 12.0,
    padding: 7.0,
    clearance: 7.0,
    before: 1.0,
    behind: BEHIND_PLUS - 1.0,
    chip: [34.0, 18.0],
};

pub(super) fn layout(spec: &ResNetSpec, width: f64, closer: &Closer) -> Drawing {
    let stages = spec.stages();
    let tail_width: f64 = FRAME_GAP / 2.0 + columns_behind(spec).map(|(_, column, _)| column).sum::<f64>();
    let room = width - HEAD_WIDTH - tail_width - FRAME_GAP * (stages.len() - 1) as f64;
    let widths = stage_widths(room, stages.len());
    let threshold = threshold(&widths);

    let mut x = HEAD_WIDTH;
    let mut drawn = Vec::with_capacity(stages.len());
    for (stage, folded_width) in stages.iter().zip(widths.iter().copied()) {
        drawn.push(draw_stage(stage, closer, x, folded_width, threshold));
        x += drawn.last().map_or(folded_width, |stage| stage.frame.width) + FRAME_GAP;
    }
    let width = x - FRAME_GAP + tail_width;
    let ends = draw_ends(spec, x - FRAME_GAP / 2.0);
    let trunk = [IMAGE_COLUMN / 2.0, width - SCORES_COLUMN / 2.0].map(|x| Point::new(x, TRUNK));
    Drawing { orientation: Orientation::Wide, width, height: HEIGHT, canvas: [width, HEIGHT], trunk, ends, stages: drawn }
}

/// Shares of `room`, falling evenly from the first stage to the last.
fn stage_widths(room: f64, stages: usize) -> Vec<f64> {
    let [first, last] = STAGE_SHARES;
    let share = |index: usize| first + (last - first) * index as f64 / (stages.max(2) - 1) as f64;
    let shares: f64 = (0..stages).map(share).sum();
    (0..stages).map(|index| room * share(index) / shares).collect()
}

/// All stages fold alike, so the one with the least room decides.
fn threshold(widths: &[f64]) -> usize {
    let least = widths.iter().copied().fold(f64::INFINITY, f64::min) - 2.0 * FRAME_PADDING;
    ((least / NARROWEST_SLOT) as usize).min(FOLD_THRESHOLD)
}

fn draw_stage(stage: &StageSpec, closer: &Closer, x: f64, folded_width: f64, threshold: usize) -> StageDrawing {
    let groups = closer.unfolding.groups(stage, threshold);
    let folded = groups.last().map_or(0, |group| group.folded_place) + 1;
    let slot = (folded_width - 2.0 * FRAME_PADDING) / folded as f64;
    // How far behind its folded place a group begins.
    let mut behind = 0.0;
    let mut folded_place = 0;
    let mut blocks = Vec::with_capacity(groups.len());
    for group in groups {
        if group.folded_place != folded_place {
            folded_place = group.folded_place;
            behind -= slot;
        }
        let left = x + FRAME_PADDING + folded_place as f64 * slot + behind;
        let closed = if group.is_unfolded { slot.max(NARROWEST_UNFOLDED_SLOT) } else { slot };
        let (block, width) = match group.is_open {
            true => draw_opened(closer.graph, stage, group.blocks.start, left, &MEASURES),
            false => (draw_block(stage, group.blocks, left, closed), closed),
        };
        behind += width;
        blocks.push(block);
    }
    let frame = Rectangle { x, y: 0.5, width: folded_width + (behind - slot), height: HEIGHT - 1.0 };
    let note = |text: String| Label::new(text, frame.x + 10.0, HEIGHT - 11.0, Anchor::Start);
    let [map, channels] = stage_notes(stage);
    let both = note(format!("{map} · {channels}"));
    // Where there is no room for both, the title's shape already tells the map.
    let fits = frame.encloses(&both.extent(NOTE_SIZE));
    let title = Label::new(stage_title(stage), frame.x + 10.0, 19.0, Anchor::Start);
    let shape = |text: String| Label::new(text, frame.right() - 10.0, 19.0, Anchor::End);
    let whole = shape(shape_text([stage.edge_out, stage.edge_out, stage.channels_out]));
    // The note at the foot tells the channels, too. A gap keeps them apart in fonts that are wider than most.
    let has_room = !title.extent(TITLE_SIZE).grown(4.0).overlaps(&whole.extent(NOTE_SIZE));
    StageDrawing {
        index: stage.index,
        frame,
        title,
        shape: if has_room { whole } else { shape(format!("{0}×{0}", stage.edge_out)) },
        notes: vec![if fits { both } else { note(channels) }],
        blocks,
    }
}

fn draw_block(stage: &StageSpec, blocks: Range<usize>, left: f64, slot: f64) -> BlockDrawing {
    let margin = (slot * 0.11).clamp(6.0, 14.0);
    let width = (slot - BEHIND_PLUS - 2.0 * margin).clamp(NARROWEST_BLOCK, WIDEST_BLOCK);
    let height = 44.0 + 14.0 * size_step(stage);
    let centre = Point::new(left + (slot - BEHIND_PLUS) / 2.0 + 1.0, TRUNK);
    let outline = Rectangle::around(centre, width, height);
    let cards = if blocks.len() > 1 { DECK_CARDS } else { 0 };
    let deck: Vec<_> = (1..=cards).rev().map(|card| behind(&outline, card)).collect();
    let spec = stage.block(blocks.start);
    let bars = bars(&outline, &spec);
    let has_kernels = bars[1].x - bars[0].x >= KERNEL_PITCH;
    let kernels = if has_kernels { kernel_labels(&spec, &bars, outline.bottom() + 15.0) } else { Vec::new() };
    let baseline = outline.bottom() + if has_kernels { 32.0 } else { 17.0 };
    let extent = deck.iter().fold(outline, |extent, card| extent.united(card));
    BlockDrawing {
        stage: stage.index,
        label: Label::new(block_text(&blocks), centre.x, baseline, Anchor::Middle),
        blocks,
        outline,
        deck,
        bars,
        kernels,
        arc: Arc::around(&extent, TRUNK, margin, margin * 0.55, Bulge::Up, spec.shortcut),
        layers: Vec::new(),
    }
}

/// A card that peeps out above, a little narrower for each step back.
fn behind(outline: &Rectangle, card: usize) -> Rectangle {
    let step = DECK_STEP * card as f64;
    Rectangle { x: outline.x + step, y: outline.y - step, width: outline.width - 2.0 * step, height: outline.height }
}

/// An upright bar for each convolution; 1×1 beside larger kernels are shorter.
fn bars(outline: &Rectangle, block: &BlockSpec) -> Vec<Rectangle> {
    let count = block.convolutions as f64;
    let padding = (outline.width * 0.12).clamp(0.5, 9.0);
    let gap = (outline.width * 0.07).clamp(0.2, 8.0);
    let width = ((outline.width - 2.0 * padding - (count - 1.0) * gap) / count).max(0.2);
    let tallest = outline.height - 2.0 * 7.0;
    let bar = |(place, share): (usize, f64)| {
        let x = outline.x + padding + width / 2.0 + place as f64 * (width + gap);
        Rectangle::around(Point::new(x, TRUNK), width, tallest * share)
    };
    bar_shares(block).enumerate().map(bar).collect()
}

/// Ends behind the last stage with the widths of their columns and their sizes.
fn columns_behind(spec: &ResNetSpec) -> impl Iterator<Item = (NetworkEnd, f64, [f64; 2])> + use<> {
    let is_there = tail(spec);
    let all = [
        (NetworkEnd::Pool, POOL_COLUMN, [28.0, 52.0]),
        (NetworkEnd::Dense, DENSE_COLUMN, [24.0, 44.0]),
        (NetworkEnd::Scores, SCORES_COLUMN, [24.0, 36.0]),
    ];
    all.into_iter().filter(move |(end, ..)| is_there(*end))
}

fn draw_ends(spec: &ResNetSpec, tail: f64) -> Vec<EndDrawing> {
    let before = [(NetworkEnd::Image, 0.0, IMAGE_COLUMN, [34.0, 34.0]), (NetworkEnd::Stem, IMAGE_COLUMN, STEM_COLUMN, [24.0, 76.0])];
    let behind = columns_behind(spec).scan(tail, |left, (end, column, size)| {
        let x = *left;
        *left += column;
        Some((end, x, column, size))
    });
    before
        .into_iter()
        .chain(behind)
        .map(|(end, x, column, [width, height])| {
            let outline = Rectangle::around(Point::new(x + column / 2.0, TRUNK), width, height);
            let [name, detail] = end_texts(spec, end);
            EndDrawing {
                end,
                outline,
                name: Label::new(name, x + column / 2.0, outline.bottom() + 17.0, Anchor::Middle),
                detail: Label::new(detail, x + column / 2.0, outline.bottom() + 31.0, Anchor::Middle),
            }
        })
        .collect()
}
