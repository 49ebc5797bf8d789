//! Numbers as people write them: with their thousands apart, with a comma for the point.

use crate::language::format::read_decimal;

/// A number, and whether it was written in another way than a link has it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number<T> {
    /// The number; the largest or smallest there is where it lies beyond.
    pub value: T,
    /// Whether it was rewritten or rounded to be read.
    pub is_rewritten: bool,
}

/// A whole number; a decimal is rounded. Nothing for what is no number.
pub(super) fn whole(text: &str) -> Option<Number<i128>> {
    let exact = |digits: &str| Some(digits.parse().unwrap_or(if digits.starts_with('-') { i128::MIN } else { i128::MAX }));
    if is_whole(text) {
        return exact(text).map(|value| Number { value, is_rewritten: false });
    }
    if let Some(digits) = without_grouping(text) {
        return exact(&digits).map(|value| Number { value, is_rewritten: true });
    }
    // Conversion of a float to an integer saturates.
    decimal(text).map(|number| Number { value: number.value.round() as i128, is_rewritten: true })
}

/// A decimal. Nothing for what is no number; the largest number for one with more digits than any has.
pub(super) fn decimal(text: &str) -> Option<Number<f64>> {
    // `inf` and `NaN` are numbers to Rust.
    if text.contains(|letter: char| letter.is_alphabetic() && !matches!(letter, 'e' | 'E')) {
        return None;
    }
    let parse = |text: &str, is_rewritten| {
        let beyond = || text.parse::<f64>().ok().map(|endless| endless.clamp(f64::MIN, f64::MAX));
        // Zero without the sign that a negative one has.
        read_decimal(text).or_else(beyond).map(|value| Number { value: value + 0.0, is_rewritten })
    };
    parse(text, false).or_else(|| {
        let apart: String = text.chars().filter(|letter| !matches!(letter, ' ' | '_' | '\'' | '’')).collect();
        // Of points and commas the last is the decimal one, unless there are several of it.
        let last = apart.rfind([',', '.']);
        let is_grouping = |place: usize| apart.get(place..=place).is_some_and(|sign| apart.matches(sign).count() > 1);
        let point = last.filter(|place| !is_grouping(*place));
        let plain: String = apart
            .char_indices()
            .filter_map(|(place, letter)| match letter {
                ',' | '.' => (Some(place) == point).then_some('.'),
                other => Some(other),
            })
            .collect();
        parse(&plain, true)
    })
}

fn is_whole(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// `1,000`, `1.000`, `1 000`, `1'000` or `1_000` without what keeps its thousands apart.
fn without_grouping(text: &str) -> Option<String> {
    let separator = text.chars().find(|letter| matches!(letter, ',' | '.' | ' ' | '\'' | '’' | '_'))?;
    let mut groups = text.split(separator);
    let first = groups.next()?;
    let is_first = is_whole(first) && first.trim_start_matches(['-', '+']).len() <= 3;
    let are_thousands = groups.all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()));
    (is_first && are_thousands).then(|| text.replace(separator, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_read_however_they_are_written() {
        for text in ["20", "020", "+20", "-4", "0"] {
            assert!(whole(text).is_some_and(|number| !number.is_rewritten), "{text} is as a link has it");
        }
        for (text, value) in [
            ("1,000", 1000),
            ("1.000", 1000),
            ("1 000", 1000),
            ("1'000", 1000),
            ("1_000", 1000),
            ("50,000,000", 50_000_000),
            ("-1,000", -1000),
            ("20.0", 20),
            ("20,5", 21),
            ("20.4", 20),
            ("1e3", 1000),
        ] {
            assert_eq!(whole(text), Some(Number { value, is_rewritten: true }), "{text}");
        }
        for text in ["", "-", "deep", "0x10", "NaN", "inf", "2e", "1-2", "٢٠", "1,0,0a"] {
            assert_eq!(whole(text), None, "{text}");
        }
    }

    #[test]
    fn decimals_are_read_with_point_or_comma() {
        for (text, value, is_rewritten) in [
            ("0.001", 0.001, false),
            (".5", 0.5, false),
            ("1e-3", 0.001, false),
            ("0,001", 0.001, true),
            ("1.000,5", 1000.5, true),
            ("1,000.5", 1000.5, true),
            ("1,000,000", 1_000_000.0, true),
            ("1 000", 1000.0, true),
            ("-0,5", -0.5, true),
        ] {
            assert_eq!(decimal(text), Some(Number { value, is_rewritten }), "{text}");
        }
        for text in ["", ",", ".", "-", "inf", "-inf", "NaN", "1..2,3,4.5x", "fast"] {
            assert_eq!(decimal(text), None, "{text}");
        }
    }

    #[test]
    fn thousands_of_digits_are_the_largest_number() {
        let digits = "9".repeat(5000);
        assert_eq!(whole(&digits).map(|number| number.value), Some(i128::MAX));
        assert_eq!(whole(&format!("-{digits}")).map(|number| number.value), Some(i128::MIN));
        assert_eq!(decimal(&digits).map(|number| number.value), Some(f64::MAX));
        assert_eq!(decimal(&format!("0.{}1", "0".repeat(5000))).map(|number| number.value), Some(0.0));
        assert_eq!(whole(&format!("{}20", "0".repeat(5000))).map(|number| number.value), Some(20), "zeros before a number change nothing");
    }
}
