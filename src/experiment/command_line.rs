//! A network from command-line words: every option of the spec by name, a preset, or a link of the page.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::experiment::{Experiment, permalink};
use crate::spec::{Named, NetworkChoices, NetworkOption, OptionKind, Preset, ResNetSpec};

/// Reads `--depth 29 --activation=gelu --no-batch-norm`, `--preset paper-164`, or a link.
///
/// Options start from the tutorial's network (depth 11, 32 start filters); a link starts, as on the
/// page, from the page's. Words that are no option of a network are given back.
///
/// # Errors
/// A sentence that names the word that cannot be used, or why the network cannot be built.
pub fn network(words: &[String]) -> Result<(ResNetSpec, Vec<String>), String> {
    let mut choices = Preset::Tutorial11.choices(10);
    let mut rest = words.iter().peekable();
    let mut left_over = Vec::new();
    while let Some(word) = rest.next() {
        if let Some(query) = query_of(word) {
            let link = permalink::read(&query);
            if let Some(notice) = link.notices.first() {
                return Err(notice.clone());
            }
            choices = link.experiment.network;
            continue;
        }
        let Some(flag) = word.strip_prefix("--") else {
            left_over.push(word.clone());
            continue;
        };
        let (name, value) = flag.split_once('=').map_or((flag, None), |(name, value)| (name, Some(value.to_owned())));
        if let Some(option) = name.strip_prefix("no-").and_then(NetworkOption::find).filter(|option| option.kind() == OptionKind::Switch) {
            set(option, &mut choices, "off")?;
            continue;
        }
        let mut value = || value.clone().or_else(|| rest.next().cloned()).ok_or_else(|| format!("--{name} needs a value"));
        if name == "preset" {
            let value = value()?;
            let names: Vec<&str> = Preset::ALL.iter().map(|preset| preset.name()).collect();
            let preset = Preset::from_name(&value).ok_or_else(|| format!("there is no preset {value}: one of {}", names.join(", ")))?;
            choices = preset.choices(choices.classes);
        } else if let Some(option) = NetworkOption::find(name) {
            set(option, &mut choices, &value()?)?;
        } else {
            left_over.push(word.clone());
        }
    }
    let spec = ResNetSpec::new(choices).map_err(|error| error.to_string())?;
    Ok((spec, left_over))
}

/// Reads an experiment from a link of the page, from what follows the question mark of one, or from a JSON object with the
/// same keys: `{"depth": 20, "optimizer": "sgd", "flip": true}`. Sentences tell what had to be changed.
///
/// # Errors
/// When the text begins as JSON and is none.
pub fn experiment(text: &str) -> Result<(Experiment, Vec<String>), String> {
    let text = text.trim();
    let query = if text.starts_with('{') {
        let object: BTreeMap<String, Value> = serde_json::from_str(text).map_err(|error| format!("not a JSON object: {error}"))?;
        object.iter().map(|(key, value)| Ok(format!("{key}={}", query_value(key, value)?))).collect::<Result<Vec<_>, String>>()?.join("&")
    } else {
        query_of(text).unwrap_or_else(|| text.to_owned())
    };
    let link = permalink::read(&query);
    Ok((link.experiment, link.notices))
}

fn query_value(key: &str, value: &Value) -> Result<String, String> {
    match value {
        Value::Bool(on) => Ok(if *on { "on" } else { "off" }.into()),
        Value::Number(number) => Ok(number.to_string()),
        Value::String(text) => Ok(text.clone()),
        Value::Array(list) => Ok(list.iter().map(|item| query_value(key, item)).collect::<Result<Vec<_>, _>>()?.join("-")),
        Value::Null | Value::Object(_) => Err(format!("{key} is a number, a word, true, false or a list of them, not {value}")),
    }
}

fn set(option: &NetworkOption, choices: &mut NetworkChoices, text: &str) -> Result<(), String> {
    option.set(choices, text).ok_or_else(|| format!("--{} takes {}, not {text}", option.option, option.wanted()))
}

/// The query of a link.
fn query_of(word: &str) -> Option<String> {
    if word.starts_with("--") { None } else { permalink::query_of(word) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<ResNetSpec, String> {
        network(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).map(|(spec, _)| spec)
    }

    #[test]
    fn options_start_from_the_tutorials_network() {
        let spec = read("--depth 29 --activation=gelu --no-batch-norm").unwrap();
        let choices = spec.choices();
        assert_eq!((choices.depth, choices.start_filters, choices.batch_norm), (29, 32, false), "what was asked for, and the rest");
        let own = read("--blocks-in-stages 1-3-2 --convolutions-per-block 2").unwrap();
        assert_eq!((own.depth().layers(), own.blocks().len()), (14, 6), "stages with blocks of their own");
        assert_eq!(read("--blocks=1-3-2 --depth 20").unwrap().equal_blocks(), Some(2), "the later word counts");
        assert_eq!(read("").unwrap().cost().parameters, 1_445_706, "the tutorial's own total");
    }

    #[test]
    fn a_link_gives_the_pages_network() {
        let spec = read("https://example.org/playground/?v=1&depth=29&skips=off").unwrap();
        assert_eq!((spec.depth().layers(), spec.start_filters(), spec.skip_connections()), (29, 8, false), "as the page reads it");
        let copied = read("https://example.org/playground/#depth=29&amp;skips=off).").unwrap();
        assert_eq!(copied.choices(), spec.choices(), "however it was copied");
    }

    #[test]
    fn an_experiment_is_read_alike_from_link_query_and_json() {
        let (link, notices) = experiment("https://example.org/?v=1&depth=29&optimizer=sgd&flip=on&drops=3-5&rate=0.05").unwrap();
        assert_eq!((link.network.depth, notices.len()), (29, 0), "{notices:?}");
        let (query, _) = experiment("depth=29&optimizer=sgd&flip=on&drops=3-5&rate=0.05").unwrap();
        let json = r#"{"depth": 29, "optimizer": "sgd", "flip": true, "drops": [3, 5], "rate": 0.05}"#;
        assert_eq!((experiment(json).unwrap().0, query), (link.clone(), link), "the same three times");
        assert!(experiment("{\"depth\": ").unwrap_err().contains("not a JSON object"), "cut short");
        assert!(experiment("{\"depth\": null}").unwrap_err().contains("depth is"), "nothing is no depth");
        assert!(experiment("{\"depht\": 20}").unwrap().1[0].contains("depht"), "a key that nobody knows is told");
    }

    #[test]
    fn a_word_that_cannot_be_used_is_named() {
        assert!(read("--activation swish").unwrap_err().contains("--activation takes relu, leaky-relu"), "the words there are");
        assert!(read("--depth 50").unwrap_err().contains("47 or 56"), "the nearest depths");
        assert!(read("--depth").unwrap_err().contains("needs a value"), "a value is missing");
    }
}
