//! Recipes: settings that go together.

use leptos::prelude::*;

use crate::app::components::{SelectField, SelectOption};
use crate::app::context::use_experiment;
use crate::experiment::recipes::{RECIPES, Recipe};
use crate::language::{text, translated};

/// Value of the entry for settings that no recipe has.
const CUSTOM: &str = "custom";

/// The list of recipes. “Custom” is shown while the settings follow none, and cannot be chosen.
#[component]
pub fn RecipeSelect() -> impl IntoView {
    let experiment = use_experiment();
    let value = Memo::new(move |_| experiment.recipe().get().map_or(CUSTOM, |recipe| recipe.name).to_owned());
    let options: Vec<SelectOption> = RECIPES
        .iter()
        .map(|recipe| SelectOption::new(recipe.name, translated(recipe.label)))
        .chain([SelectOption::only_shown(CUSTOM, text!("Custom"))])
        .collect();
    let choose = Callback::new(move |name: String| {
        if let Some(recipe) = Recipe::from_name(&name) {
            experiment.apply_recipe(recipe);
        }
    });
    view! {
        <SelectField
            label=text!("Recipe")
            help=text!(
                "A network and a way to train it that go together. Images, classes and seed stay as they are. The times are those of \
                 1,000 images."
            )
            options=Signal::stored(options)
            value
            on_change=choose
        />
    }
}
