//! What a network makes of one image, held out or the visitor's own: the maps of a layer, its prediction, and where in the image the
//! prediction comes from.

mod pictures;
mod words;

use serde::{Deserialize, Serialize};

use crate::dataset::IMAGE_BYTES;
use crate::evaluation::most_probable;
use crate::language::{text, tr};
use crate::spec::{ResNetSpec, StageSpec};

pub use pictures::{colour_bar, image_picture, maps_picture};
pub use words::{about_maps, about_prediction, strongest_place};

/// Images in the strip to choose from.
pub const STRIP_IMAGES: usize = 8;
/// Maps sent of a layer.
pub const MOST_MAPS: usize = 32;

/// What is to be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImageQuestion {
    /// Place among the held-out images; beyond the last it begins again.
    pub image: usize,
    /// An image to look at instead, `[32, 32, 3]`, one byte a channel; what is missing is black.
    pub own: Option<Vec<u8>>,
    /// Whose maps: 0 for the stem, 1 for the first block and so on; beyond the last block the last.
    pub place: usize,
    /// Class whose score is explained; none, or one that is not there, for the predicted one.
    pub class: Option<usize>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ImageLook {
    /// What was looked at, within what there is; `class` is the one whose score is explained.
    pub question: ImageQuestion,
    /// Training steps done before.
    pub steps_done: usize,
    /// Held-out images there are.
    pub images: usize,
    /// Place of the first image of the strip, which holds the one looked at.
    pub strip_start: usize,
    /// Images of the strip, `[images, 32, 32, 3]`, one byte a channel.
    pub strip_pixels: Vec<u8>,
    /// Classes of the images of the strip.
    pub strip_labels: Vec<u16>,
    /// Softmax of the scores, one a class.
    pub probabilities: Vec<f32>,
    /// Maps of the chosen place.
    pub maps: FeatureMaps,
    /// Where the class of the question comes from.
    pub activation: ActivationMap,
}

/// The strongest maps of a layer: those whose values have the largest mean size.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FeatureMaps {
    /// Height and width in values.
    pub size: [usize; 2],
    /// Maps the layer has in all.
    pub channels: usize,
    /// Which are here, the strongest first.
    pub chosen: Vec<usize>,
    /// `[chosen, height, width]`, each map scaled from its smallest value (0) to its largest (255).
    pub bytes: Vec<u8>,
}

/// Class activation map after Selvaraju et al. 2017 (Grad-CAM): the maps before pooling, weighted by the mean
/// gradient of the class's score with respect to each, summed; what is negative is 0.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ActivationMap {
    /// Height and width in values.
    pub size: [usize; 2],
    /// Largest value; 0 where nothing speaks for the class.
    pub largest: f32,
    /// `[height, width]`, scaled from 0 to the largest value (255).
    pub bytes: Vec<u8>,
}

impl ImageLook {
    /// Pixels of an image of the strip, `[32, 32, 3]`; none where there is no such image.
    pub fn pixels(&self, image: usize) -> Option<&[u8]> {
        let place = image.checked_sub(self.strip_start)?;
        self.strip_pixels.chunks_exact(IMAGE_BYTES).nth(place)
    }

    /// Pixels of the image looked at, `[32, 32, 3]`.
    pub fn looked_at(&self) -> &[u8] {
        self.question.own.as_deref().or_else(|| self.pixels(self.question.image)).unwrap_or_default()
    }

    /// The true class of the image looked at, where that is known.
    pub fn label(&self) -> Option<usize> {
        if self.question.own.is_some() {
            return None;
        }
        self.strip_labels.get(self.question.image.checked_sub(self.strip_start)?).copied().map(usize::from)
    }

    /// Classes from the most probable on, with their probabilities; what is no number comes last.
    pub fn most_probable(&self, most: usize) -> Vec<(usize, f32)> {
        most_probable(&self.probabilities, most)
    }
}

impl FeatureMaps {
    /// The strongest of the maps `values`, `[height, width, channels]`.
    pub fn strongest(values: &[f32], size: [usize; 2], channels: usize) -> Self {
        let places = size[0] * size[1];
        let of = |channel: usize| values.iter().skip(channel).step_by(channels.max(1)).take(places);
        let strength = |channel: usize| of(channel).map(|value| value.abs()).sum::<f32>();
        let mut ranked: Vec<(usize, f32)> = (0..channels).map(|channel| (channel, strength(channel))).collect();
        ranked.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        let chosen: Vec<usize> = ranked.into_iter().map(|(channel, _)| channel).take(MOST_MAPS).collect();
        let mut bytes = Vec::with_capacity(chosen.len() * places);
        for channel in &chosen {
            let [low, high] =
                of(*channel).fold([f32::INFINITY, f32::NEG_INFINITY], |[low, high], value| [low.min(*value), high.max(*value)]);
            bytes.extend(of(*channel).map(|value| as_byte(value - low, high - low)));
        }
        Self { size, channels, chosen, bytes }
    }
}

impl ActivationMap {
    /// From values of 0 or more, `[height, width]`.
    pub fn new(values: &[f32], size: [usize; 2]) -> Self {
        let largest = values.iter().copied().fold(0.0, f32::max);
        Self { size, largest, bytes: values.iter().map(|value| as_byte(*value, largest)).collect() }
    }
}

/// A share of the whole as a byte; 0 of nothing and of what is no number.
fn as_byte(part: f32, whole: f32) -> u8 {
    if whole > 0.0 { (part / whole * 255.0).round() as u8 } else { 0 }
}

/// Names of the places that can be looked at, from the stem on.
pub fn places(spec: &ResNetSpec) -> Vec<String> {
    let stages = spec.stages();
    let blocks = stages.iter().flat_map(StageSpec::all_blocks);
    let block = |stage: usize, block: usize| tr!("stage {stage}, block {block}", stage = stage + 1, block = block + 1);
    std::iter::once(text!("stem").to_owned()).chain(blocks.map(|each| block(each.stage, each.index))).collect()
}

#[cfg(test)]
mod tests;
