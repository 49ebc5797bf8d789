//! Why training stopped, and the way out.

use crate::drawing::escape::escape;
use crate::experiment::Experiment;
use crate::experiment::TrainError;
use crate::run::{Activity, Run};

use super::follow::{keep_html, listen};
use super::markup::button_of;
use super::session::Session;

/// A place for the trainer's sentence.
pub const HTML: &str = "<div class=message id=failure></div>";

/// Keeps the sentence with Restart beside it; nothing while all is well.
pub fn start(session: Session) {
    keep_html("failure", move || {
        let can_begin = session.can_begin();
        let sentence = |run: &Run| if let Activity::Failed(error) = &run.activity { html(run, error, can_begin) } else { String::new() };
        session.of_run(sentence).unwrap_or_default()
    });
    let again = move |change: fn(&mut Experiment)| {
        session.experiment.update(change);
        session.restart();
    };
    listen("failure", &["click"], move |event| match button_of(event).as_str() {
        "halve" => again(|experiment| experiment.hyperparameters.learning_rate /= 2.0),
        "skips-on" => again(|experiment| experiment.network.skip_connections = true),
        "batch-norm-on" => again(|experiment| experiment.network.batch_norm = true),
        "restart" => session.restart(),
        _ => {}
    });
}

fn html(run: &Run, error: &TrainError, can_begin: bool) -> String {
    let network = &run.plan.experiment.network;
    let (mut where_it_broke, mut ways_out) = (String::new(), String::new());
    if matches!(error, TrainError::Diverged { .. }) {
        where_it_broke = run.blow_up().map_or_else(String::new, |sentence| format!(" {}", escape(&sentence)));
        let ways = [
            (true, "halve", "Halve the learning rate"),
            (!network.skip_connections, "skips-on", "Switch skip connections on"),
            (!network.batch_norm, "batch-norm-on", "Switch batch norm on"),
        ];
        for (_, id, words) in ways.into_iter().filter(|(helps, ..)| *helps) {
            ways_out += &format!("<button class=quiet id={id}>{words}</button>");
        }
    }
    let disabled = if can_begin { "" } else { "disabled" };
    format!(
        "<div class=\"notice problem\" role=alert data-testid=failure><p>{}{where_it_broke}</p>{ways_out}\
         <button class=quiet id=restart {disabled} title=\"A new trainer with the settings above\">Restart</button></div>",
        escape(&capitalised(&error.to_string()))
    )
}

fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| std::iter::once(first.to_ascii_uppercase()).chain(letters).chain(['.']).collect())
}
