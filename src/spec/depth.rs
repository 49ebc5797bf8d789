//! The depth rule of bottleneck ResNets: `9n + 2`.

use super::SpecError;

/// Smallest depth: one block a stage.
pub const SHALLOWEST: usize = 11;
/// Largest depth, that of ResNet-1001 in He et al. 2016.
pub const DEEPEST: usize = 1001;

/// A depth that can be built: `9n + 2` with `n` blocks in each of three stages.
///
/// Nine because a block holds three convolutions and there are three stages; two for the stem's
/// convolution and the last dense layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Depth(usize);

impl Depth {
    /// # Errors
    /// When `layers` is not `9n + 2` or lies outside [`SHALLOWEST`]`..=`[`DEEPEST`]; the error names the nearest depths.
    pub fn new(layers: usize) -> Result<Self, SpecError> {
        if (SHALLOWEST..=DEEPEST).contains(&layers) && layers % 9 == 2 {
            return Ok(Self(layers));
        }
        let (below, above) = Self::around(layers);
        Err(SpecError::Depth { given: layers, below: below.layers(), above: above.layers() })
    }

    /// The nearest depth at or below `layers` and the nearest at or above it, both within the limits.
    pub fn around(layers: usize) -> (Self, Self) {
        let clamped = layers.clamp(SHALLOWEST, DEEPEST);
        let below = clamped - (clamped - 2) % 9;
        let above = if below == clamped { clamped } else { (below + 9).min(DEEPEST) };
        (Self(below), Self(above))
    }

    /// Layers counted as the papers count them.
    pub fn layers(self) -> usize {
        self.0
    }

    /// The `n` of `9n + 2`: blocks in each stage.
    pub fn blocks_per_stage(self) -> usize {
        (self.0 - 2) / 9
    }

    /// One block more in each stage, if that is still allowed.
    pub fn deeper(self) -> Option<Self> {
        Self::new(self.0 + 9).ok()
    }

    /// One block fewer in each stage, if any is left.
    pub fn shallower(self) -> Option<Self> {
        Self::new(self.0.checked_sub(9)?).ok()
    }
}

impl Default for Depth {
    fn default() -> Self {
        Self(SHALLOWEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let error = Depth::new(50).unwrap_err();
        assert_eq!(error.to_string(), "depth is 9n + 2: 47 or 56");
    }

    #[test]
    fn depths_outside_the_limits_name_the_limit() {
        assert_eq!(Depth::new(0).unwrap_err().to_string(), "depth is 9n + 2, from 11 to 1001: the nearest is 11");
        assert_eq!(Depth::new(usize::MAX).unwrap_err().to_string(), "depth is 9n + 2, from 11 to 1001: the nearest is 1001");
    }

    #[test]
    fn the_shallowest_has_no_shallower() {
        assert_eq!(Depth::default().shallower(), None, "11 is the end");
        assert_eq!(Depth::new(1001).unwrap().deeper(), None, "1001 is the other end");
    }
}
