//! The file that the next run starts from.

use gloo::file::futures::read_as_bytes;
use leptos::task::spawn_local;
use leptos::{html, prelude::*};

use crate::app::components::{SelectField, SelectOption, unique_id};
use crate::app::context::{StartingFile, Use, WeightsFile, use_dataset, use_experiment, use_notices};
use crate::app::services::location::absolute_url;
use crate::app::services::page_files::read_bytes;
use crate::dataset::ClassChoice;
use crate::experiment::Experiment;
use crate::experiment::validation::available;
use crate::language::format::grouped;
use crate::language::{marked, text, tr, translated};
use crate::spec::NetworkChoices;

use super::open_network::OpenItsNetwork;

/// A network trained on the first eight classes, which comes with the page: its name and where it lies.
const SHIPPED: [&str; 2] = ["cifar-8-classes.safetensors", "data/trained/cifar-8-classes.safetensors"];
/// The two classes that it has never seen.
const SHIPS_AND_TRUCKS: [u16; 2] = [8, 9];

const NONE: &str = marked!("The next run starts with weights drawn from the seed.");
const UNREADABLE: &str = marked!("The file could not be read: choose it again.");
const NOT_FETCHED: &str = marked!("The trained network could not be fetched: try again.");

/// Chooses the file that the next run starts from, and what is done with it. The settings are set to what the file says.
#[component]
pub fn StartFrom() -> impl IntoView {
    let (experiment, dataset, notices) = (use_experiment(), use_dataset(), use_notices());
    let start = experiment.starting_file();
    let id = unique_id("starting-file");
    let help = format!("{id}-help");
    let input = NodeRef::<html::Input>::new();
    let failure = RwSignal::new(None::<String>);
    let has_file = Memo::new(move |_| start.with(|start| start.file.is_some()));
    let note = Memo::new(move |_| match failure.get() {
        Some(failure) => failure,
        None => start.with(|start| start.file.as_ref().map_or_else(|| translated(NONE).to_owned(), words)),
    });
    // Wherever another file comes from, what was wrong with the one before is over.
    Effect::new(move |_| {
        start.track();
        failure.set(None);
    });
    let chosen = move |_| {
        let Some(file) = input.get_untracked().and_then(|input| input.files()?.get(0)) else { return };
        let file = gloo::file::File::from(file);
        spawn_local(async move {
            let taken = match read_as_bytes(&file).await {
                Ok(bytes) => experiment.start_from(file.name(), bytes),
                Err(_) => Err(translated(UNREADABLE).into()),
            };
            failure.set(taken.err());
        });
    };
    let remove = move |_| {
        failure.set(None);
        start.set(StartingFile::default());
        if let Some(input) = input.get_untracked() {
            input.set_value("");
        }
    };
    let ship = move |_| {
        spawn_local(async move {
            if !experiment.get_untracked().data.is_empty() {
                // The trained network knows nothing about images of the visitor's own.
                dataset.choose_now("", experiment, notices).await;
            }
            let classes = ClassChoice(SHIPS_AND_TRUCKS.to_vec());
            let images = dataset.source_untracked().map(|source| available(&source.manifest, &classes));
            experiment.update(|experiment| tell_two_classes_apart(experiment, classes, images));
            let [name, url] = SHIPPED;
            match read_bytes(&absolute_url(url)).await.ok().and_then(|bytes| WeightsFile::new(name.to_owned(), bytes).ok()) {
                Some(file) => start.set(StartingFile { file: Some(file), used_as: Use::TrunkFrozen }),
                None => failure.set(Some(translated(NOT_FETCHED).into())),
            }
        });
    };
    let options: Vec<SelectOption> = Use::ALL.iter().map(|(used_as, word)| SelectOption::new(*word, label(*used_as))).collect();
    let value =
        move || start.with(|start| Use::ALL.iter().find(|(each, _)| *each == start.used_as).map_or("", |(_, word)| *word).to_owned());
    let use_as = move |word: String| {
        if let Some((chosen, _)) = Use::ALL.iter().find(|(_, each)| *each == word) {
            start.update(|start| start.used_as = *chosen);
        }
    };
    view! {
        <div class="start-from">
            <div class="field">
                <label for=id.clone()>{text!("Weights or checkpoint")}</label>
                <p class="field-help" id=help.clone()>
                    {text!("A safetensors file saved here, or of the code exported here. Settings are set to what it says.")}
                </p>
                <input id=id type="file" accept=".safetensors" aria-describedby=help node_ref=input on:change=chosen />
            </div>
            <SelectField
                label=text!("Use as")
                help=text!("What the next run does with the file.")
                options=Signal::stored(options)
                value=Signal::derive(value)
                on_change=Callback::new(use_as)
            />
            <p class="start-from-note" role="status">
                {move || note.get()}
            </p>
            <OpenItsNetwork />
            <div class="start-from-actions">
                <button
                    type="button"
                    class="quiet"
                    title=text!("Starts with weights drawn from the seed again")
                    aria-disabled=move || (!has_file.get()).to_string()
                    on:click=remove
                >
                    {text!("Remove the file")}
                </button>
                <button
                    type="button"
                    class="quiet"
                    title=text!(
                        "Loads a network trained on the other eight classes, freezes its trunk, and lets a new head learn the two it \
                         has not seen"
                    )
                    on:click=ship
                >
                    {text!("Try: fine-tune on ships and trucks")}
                </button>
            </div>
        </div>
    }
}

/// What is done with the file, in words.
fn label(used_as: Use) -> &'static str {
    match used_as {
        Use::Weights => text!("weights: start with them"),
        Use::Checkpoint => text!("checkpoint: go on with its run"),
        Use::TrunkFrozen => text!("fine-tune: new head, trunk frozen"),
        Use::FirstStageFrozen => text!("fine-tune: new head, first stage frozen"),
        Use::TwoStagesFrozen => text!("fine-tune: new head, first two stages frozen"),
        Use::NothingFrozen => text!("fine-tune: new head, nothing frozen"),
    }
}

/// The file in words: its name, its size, and what was done to the names in it.
fn words(file: &WeightsFile) -> String {
    let facts = tr!("{name}, {size} bytes.", name = file.name, size = grouped(file.bytes.len()));
    [facts].into_iter().chain(file.notices()).collect::<Vec<_>>().join(" ")
}

/// The network that the shipped weights fit, for the two classes. `images` are the training and held-out images of those.
fn tell_two_classes_apart(experiment: &mut Experiment, classes: ClassChoice, images: Option<[usize; 2]>) {
    experiment.network = NetworkChoices { classes: classes.0.len(), ..Default::default() };
    experiment.classes = classes;
    if let Some([training, held_out]) = images {
        let hyperparameters = &mut experiment.hyperparameters;
        hyperparameters.training_images = hyperparameters.training_images.min(training);
        hyperparameters.held_out_images = hyperparameters.held_out_images.min(held_out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_images_are_asked_for_than_two_classes_have() {
        let mut experiment = Experiment::default();
        let asked = experiment.hyperparameters.held_out_images;
        tell_two_classes_apart(&mut experiment, ClassChoice(SHIPS_AND_TRUCKS.to_vec()), Some([200, usize::MAX]));
        assert_eq!((experiment.network.classes, experiment.hyperparameters.training_images), (2, 200));
        assert_eq!(experiment.hyperparameters.held_out_images, asked, "where there are enough, nothing changes");
    }
}
