//! What the writers share.

use crate::spec::{BlockOrder, NetworkChoices, ResNetSpec};

/// Lines of code; `line` adds one with its indentation.
#[derive(Debug, Default)]
pub(super) struct Code(String);

impl Code {
    /// Adds lines as they stand, without the empty ones around them.
    pub fn add(&mut self, lines: &str) {
        self.0.push_str(lines.trim_matches('\n'));
        self.0.push('\n');
    }

    /// Adds lines where something was chosen.
    pub fn add_if(&mut self, chosen: bool, lines: &str) {
        if chosen {
            self.add(lines);
        }
    }

    /// Adds an empty line.
    pub fn gap(&mut self) {
        self.0.push('\n');
    }

    pub fn finish(self) -> String {
        self.0
    }
}

/// `A residual network of depth 29: …`, the first line of every export.
pub(super) fn summary(spec: &ResNetSpec) -> String {
    let choices = spec.choices();
    let kind = if choices.skip_connections { "residual" } else { "plain" };
    let order = match choices.order {
        BlockOrder::PreActivation => "pre-activation (ResNet version 2)",
        BlockOrder::ConvolutionFirst => "convolution first (ResNet version 1)",
    };
    format!(
        "A {kind} network of depth {}: {} stages of {} blocks, {order}, {} parameters.",
        spec.depth().layers(),
        choices.stages,
        spec.depth().blocks_per_stage(),
        spec.cost().parameters
    )
}

/// Widths of the stages as `(inner filters, channels out)`.
pub(super) fn widths(spec: &ResNetSpec) -> Vec<(usize, usize)> {
    spec.stages().iter().map(|stage| (stage.bottleneck_filters, stage.channels_out)).collect()
}

/// Kernels of a block's convolutions.
pub(super) fn kernels(spec: &ResNetSpec) -> Vec<usize> {
    spec.stage(0).block(0).residual_branch().map(|convolution| convolution.kernel).collect()
}

/// The switched blocks as pairs, for a list or set literal.
pub(super) fn switched(choices: &NetworkChoices) -> String {
    choices.switched_blocks.iter().map(|place| format!("({}, {})", place.stage, place.block)).collect::<Vec<_>>().join(", ")
}

/// Whether any block has a projection, any an identity shortcut.
pub(super) fn has_skips(spec: &ResNetSpec) -> bool {
    spec.blocks().iter().any(|block| block.shortcut != crate::spec::Shortcut::Absent)
}
