//! Which settings a search finds.

use crate::experiment::options::{OptionDefinition, OptionKind};
use crate::language::translated;

/// Whether every word of the query stands in the label, the sentence, the link key or a choice of the setting.
pub fn matches(option: &OptionDefinition, query: &str) -> bool {
    let mut text = format!("{} {} {}", translated(option.label), translated(option.help), option.key).to_lowercase();
    if let OptionKind::Choice(choices) = option.kind() {
        for choice in choices {
            text.push(' ');
            text.push_str(&choice.label.to_lowercase());
        }
    }
    query.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::options::options;

    fn found(query: &str) -> Vec<&'static str> {
        options().iter().filter(|option| matches(option, query)).map(|option| option.key).collect()
    }

    #[test]
    fn a_setting_is_found_by_its_name_and_by_its_choices() {
        assert!(found("dropout").contains(&"head-dropout"));
        assert!(found("cosine").contains(&"schedule"), "the word is one of its choices");
        assert!(found("kernel size").contains(&"kernel"), "words in any place");
        assert!(found("nonsense-word").is_empty());
    }
}
