//! Two runs side by side, in a sentence.

use super::KeptRun;
use crate::drawing::plot::ValueFormat;
use crate::evaluation::metrics::last_loss;
use crate::experiment::permalink::difference;
use crate::format::grouped;
use crate::run::RunState;

/// Losses nearer than this share of the larger one could change places with another seed.
const CLOSE: f64 = 0.1;

impl RunState {
    /// What differs between the two runs that are shown alone, and how far each came.
    pub fn comparison(&self) -> Option<String> {
        let [first, second] = self.history.compared()?;
        Some(sentence(&self.find_run(first)?, &self.find_run(second)?))
    }
}

fn sentence(first: &KeptRun, second: &KeptRun) -> String {
    let settings = [difference(&second.experiment, &first.experiment), difference(&first.experiment, &second.experiment)];
    let (one, other) = (first.label(), second.label());
    let differs = match &settings {
        [same, _] if same.is_empty() => format!("{} and {other} have the same settings and the same seed.", capital(&one)),
        [of_first, of_second] => format!("{}: {of_first}. {}: {of_second}.", capital(&one), capital(&other)),
    };
    let end = |run: &KeptRun| match last_loss(&run.steps) {
        Some(loss) if loss.is_finite() => format!("at {}", ValueFormat::Plain.value(loss)),
        _ => "in what is no number".into(),
    };
    let (steps, other_steps) = (first.steps_done(), second.steps_done());
    let far = if steps == other_steps {
        format!("After {} steps the loss of {one} ends {}, that of {other} {}.", grouped(steps), end(first), end(second))
    } else {
        format!(
            "The loss of {one} ends {} after {} steps, that of {other} {} after {}: not the same distance.",
            end(first),
            grouped(steps),
            end(second),
            grouped(other_steps)
        )
    };
    let held_out = match (first.held_out.last(), second.held_out.last()) {
        (Some(pass), Some(other_pass)) => {
            let [right, other_right] = [pass, other_pass].map(|pass| ValueFormat::Percent.value(f64::from(pass.accuracy)));
            format!(" Of the held-out images {one} gets {right} right, {other} {other_right}.")
        }
        _ => String::new(),
    };
    let file = if first.from_file || second.from_file { " Not both started from their seed: a file was used." } else { "" };
    let several = if settings[0].contains(", ") { " More than one setting differs, so none of them alone explains it." } else { "" };
    let close = match (last_loss(&first.steps), last_loss(&second.steps)) {
        (Some(loss), Some(other_loss)) if steps == other_steps && are_close(loss, other_loss) => {
            " The two are close: another seed could turn them round."
        }
        _ => "",
    };
    format!("{differs} {far}{held_out}{file}{several}{close}")
}

/// Whether two losses are too near each other to say which run is better.
fn are_close(loss: f64, other: f64) -> bool {
    (loss - other).abs() < CLOSE * loss.max(other)
}

/// A label at the start of a sentence.
fn capital(label: &str) -> String {
    label.strip_prefix('r').map_or_else(|| label.to_owned(), |rest| format!("R{rest}"))
}
