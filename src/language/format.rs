//! Numbers with units, as short as they stay true, with the marks of the visitor's language.

use super::marks::Marks;
use super::tr;

/// A count in three figures: `0.91 M`, `75.3 k`, `512`.
pub fn compact(value: f64) -> String {
    compact_with(Marks::current(), value)
}

/// The same in English, for what other programs read.
pub fn plain_compact(value: f64) -> String {
    compact_with(Marks::ENGLISH, value)
}

fn compact_with(marks: Marks, value: f64) -> String {
    let (scaled, unit) = match value.abs() {
        size if size >= 999.5e6 => (value / 1e9, " G"),
        // From a tenth of a million on in millions, as papers give parameters.
        size if size >= 99_950.0 => (value / 1e6, " M"),
        size if size >= 999.5 => (value / 1e3, " k"),
        _ => return format!("{value:.0}"),
    };
    format!("{}{unit}", three_figures(marks, scaled))
}

/// Memory: `8.00 KiB`, `38.0 MiB`, `1.25 GiB`.
pub fn bytes(count: u64) -> String {
    let mebibytes = count as f64 / f64::from(1 << 20);
    let figures = |value| three_figures(Marks::current(), value);
    match mebibytes {
        many if many >= 1000.0 => format!("{} GiB", figures(many / 1024.0)),
        few if few < 1.0 => format!("{} KiB", figures(few * 1024.0)),
        some => format!("{} MiB", figures(some)),
    }
}

/// A time span: `8 s`, `2:05 min`, `1:02:05 h`.
pub fn duration(milliseconds: f64) -> String {
    let seconds = (milliseconds.max(0.0) / 1000.0) as u64;
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes) {
        (0, 0) => format!("{rest} s"),
        (0, minutes) => format!("{minutes}:{rest:02} min"),
        (hours, minutes) => format!("{hours}:{minutes:02}:{rest:02} h"),
    }
}

/// A time span that is only expected: `40 s`, `3 min`, `2 h`.
pub fn rough_duration(milliseconds: f64) -> String {
    match milliseconds.max(0.0) / 1000.0 {
        seconds if seconds < 9.5 => format!("{} s", seconds.ceil()),
        seconds if seconds < 95.0 => format!("{} s", (seconds / 10.0).round() * 10.0),
        seconds if seconds < 95.0 * 60.0 => format!("{} min", (seconds / 60.0).round()),
        seconds => format!("{} h", (seconds / 3600.0).round()),
    }
}

/// Whole numbers with their thousands apart: `1,000`.
pub fn grouped(value: usize) -> String {
    grouped_with(Marks::current(), value)
}

/// The same in English, for what other programs read.
pub fn plain_grouped(value: usize) -> String {
    grouped_with(Marks::ENGLISH, value)
}

fn grouped_with(Marks { group, .. }: Marks, value: usize) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
    text
}

/// A number with so many decimals: `2.303`.
pub fn decimals(value: f64, decimals: usize) -> String {
    localised(&format!("{value:.decimals$}"))
}

/// A share of one in per cent, with so many decimals: `56.3 %`.
pub fn percent(share: f64, decimals: usize) -> String {
    localised(&format!("{:.decimals$} %", share * 100.0))
}

/// A number as Rust writes it, with the decimal mark of the visitor's language.
pub fn localised(number: &str) -> String {
    localised_with(Marks::current(), number)
}

fn localised_with(marks: Marks, number: &str) -> String {
    number.replace(Marks::ENGLISH.decimal, &marks.decimal.to_string())
}

/// What was typed in the visitor's language, as Rust and links write it.
pub fn as_typed_in_english(text: &str) -> String {
    match Marks::current() {
        Marks { decimal: '.', .. } => text.to_owned(),
        Marks { decimal, .. } => text.replace(decimal, "."),
    }
}

/// A whole number as it was typed in the visitor's language, without what stands between thousands.
pub fn without_group_marks(text: &str) -> String {
    without_group_marks_of(Marks::current(), text)
}

fn without_group_marks_of(marks: Marks, text: &str) -> String {
    text.replace([marks.group, ' ', '\u{a0}', '\u{202f}', '_'], "")
}

/// A size that may lie anywhere, in two figures: `0.022`, `47`, `5.9e-7`.
pub fn magnitude(value: f64) -> String {
    let text = match value.abs() {
        0.0 => "0".into(),
        size if (9.95..1000.0).contains(&size) => format!("{value:.0}"),
        size if (0.995..9.95).contains(&size) => format!("{value:.1}"),
        size if (0.0995..0.995).contains(&size) => format!("{value:.2}"),
        size if (0.00995..0.0995).contains(&size) => format!("{value:.3}"),
        _ => format!("{value:.1e}"),
    };
    localised(&text)
}

/// How many times, in two figures: `15`, `38,000`.
pub fn times(ratio: f64) -> String {
    let last_figure = 10f64.powf((ratio.log10().floor() - 1.0).max(0.0));
    let rounded = (ratio / last_figure).round() * last_figure;
    // Beyond that nobody counts zeros.
    if rounded < 1e7 { grouped(rounded as usize) } else { localised(&format!("{ratio:.1e}")) }
}

fn three_figures(marks: Marks, value: f64) -> String {
    let decimals = match value.abs() {
        size if size >= 99.95 => 0,
        size if size >= 9.995 => 1,
        _ => 2,
    };
    localised_with(marks, &format!("{value:.decimals$}"))
}

/// `3-4-2`.
pub fn join_numbers(numbers: &[usize]) -> String {
    numbers.iter().map(usize::to_string).collect::<Vec<_>>().join("-")
}

/// Reads `0.003`, `3e-3`, `.5` or `7`. Nothing for what is no finite decimal, `inf` and `NaN` included.
pub fn read_decimal(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Letters of what somebody else wrote that are shown.
const LONGEST_EXCERPT: usize = 24;

/// The beginning of what somebody else wrote, made fit to be shown: short, and one line.
pub fn excerpt(text: &str) -> String {
    let mut letters = text.chars().filter(|letter| !letter.is_control());
    let shown: String = letters.by_ref().take(LONGEST_EXCERPT).collect();
    if letters.next().is_some() { shown + "…" } else { shown }
}

/// The same in quotation marks.
pub fn quoted(text: &str) -> String {
    tr!("“{quoted}”", quoted = excerpt(text))
}

/// A reason as a sentence: with a capital and a full stop.
pub fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).chain(['.']).collect())
}

/// Longest plain decimal; beyond it `1e-7` is easier to read than the zeros.
const LONGEST_PLAIN_DECIMAL: usize = 8;

/// The shortest decimal that reads back as the same number.
pub fn shortest_decimal(value: f64) -> String {
    let plain = value.to_string();
    if plain.len() <= LONGEST_PLAIN_DECIMAL { plain } else { format!("{value:e}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expected_time_is_as_rough_as_it_is_known() {
        let written = [0.0, 4_200.0, 43_000.0, 94_000.0, 130_000.0, 3_600_000.0, 7_300_000.0].map(rough_duration);
        assert_eq!(written, ["0 s", "5 s", "40 s", "90 s", "2 min", "60 min", "2 h"]);
    }

    #[test]
    fn sizes_have_two_figures_wherever_they_lie() {
        let said = [0.0, 5.93e-7, 0.0099, 0.02213, 0.5, 7.44, 47.3, 3240.0].map(magnitude);
        assert_eq!(said, ["0", "5.9e-7", "9.9e-3", "0.022", "0.50", "7.4", "47", "3.2e3"]);
        assert_eq!([3.4, 15.2, 38_123.0, 2.13e9].map(times), ["3", "15", "38,000", "2.1e9"]);
    }

    #[test]
    fn thousands_may_be_typed_apart() {
        let german = Marks { group: '.', decimal: ',' };
        let english = ["1,000", "1 000", "1_000", "1000"].map(|text| without_group_marks_of(Marks::ENGLISH, text));
        assert_eq!(english, [(); 4].map(|()| "1000"));
        assert_eq!(without_group_marks_of(german, "1.000"), "1000");
        assert_eq!(without_group_marks_of(german, "1,5"), "1,5", "is no whole number, and not 15");
    }

    #[test]
    fn counts_have_three_figures() {
        assert_eq!(compact(512.0), "512");
        assert_eq!(compact(75_290.0), "75.3 k");
        assert_eq!(compact(913_000.0), "0.91 M");
        assert_eq!(compact(98_000_000.0), "98.0 M");
        assert_eq!(compact(999_700_000.0), "1.00 G", "never 1000 M");
    }

    #[test]
    fn memory_and_time_choose_their_unit() {
        assert_eq!(bytes(324 << 20), "324 MiB");
        assert_eq!(bytes(40 << 10), "40.0 KiB");
        assert_eq!(bytes(5 << 28), "1.25 GiB");
        assert_eq!(duration(8_400.0), "8 s");
        assert_eq!(duration(125_000.0), "2:05 min");
        assert_eq!(duration(3_725_000.0), "1:02:05 h");
    }

    #[test]
    fn a_reason_becomes_a_sentence() {
        assert_eq!(sentence("the file is empty"), "The file is empty.");
        assert_eq!(sentence(""), "", "nothing stays nothing");
    }

    #[test]
    fn decimals_have_the_mark_of_the_language() {
        assert_eq!(decimals(1.2345, 3), "1.234");
        assert_eq!(percent(0.5634, 1), "56.3 %");
        let german = Marks { group: '.', decimal: ',' };
        assert_eq!(localised_with(german, "5.9e-7"), "5,9e-7");
        assert_eq!([compact_with(german, 75_290.0), grouped_with(german, 50_000)], ["75,3 k", "50.000"]);
        assert_eq!([plain_compact(75_290.0), plain_grouped(50_000)], ["75.3 k", "50,000"]);
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(grouped(50_000), "50,000");
        assert_eq!(grouped(999), "999");
    }
}
