//! Which classes take part.

use leptos::prelude::*;

use crate::dataset::{ClassChoice, DatasetManifest};
use crate::settings::available_images;
use crate::ui::session::Session;
use crate::ui::shown::{text, whether};

/// Nothing is told apart with fewer.
const FEWEST: usize = 2;

/// A toggle for each class.
#[component]
pub fn ClassChips() -> impl IntoView {
    let session = Session::of_page();
    let names = Signal::derive(move || {
        session.dataset.with(|dataset| dataset.source().map(|source| source.manifest.classes.clone()).unwrap_or_default())
    });
    let chosen = Signal::derive(move || session.experiment.with(|experiment| experiment.classes.of(names.with(Vec::len))));
    let chip = move |(class, name): (usize, String)| {
        let class = class as u16;
        let pressed = move || chosen.with(|chosen| chosen.contains(&class));
        let last_two = move || pressed() && chosen.with(Vec::len) <= FEWEST;
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=text(move || pressed().to_string())
                disabled=whether(last_two)
                title=text(move || if last_two() { "At least two classes take part" } else { "" })
                on:click=move |_| toggle(session, class)
            >
                {name}
            </button>
        }
    };
    view! {
        <div class="field wide" role="group" aria-labelledby="classes-label">
            <span class="label" id="classes-label">{text(move || format!("Classes used: {} of {}", chosen.with(Vec::len), names.with(Vec::len)))}</span>
            <div class="chips">{move || names.get().into_iter().enumerate().map(chip).collect_view()}</div>
        </div>
    }
}

fn toggle(session: Session, class: u16) {
    let source = session.dataset.get_untracked();
    let Some(manifest) = source.source().map(|source| &source.manifest) else { return };
    session.experiment.update(|experiment| {
        let before = experiment.classes.clone();
        let mut classes = before.of(manifest.classes.len());
        if let Some(place) = classes.iter().position(|chosen| *chosen == class) {
            classes.remove(place);
        } else {
            classes.insert(classes.partition_point(|other| *other < class), class);
        }
        if classes.len() < FEWEST {
            return;
        }
        experiment.network.classes = classes.len();
        experiment.classes = ClassChoice(if classes.len() == manifest.classes.len() { Vec::new() } else { classes });
        follow_all_images(experiment, manifest, &before);
    });
}

/// Who used all the images there were goes on to use all there are.
fn follow_all_images(experiment: &mut crate::permalink::Experiment, manifest: &DatasetManifest, before: &ClassChoice) {
    let counts = &mut experiment.hyperparameters;
    for (count, shards) in [(&mut counts.training_images, &manifest.train), (&mut counts.held_out_images, &manifest.test)] {
        if *count == available_images(shards, before) {
            *count = available_images(shards, &experiment.classes);
        }
    }
}
