//! Cross-entropy of classes, its gradient, and whether the likeliest class is the right one, in one pass over the logits.

/// What logits say about labels.
#[derive(Debug, Clone, PartialEq)]
pub struct CrossEntropy {
    /// `−log p(label)` in nats, `[batch]`.
    pub losses: Vec<f32>,
    /// 1 where the largest logit is the label's, the first of equals, else 0; `[batch]`.
    pub correct: Vec<f32>,
    /// How each loss moves with its logits, `p − 1` at the label and `p` elsewhere, `[batch, classes]`.
    pub slopes: Vec<f32>,
}

impl CrossEntropy {
    /// Compares `logits` `[batch, classes]` with `labels` `[batch]`.
    pub fn of(logits: &[f32], labels: &[i32]) -> Self {
        let classes = (logits.len() / labels.len().max(1)).max(1);
        let mut found = Self { losses: Vec::new(), correct: Vec::new(), slopes: Vec::with_capacity(logits.len()) };
        for (row, label) in logits.chunks(classes).zip(labels) {
            let largest = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let total: f32 = row.iter().map(|logit| (logit - largest).exp()).sum();
            let of_label = usize::try_from(*label).ok().and_then(|label| row.get(label)).copied().unwrap_or(f32::NAN);
            let likeliest = row.iter().position(|logit| *logit == largest);
            found.losses.push(total.ln() - (of_label - largest));
            found.correct.push(if likeliest == usize::try_from(*label).ok() { 1.0 } else { 0.0 });
            let is_label = |class: usize| if i32::try_from(class) == Ok(*label) { 1.0 } else { 0.0 };
            found.slopes.extend(row.iter().enumerate().map(|(class, logit)| (logit - largest).exp() / total - is_label(class)));
        }
        found
    }
}
