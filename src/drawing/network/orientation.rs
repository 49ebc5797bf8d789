//! Which way the network runs, and how wide it is drawn.

/// Below this width in pixels the drawing runs downwards.
pub const NARROWEST_WIDE: f64 = 680.0;

/// Beyond this width in pixels the drawing grows no more.
pub const WIDEST: f64 = 1240.0;

/// Which way the network runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orientation {
    /// Rightwards.
    Wide,
    /// Downwards, for phones.
    Narrow,
}

impl Orientation {
    /// The one for a panel of that inner width.
    pub fn for_width(width: f64) -> Self {
        if width >= NARROWEST_WIDE { Self::Wide } else { Self::Narrow }
    }
}
