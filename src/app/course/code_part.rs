//! The Keras code that a step is about: our own export, with its lines marked.

use crate::experiment::Experiment;
use crate::export::{CodeLines, CodeRequest, Framework, LineRange, Part, write_code_with_lines};

/// Lines that are shown before the marked ones, and after them.
const AROUND: usize = 2;

/// A part of the exported code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodePart {
    /// The function that makes a block.
    Block,
    /// The function that makes all stages.
    Stages,
    /// The line that says how the network is trained.
    Compile,
    /// The lines that make these layers.
    Layers(&'static [&'static str]),
}

/// Some lines of the export, numbered as in the whole of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Excerpt {
    /// Number, text, and whether the step is about it.
    pub lines: Vec<(usize, String, bool)>,
    /// Which lines the step is about: `lines 7–12`.
    pub words: String,
}

impl CodePart {
    /// Its lines in the code of an experiment's network; empty where that cannot be built.
    pub fn excerpt(self, experiment: &Experiment) -> Excerpt {
        let request = CodeRequest {
            network: experiment.network.clone(),
            framework: Framework::Keras,
            part: Part::WholeNetwork,
            l2: experiment.hyperparameters.l2,
        };
        let Ok((code, lines)) = write_code_with_lines(&request) else { return Excerpt::default() };
        let Some(range) = self.lines(&lines).or_else(|| lines.of_block()) else { return Excerpt::default() };
        let shown = range.first.saturating_sub(AROUND)..=range.last + AROUND;
        let numbered = (1..).zip(code.lines()).filter(|(number, _)| shown.contains(number));
        let marked = |number: usize| (range.first..=range.last).contains(&number);
        Excerpt { lines: numbered.map(|(number, line)| (number, line.to_owned(), marked(number))).collect(), words: range.words() }
    }

    fn lines(self, lines: &CodeLines) -> Option<LineRange> {
        match self {
            Self::Block => lines.of_block(),
            Self::Stages => lines.of_stages(),
            Self::Compile => lines.of_compile(),
            Self::Layers(names) => lines.of_layers(names.iter().copied()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(part: CodePart, experiment: &Experiment) -> String {
        let excerpt = part.excerpt(experiment);
        excerpt.lines.iter().filter(|line| line.2).map(|line| format!("{}\n", line.1)).collect()
    }

    #[test]
    fn each_part_is_found_in_the_export() {
        let experiment = Experiment::default();
        assert!(marked(CodePart::Block, &experiment).starts_with("def residual_block("));
        let stages = marked(CodePart::Stages, &experiment);
        assert!(stages.starts_with("def residual_stages(") && stages.trim_end().ends_with("return x"), "{stages}");
        assert!(marked(CodePart::Compile, &experiment).contains("model.compile("));
        assert_eq!(marked(CodePart::Layers(&["stages.0.blocks.1.add"]), &experiment).trim(), "x = layers.Add()([shortcut, x])");
    }

    #[test]
    fn lines_have_the_numbers_of_the_whole_export() {
        let experiment = Experiment::default();
        let request = CodeRequest {
            network: experiment.network.clone(),
            framework: Framework::Keras,
            part: Part::WholeNetwork,
            l2: experiment.hyperparameters.l2,
        };
        let (code, _) = write_code_with_lines(&request).unwrap();
        let all: Vec<&str> = code.lines().collect();
        for part in [CodePart::Block, CodePart::Stages, CodePart::Compile] {
            let excerpt = part.excerpt(&experiment);
            assert!(excerpt.lines.iter().all(|(number, line, _)| all[number - 1] == line), "{part:?}");
            assert!(excerpt.words.starts_with("line"), "{}", excerpt.words);
        }
    }

    #[test]
    fn what_a_network_lacks_is_looked_for_in_its_block() {
        let mut plain = Experiment::default();
        plain.network.skip_connections = false;
        assert!(marked(CodePart::Layers(&["stages.0.blocks.0.add"]), &plain).starts_with("def residual_block("));
        plain.network.depth = 21;
        assert_eq!(CodePart::Block.excerpt(&plain), Excerpt::default(), "a network that cannot be built has no code");
    }
}
