//! A block down to its single layers.
//!
//! ```text
//!            ⌒⌒⌒⌒[1×1]⌒⌒⌒⌒
//!        ⌒                    ⌒
//!   ────┴─┃─┃─▮──┃─┃─▮──┃─┃─▮──⊕──    what comes before the strided convolution is taller: its maps are larger
//!        BN ReLU 1×1 …
//! ```

use std::ops::Range;

use super::arc::Bulge;
use super::{Anchor, Arc, BlockDrawing, Label, LayerDrawing, LayerGraph, LayerRole, Node, Operation, Place, Point, Rectangle};
use crate::drawing::network::shared::{block_text, size_step};
use crate::spec::{LayerKind, StageSpec};

/// Sizes along the trunk and across it, in pixels.
pub(super) struct Measures {
    pub bulge: Bulge,
    /// Where the trunk is.
    pub trunk: f64,
    /// Along: a convolution, any other layer, and the least room for one with the gap behind it.
    pub convolution: f64,
    pub other: f64,
    pub cell: f64,
    /// Across: the smallest maps, and how much more each larger size takes.
    pub smallest: f64,
    pub step: f64,
    /// From the layers to the edge of their card.
    pub padding: f64,
    /// From the card to the arc.
    pub clearance: f64,
    /// From the beginning of the block's room to its arc, and from its plus to the end of that room.
    pub before: f64,
    pub behind: f64,
    /// Of a projection on the arc: width and height.
    pub chip: [f64; 2],
}

/// Share of the arc's length it takes to rise beyond the card. The larger, the flatter the arc.
const RISE: f64 = 0.08;
/// Half the plus.
const PLUS: f64 = 8.0;
const FONT_SIZE: f64 = 11.0;

/// The layers of a block, apart by where they are drawn.
struct Layers<'graph> {
    /// Before the fork: activated once for both ways.
    before: Vec<(usize, &'graph Node)>,
    branch: Vec<(usize, &'graph Node)>,
    projection: Option<(usize, &'graph Node)>,
    sum: Option<usize>,
    behind: Vec<(usize, &'graph Node)>,
}

impl<'graph> Layers<'graph> {
    fn of(graph: &'graph LayerGraph, stage: &StageSpec, block: usize) -> Self {
        let range = graph.range_of(Place::Block { stage: stage.index, index: block });
        let shares = stage.block(block).shared_preactivation;
        let mut layers = Self { before: Vec::new(), branch: Vec::new(), projection: None, sum: None, behind: Vec::new() };
        for (node, layer) in range.clone().zip(graph.nodes.get(range).unwrap_or_default()) {
            let is_convolution = matches!(layer.operation, Operation::Layer(LayerKind::Convolution { .. }));
            match layer.operation {
                Operation::Layer(LayerKind::Add) => layers.sum = Some(node),
                _ if layer.name.ends_with(".shortcut") => layers.projection = Some((node, layer)),
                _ if layers.sum.is_some() => layers.behind.push((node, layer)),
                _ if shares && layers.branch.is_empty() && !is_convolution => layers.before.push((node, layer)),
                _ => layers.branch.push((node, layer)),
            }
        }
        layers
    }
}

/// What a layer is called where there is little room.
fn short_name(operation: Operation) -> String {
    match operation {
        Operation::Layer(LayerKind::Convolution { kernel, .. }) => format!("{kernel}×{kernel}"),
        Operation::Layer(LayerKind::BatchNorm) => "BN".into(),
        // `leaky ReLU` would be wider than everything around it.
        other => other.label().and_then(|label| label.split(' ').next()).unwrap_or_default().into(),
    }
}

/// Draws the layers of one block, from `start` along the trunk.
pub(super) fn draw_opened(graph: &LayerGraph, stage: &StageSpec, block: usize, start: f64, measures: &Measures) -> (BlockDrawing, f64) {
    let layers = Layers::of(graph, stage, block);
    let spec = stage.block(block);
    let mut row = Row { stage, measures, at: start, convolutions: 0, drawn: Vec::new() };
    layers.before.iter().for_each(|layer| row.place(*layer));
    let first = row.drawn.len();
    let length: f64 = layers.branch.iter().map(|(_, node)| row.cell(node)).sum::<f64>() + 2.0 * measures.padding;
    let margin = (measures.clearance + RISE * length) / (1.0 - 2.0 * RISE);
    row.at += measures.before + margin + measures.padding;
    let card_start = row.at - measures.padding;
    layers.branch.iter().for_each(|layer| row.place(*layer));
    let breadth = row.drawn[first..].iter().map(|layer| measures.across(&layer.outline)).fold(0.0, f64::max);
    let outline = measures.rectangle(card_start + length / 2.0, length, breadth + 2.0 * measures.padding);
    let arc = Arc::around(&outline, measures.trunk, margin, measures.clearance, measures.bulge, spec.shortcut);
    if let Some((node, _)) = layers.projection {
        let chip = Rectangle::around(arc.apex(), measures.chip[0], measures.chip[1]);
        let label = Label::new("1×1", chip.centre().x, chip.centre().y + 3.5, Anchor::Middle);
        row.drawn.push(LayerDrawing { node, role: LayerRole::Projection, outline: chip, label: Some(label) });
    }
    row.at = card_start + length + margin + measures.behind;
    if let Some(node) = layers.sum {
        let outline = Rectangle::around(arc.end, 2.0 * PLUS, 2.0 * PLUS);
        row.drawn.push(LayerDrawing { node, role: LayerRole::Sum, outline, label: None });
        row.at = row.at.max(measures.along(arc.end) + PLUS + measures.behind / 2.0);
    }
    layers.behind.iter().for_each(|layer| row.place(*layer));
    let length = row.at - start;
    let block = BlockDrawing {
        stage: stage.index,
        blocks: block..block + 1,
        outline,
        deck: Vec::new(),
        bars: Vec::new(),
        kernels: Vec::new(),
        label: measures.block_label(&(block..block + 1), &outline, &arc, row.widest()),
        arc,
        layers: row.drawn,
    };
    (block, length)
}

/// Layers one behind the other.
struct Row<'all> {
    stage: &'all StageSpec,
    measures: &'all Measures,
    at: f64,
    convolutions: usize,
    drawn: Vec<LayerDrawing>,
}

impl Row<'_> {
    fn length(&self, node: &Node) -> f64 {
        if matches!(node.operation, Operation::Layer(LayerKind::Convolution { .. })) {
            self.measures.convolution
        } else {
            self.measures.other
        }
    }

    /// Room for a layer with its label.
    fn cell(&self, node: &Node) -> f64 {
        let label = Label::new(short_name(node.operation), 0.0, 0.0, Anchor::Start).extent(FONT_SIZE).width;
        let beside = if self.measures.bulge == Bulge::Up { label + 6.0 } else { 0.0 };
        self.measures.cell.max(beside)
    }

    fn place(&mut self, (number, node): (usize, &Node)) {
        let (cell, length) = (self.cell(node), self.length(node));
        let is_larger = node.output[0] > self.stage.edge_out;
        let breadth = self.measures.smallest + self.measures.step * (size_step(self.stage) + f64::from(is_larger));
        let role = match node.operation {
            Operation::Layer(LayerKind::Convolution { .. }) => {
                self.convolutions += 1;
                LayerRole::Convolution(self.convolutions - 1)
            }
            Operation::Layer(LayerKind::BatchNorm) => LayerRole::BatchNorm,
            _ => LayerRole::Activation,
        };
        let outline = self.measures.rectangle(self.at + cell / 2.0, length, breadth);
        let label = Some(self.measures.layer_label(short_name(node.operation), &outline, self.widest()));
        self.drawn.push(LayerDrawing { node: number, role, outline, label });
        self.at += cell;
    }

    /// Extent across the trunk of the largest layer a block of this stage can have.
    fn widest(&self) -> f64 {
        let step = size_step(self.stage) + f64::from(self.stage.stride() > 1);
        self.measures.smallest + self.measures.step * step
    }
}

impl Measures {
    fn along(&self, point: Point) -> f64 {
        if self.bulge == Bulge::Up { point.x } else { point.y }
    }

    fn across(&self, rectangle: &Rectangle) -> f64 {
        if self.bulge == Bulge::Up { rectangle.height } else { rectangle.width }
    }

    fn rectangle(&self, middle: f64, length: f64, breadth: f64) -> Rectangle {
        match self.bulge {
            Bulge::Up => Rectangle::around(Point::new(middle, self.trunk), length, breadth),
            Bulge::Right => Rectangle::around(Point::new(self.trunk, middle), breadth, length),
        }
    }

    /// All labels of a block stand in one line, beyond the `widest` layer.
    fn layer_label(&self, text: String, outline: &Rectangle, widest: f64) -> Label {
        let centre = outline.centre();
        let beyond = widest / 2.0 + self.padding;
        match self.bulge {
            Bulge::Up => Label::new(text, centre.x, self.trunk + beyond + 14.0, Anchor::Middle),
            Bulge::Right => Label::new(text, self.trunk - beyond - 8.0, centre.y + 4.0, Anchor::End),
        }
    }

    fn block_label(&self, blocks: &Range<usize>, card: &Rectangle, arc: &Arc, widest: f64) -> Label {
        let text = block_text(blocks);
        match self.bulge {
            Bulge::Up => Label::new(text, card.centre().x, self.trunk + widest / 2.0 + self.padding + 31.0, Anchor::Middle),
            Bulge::Right => Label::new(text, self.trunk - 10.0, arc.start.y + 4.0, Anchor::End),
        }
    }
}
