//! Which data set trains, and what it holds.

use leptos::{html, prelude::*};

use crate::app::components::{SelectField, SelectOption};
use crate::app::context::{use_dataset, use_dataset_library, use_experiment};
use crate::dataset::{DatasetManifest, KeptDataset, STARTER, name_in};
use crate::experiment::Experiment;
use crate::experiment::validation::available;
use crate::language::format::{decimals, grouped};
use crate::language::{text, tr};

/// The list of data sets, what is in the chosen one, and how to delete it.
#[component]
pub fn DatasetChoice() -> impl IntoView {
    let (dataset, experiment, library) = (use_dataset(), use_experiment(), use_dataset_library());
    library.list();
    let chosen = Signal::derive(move || experiment.data().get());
    let options = Memo::new(move |_| choices(&library.of_page(), &library.imported(), &chosen.get()));
    // Only what was imported can be deleted.
    let imported =
        Memo::new(move |_| library.imported().into_iter().find(|dataset| dataset.id == chosen.get()).map(|dataset| dataset.name));
    let deleted = Memo::new(move |_| library.deleted().map(|deleted| deleted.dataset.name));
    let undo = NodeRef::<html::Button>::new();
    let frame = NodeRef::<html::Div>::new();
    // The button that was pressed goes away with the data set: the way back takes its place, and its focus.
    Effect::new(move |before: Option<bool>| {
        let is_deleted = deleted.with(Option::is_some);
        if before == Some(false) && is_deleted {
            // Once it is no longer hidden.
            request_animation_frame(move || {
                if let Some(undo) = undo.try_get_untracked().flatten() {
                    // A button takes the focus.
                    let _ = undo.focus();
                }
            });
        }
        is_deleted
    });
    let restore = move |_| {
        library.restore();
        let list = frame.get_untracked().and_then(|frame| frame.query_selector("select").ok().flatten());
        if let Some(list) = list.and_then(|list| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(list).ok()) {
            // A list takes the focus.
            let _ = list.focus();
        }
    };
    let in_words = move || {
        dataset
            .source()
            .map(|source| describe(&source.manifest, &experiment.get()))
            .unwrap_or_else(|| text!("Loading the data set…").into())
    };
    view! {
        <div class="data-choice" node_ref=frame>
            <SelectField
                label=text!("Data set")
                help=text!("The images that the next run trains on.")
                options=options
                value=chosen
                on_change=Callback::new(move |name: String| library.choose(&name))
            />
            <Show when=move || imported.with(Option::is_some)>
                <button type="button" class="quiet" on:click=move |_| library.delete()>
                    {move || imported.get().map(|name| tr!("Delete {name}", name))}
                </button>
            </Show>
            <div hidden=move || deleted.with(Option::is_none)>
                <button type="button" class="quiet" node_ref=undo on:click=restore>
                    {move || tr!("Undo: bring {name} back", name = deleted.get().unwrap_or_default())}
                </button>
            </div>
        </div>
        <p class="data-lead">{in_words}</p>
    }
}

/// Entries of the list: the page's own, the largest first, then the imported ones. The largest has no name in a link.
fn choices(of_page: &[String], imported: &[KeptDataset], chosen: &str) -> Vec<SelectOption> {
    let words = |name: &str| if name == STARTER { text!("CIFAR-10, starter").to_owned() } else { format!("CIFAR-10, {name}") };
    let largest = of_page.iter().take(1).map(|name| SelectOption::new(if chosen == name { chosen } else { "" }, words(name)));
    let others = of_page.iter().skip(1).map(|name| SelectOption::new(name, words(name)));
    let imported = imported.iter().map(|dataset| SelectOption::new(&dataset.id, &dataset.name));
    let mut options: Vec<SelectOption> = largest.chain(others).chain(imported).collect();
    if options.iter().all(|option| option.value != chosen) {
        options.push(SelectOption::new(chosen, name_in(chosen).unwrap_or(chosen)));
    }
    options
}

/// The name that the manifest of the page's own images has.
const STARTER_IN_MANIFEST: &str = "CIFAR-10, starter";

/// What is in a data set, and how much of it the experiment uses.
fn describe(manifest: &DatasetManifest, experiment: &Experiment) -> String {
    let [training, held_out] = available(manifest, &experiment.classes);
    let used = &experiment.hyperparameters;
    let percent = |values: [f32; 3]| values.map(|value| decimals(f64::from(value * 100.0), 1)).join(", ");
    tr!(
        "{name}: {training_used} of {training} training images and {held_out_used} of {held_out} held-out images are used. Red, green and \
         blue of the training images: mean {mean}\u{a0}%, standard deviation {deviation}\u{a0}% of full brightness.",
        name = if manifest.name == STARTER_IN_MANIFEST { text!("CIFAR-10, starter") } else { &manifest.name },
        training_used = grouped(used.training_images),
        training = grouped(training),
        held_out_used = grouped(used.held_out_images),
        held_out = grouped(held_out),
        mean = percent(manifest.channel_mean),
        deviation = percent(manifest.channel_deviation)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(of_page: &[&str], imported: &[(&str, &str)], chosen: &str) -> Vec<(String, String)> {
        let of_page: Vec<String> = of_page.iter().map(|name| (*name).to_owned()).collect();
        let imported: Vec<_> = imported.iter().map(|(id, name)| KeptDataset { id: (*id).into(), name: (*name).into() }).collect();
        choices(&of_page, &imported, chosen).into_iter().map(|option| (option.value, option.label)).collect()
    }

    fn pair(value: &str, label: &str) -> (String, String) {
        (value.into(), label.into())
    }

    #[test]
    fn the_pages_own_come_first() {
        let imported = [("pets-3fa9c2d1", "pets"), ("pets-00c0ffee", "pets (2)")];
        let all = [pair("", "CIFAR-10, starter"), pair("pets-3fa9c2d1", "pets"), pair("pets-00c0ffee", "pets (2)")];
        assert_eq!(listed(&[STARTER], &imported, ""), all);
        assert_eq!(listed(&["full", STARTER], &[], ""), [pair("", "CIFAR-10, full"), pair(STARTER, "CIFAR-10, starter")]);
        assert_eq!(listed(&[STARTER], &[], STARTER), [pair(STARTER, "CIFAR-10, starter")], "a link may name it");
    }

    #[test]
    fn the_chosen_one_is_always_listed() {
        for chosen in ["pets-3fa9c2d1", "pets"] {
            let listed = listed(&[STARTER], &[], chosen);
            assert_eq!(listed, [pair("", "CIFAR-10, starter"), pair(chosen, "pets")], "before the list has come");
        }
    }

    #[test]
    fn a_data_set_is_told_with_what_is_used_of_it() {
        let mut experiment = Experiment::default();
        (experiment.hyperparameters.training_images, experiment.hyperparameters.held_out_images) = (40, 0);
        let told = describe(&DatasetManifest { name: "pets".into(), ..DatasetManifest::without_images() }, &experiment);
        assert!(told.starts_with("pets: 40 of 0 training images and 0 of 0 held-out images are used."), "{told}");
        assert!(told.contains("mean 50.0, 50.0, 50.0\u{a0}%"), "{told}");
    }
}
