//! How the page shows itself: no part of the experiment, but part of the link.

use super::{HiddenParts, LessonStep};
use crate::language::{LanguageTag, text};
use crate::spec::Named;

/// Colours of the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Named for Theme {
    const ALL: &'static [Self] = &[Self::System, Self::Light, Self::Dark];

    fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The tabs under the network, in their order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tab {
    /// One-click experiments.
    #[default]
    Experiments,
    /// Measures along the network.
    Gradients,
    /// What the network makes of one image.
    FeatureMaps,
    /// How good the predictions are.
    Evaluate,
    /// The images.
    Data,
    /// The network as code, its weights as files.
    Code,
    /// Parameters, multiply-adds and memory.
    Costs,
}

impl Named for Tab {
    const ALL: &'static [Self] =
        &[Self::Experiments, Self::Gradients, Self::FeatureMaps, Self::Evaluate, Self::Data, Self::Code, Self::Costs];

    fn name(self) -> &'static str {
        match self {
            Self::Experiments => "experiments",
            Self::Gradients => "gradients",
            Self::FeatureMaps => "feature-maps",
            Self::Evaluate => "evaluate",
            Self::Data => "data",
            Self::Code => "code",
            Self::Costs => "costs",
        }
    }
}

impl Tab {
    /// Its words on the page.
    pub fn label(self) -> &'static str {
        match self {
            Self::Experiments => text!("Experiments"),
            Self::Gradients => text!("Gradients & activations"),
            Self::FeatureMaps => text!("Feature maps"),
            Self::Evaluate => text!("Evaluate"),
            Self::Data => text!("Data"),
            Self::Code => text!("Code & weights"),
            Self::Costs => text!("Costs"),
        }
    }
}

/// What a link says about the page rather than the experiment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ViewOptions {
    /// Shown inside another page: one screen.
    pub embed: bool,
    /// Colours.
    pub theme: Theme,
    /// What the page speaks. Without one the visitor's browser says it.
    pub language: Option<LanguageTag>,
    /// The open tab.
    pub tab: Tab,
    /// The step of the course that is open beside the tool.
    pub lesson: Option<LessonStep>,
    /// In an embed: the drawing is shown, rather than what the open tab holds.
    pub network: bool,
    /// In an embed: what its author leaves away.
    pub hidden: HiddenParts,
    /// In an embed: it speaks SPLICE to the page around, which then keeps and grades a reader's work.
    pub splice: bool,
}

impl ViewOptions {
    /// The same for the page outside of a frame.
    pub fn of_whole_page(self) -> Self {
        Self { embed: false, network: false, hidden: HiddenParts::default(), splice: false, ..self }
    }
}
