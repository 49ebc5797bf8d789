//! The strip that holds the run: player, the beginner's controls, what it costs, what is going on.

mod cost_summary;
mod more_settings;
mod player;
mod status_line;

use leptos::prelude::*;

use crate::figures::grouped;
use crate::settings::available_images;
use crate::spec::ResNetSpec;

use super::controls::{DEPTH, DEPTH_STEPS, EPOCHS, FILTER_STEPS, NumberField, START_FILTERS, SkipSwitch, TRAINING_IMAGES};
use super::session::{Dataset, Session};
use more_settings::MoreSettings;
use player::Player;
use status_line::StatusLine;

/// All of it.
#[component]
pub fn RunStrip() -> impl IntoView {
    let session = Session::of_page();
    let rule = Signal::derive(move || session.spec.with(ResNetSpec::depth_formula));
    let images = Signal::derive(move || images_caption(session));
    let epoch = Signal::derive(move || format!("{} of", session.of_run(crate::run_state::Run::epoch).unwrap_or(0)));
    view! {
        <section class="strip" aria-label="Experiment">
            <div class="strip-row">
                <Player />
                <NumberField of=&DEPTH steps=&DEPTH_STEPS caption=rule />
                <NumberField of=&START_FILTERS steps=&FILTER_STEPS />
                <SkipSwitch />
                <NumberField of=&TRAINING_IMAGES caption=images />
                <NumberField of=&EPOCHS shown_label="Epoch" before=epoch />
            </div>
            <StatusLine />
            <MoreSettings />
        </section>
    }
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
