//! What a beginner need not see. A fold that is filled once it is opened; pictures of the drawing come with it.

use super::controls::{
    BATCH_SIZE, DECAY, FieldWords, HELD_OUT_IMAGES, L2, LEARNING_RATE, NumberSetting, SEED, class_chips, device_radios, network_options,
    number_field, number_fields, training_options,
};
use super::files;
use super::follow::{keep_text, listen};
use super::markup::{element, set};
use super::parts;
use super::session::Session;
use crate::experiment::validation::Setting;

/// Fields with a number, in their order.
static NUMBERS: [&NumberSetting; 6] = [&BATCH_SIZE, &LEARNING_RATE, &DECAY, &L2, &SEED, &HELD_OUT_IMAGES];
const OUTSIDE: [Setting; 4] = [Setting::Depth, Setting::StartFilters, Setting::TrainingImages, Setting::Epochs];

/// The fold; it says so when one of the controls in it needs attention.
pub const HTML: &str = "<details class=more id=more><summary id=more-summary>More settings <span class=more-problem id=more-problem></span>\
    </summary><div id=more-shown></div><div class=message id=part-settings></div></details>";

/// What the rest of the page wants of it.
#[derive(Debug, PartialEq)]
pub enum SettingsWish {
    /// The controls.
    Controls,
    /// The drawing as SVG, in a file of that name.
    Svg(String),
    /// The drawing as PNG.
    Png(String),
    /// Every layer in the DOT language.
    Dot,
}

/// Keeps the fold.
pub fn start(session: Session) {
    let wrong = move || session.problems.with(|problems| problems.iter().any(|problem| !OUTSIDE.contains(&problem.setting)));
    keep_text("more-problem", move || if wrong() { "one needs attention" } else { "" });
    listen("more", &["toggle"], |_| {
        if element("more").is_some_and(|fold| fold.has_attribute("open")) {
            parts::settings(SettingsWish::Controls);
        }
    });
}

/// Fills it, and gives what does as it is told.
pub fn start_part() -> fn(SettingsWish) {
    let session = Session::of_page();
    set("more-shown", "innerHTML", &html().into());
    number_fields(session, "more-shown", &NUMBERS);
    device_radios::start(session);
    class_chips::start(session);
    network_options::start(session);
    training_options::start(session);
    files::start(session);
    |wish| match wish {
        SettingsWish::Controls => {}
        SettingsWish::Svg(name) => files::picture_saved(files::save_svg(&name).is_ok()),
        SettingsWish::Png(name) => files::picture_saved(files::save_png(&name).is_ok()),
        SettingsWish::Dot => files::save_dot(Session::of_page(), "picture-note"),
    }
}

fn html() -> String {
    let numbers: String = NUMBERS.iter().map(|setting| number_field(setting, FieldWords::default())).collect();
    format!(
        "<div class=more-fields>{numbers}{}{}</div>\
         <h3 class=label>The network</h3><div class=more-fields id=network-options>{}</div>\
         <h3 class=label>The training</h3><div class=more-fields id=training-options>{}</div>{}",
        device_radios::html(),
        class_chips::HTML,
        network_options::html(),
        training_options::html(),
        files::HTML,
    )
}
