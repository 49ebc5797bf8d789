//! Why a network cannot be built, and what to choose instead.

use thiserror::Error;

use super::{BlockPlace, DEEPEST, DepthError};
use crate::language::format::{join_numbers, localised};
use crate::language::{text, tr, translated};

/// A choice that cannot be built. The message is shown to the user as it stands and names the nearest possible choice.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum SpecError {
    /// Not `k·n + 2`, or outside the limits.
    #[error(transparent)]
    Depth(#[from] DepthError),
    /// A whole number outside its limits.
    #[error("{}", tr!("{setting} must be from {lowest} to {highest}, not {given}", setting = translated(setting), lowest, highest, given))]
    OutOfRange {
        /// Which choice, in words.
        setting: &'static str,
        /// What was asked for.
        given: usize,
        /// Smallest that can be built.
        lowest: usize,
        /// Largest that can be built.
        highest: usize,
    },
    /// A kernel without a middle.
    #[error(
        "{}",
        tr!(
            "kernel size must be odd, so that each pixel has a middle: {below} or {above}, not {given}",
            below = given - 1,
            above = given + 1,
            given
        )
    )]
    EvenKernel {
        /// What was asked for.
        given: usize,
    },
    /// An image that cannot be halved before each later stage.
    #[error(
        "{}",
        tr!(
            "{stages} stages halve the image {times} times, which needs an edge divisible by {divisor}: {nearest} is the nearest, \
             not {given}",
            stages,
            times = stages - 1,
            divisor,
            nearest,
            given
        )
    )]
    ImageEdge {
        /// What was asked for.
        given: usize,
        /// Stages asked for.
        stages: usize,
        /// What the edge must be divisible by.
        divisor: usize,
        /// Nearest edge that fits.
        nearest: usize,
    },
    /// A pooling window that does not tile the last stage's maps.
    #[error(
        "{}",
        tr!(
            "a pooling window of {given} does not tile the last stage's {edge}×{edge} maps: {nearest} is the nearest that does",
            given,
            edge,
            nearest
        )
    )]
    Pool {
        /// What was asked for.
        given: usize,
        /// Edge of the last stage's maps.
        edge: usize,
        /// Largest window that fits and is not larger than asked.
        nearest: usize,
    },
    /// A share that would drop everything, or is no share.
    #[error(
        "{}",
        tr!(
            "{setting} must be at least 0 and at most 0.9, not {given}",
            setting = translated(setting),
            given = localised(&given.to_string())
        )
    )]
    Dropout {
        /// Which of the two.
        setting: &'static str,
        /// What was asked for.
        given: f64,
    },
    /// More channels than any device holds.
    #[error(
        "{}",
        tr!("the last stage would have {channels} channels, more than {limit}: {nearest} start filters would fit", channels, limit, nearest)
    )]
    TooWide {
        /// Channels of the last stage.
        channels: u64,
        /// Most that can be built.
        limit: usize,
        /// Start filters with which the same widening fits.
        nearest: usize,
    },
    /// A quarter that is not whole.
    #[error(
        "{}",
        tr!(
            "a quarter of {channels} channels is not whole: {nearest} start filters would fit, or inner filters as wide as the stage's \
             input",
            channels,
            nearest
        )
    )]
    Quarter {
        /// Channels of the first stage.
        channels: usize,
        /// Nearest start filters whose channels can be quartered.
        nearest: usize,
    },
    /// Nothing to share.
    #[error(
        "{}",
        text!(
            "in convolution-first order no activation comes before the first convolution, so a projection has none to share: choose the \
             pre-activation order or do not share"
        )
    )]
    NothingToShare,
    /// Not a number of blocks for each stage, or too many blocks.
    #[error(
        "{}",
        tr!(
            "blocks in each stage are {stages} numbers from 1, together at most {most} so that the depth is at most {deepest}: the \
             nearest is {nearest}",
            stages,
            most,
            deepest = DEEPEST,
            nearest = join_numbers(nearest)
        )
    )]
    BlocksInStages {
        /// Stages there are.
        stages: usize,
        /// Most blocks of all stages together.
        most: usize,
        /// Nearest numbers that can be built.
        nearest: Vec<usize>,
    },
    /// A switched block that is not there.
    #[error("{}", tr!("there is no block {place} to switch: the nearest is {nearest}", place, nearest))]
    NoSuchBlock {
        /// What was asked for.
        place: BlockPlace,
        /// Nearest block there is.
        nearest: BlockPlace,
    },
}

impl SpecError {
    /// The [option](super::NetworkOption) it is about, by its command-line name.
    pub fn option(&self) -> String {
        match self {
            Self::Depth { .. } => "depth".into(),
            Self::OutOfRange { setting, .. } | Self::Dropout { setting, .. } => setting.replace(' ', "-"),
            Self::EvenKernel { .. } => "kernel-size".into(),
            Self::ImageEdge { .. } => "image-edge".into(),
            Self::Pool { .. } => "pool".into(),
            Self::TooWide { .. } | Self::Quarter { .. } => "start-filters".into(),
            Self::NothingToShare => "shared-preactivation".into(),
            Self::BlocksInStages { .. } => "blocks-in-stages".into(),
            Self::NoSuchBlock { .. } => "switched-blocks".into(),
        }
    }
}
