//! Measures of how far two lists of numbers are apart. A number that is not finite is infinitely far from any other.

/// Largest `|a − b|`.
pub fn largest_difference(ours: &[f32], reference: &[f32]) -> f64 {
    differences(ours, reference).fold(0.0, f64::max)
}

/// `|a − b| / |b|` of the lists as vectors.
pub fn relative_distance(ours: &[f32], reference: &[f32]) -> f64 {
    let norm = |values: &mut dyn Iterator<Item = f64>| values.map(|value| value * value).sum::<f64>().sqrt();
    norm(&mut differences(ours, reference)) / norm(&mut reference.iter().map(|value| f64::from(*value)))
}

/// `|a − b|` one by one; lists of different lengths differ infinitely.
pub fn differences(ours: &[f32], reference: &[f32]) -> impl Iterator<Item = f64> {
    let length_differs = (ours.len() != reference.len()).then_some(f64::INFINITY);
    let apart = |(ours, reference): (&f32, &f32)| {
        let difference = f64::from(*ours) - f64::from(*reference);
        if difference.is_nan() { f64::INFINITY } else { difference.abs() }
    };
    ours.iter().zip(reference).map(apart).chain(length_differs)
}

/// The value that all but a thousandth of `sorted` are at or below.
pub fn all_but_a_thousandth(sorted: &[f64]) -> f64 {
    sorted.get((sorted.len() * 999 / 1000).min(sorted.len().saturating_sub(1))).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn not_a_number_is_far_from_everything() {
        assert_eq!(largest_difference(&[f32::NAN], &[1.0]), f64::INFINITY, "a comparison must not pass over it");
        assert_eq!(largest_difference(&[1.0, 2.0], &[1.0]), f64::INFINITY, "a missing value is no match");
        assert_eq!(relative_distance(&[3.0, 4.5], &[3.0, 4.0]), 0.1, "half of five");
    }
}
