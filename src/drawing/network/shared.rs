//! What the drawings in both orientations have in common: texts, sizes, the deck behind a bundle.

use std::ops::Range;

use super::{Anchor, Label, LayerGraph, NetworkEnd, Rectangle, Unfolding};
use crate::language::{text, tr};
use crate::spec::{BlockSpec, ResNetSpec, StageSpec};

/// What is drawn closer, and the layers to draw there.
pub(super) struct Closer<'all> {
    pub unfolding: &'all Unfolding,
    pub graph: &'all LayerGraph,
}

/// Rows or columns of a deck behind a bundle, and how far each peeps out, in pixels.
pub(super) const DECK_CARDS: usize = 2;

pub(super) const DECK_STEP: f64 = 3.0;

/// How much larger than the smallest a stage's blocks are drawn: 2, 1, 0 for the last three stages. Maps shrink with it.
pub(super) fn size_step(stage: &StageSpec) -> f64 {
    (stage.stages_behind() as f64).min(2.0)
}

/// `16×16×128`.
pub(super) fn shape_text([height, width, channels]: [usize; 3]) -> String {
    format!("{height}×{width}×{channels}")
}

/// `Stage 1`.
pub(super) fn stage_title(stage: &StageSpec) -> String {
    tr!("Stage {stage}", stage = stage.index + 1)
}

/// `keeps the map` and `16 → 64 channels`.
pub(super) fn stage_notes(stage: &StageSpec) -> [String; 2] {
    let map = if stage.stride() == 1 { text!("keeps the map") } else { text!("halves the map") };
    [map.into(), tr!("{channels} channels", channels = stage_channels(stage))]
}

/// `16 → 64`.
pub(super) fn stage_channels(stage: &StageSpec) -> String {
    format!("{} → {}", stage.channels_in, stage.channels_out)
}

/// Number of a block, counted from 1, or how many a bundle stands for.
pub(super) fn block_text(blocks: &Range<usize>) -> String {
    if blocks.len() > 1 { format!("× {}", blocks.len()) } else { (blocks.start + 1).to_string() }
}

/// Name and detail of an end.
pub(super) fn end_texts(spec: &ResNetSpec, end: NetworkEnd) -> [String; 2] {
    let choices = spec.choices();
    let edge = choices.image_edge;
    let pooled = spec.final_edge() / spec.pool_window();
    let (name, detail) = match end {
        NetworkEnd::Image => (text!("image"), shape_text([edge, edge, choices.image_channels])),
        NetworkEnd::Stem => (text!("stem"), "3×3".into()),
        NetworkEnd::Pool => (text!("pool"), shape_text([pooled, pooled, spec.final_channels()])),
        NetworkEnd::Dense => (text!("dense"), choices.dense_units.to_string()),
        NetworkEnd::Scores => (text!("softmax"), spec.classes().to_string()),
    };
    [name.into(), detail]
}

/// `1×1`, `3×3`, `1×1`, centred at `baseline` under bars that stand side by side.
pub(super) fn kernel_labels(block: &BlockSpec, bars: &[Rectangle], baseline: f64) -> Vec<Label> {
    bars.iter().zip(kernel_texts(block)).map(|(bar, text)| Label::new(text, bar.centre().x, baseline, Anchor::Middle)).collect()
}

/// `1×1`, `3×3`, `1×1`.
pub(super) fn kernel_texts(block: &BlockSpec) -> Vec<String> {
    block.residual_branch().map(|convolution| format!("{0}×{0}", convolution.kernel)).collect()
}

/// How tall the bar of each convolution is: less for 1×1 beside larger kernels.
pub(super) fn bar_shares(block: &BlockSpec) -> impl Iterator<Item = f64> + use<> {
    let largest = block.kernel_size;
    block.residual_branch().map(move |convolution| if convolution.kernel < largest { 0.78 } else { 1.0 })
}

/// The ends behind the last stage: no dense layer where the head has none.
pub(super) fn tail(spec: &ResNetSpec) -> impl Fn(NetworkEnd) -> bool + use<> {
    let has_dense = spec.choices().dense_units > 0;
    move |end| end != NetworkEnd::Dense || has_dense
}
