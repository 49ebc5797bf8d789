//! Powers with fractions for exponents, as pictures need them: right to fifteen digits. The standard library's, right to
//! the last one, weigh as much as a panel of the page.

/// `base` to the `exponent`, for a base that is not negative.
pub fn power(base: f64, exponent: f64) -> f64 {
    (base.ln() * exponent).exp()
}

/// Ten to the `exponent`.
pub fn power_of_ten(exponent: f64) -> f64 {
    (exponent * std::f64::consts::LN_10).exp()
}

#[cfg(test)]
mod tests {
    use super::{power, power_of_ten};

    #[test]
    fn they_are_those_of_the_standard_library_for_all_that_is_drawn() {
        for exponent in [-12.0, -3.3, -1.0, 0.0, 0.5, 2.0, 6.1] {
            let ratio = power_of_ten(exponent) / 10f64.powf(exponent);
            assert!((ratio - 1.0).abs() < 1e-13, "10 to the {exponent} is off by a factor of {ratio}");
            let ratio = power(0.9, exponent) / 0.9f64.powf(exponent);
            assert!((ratio - 1.0).abs() < 1e-13, "0.9 to the {exponent} is off by a factor of {ratio}");
        }
        assert_eq!((power(0.0, 2.0), power(1.0, 0.3)), (0.0, 1.0), "nothing stays nothing, one stays one");
    }
}
