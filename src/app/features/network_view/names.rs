//! What parts of the drawing are called: by screen readers, in the toolbar, in saved pictures.

use std::ops::Range;

use leptos::prelude::*;

use super::explorer::Explorer;
use crate::drawing::network::scene::Names;
use crate::drawing::network::{LayerGraph, Part, explain};
use crate::language::tr;
use crate::spec::ResNetSpec;

/// `Stage 1, block 2`, or `Stage 1, blocks 2 to 110`.
pub fn block_name(stage: usize, blocks: &Range<usize>) -> String {
    let (stage, first, last) = (stage + 1, blocks.start + 1, blocks.end);
    match blocks.len() {
        0 | 1 => tr!("Stage {stage}, block {block}", stage, block = first),
        _ => tr!("Stage {stage}, blocks {first} to {last}", stage, first, last),
    }
}

/// `Skip connection of stage 1, block 2`, or `Skip connections of stage 1, blocks 2 to 110`.
pub fn arc_name(stage: usize, blocks: &Range<usize>) -> String {
    let (stage, first, last) = (stage + 1, blocks.start + 1, blocks.end);
    match blocks.len() {
        0 | 1 => tr!("Skip connection of stage {stage}, block {block}", stage, block = first),
        _ => tr!("Skip connections of stage {stage}, blocks {first} to {last}", stage, first, last),
    }
}

/// A part with its formula and its figures.
pub fn part_name(spec: &ResNetSpec, graph: &LayerGraph, part: &Part) -> String {
    let explanation = explain(spec, graph, part);
    match part {
        Part::Blocks { stage, blocks } => format!("{}: {} {}", block_name(*stage, blocks), explanation.lead, explanation.facts),
        Part::Arc { stage, blocks } => arc_name(*stage, blocks),
        Part::End(_) | Part::Layer(_) => explanation.text(),
    }
}

impl Names for Explorer {
    fn part(&self, place: usize) -> String {
        let name = |part: Part| self.spec.with_untracked(|spec| self.graph.with_untracked(|graph| part_name(spec, graph, &part)));
        self.part_at(place).map(name).unwrap_or_default()
    }

    fn arc(&self, place: usize) -> String {
        match self.part_at(place) {
            Some(Part::Blocks { stage, blocks }) => arc_name(stage, &blocks),
            _ => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::NetworkChoices;

    #[test]
    fn blocks_and_arcs_are_named_by_their_place() {
        assert_eq!(block_name(0, &(1..2)), "Stage 1, block 2");
        assert_eq!(block_name(0, &(1..110)), "Stage 1, blocks 2 to 110");
        assert_eq!(arc_name(0, &(1..2)), "Skip connection of stage 1, block 2");
        assert_eq!(arc_name(2, &(1..110)), "Skip connections of stage 3, blocks 2 to 110");
    }

    #[test]
    fn a_block_is_named_with_formula_and_figures() {
        let spec = ResNetSpec::new(NetworkChoices { depth: 29, ..Default::default() }).unwrap();
        let name = part_name(&spec, &LayerGraph::new(&spec), &Part::Blocks { stage: 1, blocks: 0..1 });
        assert!(name.starts_with("Stage 2, block 1: W x + F(x). 1×1, 3×3, 1×1 · output 16×16×64 · "), "{name}");
    }
}
