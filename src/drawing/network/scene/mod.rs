//! A drawing as SVG text: geometry in, text out.
//!
//! The page writes the parts that the camera sees in this way; `index.html` carries a [`still`] for the first paint, and what is
//! [`saved`] needs no style sheet.

mod block;
mod card;
mod end;
mod pen;
mod saved;
mod stage;
mod still;
mod svg_text;
mod units;

pub use block::kind_of;
pub use card::Card;
pub use pen::Paper;
pub use saved::saved;
pub use still::still;
pub use units::Units;

/// What the parts of the drawing are called.
pub trait Names {
    /// The part at a place.
    fn part(&self, place: usize) -> String;
    /// The skip connection of the block at a place.
    fn arc(&self, place: usize) -> String;
}
