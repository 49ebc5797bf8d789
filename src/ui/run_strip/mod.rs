//! The strip that holds the run: player, the beginner's controls, what it costs, what is going on.

mod cost_summary;
mod player;
mod probe;
mod status_line;

use crate::experiment::validation::available_images;
use crate::format::grouped;
use crate::run::Run;
use crate::spec::ResNetSpec;

use super::controls::{
    DEPTH, EPOCHS, FieldWords, NumberSetting, START_FILTERS, TRAINING_IMAGES, number_field, number_fields, recipes, skip_switch,
};
use super::follow::keep_text;
use super::more_settings;
use super::session::{Dataset, Session};

/// The fields of the strip itself.
static OWN: [&NumberSetting; 4] = [&DEPTH, &START_FILTERS, &TRAINING_IMAGES, &EPOCHS];

/// All of it.
pub fn html() -> String {
    let caption = |id| FieldWords { caption: Some(id), ..FieldWords::default() };
    [
        "<section class=strip aria-label=Experiment id=strip><div class=strip-row>",
        player::HTML,
        &number_field(&DEPTH, caption("depth-rule")),
        &number_field(&START_FILTERS, FieldWords::default()),
        skip_switch::HTML,
        &number_field(&TRAINING_IMAGES, caption("images-caption")),
        &number_field(&EPOCHS, FieldWords { shown_label: Some("Epoch"), before: Some("epoch"), caption: None }),
        &recipes::html(),
        "</div>",
        &status_line::html(),
        more_settings::HTML,
        "</section>",
    ]
    .concat()
}

/// Keeps it up to date.
pub fn start(session: Session) {
    player::start(session);
    number_fields(session, "strip", &OWN);
    skip_switch::start(session);
    status_line::start(session);
    more_settings::start(session);
    keep_text("depth-rule", move || session.spec.with(ResNetSpec::depth_formula));
    keep_text("images-caption", move || images_caption(session));
    keep_text("epoch", move || format!("{} of", session.of_run(Run::epoch).unwrap_or(0)));
}

/// Keeps what there is to say about a run.
pub fn start_run_part(session: Session) {
    player::start_run_part(session);
    status_line::start_run_part(session);
}

/// Measures how long a run would take.
pub fn measure() {
    probe::measure();
}

fn images_caption(session: Session) -> String {
    session.dataset.with(|dataset| match dataset {
        Dataset::Loading => "loading the data set…".into(),
        Dataset::Missing(_) => "no data set".into(),
        Dataset::Loaded(source) => {
            let available = session.experiment.with(|experiment| available_images(&source.manifest.train, &experiment.classes));
            format!("of {} · {}", grouped(available), source.manifest.name)
        }
    })
}
