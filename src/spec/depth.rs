//! The depth rule of residual networks: `9n + 2` for three stages of three-convolution blocks.

use thiserror::Error;

use crate::language::tr;

/// Largest depth, that of ResNet-1001 in He et al. 2016.
pub const DEEPEST: usize = 1001;
/// Layers outside the blocks: the stem's convolution and the last dense layer.
pub(super) const OUTSIDE_BLOCKS: usize = 2;

/// Which depths a choice of stages and convolutions per block allows: `k·n + 2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DepthRule {
    /// Layers that one more block in each stage adds: the `k`.
    pub layers_per_step: usize,
}

impl DepthRule {
    /// One block in every stage adds `stages · convolutions_per_block` layers.
    pub fn new(stages: usize, convolutions_per_block: usize) -> Self {
        Self { layers_per_step: (stages * convolutions_per_block).max(1) }
    }

    /// One block a stage.
    pub fn shallowest(self) -> usize {
        self.layers_per_step + OUTSIDE_BLOCKS
    }

    /// The deepest that is at most [`DEEPEST`].
    pub fn deepest(self) -> usize {
        DEEPEST - (DEEPEST - OUTSIDE_BLOCKS) % self.layers_per_step
    }

    /// The nearest depth at or below `layers` and the nearest at or above it, both within the limits.
    pub fn around(self, layers: usize) -> (Depth, Depth) {
        let clamped = layers.clamp(self.shallowest(), self.deepest());
        let below = clamped - (clamped - OUTSIDE_BLOCKS) % self.layers_per_step;
        let above = if below == clamped { clamped } else { below + self.layers_per_step };
        (Depth { layers: below, rule: self }, Depth { layers: above, rule: self })
    }

    /// The depth nearest to `layers`; of two equally near the deeper one.
    pub fn nearest(self, layers: usize) -> Depth {
        let (below, above) = self.around(layers);
        if layers.abs_diff(below.layers) < above.layers.abs_diff(layers) { below } else { above }
    }
}

impl Default for DepthRule {
    fn default() -> Self {
        Self::new(3, 3)
    }
}

/// A depth that is not `k·n + 2`, or outside the limits.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", depth_sentence(*rule, *below, *above))]
pub struct DepthError {
    /// What was asked for.
    pub given: usize,
    /// The rule it breaks.
    pub rule: DepthRule,
    /// Nearest depth at or below.
    pub below: usize,
    /// Nearest depth at or above.
    pub above: usize,
}

fn depth_sentence(rule: DepthRule, below: usize, above: usize) -> String {
    let step = rule.layers_per_step;
    if below == above {
        let (lowest, highest) = (rule.shallowest(), rule.deepest());
        tr!("depth is {step}n + 2, from {lowest} to {highest}: the nearest is {nearest}", step, lowest, highest, nearest = below)
    } else {
        tr!("depth is {step}n + 2: {below} or {above}", step, below, above)
    }
}

/// A depth that can be built: `9n + 2` with `n` blocks in each of three stages, or what stages with
/// [numbers of their own](super::NetworkChoices::blocks_in_stages) add up to.
///
/// Nine because a block holds three convolutions and there are three stages; two for the stem's
/// convolution and the last dense layer. Other stages and blocks have [another rule](DepthRule).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Depth {
    layers: usize,
    rule: DepthRule,
}

impl Depth {
    /// # Errors
    /// When `layers` does not follow the rule or lies outside its limits; the error names the nearest depths.
    pub fn new(layers: usize, rule: DepthRule) -> Result<Self, DepthError> {
        let (below, above) = rule.around(layers);
        if below.layers == layers {
            return Ok(below);
        }
        Err(DepthError { given: layers, rule, below: below.layers, above: above.layers })
    }

    /// The depth of stages with numbers of their own, `layers` in all.
    pub(super) fn counted(layers: usize, rule: DepthRule) -> Self {
        Self { layers, rule }
    }

    /// Layers counted as the papers count them.
    pub fn layers(self) -> usize {
        self.layers
    }

    /// The rule for stages with equally many blocks.
    pub fn rule(self) -> DepthRule {
        self.rule
    }

    /// The `n` of `9n + 2`: blocks in each stage, where all have equally many.
    pub(super) fn blocks_per_stage(self) -> usize {
        (self.layers - OUTSIDE_BLOCKS) / self.rule.layers_per_step
    }

    /// One block more in each stage, if that is still allowed.
    pub fn deeper(self) -> Option<Self> {
        Self::new(self.layers + self.rule.layers_per_step, self.rule).ok()
    }

    /// One block fewer in each stage, if any is left.
    pub fn shallower(self) -> Option<Self> {
        Self::new(self.layers.checked_sub(self.rule.layers_per_step)?, self.rule).ok()
    }
}

impl Default for Depth {
    fn default() -> Self {
        let rule = DepthRule::default();
        Self { layers: rule.shallowest(), rule }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(layers: usize, rule: DepthRule) -> String {
        Depth::new(layers, rule).unwrap_err().to_string()
    }

    #[test]
    fn every_depth_up_to_1001_follows_9n_plus_2() {
        let mut depth = Some(Depth::default());
        let mut count = 0;
        while let Some(current) = depth {
            count += 1;
            assert_eq!(current.layers(), 9 * current.blocks_per_stage() + 2, "the rule itself");
            depth = current.deeper();
        }
        assert_eq!(count, 111, "11, 20, … 1001");
    }

    #[test]
    fn fifty_is_refused_with_47_and_56() {
        assert_eq!(refusal(50, DepthRule::default()), "depth is 9n + 2: 47 or 56");
    }

    #[test]
    fn blocks_of_two_and_four_convolutions_have_their_own_rule() {
        assert_eq!(refusal(55, DepthRule::new(3, 2)), "depth is 6n + 2: 50 or 56");
        assert_eq!(refusal(56, DepthRule::new(3, 4)), "depth is 12n + 2: 50 or 62");
        assert_eq!(refusal(5000, DepthRule::new(3, 2)), "depth is 6n + 2, from 8 to 998: the nearest is 998");
    }

    #[test]
    fn depths_outside_the_limits_name_the_limit() {
        let rule = DepthRule::default();
        assert_eq!(refusal(0, rule), "depth is 9n + 2, from 11 to 1001: the nearest is 11");
        assert_eq!(refusal(usize::MAX, rule), "depth is 9n + 2, from 11 to 1001: the nearest is 1001");
    }

    #[test]
    fn the_shallowest_has_no_shallower() {
        assert_eq!(Depth::default().shallower(), None, "11 is the end");
        assert_eq!(Depth::new(1001, DepthRule::default()).unwrap().deeper(), None, "1001 is the other end");
    }
}
