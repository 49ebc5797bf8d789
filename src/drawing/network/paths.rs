//! The ways through a network: at each skip connection a signal goes through the residual branch or around it, so
//! that a residual network is a collection of paths (Veit, Wilber & Belongie 2016, "Residual Networks Behave Like
//! Ensembles of Relatively Shallow Networks").

use crate::language::tr;
use crate::spec::{BlockPlace, BlockSpec, LayerKind, ResNetSpec, Shortcut};

/// Beyond that many doublings the power alone is easier to read than its digits.
const MOST_DOUBLINGS_WRITTEN_OUT: usize = 20;

/// How a path passes a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Through its convolutions.
    ResidualBranch,
    /// Along its skip connection; where that projects, through one convolution.
    SkipConnection,
}

/// A path from the image to the scores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// How it passes each block, first to last.
    pub blocks: Vec<(BlockPlace, Way)>,
    /// Convolutions and dense layers on it, stem and head included. Batch norms are not counted, as in the depth.
    pub layers_with_kernel: usize,
}

/// All paths of a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// Blocks with a skip connection: each doubles the paths. A block without one leaves them as they are.
    pub doublings: usize,
    /// Along every skip connection there is.
    pub shortest: Path,
    /// Through every residual branch.
    pub longest: Path,
}

impl Paths {
    /// Of a network.
    pub fn of(spec: &ResNetSpec) -> Self {
        let blocks = spec.blocks();
        let around = |block: &BlockSpec| if block.shortcut == Shortcut::Absent { Way::ResidualBranch } else { Way::SkipConnection };
        Self {
            doublings: blocks.iter().filter(|block| block.shortcut != Shortcut::Absent).count(),
            shortest: path(spec, &blocks, around),
            longest: path(spec, &blocks, |_| Way::ResidualBranch),
        }
    }

    /// How many there are, exactly: `1`, `2³ = 8`, `2¹¹¹`.
    pub fn count(&self) -> String {
        let power = || format!("2{}", superscript(self.doublings));
        match self.doublings {
            0 => "1".into(),
            few @ 1..=MOST_DOUBLINGS_WRITTEN_OUT => format!("{} = {}", power(), crate::language::format::grouped(1 << few)),
            _ => power(),
        }
    }

    /// How many there are, what was counted, and how long the shortest and the longest are.
    pub fn in_words(&self) -> String {
        let longest = self.longest.layers_with_kernel;
        if self.doublings == 0 {
            return tr!("Without skip connections there is one path, through {longest} convolutions and dense layers.", longest);
        }
        tr!(
            "{n} skip connection, each taken or not, make {paths} paths: the shortest goes through {shortest} convolutions and dense \
             layers, the longest through {longest}."
                | "{n} skip connections, each taken or not, make {paths} paths: the shortest goes through {shortest} convolutions and \
                   dense layers, the longest through {longest}."
                    % self.doublings,
            paths = self.count(),
            shortest = self.shortest.layers_with_kernel,
            longest
        )
    }
}

fn path(spec: &ResNetSpec, blocks: &[BlockSpec], way: impl Fn(&BlockSpec) -> Way) -> Path {
    let has_kernel = |kind| matches!(kind, LayerKind::Convolution { .. } | LayerKind::Dense { .. });
    let outside = spec.layers().iter().filter(|layer| has_kernel(layer.kind) && !layer.name.starts_with("stages.")).count();
    let inside = blocks.iter().map(|block| match (way(block), block.shortcut) {
        (Way::ResidualBranch, _) => block.convolutions,
        (Way::SkipConnection, Shortcut::Projection) => 1,
        (Way::SkipConnection, _) => 0,
    });
    Path { layers_with_kernel: outside + inside.sum::<usize>(), blocks: blocks.iter().map(|block| (block.place(), way(block))).collect() }
}

fn superscript(number: usize) -> String {
    let digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    number.to_string().chars().filter_map(|digit| digits.get(digit.to_digit(10)? as usize)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::network::LayerGraph;
    use crate::spec::NetworkChoices;

    fn networks() -> Vec<ResNetSpec> {
        let usual = NetworkChoices::default();
        let switched = |stage, block| vec![BlockPlace { stage, block }];
        let choices = [
            usual.clone(),
            NetworkChoices { depth: 29, ..usual.clone() },
            NetworkChoices { depth: 29, switched_blocks: switched(1, 1), ..usual.clone() },
            NetworkChoices { depth: 29, skip_connections: false, ..usual.clone() },
            NetworkChoices { depth: 29, skip_connections: false, switched_blocks: switched(2, 0), ..usual.clone() },
            NetworkChoices { blocks_in_stages: vec![1, 4, 2], dense_units: 0, convolutions_per_block: 2, ..usual.clone() },
            NetworkChoices { depth: 29, shared_preactivation: true, ..usual },
        ];
        choices.into_iter().map(|choices| ResNetSpec::new(choices).unwrap()).collect()
    }

    /// Paths from the image to the last layer, and the fewest and most layers with a kernel on one, counted in the
    /// layer graph edge by edge.
    fn counted(spec: &ResNetSpec) -> (u64, usize, usize) {
        let graph = LayerGraph::new(spec);
        let kernels = spec.kernel_layers();
        let mut ways = vec![(1u64, 0usize, 0usize)];
        for (place, node) in graph.nodes.iter().enumerate().skip(1) {
            let fed: Vec<_> = graph.edges.iter().filter(|edge| edge.to == place).map(|edge| ways[edge.from]).collect();
            let own = usize::from(kernels.contains(&node.name));
            let fewest = fed.iter().map(|way| way.1).min().unwrap() + own;
            ways.push((fed.iter().map(|way| way.0).sum(), fewest, fed.iter().map(|way| way.2).max().unwrap() + own));
        }
        *ways.last().unwrap()
    }

    #[test]
    fn paths_are_those_of_the_layer_graph() {
        for spec in networks() {
            let paths = Paths::of(&spec);
            let wanted = counted(&spec);
            let said = (1 << paths.doublings, paths.shortest.layers_with_kernel, paths.longest.layers_with_kernel);
            assert_eq!(said, wanted, "number, shortest, longest of {:?}", spec.choices());
            assert_eq!(paths.longest.blocks.len(), spec.blocks().len(), "every block is passed");
            assert!(paths.longest.blocks.iter().all(|(_, way)| *way == Way::ResidualBranch), "the longest goes through every branch");
            let along = paths.shortest.blocks.iter().filter(|(_, way)| *way == Way::SkipConnection).count();
            assert_eq!(along, paths.doublings, "the shortest takes each skip connection there is");
        }
    }

    #[test]
    fn the_longest_path_is_as_long_as_the_depth_says() {
        let spec = ResNetSpec::new(NetworkChoices { depth: 1001, dense_units: 0, ..Default::default() }).unwrap();
        assert_eq!(Paths::of(&spec).longest.layers_with_kernel, 1001, "without the extra dense layer of the tutorial's head");
    }

    #[test]
    fn the_number_of_paths_is_exact_at_any_depth() {
        let count = |depth, skip_connections| {
            Paths::of(&ResNetSpec::new(NetworkChoices { depth, skip_connections, ..Default::default() }).unwrap()).count()
        };
        assert_eq!(count(11, true), "2³ = 8", "three blocks");
        assert_eq!(count(56, true), "2¹⁸ = 262,144", "eighteen blocks");
        assert_eq!(count(1001, true), "2³³³", "more than there are atoms");
        assert_eq!(count(1001, false), "1", "one way only");
    }

    #[test]
    fn the_sentence_says_what_was_counted() {
        let words = |choices| Paths::of(&ResNetSpec::new(choices).unwrap()).in_words();
        assert_eq!(
            words(NetworkChoices { depth: 29, ..Default::default() }),
            "9 skip connections, each taken or not, make 2⁹ = 512 paths: the shortest goes through 6 convolutions and dense layers, the longest through 30."
        );
        assert!(
            words(NetworkChoices { skip_connections: false, ..Default::default() }).contains("one path, through 12"),
            "a plain network"
        );
    }
}
