//! Places of the page that a lesson or the tour points at.

use crate::language::text;

/// A place of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// Play, Step and Reset.
    Player,
    /// The field for the depth.
    Depth,
    /// The switch of the skip connections.
    SkipConnections,
    /// The button to all settings.
    Settings,
    /// The drawing of the network.
    Network,
    /// Numbers and curves of the run.
    ThisRun,
    /// The tabs under the network.
    Tools,
    /// The links to the other pages of the site.
    SiteLinks,
}

impl Spot {
    /// What it is called, after “Look at:”.
    pub fn words(self) -> &'static str {
        match self {
            Self::Player => text!("Play in the bar"),
            Self::Depth => text!("the Depth control in the bar"),
            Self::SkipConnections => text!("the switch of the skip connections in the bar"),
            Self::Settings => text!("All settings in the bar"),
            Self::Network => text!("the drawing of the network"),
            Self::ThisRun => text!("the curves of this run"),
            Self::Tools => text!("the cards under Experiments"),
            Self::SiteLinks => text!("the links in the header"),
        }
    }
}
