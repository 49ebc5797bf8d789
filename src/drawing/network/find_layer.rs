//! A layer by its name.

use super::LayerGraph;
use crate::language::translated;

/// Places in [`LayerGraph::nodes`] of the layers that a text means, in forward order: the one of just that name, or
/// all that have the text in their name (`conv2`) or are that operation (`batch norm`),
/// in English or in the visitor's language. Capitals make no difference.
pub fn find_layers(graph: &LayerGraph, text: &str) -> Vec<usize> {
    let wanted = text.trim().to_lowercase();
    if wanted.is_empty() {
        return Vec::new();
    }
    let named = graph.nodes.iter().position(|node| node.name == wanted);
    let is_called = |label: &'static str| [label, translated(label)].iter().any(|label| label.to_lowercase() == wanted);
    let is_meant = |name: &str, operation: Option<&'static str>| name.contains(&wanted) || operation.is_some_and(is_called);
    let meant = graph.nodes.iter().enumerate().filter(|(_, node)| is_meant(&node.name, node.operation.label())).map(|(place, _)| place);
    named.map_or_else(|| meant.collect(), |place| vec![place])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{NetworkChoices, ResNetSpec};

    fn found(text: &str) -> Vec<String> {
        let graph = LayerGraph::new(&ResNetSpec::new(NetworkChoices { depth: 1001, ..Default::default() }).unwrap());
        find_layers(&graph, text).into_iter().map(|place| graph.nodes[place].name.clone()).collect()
    }

    #[test]
    fn a_whole_name_finds_one_layer_and_a_part_of_it_all_that_have_it() {
        assert_eq!(found(" Stages.1.Blocks.4.conv2 "), ["stages.1.blocks.4.conv2"], "not that of block 40");
        assert_eq!(found("blocks.0.shortcut").len(), 3, "one projection a stage");
        assert_eq!(found("conv2").len(), 333, "one in each block");
        assert_eq!(found("batch norm").len(), found("bn").len(), "by operation as by name");
    }

    #[test]
    fn what_is_nowhere_is_not_found() {
        assert!(found("conv9").is_empty() && found("  ").is_empty(), "nothing for nonsense and for nothing");
    }
}
