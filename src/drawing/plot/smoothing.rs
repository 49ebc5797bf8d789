//! Exponential smoothing.

use super::PlotPoint;

/// Fewest steps that a smoothed loss remembers.
const SHORTEST_MEMORY: f64 = 10.0;
/// Share of a whole run that a smoothed loss remembers: at any length of run its line is then calm on
/// the page, yet follows within a few pixels.
const MEMORY_SHARE: f64 = 1.0 / 80.0;

/// Weight of the past that suits a curve of `steps` steps in all.
pub fn smoothing_for(steps: f64) -> f64 {
    1.0 - 1.0 / (steps * MEMORY_SHARE).max(SHORTEST_MEMORY)
}

/// Exponentially smoothed values at the same places. `past` is the weight of all that came before,
/// 0 (no smoothing) to just below 1.
///
/// Divided by the sum of the weights so far, so that the curve starts at the first value rather than
/// at zero. Points further apart than 1 remember accordingly less, so that a run of which steps were left out
/// looks as it did. Values that are not finite stay as they are and do not count.
pub fn smooth(points: &[PlotPoint], past: f64) -> Vec<PlotPoint> {
    let past = if past.is_finite() { past.clamp(0.0, 0.999_999) } else { 0.0 };
    let (mut sum, mut weights) = (0.0, 0.0);
    let mut before = f64::NAN;
    points
        .iter()
        .map(|(x, y)| {
            let distance = x - std::mem::replace(&mut before, *x);
            if !y.is_finite() {
                return (*x, *y);
            }
            let past = if distance > 1.0 { past.powf(distance) } else { past };
            sum = past * sum + (1.0 - past) * y;
            weights = past * weights + (1.0 - past);
            (*x, sum / weights)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_stays_constant_from_its_first_value() {
        let points: Vec<_> = (0..50).map(|step| (f64::from(step), 2.3)).collect();
        assert!(smooth(&points, smoothing_for(50.0)).iter().all(|(_, y)| (y - 2.3).abs() < 1e-12), "no climb from zero");
    }

    #[test]
    fn longer_runs_are_smoothed_more() {
        assert_eq!(smoothing_for(310.0), 0.9, "ten steps of a short run");
        assert_eq!(smoothing_for(8000.0), 0.99, "a hundred of a long one");
        assert_eq!(smoothing_for(f64::NAN), 0.9, "whatever is asked");
    }

    #[test]
    fn a_jump_is_followed_slowly() {
        let points: Vec<_> = (0..40).map(|step| (f64::from(step), if step < 20 { 0.0 } else { 1.0 })).collect();
        let smoothed = smooth(&points, smoothing_for(50.0));
        assert!(smoothed[20].1 < 0.2 && smoothed[39].1 > 0.8, "slowly, but it follows");
    }

    #[test]
    fn a_gap_does_not_poison_what_follows() {
        let smoothed = smooth(&[(0.0, 1.0), (1.0, f64::NAN), (2.0, f64::INFINITY), (3.0, 1.0)], 0.9);
        assert!(smoothed[1].1.is_nan() && smoothed[2].1.is_infinite(), "the gap stays a gap");
        assert!((smoothed[3].1 - 1.0).abs() < 1e-12, "what follows is a number again");
    }

    #[test]
    fn leaving_points_out_hardly_moves_the_line() {
        let whole: Vec<_> = (0..4000).map(|step| (f64::from(step), 2.3 * (-f64::from(step) / 1000.0).exp())).collect();
        let thinned: Vec<_> = whole.iter().copied().step_by(8).collect();
        let past = smoothing_for(4000.0);
        for (full, part) in smooth(&whole, past).iter().step_by(8).zip(smooth(&thinned, past)) {
            assert!((full.1 - part.1).abs() < 0.02, "at step {}: {} and {}", full.0, full.1, part.1);
        }
    }

    #[test]
    fn no_weight_of_the_past_changes_nothing() {
        let points = [(0.0, 3.0), (1.0, -2.0)];
        for past in [0.0, f64::NAN, -1.0] {
            assert_eq!(smooth(&points, past), points, "past {past}");
        }
    }
}
