//! Which classes take part.

use leptos::prelude::*;

use crate::app::components::unique_id;
use crate::app::context::{use_dataset, use_experiment};
use crate::experiment::{FEWEST_CLASSES, toggle_class};
use crate::language::{text, tr};

/// A toggle for each class of the data set.
#[component]
pub fn ClassChips() -> impl IntoView {
    let (dataset, experiment) = (use_dataset(), use_experiment());
    let label = unique_id("classes");
    let names = Memo::new(move |_| dataset.source().map(|source| source.manifest.classes.clone()).unwrap_or_default());
    let chosen = Memo::new(move |_| experiment.classes().get().of(names.with(Vec::len)));
    let count = move || tr!("{count} of {all}", count = chosen.with(Vec::len), all = names.with(Vec::len));
    let toggle = move |class: u16| {
        if let Some(source) = dataset.source_untracked() {
            experiment.update(|experiment| toggle_class(experiment, &source.manifest, class));
        }
    };
    let numbered = move || names.get().into_iter().zip(0u16..).collect::<Vec<_>>();
    view! {
        <div class="data-classes" role="group" aria-labelledby=label>
            <div class="data-classes-head">
                <span class="label" id=label.clone()>
                    {text!("Classes")}
                </span>
                <span class="caption">{count}</span>
            </div>
            <div class="data-chips">
                <For each=numbered key=|class| class.clone() let:class>
                    <ClassChip name=class.0 class=class.1 chosen on_toggle=Callback::new(toggle) />
                </For>
            </div>
        </div>
    }
}

/// The toggle of one class.
#[component]
fn ClassChip(
    /// Name of the class.
    name: String,
    /// Its place in the data set.
    class: u16,
    /// Classes that take part.
    chosen: Memo<Vec<u16>>,
    /// Takes it in or out.
    on_toggle: Callback<u16>,
) -> impl IntoView {
    let is_chosen = move || chosen.with(|chosen| chosen.contains(&class));
    let is_needed = move || is_chosen() && chosen.with(Vec::len) <= FEWEST_CLASSES;
    let full_name = name.clone();
    let title = move || if is_needed() { text!("At least two classes take part").to_owned() } else { full_name.clone() };
    view! {
        <button
            type="button"
            class="data-chip"
            aria-pressed=move || is_chosen().to_string()
            aria-disabled=move || is_needed().to_string()
            title=title
            on:click=move |_| on_toggle.run(class)
        >
            {name}
        </button>
    }
}
