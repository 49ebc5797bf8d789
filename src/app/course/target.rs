//! What of the tool a step is about.

/// A part of the page that is outlined while a step is about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The field for the depth.
    Depth,
    /// The button to all settings.
    Settings,
    /// The drawing of the network.
    Network,
    /// Play, Step and Reset.
    Player,
    /// The tabs, with one-click experiments.
    Tools,
}

impl Target {
    /// What it is called, after “Look at:”.
    pub fn words(self) -> &'static str {
        match self {
            Self::Depth => "the Depth control in the bar",
            Self::Settings => "All settings in the bar",
            Self::Network => "the drawing of the network",
            Self::Player => "Play in the bar",
            Self::Tools => "the cards under Experiments",
        }
    }
}
