//! The drawing of the network as a file, as it is seen.

use leptos::prelude::*;

use super::explorer::Explorer;
use super::gradients::MeasuredGradients;
use crate::drawing::network::scene::{Paper, saved};
use crate::drawing::palette::Palette;
use crate::insight::gradient_profile::place_on_ramp;
use crate::language::tr;

/// What the camera sees as SVG; nothing before the page is laid out.
pub fn picture(explorer: Explorer, gradients: MeasuredGradients, palette: &Palette) -> Option<String> {
    let gradient = |place: usize, number: usize| {
        let part = explorer.part_at(place)?;
        gradients.of(explorer, &part).get(number).copied().map(place_on_ramp)
    };
    untrack(|| {
        let camera = explorer.camera.get()?;
        let paper = Paper { palette, path: explorer.path.get(), gradient: &gradient };
        let title = explorer.spec.with(|spec| tr!("ResNetV2 of depth {depth}", depth = spec.depth().layers()));
        explorer.drawing.with(|drawing| drawing.as_ref().map(|drawing| saved(drawing, &camera, &title, &explorer, &paper)))
    })
}
