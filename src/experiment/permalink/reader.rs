//! Values taken out of a query one key at a time; whatever had to be changed becomes a sentence.

use std::ops::RangeInclusive;

use super::numbers::{Number, decimal, whole};
use super::query::pairs;
use super::trackers::is_tracker;
use crate::language::format::{localised, quoted};
use crate::language::{text, tr};

/// Unknown keys named one by one; more are counted.
const UNKNOWN_KEYS_NAMED: usize = 3;

/// The values of a query by key, and the sentences about them.
pub struct Reader {
    values: Vec<(String, String)>,
    pub notices: Vec<String>,
}

impl Reader {
    /// Keeps the last value of each of `known`; other keys become one sentence, but for those of trackers.
    pub fn new(query: &str, known: &[&str]) -> Self {
        let mut reader = Self { values: Vec::new(), notices: Vec::new() };
        let (mut unknown, mut repeated): (Vec<String>, Vec<String>) = Default::default();
        for (key, value) in pairs(query, |key| known.contains(&key)) {
            if !known.contains(&key.as_str()) {
                if !is_tracker(&key) && !unknown.contains(&key) {
                    unknown.push(key);
                }
                continue;
            }
            match reader.values.iter_mut().find(|(other, _)| *other == key) {
                None => reader.values.push((key, value)),
                // The same said twice is said.
                Some((_, before)) if *before == value => {}
                Some((_, before)) => {
                    *before = value;
                    if !repeated.contains(&key) {
                        repeated.push(key);
                    }
                }
            }
        }
        for key in repeated {
            let last = quoted(reader.text(&key).unwrap_or_default());
            reader.notices.push(tr!("The link gives {key} more than once: the last, {last}, is used.", key, last));
        }
        reader.report_unknown(&unknown);
        reader
    }

    /// Whether the link says nothing that is known but about keys that pass.
    pub fn says_only(&self, passes: impl Fn(&str) -> bool) -> bool {
        self.values.iter().all(|(key, _)| passes(key))
    }

    /// What the link says about `key`, spaces around it taken off.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.values.iter().find(|(other, _)| other == key).map(|(_, value)| value.trim())
    }

    /// What the link says about `key` as one of some words: in small letters, with hyphens.
    pub fn named(&self, key: &str) -> Option<String> {
        self.text(key).map(|text| text.to_lowercase().replace(['_', ' '], "-"))
    }

    /// What the link says about `key` as values joined by hyphens.
    pub fn list(&self, key: &str) -> Option<String> {
        let is_separator = |letter: char| matches!(letter, '-' | ',' | ' ' | '_');
        let text = self.text(key)?.to_lowercase();
        // What begins with a hyphen is negative: that is told, not read as something else.
        let rest = text.split(is_separator).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
        Some(if text.starts_with('-') { format!("-{rest}") } else { rest })
    }

    /// A whole number, brought into `limits`. Nothing when the key is absent or its value no number.
    pub fn whole_number(&mut self, key: &str, limits: RangeInclusive<u64>) -> Option<u64> {
        let text = self.text(key)?.to_string();
        let (lowest, highest) = limits.into_inner();
        let Some(number) = whole(&text) else { return self.unusable(key, &text, text!("a whole number")) };
        let used = u64::try_from(number.value.clamp(i128::from(lowest), i128::from(highest))).unwrap_or(lowest);
        if i128::from(used) != number.value {
            let given = quoted(&text);
            self.notices.push(tr!(
                "{key} goes from {lowest} to {highest}, not {given}: {used} is used.",
                key,
                lowest,
                highest,
                given,
                used
            ));
        } else if number.is_rewritten {
            self.report_rewritten(key, &text, used);
        }
        Some(used)
    }

    /// A whole number that others bring to what it may be, and say so; 0 for a negative one.
    pub fn any_whole_number(&mut self, key: &str) -> Option<usize> {
        let text = self.text(key)?.to_string();
        let Some(number) = whole(&text) else { return self.unusable(key, &text, text!("a whole number")) };
        match usize::try_from(number.value) {
            Ok(used) => {
                if number.is_rewritten {
                    self.report_rewritten(key, &text, used as u64);
                }
                Some(used)
            }
            Err(_) => Some(if number.value < 0 { 0 } else { usize::MAX }),
        }
    }

    fn report_rewritten(&mut self, key: &str, text: &str, used: u64) {
        self.notices.push(tr!("{key} is a whole number: {given} is read as {used}.", key, given = quoted(text), used));
    }

    /// A decimal that `is_allowed`; one outside `limits` becomes the nearest in them, what is none is reported as not `wanted`.
    pub fn decimal(&mut self, key: &str, is_allowed: impl Fn(f64) -> bool, limits: RangeInclusive<f64>, wanted: &str) -> Option<f64> {
        let text = self.text(key)?.to_string();
        let (least, most) = limits.into_inner();
        match decimal(&text) {
            Some(Number { value, is_rewritten }) if is_allowed(value) => {
                if is_rewritten {
                    self.notices.push(tr!("{key} {given} is read as {value}.", key, given = quoted(&text), value));
                }
                Some(value)
            }
            Some(Number { value, .. }) if value > most => {
                let shown = localised(&most.to_string());
                self.notices.push(tr!("{key} is at most {most}, not {given}: {most} is used.", key, most = shown, given = quoted(&text)));
                Some(most)
            }
            Some(Number { value, .. }) if value < least && is_allowed(least) => {
                let shown = localised(&least.to_string());
                self.notices.push(tr!(
                    "{key} is at least {least}, not {given}: {least} is used.",
                    key,
                    least = shown,
                    given = quoted(&text)
                ));
                Some(least)
            }
            _ => self.unusable(key, &text, wanted),
        }
    }

    /// The one of `choices` whose word the link has.
    pub fn word<T: Copy>(&mut self, key: &str, choices: &[T], word: fn(T) -> &'static str) -> Option<T> {
        let text = self.named(key)?;
        let found = choices.iter().copied().find(|choice| word(*choice) == text);
        if found.is_some() {
            return found;
        }
        let words: Vec<_> = choices.iter().map(|choice| word(*choice)).collect();
        self.unusable(key, &text, &words.join(text!(" or ")))
    }

    /// Says that a value is none of what is `wanted`, and gives nothing.
    pub fn unusable<T>(&mut self, key: &str, text: &str, wanted: &str) -> Option<T> {
        self.notices.push(tr!("{key} is {wanted}, not {given}: the usual value is used.", key, wanted, given = quoted(text)));
        None
    }

    fn report_unknown(&mut self, unknown: &[String]) {
        let mut names: Vec<_> = unknown.iter().take(UNKNOWN_KEYS_NAMED).map(|key| quoted(key)).collect();
        if unknown.len() > UNKNOWN_KEYS_NAMED {
            names.push(tr!("{count} more", count = unknown.len() - UNKNOWN_KEYS_NAMED));
        }
        if !names.is_empty() {
            let names = names.join(", ");
            self.notices.push(tr!("The link says something this page does not know and ignores: {names}.", names));
        }
    }
}
