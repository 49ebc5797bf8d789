//! A network laid out on the page.

use std::ops::Range;

use super::{Arc, Label, NetworkEnd, Orientation, Part, Point, Rectangle, Room};
use crate::spec::Shortcut;

/// Room that a projection's chip takes on an arc, in pixels.
const CHIP: [f64; 2] = [28.0, 16.0];
/// Font size of labels, in pixels.
const LABEL_SIZE: f64 = 11.0;

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
    /// Its layers in forward order, the projection before the sum; none while it is closed.
    pub layers: Vec<LayerDrawing>,
}

impl BlockDrawing {
    /// Whether it stands for several blocks.
    pub fn is_bundle(&self) -> bool {
        self.blocks.len() > 1
    }

    /// Whether its layers are drawn.
    pub fn is_open(&self) -> bool {
        !self.layers.is_empty()
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

    /// All of it: cards, arc with what sits on it, layers, labels.
    pub fn whole(&self) -> Rectangle {
        let of_arc = [self.arc.start, self.arc.apex(), self.arc.end].map(|point| Rectangle::around(point, CHIP[0], CHIP[1]));
        let of_layers = self.layers.iter().map(|layer| layer.outline);
        let labels = self.layers.iter().filter_map(|layer| layer.label.as_ref()).chain([&self.label]);
        let of_labels = labels.map(|label| label.extent(LABEL_SIZE));
        of_arc.into_iter().chain(of_layers).chain(of_labels).fold(self.extent(), |whole, piece| whole.united(&piece))
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
    /// Width and height in pixels of the same network while all of it is folded: what the page keeps free.
    pub canvas: [f64; 2],
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
        let with_layers = |block: &'_ BlockDrawing| {
            let layers: Vec<Part> = block.layers.iter().map(|layer| Part::Layer(layer.node)).collect();
            [block.part()].into_iter().chain(layers)
        };
        let blocks = self.blocks().flat_map(with_layers);
        let behind = self.ends.iter().filter(|end| !is_before(end)).map(end);
        before.chain(blocks).chain(behind).collect()
    }

    /// Blocks and bundles of all stages, in forward order.
    pub fn blocks(&self) -> impl Iterator<Item = &BlockDrawing> {
        self.stages.iter().flat_map(|stage| &stage.blocks)
    }

    /// Whether any skip connection is drawn.
    pub fn has_arcs(&self) -> bool {
        self.blocks().any(BlockDrawing::has_skip_connection)
    }

    /// What a camera needs to know.
    pub fn room(&self) -> Room {
        Room { world: [self.width, self.height], canvas: self.canvas, orientation: self.orientation }
    }
}

/// How a layer is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LayerRole {
    /// A convolution of the residual branch, 0 for the first.
    Convolution(usize),
    /// The convolution on the way around.
    Projection,
    /// Batch norm.
    BatchNorm,
    /// The function after it.
    Activation,
    /// Where the way around comes back.
    Sum,
}

/// A layer in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerDrawing {
    /// Place in [`LayerGraph::nodes`].
    pub node: usize,
    /// What it is.
    pub role: LayerRole,
    /// Its shape.
    pub outline: Rectangle,
    /// What stands at it; nothing at the plus, which says it itself.
    pub label: Option<Label>,
}
