//! The sentence under the drawing: what a part does and what it costs.

use std::ops::Range;

use super::{LayerGraph, NetworkEnd, Node, Operation, Part, Place, SkipKinds};
use crate::drawing::network::shared::{kernel_texts, shape_text};
use crate::language::format::compact;
use crate::language::{text, tr, translated};
use crate::spec::{LayerKind, ResNetSpec, Shortcut, StageSpec};

/// What is said about a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The formula or name it starts with, to be set in bold.
    pub lead: String,
    /// What happens.
    pub sentence: String,
    /// Shape, parameters, multiply-adds.
    pub facts: String,
}

impl Explanation {
    /// All of it in one line.
    pub fn text(&self) -> String {
        let facts = if self.facts.is_empty() { String::new() } else { format!(" {}", self.facts) };
        format!("{} {}{facts}", self.lead, self.sentence)
    }
}

/// What is said when nothing is pointed at.
pub fn explain_network(spec: &ResNetSpec) -> Explanation {
    let convolutions = number_word(spec.choices().convolutions_per_block);
    let kinds = SkipKinds::of(spec);
    let (lead, sentence) = if kinds.are_none() {
        (
            "F(x).",
            tr!(
                "Without skip connections a block passes on only what its {convolutions} convolutions made of its input, \
                 and the gradient has to come back through every one of them.",
                convolutions
            ),
        )
    } else {
        let lead = if kinds.identity.is_some() { "x + F(x)." } else { "W x + F(x)." };
        let sum = tr!("Each block adds what its {convolutions} convolutions learned to what it received.", convolutions);
        (lead, format!("{sum} {}", kinds.in_words()))
    };
    Explanation { lead: lead.into(), sentence, facts: String::new() }
}

/// What is said about a part of `spec`, whose layers are `graph`.
pub fn explain(spec: &ResNetSpec, graph: &LayerGraph, part: &Part) -> Explanation {
    match part {
        Part::End(end) => explain_end(spec, graph, *end),
        Part::Blocks { stage, blocks } => match spec.stages().get(*stage) {
            Some(stage) => explain_blocks(graph, stage, blocks),
            None => explain_network(spec),
        },
        Part::Arc { stage, blocks } => match spec.stages().get(*stage) {
            Some(stage) => explain_arc(stage, blocks),
            None => explain_network(spec),
        },
        Part::Layer(node) => match graph.nodes.get(*node) {
            Some(layer) => explain_layer(graph, *node, layer),
            None => explain_network(spec),
        },
    }
}

fn explain_blocks(graph: &LayerGraph, stage: &StageSpec, blocks: &Range<usize>) -> Explanation {
    let (block, count) = (stage.block(blocks.start), blocks.len());
    let shape = shape_text([stage.edge_out, stage.edge_out, stage.channels_out]);
    let many = count > 1;
    let who = blocks_of_stage(stage, blocks);
    let formula = match block.shortcut {
        Shortcut::Identity => "x + F(x)",
        Shortcut::Projection => "W x + F(x)",
        Shortcut::Absent => "F(x)",
    };
    let convolutions = number_word(block.convolutions);
    let plain = blocks.clone().filter(|index| stage.block(*index).shortcut == Shortcut::Absent).count();
    let sentence = match (block.shortcut, many) {
        _ if plain > 0 && plain < count => {
            tr!("{who} are drawn together for want of room: {plain} of them have no skip connection.", who, plain)
        }
        (Shortcut::Identity, false) => {
            tr!("{who} adds what its {convolutions} convolutions learned to what it received.", who, convolutions)
        }
        (Shortcut::Identity, true) => {
            tr!("{who} are alike: each adds what its {convolutions} convolutions learned to what it received.", who, convolutions)
        }
        (Shortcut::Projection, _) => {
            tr!("{who} changes the shape, so a 1×1 convolution W brings what it received to {shape} before the sum.", who, shape)
        }
        (Shortcut::Absent, false) => tr!("{who} passes on only what its {convolutions} convolutions made of its input.", who, convolutions),
        (Shortcut::Absent, true) => {
            tr!("{who} are alike: each passes on only what its {convolutions} convolutions made of its input.", who, convolutions)
        }
    };
    let layers = graph.nodes_at(Place::Block { stage: stage.index, index: blocks.start });
    let (parameters, multiply_adds) = costs(layers, |_| true);
    let cost = cost_text(parameters, multiply_adds);
    let cost = if many { tr!("{cost} each", cost) } else { cost };
    Explanation {
        lead: if many { tr!("{formula}, {count} times.", formula, count) } else { format!("{formula}.") },
        sentence,
        facts: [kernel_texts(&block).join(", "), tr!("output {shape}", shape), cost].join(" · "),
    }
}

fn explain_arc(stage: &StageSpec, blocks: &Range<usize>) -> Explanation {
    let block = stage.block(blocks.start);
    let (lead, sentence) = match block.shortcut {
        Shortcut::Identity => (
            "x + F(x).",
            text!(
                "The block adds what it learned to what it received. Here x goes around it unchanged, and its gradient comes back \
                 unchanged."
            ),
        ),
        Shortcut::Projection => (
            "W x + F(x).",
            text!("The block adds what it learned to what it received. The shape changes, so x goes through a 1×1 convolution W first."),
        ),
        Shortcut::Absent => {
            ("F(x).", text!("Nothing goes around this block: it keeps only what it made of its input. A click gives it a skip connection."))
        }
    };
    let blocks = blocks_of_stage(stage, blocks);
    let facts = tr!("{blocks}, the way around.", blocks);
    Explanation { lead: lead.into(), sentence: sentence.into(), facts }
}

/// `Block 3 of stage 1`, `Blocks 2 to 110 of stage 1`.
fn blocks_of_stage(stage: &StageSpec, blocks: &Range<usize>) -> String {
    let (first, stage) = (blocks.start + 1, stage.index + 1);
    if blocks.len() > 1 {
        tr!("Blocks {first} to {last} of stage {stage}", first, last = blocks.end, stage)
    } else {
        tr!("Block {block} of stage {stage}", block = first, stage)
    }
}

fn explain_layer(graph: &LayerGraph, number: usize, layer: &Node) -> Explanation {
    let is_projection = layer.name.ends_with(".shortcut");
    let (lead, sentence) = match layer.operation {
        Operation::Layer(LayerKind::Convolution { kernel, stride }) => (
            match stride {
                1 => tr!("{kernel}×{kernel} convolution.", kernel),
                _ => tr!("{kernel}×{kernel} convolution, stride {stride}.", kernel, stride),
            },
            match (is_projection, stride > 1) {
                (true, _) => text!("Brings what the block received to the shape of its sum."),
                (false, true) => text!("Weighs all channels and takes every second place, so the map is halved."),
                (false, false) if kernel == 1 => text!("Weighs all channels at each place of the map."),
                (false, false) => text!("Weighs all channels around each place of the map."),
            },
        ),
        Operation::Layer(LayerKind::BatchNorm) => (
            text!("Batch norm.").into(),
            text!("Shifts and scales each channel to mean 0 and deviation 1 over the batch, then as it learned."),
        ),
        Operation::Layer(LayerKind::Activation(function)) => {
            (format!("{}.", translated(function.label())), text!("Bends each number by itself; nothing is learned."))
        }
        Operation::Layer(LayerKind::Add) => ("x + F(x).".into(), text!("The block adds what it learned to what it received.")),
        _ => (text!("Layer.").into(), ""),
    };
    let input = graph.input_of(number).map(|shape| tr!("input {shape}", shape = shape_text(shape)));
    let output = tr!("output {shape}", shape = shape_text(layer.output));
    let cost = match layer.parameters + layer.multiply_adds {
        0 => text!("no parameters").into(),
        _ => cost_text(layer.parameters, layer.multiply_adds),
    };
    let facts: Vec<String> = [Some(layer.name.clone()), input, Some(output), Some(cost)].into_iter().flatten().collect();
    Explanation { lead, sentence: sentence.into(), facts: facts.join(" · ") }
}

fn explain_end(spec: &ResNetSpec, graph: &LayerGraph, end: NetworkEnd) -> Explanation {
    let choices = spec.choices();
    let (edge, units) = (choices.image_edge, choices.dense_units);
    let pooled = spec.final_edge() / spec.pool_window();
    let what_follows = followed_by(graph, end);
    let (lead, sentence, shape) = match end {
        NetworkEnd::Image => (
            text!("Image."),
            match choices.image_channels {
                1 => tr!("{edge} × {edge} pixels of grey, each channel shifted and scaled to mean 0 and deviation 1.", edge),
                3 => tr!("{edge} × {edge} pixels of red, green and blue, each channel shifted and scaled to mean 0 and deviation 1.", edge),
                _ => tr!("{edge} × {edge} pixels, each channel shifted and scaled to mean 0 and deviation 1.", edge),
            },
            shape_text([edge, edge, choices.image_channels]),
        ),
        NetworkEnd::Stem => (
            text!("Stem."),
            tr!("A 3×3 convolution makes {maps} maps of the image{what_follows}.", maps = spec.start_filters(), what_follows),
            shape_text([edge, edge, spec.start_filters()]),
        ),
        NetworkEnd::Pool => (
            text!("Pool."),
            match pooled {
                1 => text!("Each map is averaged to a single number.").into(),
                _ => tr!("Each map is averaged to {pooled}×{pooled} numbers.", pooled),
            },
            shape_text([pooled, pooled, spec.final_channels()]),
        ),
        NetworkEnd::Dense => {
            (text!("Dense."), tr!("Each of {units} units weighs all pooled maps{what_follows}.", units, what_follows), units.to_string())
        }
        NetworkEnd::Scores => (
            "Softmax.",
            tr!("A score for each of {classes} classes, turned into probabilities.", classes = spec.classes()),
            spec.classes().to_string(),
        ),
    };
    let (parameters, multiply_adds) = costs(&graph.nodes, |node| end_of(node.place, &node.name) == Some(end));
    let facts = match parameters {
        0 => shape,
        _ => [tr!("output {shape}", shape), cost_text(parameters, multiply_adds)].join(" · "),
    };
    Explanation { lead: lead.into(), sentence, facts }
}

fn number_word(count: usize) -> &'static str {
    match count {
        2 => text!("two"),
        4 => text!("four"),
        _ => text!("three"),
    }
}

/// `; batch norm, ReLU and dropout follow`: what stands in an end after its first layer.
fn followed_by(graph: &LayerGraph, end: NetworkEnd) -> String {
    let in_end = graph.nodes.iter().filter(|node| end_of(node.place, &node.name) == Some(end)).skip(1);
    let names: Vec<&str> = in_end.filter_map(|node| node.operation.label()).map(translated).collect();
    match names.split_last() {
        None => String::new(),
        Some((only, [])) => tr!("; {layer} follows", layer = only),
        Some((last, before)) => tr!("; {layers} and {last} follow", layers = before.join(", "), last),
    }
}

/// The end that the layer at `node` is drawn in; none for a layer of a block.
pub fn end_of_layer(graph: &LayerGraph, node: usize) -> Option<NetworkEnd> {
    graph.nodes.get(node).and_then(|node| end_of(node.place, &node.name))
}

/// The end a layer is drawn in.
pub(super) fn end_of(place: Place, name: &str) -> Option<NetworkEnd> {
    match place {
        Place::Image => Some(NetworkEnd::Image),
        Place::Stem => Some(NetworkEnd::Stem),
        Place::Block { .. } => None,
        Place::Head if name.ends_with(".dense2") => Some(NetworkEnd::Scores),
        Place::Head if name.starts_with("head.dense") || name.ends_with(".dropout") => Some(NetworkEnd::Dense),
        Place::Head => Some(NetworkEnd::Pool),
    }
}

/// Parameters and multiply-adds of the nodes a test picks.
fn costs(nodes: &[Node], picks: impl Fn(&Node) -> bool) -> (u64, u64) {
    let picked = nodes.iter().filter(|node| picks(node));
    picked.fold((0, 0), |(parameters, multiply_adds), node| (parameters + node.parameters, multiply_adds + node.multiply_adds))
}

fn cost_text(parameters: u64, multiply_adds: u64) -> String {
    let parameters = compact(parameters as f64);
    // Batch norm has parameters, but its work is not counted: convolutions and dense layers only.
    match multiply_adds {
        0 => tr!("{parameters} parameters", parameters),
        some => tr!("{parameters} parameters, {multiply_adds} multiply-adds", parameters, multiply_adds = compact(some as f64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::NetworkChoices;

    fn said(depth: usize, skip_connections: bool, part: &Part) -> Explanation {
        let spec = ResNetSpec::new(NetworkChoices { depth, skip_connections, ..Default::default() }).unwrap();
        explain(&spec, &LayerGraph::new(&spec), part)
    }

    #[test]
    fn each_kind_of_block_has_its_formula() {
        let block = |blocks| Part::Blocks { stage: 1, blocks };
        assert_eq!(said(29, true, &block(0..1)).lead, "W x + F(x).", "the first block projects");
        assert_eq!(said(29, true, &block(1..2)).lead, "x + F(x).", "the others keep x");
        assert_eq!(said(1001, true, &block(1..110)).lead, "x + F(x), 109 times.", "a bundle counts");
        assert_eq!(said(29, false, &block(1..2)).lead, "F(x).", "nothing is added in a plain network");
    }

    #[test]
    fn each_arc_says_what_goes_along_it() {
        let arc = |blocks| Part::Arc { stage: 1, blocks };
        let identity = said(29, true, &arc(1..2));
        assert_eq!(identity.lead, "x + F(x).", "unchanged");
        assert!(identity.sentence.starts_with("The block adds what it learned to what it received."), "{}", identity.sentence);
        assert!(said(29, true, &arc(0..1)).sentence.contains("1×1 convolution W"), "the first block projects");
        assert!(said(29, false, &arc(1..2)).sentence.starts_with("Nothing goes around"), "and a plain one has nothing to carry");
    }

    #[test]
    fn a_layer_says_its_operation_shapes_and_cost() {
        let spec = ResNetSpec::new(NetworkChoices { depth: 29, start_filters: 16, ..Default::default() }).unwrap();
        let graph = LayerGraph::new(&spec);
        let said = |name: &str| explain(&spec, &graph, &Part::Layer(graph.nodes.iter().position(|node| node.name == name).unwrap())).text();
        assert_eq!(
            said("stages.1.blocks.0.conv1"),
            "1×1 convolution, stride 2. Weighs all channels and takes every second place, so the map is halved. \
             stages.1.blocks.0.conv1 · input 32×32×64 · output 16×16×64 · 4.16 k parameters, 1.05 M multiply-adds",
            "64·64 + 64 parameters, 16·16·64·64 multiply-adds"
        );
        assert!(said("stages.1.blocks.0.shortcut").contains("input 32×32×64 · output 16×16×128"), "from the block's input");
        assert!(said("stages.1.blocks.1.bn1").contains("512 parameters"), "batch norm: four numbers a channel");
        assert!(said("stages.1.blocks.1.add").contains("no parameters"), "a sum learns nothing");
    }

    #[test]
    fn the_facts_of_all_parts_sum_up_to_the_network() {
        for depth in [11, 29, 1001] {
            let spec = ResNetSpec::new(NetworkChoices { depth, ..Default::default() }).unwrap();
            let graph = LayerGraph::new(&spec);
            let ends = [NetworkEnd::Image, NetworkEnd::Stem, NetworkEnd::Pool, NetworkEnd::Dense, NetworkEnd::Scores];
            let in_ends: u64 = ends.iter().map(|end| costs(&graph.nodes, |node| end_of(node.place, &node.name) == Some(*end)).0).sum();
            let in_blocks = costs(&graph.nodes, |node| matches!(node.place, Place::Block { .. })).0;
            assert_eq!(in_ends + in_blocks, spec.cost().parameters, "nothing is left out or counted twice at depth {depth}");
        }
    }
}
