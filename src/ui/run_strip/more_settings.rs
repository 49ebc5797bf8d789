//! What a beginner need not see.

use crate::settings::Setting;
use crate::ui::controls::{
    BATCH_SIZE, DECAY, FieldWords, HELD_OUT_IMAGES, L2, LEARNING_RATE, SEED, class_chips, device_radios, network_options, number_field,
    recipes, training_options,
};
use crate::ui::files;
use crate::ui::follow::keep_text;
use crate::ui::session::Session;

const OUTSIDE: [Setting; 4] = [Setting::Depth, Setting::StartFilters, Setting::TrainingImages, Setting::Epochs];

/// A fold with the rest of the controls; it says so when one of them needs attention.
pub fn html() -> String {
    let numbers = [&BATCH_SIZE, &LEARNING_RATE, &DECAY, &L2, &SEED, &HELD_OUT_IMAGES];
    let numbers: String = numbers.into_iter().map(|setting| number_field(setting, FieldWords::default())).collect();
    format!(
        "<details class=more><summary>More settings <span class=more-problem id=more-problem></span></summary>\
         <div class=more-fields>{}{numbers}{}{}</div>\
         <h3 class=label>The network</h3><div class=more-fields id=network-options>{}</div>\
         <h3 class=label>The training</h3><div class=more-fields id=training-options>{}</div>{}</details>",
        recipes::html(),
        device_radios::html(),
        class_chips::HTML,
        network_options::html(),
        training_options::html(),
        files::HTML,
    )
}

/// Keeps it.
pub fn start(session: Session) {
    recipes::start(session);
    device_radios::start(session);
    class_chips::start(session);
    network_options::start(session);
    training_options::start(session);
    files::start(session);
    let wrong = move || session.problems.with(|problems| problems.iter().any(|problem| !OUTSIDE.contains(&problem.setting)));
    keep_text("more-problem", move || if wrong() { "one needs attention" } else { "" });
}
