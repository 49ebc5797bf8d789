//! The four numbers of a run.

use leptos::prelude::*;

use crate::app::components::{FigureNumber, ValueFormat};
use crate::app::context::use_run;
use crate::language::format::{decimals, grouped};
use crate::language::text;
use crate::run::Run;

/// Accuracy, losses and speed in large type.
#[component]
pub fn Figures() -> impl IntoView {
    let run = use_run();
    let of = move |text: fn(&Run) -> Option<String>| Memo::new(move |_| run.of_run(text).flatten().unwrap_or_default());
    view! {
        <dl class="figure-numbers">
            <FigureNumber
                label=text!("held-out accuracy")
                help=text!("Share of the held-out images, which the network never learns from, that it gets right after the last epoch.")
                value=of(|run| run.held_out.last().map(|pass| ValueFormat::Percent.value(f64::from(pass.accuracy))))
            />
            <FigureNumber
                label=text!("training loss")
                help=text!("Mean cross-entropy of the last batch in nats, without the L2 penalty. Guessing among ten classes gives 2.30.")
                value=of(|run| run.steps.last().map(|step| ValueFormat::Plain.value(f64::from(step.loss))))
            />
            <FigureNumber
                label=text!("held-out loss")
                help=text!("Mean cross-entropy on the held-out images after the last epoch, in nats.")
                value=of(|run| run.held_out.last().map(|pass| ValueFormat::Plain.value(f64::from(pass.loss))))
            />
            <FigureNumber
                label=text!("images/s")
                help=text!("Training images a second, over the last five seconds of training.")
                value=of(|run| run.images_per_second().map(rate))
            />
        </dl>
    }
}

/// Images a second: fractions only where there are few.
fn rate(images: f64) -> String {
    if images < 9.95 { decimals(images, 1) } else { grouped(images.round() as usize) }
}

#[cfg(test)]
mod tests {
    use super::rate;

    #[test]
    fn few_images_a_second_have_a_fraction() {
        assert_eq!([0.42, 9.94, 9.96, 1839.7].map(rate), ["0.4", "9.9", "10", "1,840"]);
    }
}
