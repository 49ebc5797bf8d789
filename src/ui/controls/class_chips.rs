//! Which classes take part.

use crate::dataset::{ClassChoice, DatasetManifest};
use crate::drawing::escape::escape;
use crate::experiment::validation::available;
use crate::ui::follow::{follow, listen};
use crate::ui::markup::{button_of, mark, say, set};
use crate::ui::session::Session;
use crate::ui::signals::{Kept, Memo};

/// Nothing is told apart with fewer.
const FEWEST: usize = 2;
/// Start of the ids of the toggles, before the number of the class.
const CHIP: &str = "class-";

/// A place for a toggle for each class.
pub const HTML: &str = "<div class=\"field wide\" role=group aria-labelledby=classes-label>\
    <span class=label id=classes-label></span><div class=chips id=chips></div></div>";

/// Keeps the toggles.
pub fn start(session: Session) {
    let names = Memo::new(move |_| {
        session.dataset.with(|dataset| dataset.source().map(|source| source.manifest.classes.clone()).unwrap_or_default())
    });
    let chip = |(class, name): (usize, &String)| format!("<button class=chip id={CHIP}{class}>{}</button>", escape(name));
    let shown = Kept::new(Vec::new());
    follow(move || {
        let names = names.get();
        let count = names.len();
        // Together with what they say: apart, the one that comes later would undo the other.
        if shown.with(|shown| *shown != names) {
            let html: String = names.iter().enumerate().map(chip).collect();
            set("chips", "innerHTML", &html.into());
            shown.set(names);
        }
        let chosen = session.experiment.with(|experiment| experiment.classes.of(count));
        say("classes-label", &format!("Classes used: {} of {count}", chosen.len()));
        for class in 0..count {
            let id = format!("{CHIP}{class}");
            let is_chosen = chosen.contains(&(class as u16));
            let is_needed = is_chosen && chosen.len() <= FEWEST;
            mark(&id, "aria-pressed", Some(if is_chosen { "true" } else { "false" }));
            set(&id, "disabled", &is_needed.into());
            set(&id, "title", &if is_needed { "At least two classes take part" } else { "" }.into());
        }
    });
    listen("chips", &["click"], move |event| {
        if let Some(class) = button_of(event).strip_prefix(CHIP).and_then(|class| class.parse().ok()) {
            toggle(session, class);
        }
    });
}

fn toggle(session: Session, class: u16) {
    let dataset = session.dataset.get_untracked();
    let Some(manifest) = dataset.source().map(|source| &source.manifest) else { return };
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
fn follow_all_images(experiment: &mut crate::experiment::Experiment, manifest: &DatasetManifest, before: &ClassChoice) {
    let (before, now) = (available(manifest, before), available(manifest, &experiment.classes));
    let counts = &mut experiment.hyperparameters;
    for (count, (before, now)) in [&mut counts.training_images, &mut counts.held_out_images].into_iter().zip(before.into_iter().zip(now)) {
        if *count == before {
            *count = now;
        }
    }
}
