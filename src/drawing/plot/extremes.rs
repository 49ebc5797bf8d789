//! Smallest and largest of many numbers.

/// Smallest and largest finite value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extremes {
    /// Smallest.
    pub lowest: f64,
    /// Largest.
    pub highest: f64,
}

impl Extremes {
    /// Of the finite ones among `values`; none when there are none.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        values.into_iter().filter(|value| value.is_finite()).fold(None, |found: Option<Self>, value| {
            let found = found.unwrap_or(Self { lowest: value, highest: value });
            Some(Self { lowest: found.lowest.min(value), highest: found.highest.max(value) })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_are_not_finite_do_not_count() {
        let found = Extremes::of([f64::NAN, 3.0, f64::INFINITY, -1.0]);
        assert_eq!(found, Some(Extremes { lowest: -1.0, highest: 3.0 }), "of the two that are numbers");
        assert_eq!(Extremes::of([f64::NAN]), None, "nothing left");
    }
}
