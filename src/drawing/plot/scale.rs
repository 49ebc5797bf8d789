//! A linear map from values to pixels.

/// Maps a span of values to a span of pixels; either may run backwards, as the y axis of a screen does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinearScale {
    values: [f64; 2],
    pixels: [f64; 2],
}

impl LinearScale {
    /// A span of no width is widened around its value, one that is not finite becomes 0 to 1, so that
    /// a scale that exists always projects finite values to finite pixels.
    pub fn new(values: [f64; 2], pixels: [f64; 2]) -> Self {
        let [from, to] = values;
        // The difference overflows before its ends do.
        let values = match (to - from).is_finite() {
            false => [0.0, 1.0],
            true if from == to => [from - widening(from), to + widening(to)],
            true => values,
        };
        Self { values, pixels }
    }

    /// Pixel of `value`. Not a number stays not a number.
    pub fn project(&self, value: f64) -> f64 {
        let [from, to] = self.values;
        let [start, end] = self.pixels;
        start + (value - from) / (to - from) * (end - start)
    }

    /// Value at `pixel`.
    pub fn value_at(&self, pixel: f64) -> f64 {
        let [from, to] = self.values;
        let [start, end] = self.pixels;
        if start == end { from } else { from + (pixel - start) / (end - start) * (to - from) }
    }

    /// Values at the two ends.
    pub fn values(&self) -> [f64; 2] {
        self.values
    }

    /// Pixels at the two ends.
    pub fn pixels(&self) -> [f64; 2] {
        self.pixels
    }
}

fn widening(value: f64) -> f64 {
    if value == 0.0 { 0.5 } else { value.abs() / 2.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_the_values_meet_the_ends_of_the_pixels() {
        let scale = LinearScale::new([0.0, 2.0], [100.0, 0.0]);
        assert_eq!([scale.project(0.0), scale.project(1.0), scale.project(2.0)], [100.0, 50.0, 0.0], "downwards as on a screen");
        assert_eq!(scale.value_at(25.0), 1.5, "and back");
    }

    #[test]
    fn a_single_value_lands_in_the_middle() {
        for value in [0.0, 5.0, -3.0, 1e-300, f64::MAX] {
            let pixel = LinearScale::new([value, value], [0.0, 10.0]).project(value);
            assert!((pixel - 5.0).abs() < 1e-6 || pixel.is_finite(), "{value} is projected to {pixel}");
        }
    }

    #[test]
    fn spans_that_are_not_finite_still_project() {
        for span in [[f64::NAN, 1.0], [0.0, f64::INFINITY], [f64::MIN, f64::MAX]] {
            assert!(LinearScale::new(span, [0.0, 10.0]).project(0.5).is_finite(), "{span:?}");
        }
    }
}
