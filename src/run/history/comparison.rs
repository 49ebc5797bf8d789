//! Two runs side by side, in a sentence.

use super::KeptRun;
use crate::drawing::plot::ValueFormat;
use crate::evaluation::metrics::last_loss;
use crate::experiment::permalink::difference;
use crate::language::format::grouped;
use crate::language::{text, tr};
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
        [same, _] if same.is_empty() => {
            tr!("{one} and {other} have the same settings and the same seed.", one = capital(&one), other)
        }
        [of_first, of_second] => format!("{}: {of_first}. {}: {of_second}.", capital(&one), capital(&other)),
    };
    let end = |run: &KeptRun| match last_loss(&run.steps) {
        Some(loss) if loss.is_finite() => tr!("at {loss}", loss = ValueFormat::Plain.value(loss)),
        _ => text!("in what is no number").into(),
    };
    let (steps, other_steps) = (first.steps_done(), second.steps_done());
    let far = if steps == other_steps {
        tr!(
            "After {steps} steps the loss of {one} ends {end}, that of {other} {other_end}.",
            steps = grouped(steps),
            one,
            end = end(first),
            other,
            other_end = end(second)
        )
    } else {
        tr!(
            "The loss of {one} ends {end} after {steps} steps, that of {other} {other_end} after {other_steps}: not the same distance.",
            one,
            end = end(first),
            steps = grouped(steps),
            other,
            other_end = end(second),
            other_steps = grouped(other_steps)
        )
    };
    let mut sentences = vec![differs, far];
    if let (Some(pass), Some(other_pass)) = (first.held_out.last(), second.held_out.last()) {
        let [right, other_right] = [pass, other_pass].map(|pass| ValueFormat::Percent.value(f64::from(pass.accuracy)));
        sentences.push(tr!("Of the held-out images {one} gets {right} right, {other} {other_right}.", one, right, other, other_right));
    }
    if first.from_file || second.from_file {
        sentences.push(text!("Not both started from their seed: a file was used.").into());
    }
    if settings[0].contains(", ") {
        sentences.push(text!("More than one setting differs, so none of them alone explains it.").into());
    }
    if let (Some(loss), Some(other_loss)) = (last_loss(&first.steps), last_loss(&second.steps))
        && steps == other_steps
        && are_close(loss, other_loss)
    {
        sentences.push(text!("The two are close: another seed could turn them round.").into());
    }
    sentences.join(" ")
}

/// Whether two losses are too near each other to say which run is better.
fn are_close(loss: f64, other: f64) -> bool {
    (loss - other).abs() < CLOSE * loss.max(other)
}

/// A label at the start of a sentence.
fn capital(label: &str) -> String {
    label.strip_prefix('r').map_or_else(|| label.to_owned(), |rest| format!("R{rest}"))
}
