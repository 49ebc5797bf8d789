//! The learning rate over the run, drawn.

use leptos::prelude::*;

use crate::app::context::use_experiment;
use crate::experiment::hyperparameters::Hyperparameters;
use crate::language::format::localised;
use crate::language::tr;

/// Size of the picture.
const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 110.0;
/// Points of the curve.
const POINTS: usize = 160;

/// A curve of the learning rate from the first step to the last.
#[component]
pub fn SchedulePicture() -> impl IntoView {
    let experiment = use_experiment();
    let rates = Memo::new(move |_| learning_rates(&experiment.hyperparameters().read()));
    let path = move || rates.with(|rates| curve(rates));
    let words = move || {
        rates.with(|rates| {
            let largest = rates.iter().copied().fold(0.0, f64::max);
            let last = rates.last().copied().unwrap_or_default();
            tr!("Learning rate over the run: at most {largest}, at the end {last}", largest = rounded(largest), last = rounded(last))
        })
    };
    view! {
        <figure class="settings-figure">
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=words class="settings-schedule">
                <path d=path fill="none" />
            </svg>
            <figcaption>{words}</figcaption>
        </figure>
    }
}

/// The learning rate at evenly spaced steps of the run; one point for each step of a short run.
fn learning_rates(hyperparameters: &Hyperparameters) -> Vec<f64> {
    let total = hyperparameters.total_steps();
    let points = POINTS.min(total);
    (0..points).map(|point| hyperparameters.learning_rate_at(point * total.saturating_sub(1) / points.saturating_sub(1).max(1))).collect()
}

/// An SVG path through the rates, the largest at the top.
fn curve(rates: &[f64]) -> String {
    let largest = rates.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    let last = (rates.len().max(2) - 1) as f64;
    let place = |(index, rate): (usize, &f64)| {
        let (x, y) = (4.0 + (WIDTH - 8.0) * index as f64 / last, HEIGHT - 6.0 - (HEIGHT - 12.0) * rate / largest);
        format!("{}{x:.1} {y:.1}", if index == 0 { "M" } else { "L" })
    };
    rates.iter().enumerate().map(place).collect()
}

/// Three digits are enough to compare.
fn rounded(rate: f64) -> String {
    if rate == 0.0 { "0".into() } else { localised(&format!("{rate:.2e}").parse::<f64>().unwrap_or(rate).to_string()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_rate_is_a_flat_line_at_the_top() {
        assert_eq!(curve(&[0.1, 0.1]), "M4.0 6.0L476.0 6.0");
    }

    #[test]
    fn the_curve_begins_with_the_first_step_and_ends_with_the_last() {
        let hyperparameters = Hyperparameters::default();
        let rates = learning_rates(&hyperparameters);
        assert_eq!(rates.first(), Some(&hyperparameters.learning_rate_at(0)));
        assert_eq!(rates.last(), Some(&hyperparameters.learning_rate_at(hyperparameters.total_steps() - 1)));
    }

    #[test]
    fn rates_are_written_with_three_digits() {
        assert_eq!(rounded(0.001_234_56), "0.00123");
        assert_eq!(rounded(0.0), "0");
    }
}
