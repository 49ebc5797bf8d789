//! What the page points at while a tour or a lesson speaks of it.

use leptos::prelude::*;

use crate::app::spot::Spot;

/// Handle to the places that are pointed at. Whatever stands there asks whether it is one of them and shows it.
#[derive(Debug, Clone, Copy)]
pub struct Spotlight {
    spots: RwSignal<Vec<Spot>>,
}

impl Spotlight {
    /// Points at nothing.
    pub fn new() -> Self {
        Self { spots: RwSignal::new(Vec::new()) }
    }

    /// Points at `spots`, and at nothing else.
    pub fn point_at(self, spots: &[Spot]) {
        self.spots.set(spots.to_vec());
    }

    /// Whether `spot` is pointed at. Tracks.
    pub fn is_on(self, spot: Spot) -> bool {
        self.spots.with(|spots| spots.contains(&spot))
    }
}
