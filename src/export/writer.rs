//! What the writers share.

use super::{CodeLines, LineRange};
use crate::spec::{BlockOrder, ResNetSpec, StageSpec};

/// Lines of code, and which of them make which layer.
#[derive(Debug, Default)]
pub(super) struct Code {
    text: String,
    /// Lines so far.
    count: usize,
    lines: CodeLines,
}

impl Code {
    /// Adds lines as they stand, without the empty ones around them.
    pub fn add(&mut self, lines: &str) {
        let lines = lines.trim_matches('\n');
        self.text.push_str(lines);
        self.text.push('\n');
        self.count += lines.matches('\n').count() + 1;
    }

    /// Adds lines that make the layers `marks` names.
    pub fn add_for(&mut self, marks: &[&str], lines: &str) {
        let before = self.count;
        self.add(lines);
        for mark in marks {
            self.mark(mark, before);
        }
    }

    /// Lines so far, for [`Code::mark`].
    pub fn count(&self) -> usize {
        self.count
    }

    /// Says that all lines after the first `before` make what `mark` names.
    pub fn mark(&mut self, mark: &str, before: usize) {
        self.lines.add(mark, LineRange { first: before + 1, last: self.count });
    }

    /// Adds lines where something was chosen.
    pub fn add_if(&mut self, chosen: bool, lines: &str) {
        if chosen {
            self.add(lines);
        }
    }

    /// Adds an empty line.
    pub fn gap(&mut self) {
        self.text.push('\n');
        self.count += 1;
    }

    pub fn finish(self) -> (String, CodeLines) {
        (self.text, self.lines)
    }
}

/// `A residual network of depth 29: …`, the first line of every export.
pub(super) fn summary(spec: &ResNetSpec) -> String {
    let choices = spec.choices();
    let kind = if spec.has_any_skip_connection() { "residual" } else { "plain" };
    let order = match choices.order {
        BlockOrder::PreActivation => "pre-activation (ResNet version 2)",
        BlockOrder::ConvolutionFirst => "convolution first (ResNet version 1)",
    };
    format!(
        "A {kind} network of depth {}: {}, {order}, {} parameters.",
        spec.depth().layers(),
        spec.blocks_in_english(),
        spec.cost().parameters
    )
}

/// What the loop over the stages runs over.
pub(super) struct StageRows {
    /// What a row holds, in words.
    pub meaning: &'static str,
    /// Names of its numbers: `inner, filters`.
    pub names: &'static str,
    /// `(8, 32), (32, 64)`: one row for each stage.
    pub rows: String,
    /// Blocks in a stage: a number, or the name of the row's own.
    pub blocks: String,
}

/// Inner filters and channels out of each stage; its number of blocks too, where stages differ in that.
pub(super) fn stage_rows(spec: &ResNetSpec) -> StageRows {
    let widths = |stage: &StageSpec| format!("{}, {}", stage.bottleneck_filters, stage.channels_out);
    match spec.equal_blocks() {
        Some(blocks) => StageRows {
            meaning: "(filters inside a block, channels it gives) of each stage.",
            names: "inner, filters",
            rows: list(spec.stages().iter().map(|stage| format!("({})", widths(stage))), ", "),
            blocks: blocks.to_string(),
        },
        None => StageRows {
            meaning: "(number of blocks, filters inside a block, channels it gives) of each stage.",
            names: "count, inner, filters",
            rows: list(spec.stages().iter().map(|stage| format!("({}, {})", stage.blocks, widths(stage))), ", "),
            blocks: "count".into(),
        },
    }
}

/// `1, 3, 1`: the kernels of a block's convolutions.
pub(super) fn kernels(spec: &ResNetSpec) -> String {
    list(spec.stage(0).block(0).residual_branch().map(|convolution| convolution.kernel.to_string()), ", ")
}

/// `(0, 1), (2, 0)`: the switched blocks as stage and block.
pub(super) fn switched(spec: &ResNetSpec, separator: &str) -> String {
    list(spec.choices().switched_blocks.iter().map(|place| format!("({}, {})", place.stage, place.block)), separator)
}

/// Items with something between them.
pub(super) fn list(items: impl Iterator<Item = String>, separator: &str) -> String {
    items.collect::<Vec<_>>().join(separator)
}
