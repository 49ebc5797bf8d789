//! How the network is trained, beyond the numbers that have fields of their own: optimizer, schedule, validation,
//! augmentation.

use crate::experiment::Experiment;
use crate::experiment::hyperparameters::{TRAINING_OPTIONS, TrainingOption, TrainingValue};
use crate::experiment::validation::Setting;
use crate::ui::follow::{follow, listen};
use crate::ui::markup::of_target;
use crate::ui::session::Session;

use super::option_fields::{Control, option_field, show_option};

/// A field for each choice.
pub fn html() -> String {
    let control = |option: &TrainingOption| match option.kind() {
        TrainingValue::Word(words) => Control::Words(words),
        TrainingValue::Switch => Control::Switch,
        _ => Control::Text,
    };
    TRAINING_OPTIONS.iter().map(|option| option_field(option.key, option.label, option.help, control(option))).collect()
}

/// Keeps the fields.
pub fn start(session: Session) {
    follow(move || {
        session.experiment.with(|experiment| {
            for option in TRAINING_OPTIONS {
                show_option(session, Setting::Training(option.key), option.key, option.write(&experiment.hyperparameters));
            }
        });
    });
    listen("training-options", &["change"], move |event| {
        let Some(option) = TrainingOption::find(&of_target(event, "id")) else { return };
        let read = |experiment: &mut Experiment, text: &str| option.read(&mut experiment.hyperparameters, text);
        session.set(Setting::Training(option.key), &of_target(event, "value"), &read, &format!("this needs {}", option.wanted()));
    });
}
