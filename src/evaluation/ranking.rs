//! The most probable classes of one prediction.

/// Classes from the most probable on, at most so many, with their probabilities; the first of equals comes first, and what
/// is no number last.
pub fn most_probable(probabilities: &[f32], most: usize) -> Vec<(usize, f32)> {
    let mut ranked: Vec<(usize, f32)> = Vec::new();
    for candidate in probabilities.iter().copied().enumerate() {
        let after = ranked.iter().position(|(_, probability)| candidate.1 > *probability || probability.is_nan() && !candidate.1.is_nan());
        ranked.insert(after.unwrap_or(ranked.len()), candidate);
        ranked.truncate(most);
    }
    ranked
}
