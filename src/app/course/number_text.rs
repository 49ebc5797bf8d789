//! Numbers as readers type them.

use crate::language::format::read_decimal;

/// How far a typed number may lie from the one that is wanted.
const NEAR: f64 = 1e-6;

/// Whether a text is a number that somebody could mean by `wanted`: with a comma for the point, with its thousands apart, with a
/// typographic minus.
pub fn means(text: &str, wanted: f64) -> bool {
    let plain: String = text.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '\'' | '’' | '_')).collect();
    let plain = plain.replace(['−', '–'], "-");
    let readings = [plain.replace(',', "."), without_thousands(&plain)];
    readings.iter().filter_map(|reading| read_decimal(reading)).any(|number| (number - wanted).abs() <= NEAR)
}

/// `2,112` or `2.112` as 2112; others as they are.
fn without_thousands(text: &str) -> String {
    let mut groups = text.split([',', '.']);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let are_thousands = rest.iter().all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()));
    if are_thousands && !first.is_empty() { format!("{first}{}", rest.concat()) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_however_they_are_typed() {
        for (text, wanted) in [
            ("2.5", 2.5),
            (" 2,5 ", 2.5),
            ("−1", -1.0),
            ("-1.0", -1.0),
            ("2,112", 2112.0),
            ("2.112", 2112.0),
            ("2 112", 2112.0),
            ("2'112", 2112.0),
            ("0", 0.0),
            ("-0", 0.0),
            ("16.0", 16.0),
            ("1e3", 1000.0),
        ] {
            assert!(means(text, wanted), "{text} is {wanted}");
        }
    }

    #[test]
    fn other_numbers_and_other_texts_are_not_it() {
        for (text, wanted) in
            [("25", 2.5), ("10.5", 105.0), ("", 0.0), ("x", 0.0), ("NaN", f64::NAN), ("inf", f64::INFINITY), ("2,11", 211.0), (",5", 5.0)]
        {
            assert!(!means(text, wanted), "{text} is not {wanted}");
        }
    }
}
