//! Groups of options, as the sheet with all settings shows them.

use crate::language::text;

/// A group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionGroup {
    /// What is trained.
    Network,
    /// How it is trained.
    Training,
    /// How training images are changed at random, and normalised.
    Augmentation,
    /// On how many images, from which seed.
    Data,
    /// Where the first weights come from.
    StartFrom,
    /// Where it runs.
    Device,
}

impl OptionGroup {
    /// All of them, in their order.
    pub const ALL: [Self; 6] = [Self::Network, Self::Training, Self::Augmentation, Self::Data, Self::StartFrom, Self::Device];

    /// Its words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Network => text!("Network"),
            Self::Training => text!("Training"),
            Self::Augmentation => text!("Augmentation"),
            Self::Data => text!("Data"),
            Self::StartFrom => text!("Start from"),
            Self::Device => text!("Device"),
        }
    }

    /// The group of a training option.
    pub(super) fn of_training(key: &str) -> Self {
        match key {
            "flip" | "width-shift" | "height-shift" | "rotation" | "zoom" | "shear" | "crop" | "cutout" | "normalise" | "zca-epsilon" => {
                Self::Augmentation
            }
            "validation" => Self::Data,
            _ => Self::Training,
        }
    }
}
