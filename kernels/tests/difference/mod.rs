//! How far results are from what they should be.

/// Largest difference, against the largest number that should be there.
pub fn difference(found: &[f32], expected: &[f64]) -> f64 {
    assert_eq!(found.len(), expected.len(), "as many numbers as expected");
    let largest = expected.iter().fold(1.0, |largest: f64, number| largest.max(number.abs()));
    found.iter().zip(expected).fold(0.0, |worst: f64, (found, expected)| worst.max((f64::from(*found) - expected).abs())) / largest
}
