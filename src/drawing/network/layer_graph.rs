//! Every layer of a network and what feeds what.

use std::ops::Range;

use crate::language::marked;
use crate::spec::{BlockSpec, LayerKind, LayerSpec, ResNetSpec, Shortcut};

/// Part of the network a node belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The image.
    Image,
    /// From the image to the first stage.
    Stem,
    /// A block.
    Block {
        /// Stage, 0 for the first.
        stage: usize,
        /// Place in its stage, 0 for the first.
        index: usize,
    },
    /// From the last stage to the class scores.
    Head,
}

/// What a node does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// It is the image.
    Image,
    /// It is a layer.
    Layer(LayerKind),
}

impl Operation {
    /// As a sentence names it, in English; nothing for layers that only change the form of numbers.
    pub fn label(self) -> Option<&'static str> {
        match self {
            Self::Layer(LayerKind::BatchNorm) => Some(marked!("batch norm")),
            Self::Layer(LayerKind::Activation(function)) => Some(function.label()),
            Self::Layer(LayerKind::Dropout) => Some(marked!("dropout")),
            _ => None,
        }
    }
}

/// A layer, or the image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The layer's dotted path; `image` for the image.
    pub name: String,
    /// What it does.
    pub operation: Operation,
    /// Where it belongs.
    pub place: Place,
    /// `[height, width, channels]` of what it gives.
    pub output: [usize; 3],
    /// Weights, moving statistics of batch norm included.
    pub parameters: u64,
    /// Multiply-adds for one image.
    pub multiply_adds: u64,
}

/// Why two nodes are connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgeKind {
    /// One layer after the other.
    Forward,
    /// A block's input to its sum, unchanged.
    IdentityShortcut,
    /// A block's input to its sum by way of a 1×1 convolution: two such edges, to and from it.
    ProjectionShortcut,
}

/// A connection, from one node to a later one; both are places in [`LayerGraph::nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// Gives.
    pub from: usize,
    /// Receives.
    pub to: usize,
    /// Why.
    pub kind: EdgeKind,
}

/// All layers of a network in the order the forward pass runs them, the image first, and all edges.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LayerGraph {
    /// In forward order.
    pub nodes: Vec<Node>,
    /// In rising order of `to`.
    pub edges: Vec<Edge>,
}

impl LayerGraph {
    /// The graph of a network.
    pub fn new(spec: &ResNetSpec) -> Self {
        let image = Node {
            name: "image".into(),
            operation: Operation::Image,
            place: Place::Image,
            output: [spec.choices().image_edge, spec.choices().image_edge, spec.choices().image_channels],
            parameters: 0,
            multiply_adds: 0,
        };
        let mut graph = Self { nodes: vec![image], edges: Vec::new() };
        let mut layers = spec.layers().into_iter().peekable();
        graph.add_chain(&mut layers, "stem.", Place::Stem);
        for stage in spec.stages() {
            for block in stage.all_blocks() {
                let place = Place::Block { stage: block.stage, index: block.index };
                graph.add_block(&mut layers, &format!("{}.", block.name()), place, &block);
            }
        }
        graph.add_chain(&mut layers, "head.", Place::Head);
        graph
    }

    /// Where the nodes of one part of the network lie in [`LayerGraph::nodes`].
    pub fn range_of(&self, place: Place) -> Range<usize> {
        // Nodes lie in forward order, and so do places.
        self.nodes.partition_point(|node| node.place < place)..self.nodes.partition_point(|node| node.place <= place)
    }

    /// Nodes of one part of the network.
    pub fn nodes_at(&self, place: Place) -> &[Node] {
        self.nodes.get(self.range_of(place)).unwrap_or_default()
    }

    /// `[height, width, channels]` of what the node at `node` receives; nothing for the image.
    pub fn input_of(&self, node: usize) -> Option<[usize; 3]> {
        let edge = self.edges.get(self.edges.partition_point(|edge| edge.to < node))?;
        self.nodes.get(edge.from).filter(|_| edge.to == node).map(|from| from.output)
    }

    fn add_chain(&mut self, layers: &mut Layers, prefix: &str, place: Place) {
        let mut previous = self.last();
        while let Some(layer) = layers.next_if(|layer| layer.name.starts_with(prefix)) {
            let node = self.add(layer, place);
            self.connect(previous, node, EdgeKind::Forward);
            previous = node;
        }
    }

    fn add_block(&mut self, layers: &mut Layers, prefix: &str, place: Place, block: &BlockSpec) {
        let input = self.last();
        let mut previous = input;
        // What the first convolution reads.
        let mut activated = input;
        // Where the shortcut ends before the sum: the block's input itself, or its projection.
        let mut carried = (input, EdgeKind::IdentityShortcut);
        while let Some(layer) = layers.next_if(|layer| layer.name.starts_with(prefix)) {
            let is_sum = layer.kind == LayerKind::Add;
            // The projection is the convolution after those of the residual branch.
            let is_projection = block.shortcut == Shortcut::Projection && layer.name.ends_with(".shortcut");
            if layer.name.ends_with(".conv1") {
                activated = previous;
            }
            let node = self.add(layer, place);
            if is_projection {
                let from = if block.shared_preactivation { activated } else { input };
                self.connect(from, node, EdgeKind::ProjectionShortcut);
                carried = (node, EdgeKind::ProjectionShortcut);
                continue;
            }
            self.connect(previous, node, EdgeKind::Forward);
            if is_sum {
                self.connect(carried.0, node, carried.1);
            }
            previous = node;
        }
    }

    fn last(&self) -> usize {
        self.nodes.len().saturating_sub(1)
    }

    fn add(&mut self, layer: LayerSpec, place: Place) -> usize {
        self.nodes.push(Node {
            operation: Operation::Layer(layer.kind),
            place,
            output: layer.output,
            parameters: layer.trainable_parameters() + layer.moving_statistics(),
            multiply_adds: layer.multiply_adds(),
            name: layer.name,
        });
        self.last()
    }

    fn connect(&mut self, from: usize, to: usize, kind: EdgeKind) {
        self.edges.push(Edge { from, to, kind });
    }
}

type Layers = std::iter::Peekable<std::vec::IntoIter<LayerSpec>>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::NetworkChoices;

    fn every_network() -> impl Iterator<Item = ResNetSpec> {
        (11..=1001).step_by(9).flat_map(|depth| {
            [true, false].map(|skip_connections| ResNetSpec::new(NetworkChoices { depth, skip_connections, ..Default::default() }).unwrap())
        })
    }

    fn count(graph: &LayerGraph, kind: EdgeKind) -> usize {
        graph.edges.iter().filter(|edge| edge.kind == kind).count()
    }

    #[test]
    fn the_graph_has_every_layer_once_and_costs_what_the_spec_says() {
        for spec in every_network() {
            let (graph, layers, cost) = (LayerGraph::new(&spec), spec.layers(), spec.cost());
            assert_eq!(graph.nodes.len(), layers.len() + 1, "every layer and the image at depth {}", spec.depth().layers());
            assert_eq!(graph.nodes.iter().map(|node| node.parameters).sum::<u64>(), cost.parameters, "parameters");
            assert_eq!(graph.nodes.iter().map(|node| node.multiply_adds).sum::<u64>(), cost.multiply_adds_per_image, "multiply-adds");
        }
    }

    #[test]
    fn each_block_has_one_shortcut_and_a_plain_network_has_none() {
        for spec in every_network() {
            let graph = LayerGraph::new(&spec);
            let blocks = spec.stage(0).blocks;
            let (projections, identities) = if spec.skip_connections() { (3, 3 * (blocks - 1)) } else { (0, 0) };
            assert_eq!(count(&graph, EdgeKind::ProjectionShortcut), 2 * projections, "to and from each projection");
            assert_eq!(count(&graph, EdgeKind::IdentityShortcut), identities, "the other blocks");
        }
    }

    #[test]
    fn stages_with_blocks_of_their_own_have_a_shortcut_for_each() {
        for blocks_in_stages in [vec![1, 5, 2], vec![4, 1, 1], vec![2, 2, 3]] {
            let spec = ResNetSpec::new(NetworkChoices { blocks_in_stages: blocks_in_stages.clone(), ..Default::default() }).unwrap();
            let (graph, blocks) = (LayerGraph::new(&spec), blocks_in_stages.iter().sum::<usize>());
            assert_eq!(graph.nodes.len(), spec.layers().len() + 1, "every layer and the image of {blocks_in_stages:?}");
            assert_eq!(count(&graph, EdgeKind::IdentityShortcut), blocks - 3, "all but the first of each stage in {blocks_in_stages:?}");
            for (stage, blocks) in blocks_in_stages.iter().enumerate() {
                let is_there = |index: usize| graph.nodes.iter().any(|node| node.place == Place::Block { stage, index });
                assert!(is_there(blocks - 1) && !is_there(*blocks), "the last block of stage {stage} is there and none behind it");
            }
            assert_eq!(graph.nodes.iter().map(|node| node.parameters).sum::<u64>(), spec.cost().parameters, "parameters");
        }
    }

    #[test]
    fn every_node_but_the_image_is_fed_from_before() {
        for spec in every_network() {
            let graph = LayerGraph::new(&spec);
            let mut fed = vec![0; graph.nodes.len()];
            for edge in &graph.edges {
                assert!(edge.from < edge.to, "edges run forward");
                fed[edge.to] += 1;
            }
            assert_eq!(fed[0], 0, "nothing feeds the image");
            for (node, fed) in graph.nodes.iter().zip(fed).skip(1) {
                let wanted = if node.operation == Operation::Layer(LayerKind::Add) { 2 } else { 1 };
                assert_eq!(fed, wanted, "{} of depth {}", node.name, spec.depth().layers());
            }
        }
    }

    #[test]
    fn an_identity_shortcut_leaves_from_the_sum_before() {
        let graph = LayerGraph::new(&ResNetSpec::new(NetworkChoices { depth: 20, ..Default::default() }).unwrap());
        let shortcut = graph.edges.iter().find(|edge| edge.kind == EdgeKind::IdentityShortcut).unwrap();
        let names = [shortcut.from, shortcut.to].map(|node| graph.nodes[node].name.as_str());
        assert_eq!(names, ["stages.0.blocks.0.add", "stages.0.blocks.1.add"], "x is what the block before gave");
    }
}
