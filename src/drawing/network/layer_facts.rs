//! What is to be said about a layer, in numbers.

use super::explanation::end_of;
use super::{LayerGraph, Node, Operation, Place};
use crate::drawing::network::part::Part;
use crate::language::format::bytes;
use crate::language::tr;
use crate::spec::{Activation, BYTES_PER_NUMBER, LayerKind};

/// A node of the graph in figures, for one image on its way forward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerFacts {
    /// What it does, in English, with the sizes that belong to it: `3×3 convolution, stride 2`.
    pub operation: String,
    /// `[height, width, channels]` of what comes in; nothing for the image.
    pub input: Option<[usize; 3]>,
    /// `[height, width, channels]` of what goes out.
    pub output: [usize; 3],
    /// Weights, moving statistics of batch norm included.
    pub parameters: u64,
    /// Multiply-adds of convolutions and dense layers.
    pub multiply_adds: u64,
    /// Memory of its output, see [`activation_bytes`].
    pub activation_bytes: u64,
}

impl LayerFacts {
    /// Of the node at that place of the graph.
    pub fn of(graph: &LayerGraph, place: usize) -> Option<Self> {
        let node = graph.nodes.get(place)?;
        let edge = graph.edges.iter().find(|edge| edge.to == place);
        Some(Self {
            operation: operation_words(node.operation),
            input: edge.and_then(|edge| graph.nodes.get(edge.from)).map(|from| from.output),
            output: node.output,
            parameters: node.parameters,
            multiply_adds: node.multiply_adds,
            activation_bytes: activation_bytes([node].into_iter()),
        })
    }
}

/// Bytes of what these nodes give for one image, which training keeps for the backward pass: four for each number.
/// As [`Cost`](crate::spec::Cost) counts it: the output of every layer by itself, the image not counted.
pub fn activation_bytes<'a>(nodes: impl Iterator<Item = &'a Node>) -> u64 {
    let numbers = |node: &Node| node.output.iter().map(|extent| *extent as u64).product::<u64>();
    nodes.filter(|node| node.place != Place::Image).map(numbers).sum::<u64>() * BYTES_PER_NUMBER
}

/// Memory of a part's outputs in words: `activations 128 KiB an image`. Of a bundle, of each block; nothing for a part
/// without layers.
pub fn memory_words(graph: &LayerGraph, part: &Part) -> Option<String> {
    let memory = activation_bytes(nodes_of(graph, part));
    (memory > 0).then(|| tr!("activations {memory} an image", memory = bytes(memory)))
}

/// The layers of a part; of a bundle, those of its first block.
pub fn nodes_of<'a>(graph: &'a LayerGraph, part: &'a Part) -> impl Iterator<Item = &'a Node> {
    let is_in_part = move |(place, node): &(usize, &Node)| match part {
        Part::End(end) => end_of(node.place, &node.name) == Some(*end),
        Part::Blocks { stage, blocks } => node.place == Place::Block { stage: *stage, index: blocks.start },
        Part::Layer(layer) => place == layer,
        // A skip connection is part of its block, and has no layers of its own in most.
        Part::Arc { .. } => false,
    };
    graph.nodes.iter().enumerate().filter(is_in_part).map(|(_, node)| node)
}

fn operation_words(operation: Operation) -> String {
    let Operation::Layer(kind) = operation else { return "image".into() };
    match kind {
        LayerKind::Convolution { kernel, stride: 1 } => format!("{kernel}×{kernel} convolution"),
        LayerKind::Convolution { kernel, stride } => format!("{kernel}×{kernel} convolution, stride {stride}"),
        LayerKind::Add => "sum".into(),
        LayerKind::AveragePool { window } => format!("{window}×{window} average pool"),
        LayerKind::Flatten => "flatten".into(),
        LayerKind::Dense { activation: Activation::None } => "dense".into(),
        LayerKind::Dense { activation } => format!("dense, {}", activation.label()),
        LayerKind::BatchNorm | LayerKind::Activation(_) | LayerKind::Dropout => operation.label().unwrap_or_default().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::network::NetworkEnd;
    use crate::spec::{BlockOrder, NetworkChoices, ResNetSpec};

    fn networks() -> Vec<ResNetSpec> {
        let usual = NetworkChoices::default();
        let choices = [
            NetworkChoices { depth: 56, ..usual.clone() },
            NetworkChoices { blocks_in_stages: vec![1, 4, 2], skip_connections: false, ..usual.clone() },
            NetworkChoices { depth: 20, order: BlockOrder::ConvolutionFirst, batch_norm: false, dense_units: 0, ..usual },
        ];
        choices.into_iter().map(|choices| ResNetSpec::new(choices).unwrap()).collect()
    }

    #[test]
    fn activation_memory_sums_up_to_what_the_network_costs() {
        for spec in networks() {
            let graph = LayerGraph::new(&spec);
            let each: u64 =
                (0..graph.nodes.len()).filter_map(|place| LayerFacts::of(&graph, place)).map(|facts| facts.activation_bytes).sum();
            assert_eq!(each, spec.cost().activation_bytes_per_image, "node by node");
            assert_eq!(activation_bytes(graph.nodes.iter()), each, "and all together");
        }
    }

    #[test]
    fn facts_are_those_of_the_layer() {
        for spec in networks() {
            let graph = LayerGraph::new(&spec);
            for (layer, place) in spec.layers().into_iter().zip(1..) {
                let facts = LayerFacts::of(&graph, place).unwrap();
                assert_eq!((facts.input, facts.output), (Some(layer.input), layer.output), "shapes of {}", layer.name);
                assert_eq!(facts.parameters, layer.trainable_parameters() + layer.moving_statistics(), "parameters of {}", layer.name);
                assert_eq!(facts.multiply_adds, layer.multiply_adds(), "work of {}", layer.name);
                assert!(!facts.operation.is_empty(), "{} has a name for what it does", layer.name);
            }
        }
    }

    #[test]
    fn a_part_says_its_memory() {
        let graph = LayerGraph::new(&ResNetSpec::new(NetworkChoices { depth: 20, ..Default::default() }).unwrap());
        let said = |part| memory_words(&graph, &part);
        assert_eq!(said(Part::End(NetworkEnd::Stem)).as_deref(), Some("activations 128 KiB an image"));
        let block = said(Part::Blocks { stage: 0, blocks: 0..1 });
        assert_eq!(block.as_deref(), Some("activations 576 KiB an image"), "6 × 8 + 3 × 32 numbers of 1,024 pixels");
        assert_eq!(said(Part::End(NetworkEnd::Image)), None, "the image costs no layer anything");
    }

    #[test]
    fn operations_say_their_sizes() {
        let graph = LayerGraph::new(&ResNetSpec::new(NetworkChoices { depth: 20, ..Default::default() }).unwrap());
        let said = |name: &str| {
            let place = graph.nodes.iter().position(|node| node.name == name).unwrap();
            LayerFacts::of(&graph, place).unwrap().operation
        };
        assert_eq!(said("stages.1.blocks.0.conv1"), "1×1 convolution, stride 2", "where the map is halved");
        assert_eq!(said("stages.1.blocks.1.conv2"), "3×3 convolution", "elsewhere");
        assert_eq!(
            ["image", "stem.bn", "stem.activation", "stages.0.blocks.0.add", "head.pool", "head.dense1", "head.dense2"].map(said),
            ["image", "batch norm", "ReLU", "sum", "8×8 average pool", "dense, ReLU", "dense"],
            "each other kind"
        );
        assert_eq!(LayerFacts::of(&graph, 0).unwrap().input, None, "nothing comes into the image");
        assert_eq!(LayerFacts::of(&graph, graph.nodes.len()), None, "there is no such node");
    }
}
