//! The marks with which a language writes numbers.

use std::sync::OnceLock;

use tr::tr;

/// How a language writes numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    /// Between thousands.
    pub group: char,
    /// Before the first decimal.
    pub decimal: char,
}

static MARKS: OnceLock<Marks> = OnceLock::new();

impl Marks {
    pub const ENGLISH: Self = Self { group: ',', decimal: '.' };

    /// Those of the visitor's language.
    pub fn current() -> Self {
        MARKS.get().copied().unwrap_or(Self::ENGLISH)
    }

    /// Those with which an example is written: one thousand two hundred thirty-four and a half.
    fn of(example: &str) -> Self {
        let mut marks = example.chars().filter(|letter| !letter.is_ascii_digit());
        match (marks.next(), marks.next()) {
            (Some(group), Some(decimal)) => Self { group, decimal },
            _ => Self::ENGLISH,
        }
    }
}

/// Takes the marks of the language that is spoken from now on: its catalogue translates an example.
pub fn follow_catalogue() {
    MARKS.get_or_init(|| Marks::of(&tr!("number" => "1,234.5")));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_numbers_come_from_an_example() {
        assert_eq!(Marks::of("1.234,5"), Marks { group: '.', decimal: ',' });
        assert_eq!(Marks::of("1\u{a0}234,5"), Marks { group: '\u{a0}', decimal: ',' });
        assert_eq!(Marks::of("1234"), Marks::ENGLISH);
    }
}
