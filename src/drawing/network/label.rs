//! Text in its place.

use super::{Point, Rectangle};

/// Which end of a text lies at its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The text begins there.
    Start,
    /// The text is centred there.
    Middle,
    /// The text ends there.
    End,
}

impl Anchor {
    /// SVG's word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// A line of text. Its point lies on the baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// What it says.
    pub text: String,
    /// Where.
    pub at: Point,
    /// Which end of it.
    pub anchor: Anchor,
}

impl Label {
    /// The line `text` at `x`, `y`.
    pub fn new(text: impl Into<String>, x: f64, y: f64, anchor: Anchor) -> Self {
        Self { text: text.into(), at: Point::new(x, y), anchor }
    }

    /// Room it takes at a font size, for tests and for placing: a character of the system font is at
    /// most about 0.6 of the size wide on average.
    pub fn extent(&self, font_size: f64) -> Rectangle {
        let width = self.text.chars().count() as f64 * font_size * 0.6;
        let x = match self.anchor {
            Anchor::Start => self.at.x,
            Anchor::Middle => self.at.x - width / 2.0,
            Anchor::End => self.at.x - width,
        };
        Rectangle { x, y: self.at.y - font_size, width, height: font_size * 1.25 }
    }
}
