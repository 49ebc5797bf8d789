//! SVG path strings.

use std::fmt::Write;

use super::PlotPoint;

/// Farthest a coordinate goes from the origin, in pixels: far outside any picture, yet short to write.
const FARTHEST: f64 = 100_000.0;

/// The `d` of a polyline through `points` in pixels, rounded to tenths. A point that is not finite
/// breaks the line; one between two breaks becomes a dot (with round line caps).
pub fn polyline_path(points: impl IntoIterator<Item = PlotPoint>) -> String {
    let mut path = String::new();
    let mut length = 0;
    for (x, y) in points {
        if !(x.is_finite() && y.is_finite()) {
            close_run(&mut path, &mut length);
            continue;
        }
        let command = if length == 0 { 'M' } else { 'L' };
        // Writing to a String has no way to fail.
        let _ = write!(path, "{command}{} {}", tenths(x), tenths(y));
        length += 1;
    }
    close_run(&mut path, &mut length);
    path
}

fn close_run(path: &mut String, length: &mut usize) {
    if *length == 1 {
        path.push_str("h0");
    }
    *length = 0;
}

/// Adding zero turns -0 into 0.
fn tenths(pixel: f64) -> f64 {
    (pixel.clamp(-FARTHEST, FARTHEST) * 10.0).round() / 10.0 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_moves_once_and_then_draws() {
        assert_eq!(polyline_path([(0.0, -0.01), (1.26, 2.0), (3.0, 4.5)]), "M0 0L1.3 2L3 4.5", "tenths of a pixel");
        assert_eq!(polyline_path([]), "", "nothing from nothing");
    }

    #[test]
    fn values_that_are_not_finite_break_the_line() {
        let path = polyline_path([(0.0, 0.0), (1.0, 1.0), (2.0, f64::NAN), (3.0, 3.0), (f64::INFINITY, 4.0), (5.0, 5.0), (6.0, 6.0)]);
        assert_eq!(path, "M0 0L1 1M3 3h0M5 5L6 6", "three runs, the middle one a dot");
    }

    #[test]
    fn huge_values_stay_short() {
        let path = polyline_path([(0.0, 1e300), (1.0, -1e300)]);
        assert_eq!(path, "M0 100000L1 -100000", "far outside the picture is far enough");
    }
}
