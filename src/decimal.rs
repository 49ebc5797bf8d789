//! Decimals from text, as people and links write them.
//!
//! The standard library reads every decimal there is, with a table of powers of five that does not
//! compress: a twentieth of the page's download. Settings have few digits, and those are read exactly here.

/// Digits that fit the exact arithmetic below; further ones change nothing that a setting could feel.
const MOST_DIGITS: usize = 19;
/// Largest power of ten that leaves a bit free in 128.
const LARGEST_EXACT_POWER: i32 = 38;

/// Reads `0.003`, `3e-3`, `.5` or `7`. Up to 19 digits and 38 decimals the nearest number is found, as
/// the standard library would; beyond, one very near. Nothing for what is no decimal, `inf` and `NaN` included.
pub fn read_decimal(text: &str) -> Option<f64> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (mantissa, decimals) = read_digits(digits)?;
    let number = scale(mantissa, exponent.checked_sub(decimals)?);
    Some(if negative { -number } else { number })
}

/// The digits as a whole number, and how many of them stand after the point.
fn read_digits(text: &str) -> Option<(u64, i32)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let (mut mantissa, mut used, mut decimals) = (0_u64, 0, 0);
    for (place, digit) in whole.chars().chain(fraction.chars()).enumerate() {
        let digit = u64::from(digit.to_digit(10)?);
        let after_point = place >= whole.len();
        if used < MOST_DIGITS {
            mantissa = mantissa * 10 + digit;
            used += usize::from(mantissa > 0);
            decimals += i32::from(after_point);
        } else {
            decimals -= i32::from(!after_point);
        }
    }
    Some((mantissa, decimals))
}

/// `mantissa · 10^exponent`.
fn scale(mantissa: u64, exponent: i32) -> f64 {
    if mantissa == 0 {
        return 0.0;
    }
    // 19 digits times ten to the 19th still fit 128 bits.
    let exact = exponent.clamp(-LARGEST_EXACT_POWER, MOST_DIGITS as i32);
    let power = 10_u128.pow(exact.unsigned_abs());
    let near = if exact >= 0 { (u128::from(mantissa) * power) as f64 } else { divide(mantissa, power) };
    // Beyond a double's range either way ends in 0 or infinity, as it should.
    near * 10_f64.powi((exponent - exact).clamp(-700, 700))
}

/// The number nearest to `mantissa / power`, by long division in binary.
fn divide(mantissa: u64, power: u128) -> f64 {
    let (mut quotient, mut rest) = (0_u128, 0_u128);
    let mut shift = -64;
    while shift < 0 || quotient < 1 << 63 {
        let digit = if shift < 0 { mantissa >> (-shift - 1) & 1 } else { 0 };
        rest = rest << 1 | u128::from(digit);
        quotient <<= 1;
        if rest >= power {
            rest -= power;
            quotient |= 1;
        }
        shift += 1;
    }
    // What remains lands in the last bit, far below where the number is rounded: it only breaks ties.
    (quotient | u128::from(rest != 0)) as f64 * 2_f64.powi(-shift)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, RandomStream};

    fn same(text: &str) {
        assert_eq!(read_decimal(text).map(f64::to_bits), text.parse::<f64>().ok().map(f64::to_bits), "{text:?}");
    }

    #[test]
    fn what_people_type_is_read_as_the_standard_library_reads_it() {
        for text in
            ["0.003", "3e-3", "1e-4", ".5", "5.", "1", "0", "-0.25", "+2", "0.1", "1e-7", "0.0000001", "1E2", "1000", "0.30000000000000004"]
        {
            same(text);
        }
    }

    #[test]
    fn what_is_no_decimal_is_refused() {
        for text in ["", ".", "e5", "abc", "1e", "1..2", "1.2.3", "--1", "0x10", "1 2", "1e99999999999"] {
            assert_eq!(read_decimal(text), None, "{text:?} is no number");
        }
        assert_eq!(read_decimal("inf"), None, "nor is this one to compute with");
        assert_eq!(read_decimal("NaN"), None, "nor this");
    }

    #[test]
    fn the_shortest_decimal_of_any_number_up_to_one_reads_back() {
        let mut random = RandomStream::new(7, Purpose::Order, 0);
        let mut order: Vec<u32> = (0..20_000).collect();
        random.shuffle(&mut order);
        for value in order {
            let number = f64::from(value) / 19_997.0 * 0.37;
            same(&number.to_string());
        }
    }

    #[test]
    fn absurd_exponents_end_where_they_should() {
        assert_eq!(read_decimal("1e-2000"), Some(0.0), "too small to be anything");
        assert_eq!(read_decimal("1e2000"), Some(f64::INFINITY), "too large; every check refuses it");
        assert_eq!(read_decimal("0e2000"), Some(0.0), "still nothing");
    }
}
