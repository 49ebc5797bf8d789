//! Chooses network and training by name.

use crate::experiment::recipes::{RECIPES, Recipe};
use crate::ui::follow::{keep, listen};
use crate::ui::markup::{field, select, value_of};
use crate::ui::session::Session;

const HELP: &str = "Sets network and training together: as in the Keras tutorial, or to be right as often as possible after about a minute, \
    as the page begins, or longer, with 1,000 images on the CPU of a laptop. Images, classes, seed and device stay as they are";

/// A list, which says when the settings are none of them.
pub fn html() -> String {
    let own = [("", "own choice")].into_iter();
    field("recipe", "Recipe", HELP, &select("recipe", own.chain(RECIPES.iter().map(|recipe| (recipe.name, recipe.label)))))
}

/// Keeps it.
pub fn start(session: Session) {
    // It is on the page before somebody hears it.
    apply(session);
    keep("recipe", "value", move || session.experiment.with(|experiment| Recipe::of(experiment).map_or("", |recipe| recipe.name)));
    listen("recipe", &["change"], move |_| apply(session));
}

fn apply(session: Session) {
    if let Some(recipe) = Recipe::from_name(&value_of("recipe")) {
        let applied = session.experiment.with_untracked(|experiment| recipe.applied_to(experiment));
        session.experiment.set(applied);
    }
}
