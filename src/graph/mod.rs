//! The network as a drawing: what is connected with what, and where it goes on the page.
//!
//! ```text
//! ResNetSpec ── LayerGraph      every layer and edge, for facts and for tests
//!          └── folding ── layout ── Drawing      rectangles, arcs and labels, a bounded number at any depth
//! ```
//!
//! Pure geometry: the view that turns a [`Drawing`] into SVG adds no position of its own.

mod arc;
mod drawing;
mod explanation;
mod folding;
mod geometry;
mod label;
mod layer_graph;
mod layout;
mod narrow;
mod wide;

pub use arc::Arc;
pub use drawing::{BlockDrawing, Drawing, EndDrawing, NetworkEnd, StageDrawing};
pub use explanation::{Explanation, Part, explain, explain_network};
pub use folding::{FOLD_THRESHOLD, fold, fold_stage};
pub use geometry::{Point, Rectangle};
pub use label::{Anchor, Label};
pub use layer_graph::{Edge, EdgeKind, LayerGraph, Node, Operation, Place};
pub use layout::{NARROWEST_WIDE, Orientation, WIDEST, layout};

#[cfg(test)]
mod tests;
