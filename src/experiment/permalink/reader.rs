//! Values taken out of a query one key at a time; whatever had to be changed becomes a sentence.

use std::num::IntErrorKind;
use std::ops::RangeInclusive;

use crate::format::read_decimal;

use super::query::pairs;

/// Longest piece of a link that is repeated in a sentence, in characters.
const LONGEST_QUOTE: usize = 24;
/// Unknown keys named one by one; more are counted.
const UNKNOWN_KEYS_NAMED: usize = 3;

/// The values of a query by key, and the sentences about them.
pub struct Reader {
    values: Vec<(String, String)>,
    pub notices: Vec<String>,
}

impl Reader {
    /// Keeps the first value of each of `known`; other keys become one sentence.
    pub fn new(query: &str, known: &[&str]) -> Self {
        let mut reader = Self { values: Vec::new(), notices: Vec::new() };
        let mut unknown: Vec<String> = Vec::new();
        for (key, value) in pairs(query) {
            if !known.contains(&key.as_str()) {
                unknown.push(key);
                continue;
            }
            if reader.text(&key).is_none() {
                reader.values.push((key, value));
                continue;
            }
            let sentence = format!("The link gives {key} more than once: the first is used.");
            // Thousands of repetitions are one fact, not thousands.
            if !reader.notices.contains(&sentence) {
                reader.notices.push(sentence);
            }
        }
        reader.report_unknown(&unknown);
        reader
    }

    /// Whether the link says nothing that is known but about `keys`.
    pub fn says_only(&self, keys: &[&str]) -> bool {
        self.values.iter().all(|(key, _)| keys.contains(&key.as_str()))
    }

    /// What the link says about `key`, spaces around it taken off.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.values.iter().find(|(other, _)| other == key).map(|(_, value)| value.trim())
    }

    /// A whole number, brought into `limits`. Nothing when the key is absent or its value no number.
    pub fn whole_number(&mut self, key: &str, limits: RangeInclusive<u64>) -> Option<u64> {
        let text = self.text(key)?.to_string();
        let (lowest, highest) = limits.into_inner();
        let (is_negative, digits) = text.strip_prefix('-').map_or((false, text.as_str()), |digits| (true, digits));
        let (number, is_too_large) = match digits.parse::<u64>() {
            Ok(number) => (number, false),
            Err(error) if *error.kind() == IntErrorKind::PosOverflow => (u64::MAX, true),
            Err(_) => return self.unusable(key, &text, "a whole number"),
        };
        let used = if is_negative { lowest } else { number.clamp(lowest, highest) };
        if used != number || is_too_large || is_negative && number > 0 {
            self.notices.push(format!("{key} goes from {lowest} to {highest}, not {}: {used} is used.", quote(&text)));
        }
        Some(used)
    }

    /// A decimal that `is_allowed`; one above `most` becomes `most`, any other is reported as not `wanted`.
    pub fn decimal(&mut self, key: &str, is_allowed: impl Fn(f64) -> bool, most: f64, wanted: &str) -> Option<f64> {
        let text = self.text(key)?.to_string();
        match read_decimal(&text) {
            Some(number) if is_allowed(number) => Some(number),
            Some(number) if number > most => {
                self.notices.push(format!("{key} is at most {most}, not {}: {most} is used.", quote(&text)));
                Some(most)
            }
            _ => self.unusable(key, &text, wanted),
        }
    }

    /// The one of `choices` whose word the link has.
    pub fn word<T: Copy>(&mut self, key: &str, choices: &[T], word: fn(T) -> &'static str) -> Option<T> {
        let text = self.text(key)?.to_ascii_lowercase();
        let found = choices.iter().copied().find(|choice| word(*choice) == text);
        if found.is_some() {
            return found;
        }
        let words: Vec<_> = choices.iter().map(|choice| word(*choice)).collect();
        self.unusable(key, &text, &words.join(" or "))
    }

    /// Says that a value is none of what is `wanted`, and gives nothing.
    pub fn unusable<T>(&mut self, key: &str, text: &str, wanted: &str) -> Option<T> {
        self.notices.push(format!("{key} is {wanted}, not {}: the usual value is used.", quote(text)));
        None
    }

    fn report_unknown(&mut self, unknown: &[String]) {
        let mut names: Vec<_> = unknown.iter().take(UNKNOWN_KEYS_NAMED).map(|key| quote(key)).collect();
        if unknown.len() > UNKNOWN_KEYS_NAMED {
            names.push(format!("{} more", unknown.len() - UNKNOWN_KEYS_NAMED));
        }
        if !names.is_empty() {
            self.notices.push(format!("The link says something this page does not know and ignores: {}.", names.join(", ")));
        }
    }
}

/// A piece of the link, made fit to be shown: short, one line, in quotation marks.
pub fn quote(text: &str) -> String {
    let shown: String = text.chars().filter(|character| !character.is_control()).take(LONGEST_QUOTE).collect();
    let more = if text.chars().count() > LONGEST_QUOTE { "…" } else { "" };
    format!("“{shown}{more}”")
}
