//! Round numbers along an axis.

/// Values to mark on an axis, a round step apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Ticks {
    /// Rising, all within the span asked for.
    pub values: Vec<f64>,
    /// Distance between neighbours: 1, 2 or 5 times a power of ten.
    pub step: f64,
}

/// Most ticks whatever is asked: a guard against spans at the end of what an `f64` can count.
const MOST_TICKS: usize = 50;

/// About `wanted` round values between `low` and `high`, at least `smallest_step` apart (1 for things
/// that are counted, 0 for no limit). None for a span that is empty or not finite.
pub fn nice_ticks(low: f64, high: f64, wanted: usize, smallest_step: f64) -> Ticks {
    let span = high - low;
    if !(span.is_finite() && span > 0.0) {
        return Ticks { values: Vec::new(), step: smallest_step.max(1.0) };
    }
    let step = round_up(span / wanted.max(1) as f64).max(smallest_step);
    // Half a billionth of a step lets 0.30000000000000004 count as 0.3.
    let tolerance = step * 5e-10;
    let first = ((low - tolerance) / step).ceil();
    let values = (0..MOST_TICKS)
        .map(|index| (first + index as f64) * step)
        .take_while(|value| *value <= high + tolerance)
        // Away from zero a multiplication leaves dust; at zero it may leave -0.
        .map(|value| if value == 0.0 { 0.0 } else { value })
        .collect();
    Ticks { values, step }
}

/// The next of …, 0.5, 1, 2, 5, 10, … at or above `step`.
fn round_up(step: f64) -> f64 {
    let power = 10f64.powi(step.log10().floor() as i32);
    if !(power.is_finite() && power > 0.0) {
        return step;
    }
    let digit = [1.0, 2.0, 5.0].into_iter().find(|digit| step <= digit * power * (1.0 + 1e-9)).unwrap_or(10.0);
    digit * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        assert_eq!(nice_ticks(0.0, 2.3, 3, 0.0).values, [0.0, 1.0, 2.0], "ones");
        assert_eq!(nice_ticks(0.0, 1.0, 2, 0.0).values, [0.0, 0.5, 1.0], "halves");
        assert_eq!(nice_ticks(0.0, 310.0, 3, 1.0).values, [0.0, 200.0], "hundreds");
        assert_eq!(nice_ticks(-3.0, 3.0, 3, 0.0).values, [-2.0, 0.0, 2.0], "zero is among them");
    }

    #[test]
    fn things_that_are_counted_get_whole_steps() {
        assert_eq!(nice_ticks(0.0, 2.0, 10, 1.0).values, [0.0, 1.0, 2.0], "no half steps");
    }

    #[test]
    fn there_are_never_many_more_than_wanted() {
        for exponent in -300..300 {
            for span in [1.0, 1.7, 3.3, 9.99] {
                let high = span * 10f64.powi(exponent);
                let ticks = nice_ticks(0.0, high, 4, 0.0);
                assert!((2..=6).contains(&ticks.values.len()), "{} ticks up to {high}", ticks.values.len());
                assert!(ticks.values.iter().all(|value| *value >= 0.0 && *value <= high * 1.000_001), "all inside up to {high}");
            }
        }
    }

    #[test]
    fn spans_that_are_none_have_no_ticks() {
        for (low, high) in [(1.0, 1.0), (2.0, 1.0), (f64::NAN, 1.0), (0.0, f64::INFINITY), (f64::MIN, f64::MAX)] {
            assert!(nice_ticks(low, high, 4, 0.0).values.is_empty(), "{low} to {high}");
        }
        assert!(nice_ticks(1e16, 1e16 + 4.0, 1000, 0.0).values.len() <= 50, "a step below the precision of f64 ends");
    }
}
