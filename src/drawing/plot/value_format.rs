//! Numbers as people read them along an axis and in a legend.

use crate::language::format::{self, grouped, localised, magnitude};
use crate::language::text;

/// What kind of number an axis carries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ValueFormat {
    /// A plain number: `0.94`.
    #[default]
    Plain,
    /// A share of one, shown in percent: `67 %`.
    Percent,
    /// Something counted: `1,200`.
    Count,
    /// The power of ten of a number, shown as the number: -3 is `10⁻³`.
    PowerOfTen,
}

/// From here on powers of ten are easier to read than zeros.
const LARGE: f64 = 1e6;
/// Below this a plain number with two decimals would read 0.00.
const SMALL: f64 = 0.005;

impl ValueFormat {
    /// A tick of an axis whose ticks are `step` apart: as many decimals as the step needs.
    pub fn tick(self, value: f64, step: f64) -> String {
        match self {
            Self::Count => counted(value),
            Self::PowerOfTen => format!("10{}", superscript(value)),
            Self::Percent => format::percent(value, decimals(step * 100.0)),
            Self::Plain if value != 0.0 && (value.abs() >= LARGE || step < 1e-4) => format!("{value:.0e}"),
            Self::Plain => format::decimals(value, decimals(step)),
        }
    }

    /// A value on its own, as in a legend.
    pub fn value(self, value: f64) -> String {
        if !value.is_finite() {
            return text!("not a number").into();
        }
        match self {
            Self::Count => counted(value),
            Self::PowerOfTen => magnitude(10f64.powf(value)),
            Self::Percent => format::percent(value, 0),
            Self::Plain if value != 0.0 && (value.abs() < SMALL || value.abs() >= LARGE) => localised(&format!("{value:.1e}")),
            Self::Plain => format::decimals(value, 2),
        }
    }
}

impl ValueFormat {
    /// Whether the axis shows powers, whose zero is a number like any other.
    pub fn is_logarithmic(self) -> bool {
        self == Self::PowerOfTen
    }
}

fn superscript(power: f64) -> String {
    let digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let of = |sign: char| {
        if sign == '-' { '⁻' } else { sign.to_digit(10).and_then(|digit| digits.get(digit as usize)).copied().unwrap_or(sign) }
    };
    format!("{power:.0}").chars().map(of).collect()
}

fn decimals(step: f64) -> usize {
    if step.is_finite() && step > 0.0 { (-(step * (1.0 + 1e-9)).log10().floor()).clamp(0.0, 6.0) as usize } else { 0 }
}

fn counted(value: f64) -> String {
    grouped(value.max(0.0).round() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_have_the_decimals_of_their_step() {
        assert_eq!(ValueFormat::Plain.tick(2.0, 1.0), "2", "whole");
        assert_eq!(ValueFormat::Plain.tick(0.5, 0.5), "0.5", "tenths");
        assert_eq!(ValueFormat::Percent.tick(0.25, 0.25), "25 %", "percent");
        assert_eq!(ValueFormat::PowerOfTen.tick(-12.0, 2.0), "10⁻¹²", "a power");
        assert_eq!(ValueFormat::Count.tick(12_500.0, 500.0), "12,500", "thousands apart");
    }

    #[test]
    fn single_values_are_short() {
        assert_eq!(ValueFormat::Plain.value(0.944), "0.94", "a loss");
        assert_eq!(ValueFormat::Plain.value(0.00042), "4.2e-4", "never 0.00");
        assert_eq!(ValueFormat::PowerOfTen.value(-3.0), "1.0e-3", "the number, not its power");
        assert_eq!(ValueFormat::Percent.value(0.674), "67 %", "an accuracy");
        assert_eq!(ValueFormat::Count.value(1_234_567.0), "1,234,567", "steps");
        assert_eq!(ValueFormat::Plain.value(f64::NAN), "not a number", "and says so");
    }
}
