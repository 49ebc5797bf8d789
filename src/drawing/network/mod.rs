//! The network as a drawing: what is connected with what, and where it goes on the page.
//!
//! ```text
//! ResNetSpec ── LayerGraph      every layer and edge, for facts and for tests
//!          └── folding ── layout ── Drawing      rectangles, arcs and labels, a bounded number at any depth
//!                 └ unfolding        └── Camera   what is drawn closer, down to single layers; which part is seen
//! ```
//!
//! Pure geometry; [`scene`] writes a [`Drawing`] as SVG text and adds no position of its own.

mod arc;
mod camera;
mod drawing;
mod explanation;
mod find_layer;
mod folding;
mod geometry;
mod label;
mod layer_facts;
mod layer_graph;
mod layout;
mod narrow;
mod opened_block;
mod orientation;
mod part;
mod paths;
mod room;
pub mod scene;
mod shared;
mod shown_path;
mod skip_kinds;
mod unfolding;
mod wide;

pub use arc::Arc;
pub use camera::{Camera, Legibility};
pub use drawing::{BlockDrawing, Drawing, EndDrawing, LayerDrawing, LayerRole, StageDrawing};
pub use explanation::{Explanation, end_of_layer, explain, explain_network};
pub use find_layer::find_layers;
pub use folding::{FOLD_THRESHOLD, fold, fold_stage};
pub use geometry::{Point, Rectangle};
pub use label::{Anchor, Label};
pub use layer_facts::{LayerFacts, activation_bytes, memory_words, nodes_of};
pub use layer_graph::{Edge, EdgeKind, LayerGraph, Node, Operation, Place};
pub use layout::{layout, layout_unfolded};
pub use orientation::{NARROWEST_WIDE, Orientation, WIDEST};
pub use part::{NetworkEnd, Part};
pub use paths::{Path, Paths, Way};
pub use room::Room;
pub use shown_path::ShownPath;
pub use skip_kinds::SkipKinds;
pub use unfolding::{Detail, Unfolding};

#[cfg(test)]
mod camera_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod unfolded_tests;
