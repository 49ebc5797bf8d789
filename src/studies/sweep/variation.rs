//! One setting that varies.

use std::str::FromStr;

use crate::experiment::options::{self, OptionDefinition, options};

/// Keys that say on what and where a page trains, which a sweep decides for all its runs.
const NOT_VARIED: [(&str, &str); 2] =
    [("data", "a sweep has the images of one folder: name it by --data"), ("device", "it says where a page trains, and changes no sweep")];
/// Likeness above which another key may have been meant, from 0 to 1.
const LIKE: f64 = 0.85;

/// A key of the link with the values that it takes, in the order in which they were given.
#[derive(Debug, Clone)]
pub struct Variation {
    /// The setting.
    pub option: &'static OptionDefinition,
    /// Its values as they were written.
    pub values: Vec<String>,
}

impl FromStr for Variation {
    type Err = String;

    /// Reads `depth=11,20,29`. Whether the setting takes these values is found out by [`plan`](super::plan), which knows the others.
    ///
    /// # Errors
    /// A sentence that names what is no key or no value.
    fn from_str(text: &str) -> Result<Self, String> {
        let (key, values) = text.split_once('=').ok_or_else(|| format!("“{text}” has no values: write it as in depth=11,20,29"))?;
        let key = key.trim().to_lowercase().replace('_', "-");
        if let Some((_, reason)) = NOT_VARIED.iter().find(|(other, _)| *other == key) {
            return Err(format!("{key} cannot vary: {reason}"));
        }
        let option = options::find(&key).ok_or_else(|| unknown(&key))?;
        let values: Vec<String> = values.split(',').map(|value| value.trim().to_owned()).collect();
        match values.iter().find(|value| !is_value(value)) {
            Some(value) if value.is_empty() => Err(format!("“{text}” has a value that is empty: write it as in {key}=a,b")),
            Some(value) => Err(format!("{key} cannot be “{value}”: {} is {}", option.label, option.wanted())),
            None => Ok(Self { option, values }),
        }
    }
}

/// Whether a text has the letters of a value in a link alone: no other could begin a setting of its own.
fn is_value(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.' | '_'))
}

fn unknown(key: &str) -> String {
    // Whoever knows an option by its name on the page may write that.
    let likeness = |option: &OptionDefinition| {
        let label = option.label.to_lowercase().replace(' ', "-");
        [option.key, &label].into_iter().map(|other| strsim::jaro_winkler(key, other)).fold(0.0, f64::max)
    };
    let mut like: Vec<_> = options().iter().map(|option| (likeness(option), option.key)).filter(|(likeness, _)| *likeness > LIKE).collect();
    like.sort_by(|one, other| other.0.total_cmp(&one.0));
    let nearest: Vec<&str> = like.into_iter().take(3).map(|(_, key)| key).collect();
    if nearest.is_empty() {
        let all: Vec<&str> = options().iter().map(|option| option.key).collect();
        format!("a link has no key “{key}”; it has {}", all.join(", "))
    } else {
        format!("a link has no key “{key}”: did you mean {}?", nearest.join(" or "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        text.parse::<Variation>().err().unwrap_or_default()
    }

    #[test]
    fn a_key_and_its_values_are_read() {
        let depth: Variation = " Depth = 11, 20 ,29".parse().unwrap();
        assert_eq!((depth.option.key, depth.values.as_slice()), ("depth", &["11".to_owned(), "20".into(), "29".into()][..]));
        let decay: Variation = "weight_decay=0.1".parse().unwrap();
        assert_eq!(decay.option.key, "weight-decay");
    }

    #[test]
    fn what_is_no_key_or_no_value_is_refused_with_what_was_meant() {
        assert!(refused("depht=11").contains("did you mean depth"), "{}", refused("depht=11"));
        assert!(refused("learning_rate=1").contains("did you mean rate"), "by its name on the page: {}", refused("learning_rate=1"));
        assert!(refused("xyz=1").contains("it has ") && refused("xyz=1").contains("depth, "), "all keys where none is like it");
        assert!(refused("depth").contains("no values"), "{}", refused("depth"));
        assert!(refused("depth=11,,29").contains("empty"), "{}", refused("depth=11,,29"));
        assert!(refused("depth=").contains("empty"));
        for inside in ["depth=11&skips=off", "depth=11;skips=off", "depth=11%26skips%3Doff", "depth=11=12", "depth=1#a"] {
            assert!(refused(inside).contains("cannot be"), "a value is no place for another setting: {inside}");
        }
        assert!(refused("data=a,b").contains("--data") && refused("device=cpu,webgpu").contains("cannot vary"));
    }
}
