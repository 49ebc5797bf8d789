//! The layer graph in the DOT language of Graphviz.

use std::fmt::Write;

use super::writer::summary;
use crate::drawing::network::{EdgeKind, LayerFacts, LayerGraph, Place};
use crate::language::format::plain_compact;
use crate::spec::ResNetSpec;

/// Every layer as a node, every connection as an edge; stages and blocks as clusters, skip connections in orange,
/// projections dashed.
pub fn write_dot(spec: &ResNetSpec) -> String {
    let graph = LayerGraph::new(spec);
    let mut text = String::from("digraph resnet {\n");
    // Writing to a String cannot fail.
    let _ = writeln!(text, "  label=\"{}\";", summary(spec));
    text += "  rankdir=TB;\n  node [shape=box, fontname=\"Helvetica\", fontsize=10];\n  edge [arrowsize=0.6];\n";
    let mut open = None;
    for (number, node) in graph.nodes.iter().enumerate() {
        open_clusters(&mut text, open, node.place);
        open = Some(node.place);
        if let Some(facts) = LayerFacts::of(&graph, number) {
            let _ = writeln!(text, "  \"{}\" [label=\"{}\", tooltip=\"{}\"];", node.name, label(&facts), node.name);
        }
    }
    open_clusters(&mut text, open, Place::Image);
    for edge in &graph.edges {
        let [Some(from), Some(to)] = [edge.from, edge.to].map(|place| graph.nodes.get(place)) else { continue };
        let style = match edge.kind {
            EdgeKind::Forward => "",
            EdgeKind::IdentityShortcut => " [color=\"#c2410c\", penwidth=2, tooltip=\"skip connection\"]",
            EdgeKind::ProjectionShortcut => " [color=\"#c2410c\", penwidth=2, style=dashed, tooltip=\"skip connection with a projection\"]",
        };
        let _ = writeln!(text, "  \"{}\" -> \"{}\"{style};", from.name, to.name);
    }
    text + "}\n"
}

/// Ends the clusters of the place before and begins those of the next.
fn open_clusters(text: &mut String, before: Option<Place>, next: Place) {
    if before == Some(next) {
        return;
    }
    let stage_of = |place| if let Place::Block { stage, .. } = place { Some(stage) } else { None };
    let (left, entered) = (before.and_then(stage_of), stage_of(next));
    if left.is_some() {
        *text += "  }\n";
    }
    if left.is_some() && left != entered {
        *text += "  }\n";
    }
    if let Place::Block { stage, index } = next {
        if left != entered {
            let _ = writeln!(text, "  subgraph \"cluster_stage_{stage}\" {{\n  label=\"Stage {}\"; color=gray;", stage + 1);
        }
        let _ = writeln!(text, "  subgraph \"cluster_stage_{stage}_block_{index}\" {{\n  label=\"Block {}\"; color=lightgray;", index + 1);
    }
}

/// Operation, shape and cost, a line each.
fn label(facts: &LayerFacts) -> String {
    let [height, width, channels] = facts.output;
    let shape = if height * width == 1 { channels.to_string() } else { format!("{height}×{width}×{channels}") };
    let parameters = match facts.parameters {
        0 => String::new(),
        some => format!("\\n{} parameters", plain_compact(some as f64)),
    };
    format!("{}\\n{shape}{parameters}", facts.operation)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::spec::{BlockPlace, NetworkChoices};

    /// The text without what stands in quotation marks.
    fn unquoted(text: &str) -> String {
        text.split('"').step_by(2).collect()
    }

    #[test]
    fn every_edge_joins_two_nodes_that_are_declared_once() {
        let usual = NetworkChoices { start_filters: 4, ..Default::default() };
        let networks = [
            usual.clone(),
            NetworkChoices { blocks_in_stages: vec![1, 3, 2], switched_blocks: vec![BlockPlace { stage: 1, block: 1 }], ..usual.clone() },
            NetworkChoices { depth: 110, skip_connections: false, batch_norm: false, ..usual.clone() },
            NetworkChoices { depth: 29, shared_preactivation: true, dense_units: 0, ..usual },
        ];
        for choices in networks {
            let spec = ResNetSpec::new(choices).unwrap();
            let (graph, text) = (LayerGraph::new(&spec), write_dot(&spec));
            let bare = unquoted(&text);
            let mut depth = 0;
            for letter in bare.chars() {
                depth += i32::from(letter == '{') - i32::from(letter == '}');
                assert!(depth >= 0, "no brace ends what was not begun");
            }
            assert_eq!((depth, text.matches('"').count() % 2), (0, 0), "all braces and quotation marks end");
            assert!(text.lines().all(|line| line.trim_end().ends_with(['{', '}', ';'])), "every statement ends");
            let name = |part: &str| part.split('"').nth(1).unwrap().to_owned();
            let (edges, others): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.contains(" -> "));
            let nodes: Vec<String> = others.iter().filter(|line| line.trim_start().starts_with('"')).map(|line| name(line)).collect();
            let distinct: BTreeSet<&String> = nodes.iter().collect();
            assert_eq!((nodes.len(), distinct.len()), (graph.nodes.len(), graph.nodes.len()), "each layer once, and the image");
            assert_eq!(edges.len(), graph.edges.len(), "as many edges as the graph has");
            for edge in edges {
                let (from, to) = edge.split_once(" -> ").unwrap();
                assert!(distinct.contains(&name(from)) && distinct.contains(&name(to)), "both ends of {edge} are declared");
            }
            let clusters = text.matches("subgraph").count();
            assert_eq!(clusters, spec.stages().len() + spec.blocks().len(), "a cluster for each stage and each block");
        }
    }
}
