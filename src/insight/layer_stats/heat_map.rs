//! Depth by step as a picture: columns at even steps, a row for each layer or block.

use super::Measure;
use crate::drawing::bitmap::bitmap;
use crate::insight::gradient_profile::path_places;
use crate::insight::layer_stats::NetworkLook;
use crate::spec::ResNetSpec;

/// Colours from small to large; they stand apart in print, for the colour-blind and on both themes.
const RAMP: [[u8; 3]; 4] = [[38, 30, 84], [120, 44, 122], [222, 92, 84], [252, 218, 132]];
/// For what was no number, or not there.
const NOTHING: [u8; 3] = [128, 128, 128];

/// Colour of a place on the ramp, from 0 (dark violet) to 1 (bright yellow).
pub fn ramp(place: f64) -> [u8; 3] {
    let along = place * (RAMP.len() - 1) as f64;
    let start = (along as usize).min(RAMP.len() - 2);
    let part = along - start as f64;
    std::array::from_fn(|channel| {
        let [from, to] = [RAMP[start][channel], RAMP[start + 1][channel]].map(f64::from);
        (from + (to - from) * part).round() as u8
    })
}

/// Values of one measure, scaled to their own range.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatMap {
    /// First step looked at, 0 for the first of the run, and last.
    pub steps: [usize; 2],
    /// Smallest and largest value as plotted: logarithms where the measure has them.
    pub range: [f64; 2],
    /// Values of the latest look at each of so many evenly spaced steps, from the image to the scores.
    columns: Vec<Vec<f64>>,
}

impl HeatMap {
    /// Nothing before two looks, or when no number was measured.
    pub fn new(measure: Measure, spec: &ResNetSpec, looks: &[NetworkLook]) -> Option<Self> {
        let [first, .., last] = looks else { return None };
        let steps = [first.gradients.step, last.gradients.step];
        let path = path_places(spec);
        // Looks of a long run are thinned out, the old ones more than the new: the axis stays even all the same.
        let column = |place: usize| {
            let step = steps[0] + steps[1].saturating_sub(steps[0]) * place / (looks.len() - 1);
            let after = looks.partition_point(|look| look.gradients.step <= step);
            measure.values(&path, &looks[after.saturating_sub(1)])
        };
        let columns: Vec<_> = (0..looks.len()).map(column).collect();
        let finite = columns.iter().flatten().copied().filter(|value| value.is_finite());
        let range = finite.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], value| [low.min(value), high.max(value)]);
        (range[0] <= range[1]).then(|| Self { steps, range: measure.limits().unwrap_or(range), columns })
    }

    /// A Windows bitmap, one pixel for each value, the image at the top.
    pub fn bitmap(&self) -> Vec<u8> {
        let value = |row: usize, column: usize| self.columns.get(column).and_then(|column| column.get(row));
        bitmap(self.columns.len(), self.columns.first().map_or(0, Vec::len), &|row, column| {
            self.colour(value(row, column).copied().unwrap_or(f64::NAN))
        })
    }

    fn colour(&self, value: f64) -> [u8; 3] {
        // The logarithm of nothing is the smallest there is.
        if value.is_nan() {
            return NOTHING;
        }
        let [low, high] = self.range;
        let place = if high > low { ((value - low) / (high - low)).clamp(0.0, 1.0) } else { 0.5 };
        ramp(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::bitmap::HEADER_BYTES;
    use crate::insight::layer_stats::LayerGradients;

    fn map(values: &[&[f32]]) -> Option<HeatMap> {
        map_of(&values.iter().copied().enumerate().collect::<Vec<_>>())
    }

    fn map_of(looks: &[(usize, &[f32])]) -> Option<HeatMap> {
        let spec = ResNetSpec::default();
        let layers = spec.kernel_layers().len();
        let look = |&(step, dead): &(usize, &[f32])| NetworkLook {
            gradients: LayerGradients { step, norms: vec![1.0; layers] },
            update_ratios: vec![1.0; layers],
            blocks: dead
                .iter()
                .map(|share| crate::insight::layer_stats::BlockLook { output_scale: 1.0, residual_share: None, dead_share: Some(*share) })
                .collect(),
        };
        let looks: Vec<_> = looks.iter().map(look).collect();
        HeatMap::new(Measure::DeadRelus, &spec, &looks)
    }

    #[test]
    fn small_values_are_dark_large_ones_bright_and_the_image_is_on_top() {
        let map = map(&[&[0.0, 1.0], &[0.0, 1.0], &[0.5, f32::NAN]]).unwrap();
        let bytes = map.bitmap();
        assert_eq!(bytes.len(), HEADER_BYTES + 2 * 12, "three pixels a row, filled up to four bytes");
        let pixel = |row: usize, column: usize| {
            let at = HEADER_BYTES + (1 - row) * 12 + 3 * column;
            [bytes[at + 2], bytes[at + 1], bytes[at]]
        };
        assert_eq!((pixel(0, 0), pixel(1, 0)), (RAMP[0], RAMP[3]), "the first block above the second");
        assert_eq!(pixel(1, 2), NOTHING, "what is no number is grey");
        assert_eq!((map.steps, map.range), ([0, 2], [0.0, 1.0]), "the ends of its axes");
    }

    #[test]
    fn columns_are_as_far_apart_as_their_steps() {
        let map = map_of(&[(0, &[0.0]), (2, &[0.5]), (3, &[0.75]), (8, &[1.0])]).unwrap();
        assert_eq!(map.columns, [[0.0], [0.5], [0.75], [1.0]].map(|column| column.to_vec()), "steps 0, 2, 5 and 8");
        let late = map_of(&[(0, &[0.0]), (6, &[0.5]), (8, &[1.0])]).unwrap();
        assert_eq!(late.columns, [[0.0], [0.0], [1.0]].map(|column| column.to_vec()), "at step 4 the first look is the latest");
    }

    #[test]
    fn one_look_makes_no_map() {
        assert_eq!(map(&[&[0.5]]), None, "there is no time in it yet");
    }
}
