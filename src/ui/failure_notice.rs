//! Why training stopped, and the way out.

use crate::escape::escape;
use crate::protocol::TrainError;
use crate::run_state::{Activity, Run};

use super::follow::{keep_html, listen};
use super::markup::button_of;
use super::session::Session;

/// A place for the trainer's sentence.
pub const HTML: &str = "<div class=message id=failure></div>";

/// Keeps the sentence with Restart beside it; nothing while all is well.
pub fn start(session: Session) {
    keep_html("failure", move || {
        let can_begin = session.can_begin();
        let sentence = |run: &Run| if let Activity::Failed(error) = &run.activity { html(error, can_begin) } else { String::new() };
        session.of_run(sentence).unwrap_or_default()
    });
    listen("failure", &["click"], move |event| match button_of(event).as_str() {
        "halve" => {
            session.experiment.update(|experiment| experiment.hyperparameters.learning_rate /= 2.0);
            session.restart();
        }
        "restart" => session.restart(),
        _ => {}
    });
}

fn html(error: &TrainError, can_begin: bool) -> String {
    let halve =
        if matches!(error, TrainError::Diverged { .. }) { "<button class=quiet id=halve>Halve the learning rate</button>" } else { "" };
    let disabled = if can_begin { "" } else { "disabled" };
    format!(
        "<div class=\"notice problem\" role=alert data-testid=failure><p>{}</p>{halve}\
         <button class=quiet id=restart {disabled} title=\"A new trainer with the settings above\">Restart</button></div>",
        escape(&capitalised(&error.to_string()))
    )
}

fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| std::iter::once(first.to_ascii_uppercase()).chain(letters).chain(['.']).collect())
}
