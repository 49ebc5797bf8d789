//! A network laid out on the page.

use std::ops::Range;

use super::{Arc, Label, Orientation, Part, Point, Rectangle};
use crate::spec::Shortcut;

/// A part before the first stage or behind the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkEnd {
    /// The image.
    Image,
    /// First convolution, batch norm, activation, dropout.
    Stem,
    /// Batch norm, activation, average pooling.
    Pool,
    /// Dense layer with activation, batch norm, dropout.
    Dense,
    /// Dense layer that gives the class scores, for softmax.
    Scores,
}

/// An end in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct EndDrawing {
    /// Which.
    pub end: NetworkEnd,
    /// Its shape.
    pub outline: Rectangle,
    /// What it is called.
    pub name: Label,
    /// What it gives, or how large it is.
    pub detail: Label,
}

/// A block, or a bundle of equal blocks, in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct BlockDrawing {
    /// Stage, 0 for the first.
    pub stage: usize,
    /// Blocks it stands for, 0 for the first of the stage; more than one for a bundle.
    pub blocks: Range<usize>,
    /// Its card.
    pub outline: Rectangle,
    /// Cards that show behind it, farthest first; none for a single block.
    pub deck: Vec<Rectangle>,
    /// Its convolutions in forward order; those with the larger kernel are larger.
    pub bars: Vec<Rectangle>,
    /// Kernel of each convolution, where there is room for it.
    pub kernels: Vec<Label>,
    /// Its skip connection, with the plus at its end; where it would be, if its shortcut is absent.
    pub arc: Arc,
    /// Its number, or how many blocks it stands for.
    pub label: Label,
}

impl BlockDrawing {
    /// Whether it stands for several blocks.
    pub fn is_bundle(&self) -> bool {
        self.blocks.len() > 1
    }

    /// Whether anything goes along its arc.
    pub fn has_skip_connection(&self) -> bool {
        self.arc.shortcut != Shortcut::Absent
    }

    /// What pointing at it means.
    pub fn part(&self) -> Part {
        Part::Blocks { stage: self.stage, blocks: self.blocks.clone() }
    }

    /// Card and deck together.
    pub fn extent(&self) -> Rectangle {
        self.deck.iter().fold(self.outline, |extent, card| extent.united(card))
    }
}

/// A stage in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct StageDrawing {
    /// 0 for the first.
    pub index: usize,
    /// Its frame.
    pub frame: Rectangle,
    /// `Stage 1`.
    pub title: Label,
    /// Shape of its output.
    pub shape: Label,
    /// What it does to map and channels.
    pub notes: Vec<Label>,
    /// What is drawn in it, in forward order.
    pub blocks: Vec<BlockDrawing>,
}

/// The whole network in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// Which way it runs.
    pub orientation: Orientation,
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
    /// The line everything sits on, from the image to the scores.
    pub trunk: [Point; 2],
    /// Image, stem, pool, dense layer (where there is one), scores.
    pub ends: Vec<EndDrawing>,
    /// The stages, first to last.
    pub stages: Vec<StageDrawing>,
}

impl Drawing {
    /// Everything that can be pointed at, in forward order.
    pub fn parts(&self) -> Vec<Part> {
        let is_before = |end: &&EndDrawing| matches!(end.end, NetworkEnd::Image | NetworkEnd::Stem);
        let end = |end: &EndDrawing| Part::End(end.end);
        let before = self.ends.iter().filter(is_before).map(end);
        let blocks = self.stages.iter().flat_map(|stage| &stage.blocks).map(BlockDrawing::part);
        let behind = self.ends.iter().filter(|end| !is_before(end)).map(end);
        before.chain(blocks).chain(behind).collect()
    }

    /// Whether any skip connection is drawn.
    pub fn has_arcs(&self) -> bool {
        self.stages.iter().flat_map(|stage| &stage.blocks).any(BlockDrawing::has_skip_connection)
    }
}
