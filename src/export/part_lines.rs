//! Which lines of code make a part of the drawing.

use super::{CodeLines, LineRange};
use crate::drawing::network::{LayerGraph, Part, nodes_of};

/// The lines of code that make a part: of a layer or an end its own, of a block the function that makes every block.
pub fn lines_of_part(graph: &LayerGraph, part: &Part, lines: &CodeLines) -> Option<LineRange> {
    match part {
        Part::End(_) | Part::Layer(_) => lines.of_layers(nodes_of(graph, part).map(|node| node.name.as_str())),
        Part::Blocks { .. } | Part::Arc { .. } => lines.of_block(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::network::NetworkEnd;
    use crate::export::write_code_with_lines;
    use crate::export::{CodeRequest, Framework, Part as CodePart};
    use crate::spec::{NetworkChoices, ResNetSpec};

    #[test]
    fn a_part_knows_the_lines_that_make_it() {
        let network = NetworkChoices { depth: 20, ..Default::default() };
        let request = CodeRequest { network: network.clone(), framework: Framework::Keras, part: CodePart::WholeNetwork, l2: 1e-4 };
        let (code, lines) = write_code_with_lines(&request).unwrap();
        let graph = LayerGraph::new(&ResNetSpec::new(network).unwrap());
        let line = |text: &str| code.lines().position(|line| line.contains(text)).unwrap() + 1;
        let of = |part| lines_of_part(&graph, &part, &lines);
        let stem = LineRange { first: line("\"stem_conv\""), last: line("Dropout(0.2)") };
        assert_eq!(of(Part::End(NetworkEnd::Stem)), Some(stem), "from its convolution to its dropout");
        let block = of(Part::Blocks { stage: 0, blocks: 0..1 }).unwrap();
        assert_eq!(block.first, line("def residual_block"), "the function that makes every block");
        let none = lines_of_part(&graph, &Part::End(NetworkEnd::Stem), &CodeLines::default());
        assert_eq!(none, None, "code without marks has no lines to show");
    }
}
