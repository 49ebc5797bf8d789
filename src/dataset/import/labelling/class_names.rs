//! Names of classes as people write them: two that differ in case, in surrounding spaces or in how an accent is encoded are one.

use std::collections::BTreeMap;

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::language::{text, tr};

/// Pairs of names that are told.
const TOLD: usize = 3;

/// Names that were seen, and how often each spelling.
#[derive(Debug, Default)]
pub struct ClassNames {
    spellings: BTreeMap<String, BTreeMap<String, usize>>,
}

/// The classes that the names make, in the order of the alphabet.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Classes {
    /// The commonest spelling of each.
    pub names: Vec<String>,
    numbers: BTreeMap<String, usize>,
    /// Spellings of one class, where there are several.
    merged: Vec<Vec<String>>,
}

/// A name as Unicode prefers to write it.
fn composed(name: &str) -> String {
    ComposingNormalizerBorrowed::new_nfc().normalize(name.trim()).into_owned()
}

/// What all spellings of a name have in common.
fn key(name: &str) -> String {
    composed(name).to_lowercase()
}

impl ClassNames {
    /// One more picture of a class.
    pub fn add(&mut self, name: &str) {
        let key = key(name);
        // Spaces alone are no name.
        if !key.is_empty() {
            *self.spellings.entry(key).or_default().entry(name.to_owned()).or_default() += 1;
        }
    }

    /// The classes.
    pub fn classes(self) -> Classes {
        let mut classes: Vec<(String, String, Vec<String>)> = Vec::new();
        for (key, spellings) in self.spellings {
            let commonest = spellings.iter().max_by_key(|(spelling, count)| (**count, std::cmp::Reverse((*spelling).clone())));
            let name = commonest.map_or_else(String::new, |(spelling, _)| composed(spelling));
            classes.push((name, key, spellings.into_keys().collect()));
        }
        classes.sort();
        let numbers = classes.iter().enumerate().map(|(number, (_, key, _))| (key.clone(), number)).collect();
        let merged = classes.iter().map(|(_, _, spellings)| spellings.clone()).filter(|spellings| spellings.len() > 1).collect();
        Classes { names: classes.into_iter().map(|(name, ..)| name).collect(), numbers, merged }
    }
}

impl Classes {
    /// The number of a class, however it is spelt.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.numbers.get(&key(name)).copied()
    }

    /// Which spellings were taken for one class, in a sentence.
    pub fn notice(&self) -> Option<String> {
        let pair = |spellings: &Vec<String>| spellings.iter().map(|name| tr!("“{name}”", name)).collect::<Vec<_>>().join(text!(" and "));
        let names = self.merged.iter().take(TOLD).map(pair).collect::<Vec<_>>().join(", ");
        let more = self.merged.len().saturating_sub(TOLD);
        match self.merged.len() {
            0 => None,
            1 => Some(tr!("{names} are one class.", names)),
            _ if more > 0 => Some(tr!("{names}, and {more} more are one class each.", names, more)),
            _ => Some(tr!("{names} are one class each.", names)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes(names: &[&str]) -> Classes {
        let mut seen = ClassNames::default();
        names.iter().for_each(|name| seen.add(name));
        seen.classes()
    }

    #[test]
    fn spellings_of_a_name_are_one_class_and_are_said() {
        // An accent of its own, as macOS writes file names, and the letter with its accent.
        for [one, other] in [["Cats", "cats"], ["cats", "cats "], ["Ka\u{308}se", "K\u{e4}se"], ["ÄPFEL", "äpfel"]] {
            let found = classes(&[one, other, other, "dogs"]);
            assert_eq!(found.names.len(), 2, "{one} and {other}: {:?}", found.names);
            assert_eq!(found.number(one), found.number(other));
            assert!(found.names.contains(&composed(other)), "the commoner spelling is shown: {:?}", found.names);
            let notice = found.notice().unwrap_or_default();
            assert!(notice.contains(&format!("“{one}”")) && notice.ends_with("are one class."), "{notice}");
        }
    }

    #[test]
    fn different_names_stay_apart_in_the_order_of_the_alphabet() {
        let found = classes(&["dogs", "cats", "cat s"]);
        assert_eq!(found.names, ["cat s", "cats", "dogs"]);
        assert_eq!((found.number("dogs"), found.number("birds"), found.notice()), (Some(2), None, None));
    }

    #[test]
    fn many_merged_classes_are_counted() {
        let names = ["A", "a", "B", "b", "C", "c", "D", "d"];
        assert_eq!(classes(&names).notice().as_deref(), Some("“A” and “a”, “B” and “b”, “C” and “c”, and 1 more are one class each."));
    }
}
