//! A network in the words that tell it from another.

use crate::language::{tr, translated};
use crate::spec::{NetworkChoices, NetworkOption, OPTIONS, ResNetSpec};

/// Options that weights have a shape for, besides depth, start filters and blocks.
const WITH_SHAPES: [&str; 14] = [
    "class-count",
    "dense",
    "stages",
    "convolutions",
    "kernel",
    "widening",
    "later-widening",
    "inner",
    "order",
    "batch-norm",
    "dense-batch-norm",
    "skips",
    "channels",
    "pool",
];

/// Most differences that are named.
const MOST_DIFFERENCES: usize = 3;

/// `depth 20 with 16 filters`, and what else differs from another network: `depth 11 with 8 filters, dense units 0`.
pub fn told_from(spec: &ResNetSpec, other: &NetworkChoices) -> String {
    let choices = spec.choices();
    let mut words = tr!("depth {depth} with {filters} filters", depth = choices.depth, filters = choices.start_filters);
    if !choices.blocks_in_stages.is_empty() {
        words.push_str(&format!(" ({})", spec.blocks_in_words()));
    }
    let differs = |option: &&&str| NetworkOption::find(option).is_some_and(|option| option.text(choices) != option.text(other));
    for key in WITH_SHAPES.iter().filter(differs).take(MOST_DIFFERENCES) {
        if let Some(option) = OPTIONS.iter().find(|option| option.key == *key) {
            let label = translated(option.label);
            // Other languages have capitals within sentences, too.
            let label = if label == option.label { label.to_lowercase() } else { label.to_owned() };
            words.push_str(&format!(", {label} {}", option.text(choices)));
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_and_filters_come_first_and_then_what_differs() {
        let usual = NetworkChoices::default();
        let words = |choices: NetworkChoices| told_from(&ResNetSpec::new(choices).unwrap(), &usual);
        assert_eq!(words(NetworkChoices { depth: 20, start_filters: 16, ..usual.clone() }), "depth 20 with 16 filters");
        assert_eq!(
            words(NetworkChoices { dense_units: 0, classes: 2, ..usual.clone() }),
            "depth 11 with 8 filters, classes 2, dense units 0"
        );
        let own = NetworkChoices { blocks_in_stages: vec![3, 4, 2], ..usual.clone() };
        assert_eq!(words(own), "depth 29 with 8 filters (3, 4 and 2 blocks in 3 stages)");
    }
}
