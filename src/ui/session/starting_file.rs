//! The file that the next run starts from.

use crate::experiment::weight_init::{FineTuning, Frozen, ReplacedHead, StartingPoint};

/// What is done with the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Use {
    /// Its weights are where training begins.
    #[default]
    Weights,
    /// The run in it goes on.
    Checkpoint,
    /// Its trunk is kept as it is under a new head.
    TrunkFrozen,
    /// Its stem and first stage are kept; the rest learns on.
    FirstStageFrozen,
    /// The same with the first two stages.
    TwoStagesFrozen,
    /// Everything learns on, under a new head.
    NothingFrozen,
}

impl Use {
    /// All of them with the words of the page's list.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Weights, "weights"),
        (Self::Checkpoint, "checkpoint"),
        (Self::TrunkFrozen, "trunk"),
        (Self::FirstStageFrozen, "stage"),
        (Self::TwoStagesFrozen, "two-stages"),
        (Self::NothingFrozen, "all"),
    ];
}

/// A chosen file, if any.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StartingFile {
    /// Name and contents.
    pub file: Option<(String, Vec<u8>)>,
    /// What is done with it.
    pub used_as: Use,
}

impl StartingFile {
    /// The same for the trainer.
    pub fn starting_point(&self) -> StartingPoint {
        let Some((_, bytes)) = &self.file else { return StartingPoint::Fresh };
        let weights = bytes.clone();
        let tune = |frozen| StartingPoint::FineTuning(FineTuning { weights: bytes.clone(), replaced: ReplacedHead::Dense, frozen });
        match self.used_as {
            Use::Weights => StartingPoint::Weights(weights),
            Use::Checkpoint => StartingPoint::Checkpoint(weights),
            Use::TrunkFrozen => tune(Frozen::Trunk),
            Use::FirstStageFrozen => tune(Frozen::Stages(1)),
            Use::TwoStagesFrozen => tune(Frozen::Stages(2)),
            Use::NothingFrozen => tune(Frozen::Nothing),
        }
    }
}
