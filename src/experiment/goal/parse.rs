//! A goal from the text of a link.

use thiserror::Error;

use super::{Goal, GoalLimit, GoalQuantity};
use crate::language::format::{localised, quoted, read_decimal};
use crate::language::{text, tr};
use crate::spec::Named;

/// A text that is no goal as it stands. The message is shown to the user.
#[derive(Debug, Clone, PartialEq, Error)]
#[error("{sentence}")]
pub struct GoalProblem {
    /// What is wrong with it, and what is used.
    pub sentence: String,
    /// The nearest goal that makes sense, where there is one.
    pub nearest: Option<Goal>,
}

impl Goal {
    /// Reads what a link says.
    ///
    /// Capitals, spaces, `%`, a comma for the point, and units in other words (`sec`, `min`, `step`) change nothing.
    ///
    /// # Errors
    /// A sentence for what is no goal, or none in its limits, with the nearest one.
    pub fn parse(text: &str) -> Result<Self, GoalProblem> {
        let plain: String = text.to_lowercase().chars().filter(|letter| !letter.is_whitespace() && *letter != '%').collect();
        let (what, within) = plain.split_once('@').map_or((plain.as_str(), None), |(what, within)| (what, Some(within)));
        let no_goal = || {
            let sentence = tr!(
                "goal is as in accuracy:55@60s, accuracy:55@3epochs or loss:0.5@100steps, not {given}: it is left out.",
                given = quoted(text)
            );
            GoalProblem { sentence, nearest: None }
        };
        let (word, number) = what.split_once(':').ok_or_else(no_goal)?;
        let quantity = match word {
            "accuracy" | "acc" => GoalQuantity::Accuracy,
            "loss" => GoalQuantity::Loss,
            _ => return Err(no_goal()),
        };
        let given = decimal(number).ok_or_else(no_goal)?;
        let mut sentences = Vec::new();
        let target = target(quantity, given, &mut sentences);
        let limit = within.and_then(|within| limit(within, &mut sentences));
        let goal = Self::nearest(quantity, target, limit);
        if sentences.is_empty() { Ok(goal) } else { Err(GoalProblem { sentence: sentences.join(" "), nearest: Some(goal) }) }
    }
}

fn target(quantity: GoalQuantity, given: f64, sentences: &mut Vec<String>) -> f64 {
    let (least, most) = quantity.targets().into_inner();
    match quantity {
        // A share, as the page's own tables have it.
        GoalQuantity::Accuracy if given < least && given * 100.0 >= least => {
            let percent = (given * 10_000.0).round() / 100.0;
            let [given, read] = [given, percent].map(shown);
            sentences.push(tr!("The accuracy of a goal is in percent: {given} is read as {read}.", given, read));
            percent
        }
        _ if given < least => {
            let quantity = quantity.name();
            sentences.push(tr!("The {quantity} of a goal is at least {least}: {least} is used.", quantity, least = shown(least)));
            least
        }
        _ if given > most => {
            let quantity = quantity.name();
            sentences.push(tr!("The {quantity} of a goal is at most {most}: {most} is used.", quantity, most = shown(most)));
            most
        }
        _ => given,
    }
}

/// So many seconds, steps or epochs; without a number it is left out.
fn limit(text: &str, sentences: &mut Vec<String>) -> Option<GoalLimit> {
    // `1e3` has a letter of its own.
    let end = text.trim_end_matches(char::is_alphabetic).len();
    let (number, unit) = text.split_at(end);
    let (unit, times) = match unit {
        "s" | "sec" | "secs" | "second" | "seconds" => ("s", 1.0),
        "m" | "min" | "mins" | "minute" | "minutes" => ("s", 60.0),
        "h" | "hour" | "hours" => ("s", 3600.0),
        "step" | "steps" => ("steps", 1.0),
        "epoch" | "epochs" => ("epochs", 1.0),
        _ => ("", 1.0),
    };
    let given = decimal(number).map(|number| number * times);
    let Some((given, limit)) = given.and_then(|given| Some((given, GoalLimit::of(unit, given)?))) else {
        sentences.push(tr!(
            "A goal is within so many seconds, steps or epochs, as in accuracy:55@60s, accuracy:55@3epochs or loss:0.5@100steps, \
             not {given}: no limit is used.",
            given = quoted(text)
        ));
        return None;
    };
    let used = f64::from(limit.count());
    if (used - given).abs() > f64::EPSILON {
        let unit = match limit {
            GoalLimit::Seconds(_) => text!("seconds"),
            GoalLimit::Steps(_) => text!("steps"),
            GoalLimit::Epochs(_) => text!("epochs"),
        };
        sentences.push(tr!("A goal is within a whole number of {unit} from 1 to {most}: {used} is used.", unit, most = limit.most(), used));
    }
    Some(limit)
}

/// The largest number for one with more digits than any has.
fn decimal(text: &str) -> Option<f64> {
    let text = text.replace(',', ".");
    let is_number = !text.contains(|letter: char| letter.is_alphabetic() && letter != 'e');
    let beyond = || text.parse::<f64>().ok().filter(|number| !number.is_nan()).map(|endless| endless.clamp(f64::MIN, f64::MAX));
    is_number.then(|| read_decimal(&text).or_else(beyond)).flatten()
}

fn shown(number: f64) -> String {
    localised(&number.to_string())
}
