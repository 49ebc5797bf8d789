//! The file that the next run starts from.

use gloo::file::futures::read_as_bytes;
use gloo::net::http::Request;
use leptos::task::spawn_local;
use leptos::{html, prelude::*};

use crate::app::components::{SelectField, SelectOption, unique_id};
use crate::app::context::{ExperimentContext, StartingFile, Use, use_dataset, use_experiment, use_notices};
use crate::app::services::location::absolute_url;
use crate::checkpoint::FileContents;
use crate::dataset::ClassChoice;
use crate::experiment::Experiment;
use crate::experiment::validation::available;
use crate::format::grouped;
use crate::spec::NetworkChoices;

/// A network trained on the first eight classes, which comes with the page: its name and where it lies.
const SHIPPED: [&str; 2] = ["cifar-8-classes.safetensors", "data/trained/cifar-8-classes.safetensors"];
/// The two classes that it has never seen.
const SHIPS_AND_TRUCKS: [u16; 2] = [8, 9];

const NONE: &str = "The next run starts with weights drawn from the seed.";
const UNREADABLE: &str = "The file could not be read: choose it again.";
const NOT_FETCHED: &str = "The trained network could not be fetched: try again.";

/// Chooses the file that the next run starts from, and what is done with it. The settings are set to what the file says.
#[component]
pub fn StartFrom() -> impl IntoView {
    let (experiment, dataset, notices) = (use_experiment(), use_dataset(), use_notices());
    let start = experiment.starting_file();
    let id = unique_id("starting-file");
    let help = format!("{id}-help");
    let input = NodeRef::<html::Input>::new();
    let failure = RwSignal::new(None::<&'static str>);
    let has_file = Memo::new(move |_| start.with(|start| start.file.is_some()));
    let note = Memo::new(move |_| match failure.get() {
        Some(failure) => failure.to_owned(),
        None => start
            .with(|start| start.file.as_ref().map_or(NONE.to_owned(), |(name, bytes)| format!("{name}, {} bytes", grouped(bytes.len())))),
    });
    let chosen = move |_| {
        let Some(file) = input.get_untracked().and_then(|input| input.files()?.get(0)) else { return };
        let file = gloo::file::File::from(file);
        spawn_local(async move {
            match read_as_bytes(&file).await {
                Ok(bytes) => {
                    failure.set(None);
                    take(experiment, file.name(), bytes);
                }
                Err(_) => failure.set(Some(UNREADABLE)),
            }
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
        if !experiment.get_untracked().data.is_empty() {
            // The trained network knows nothing about images of the visitor's own.
            dataset.choose("", experiment, notices);
        }
        let classes = ClassChoice(SHIPS_AND_TRUCKS.to_vec());
        let images = dataset.source_untracked().map(|source| available(&source.manifest, &classes));
        experiment.update(|experiment| tell_two_classes_apart(experiment, classes, images));
        spawn_local(async move {
            let [name, url] = SHIPPED;
            match fetch(url).await {
                Some(bytes) => {
                    failure.set(None);
                    start.set(StartingFile { file: Some((name.to_owned(), bytes)), used_as: Use::TrunkFrozen });
                }
                None => failure.set(Some(NOT_FETCHED)),
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
                <label for=id.clone()>"Weights or checkpoint"</label>
                <p class="field-help" id=help.clone()>
                    "A safetensors file saved here, or one whose layers have the same names. Settings are set to what it says."
                </p>
                <input id=id type="file" accept=".safetensors" aria-describedby=help node_ref=input on:change=chosen />
            </div>
            <SelectField
                label="Use as"
                help="What the next run does with the file."
                options=Signal::stored(options)
                value=Signal::derive(value)
                on_change=Callback::new(use_as)
            />
            <p class="start-from-note" role="status">
                {move || note.get()}
            </p>
            <div class="start-from-actions">
                <button
                    type="button"
                    class="quiet"
                    title="Starts with weights drawn from the seed again"
                    aria-disabled=move || (!has_file.get()).to_string()
                    on:click=remove
                >
                    "Remove the file"
                </button>
                <button
                    type="button"
                    class="quiet"
                    title="Loads a network trained on the other eight classes, freezes its trunk, and lets a new head learn the two it has not seen"
                    on:click=ship
                >
                    "Try: fine-tune on ships and trucks"
                </button>
            </div>
        </div>
    }
}

/// What is done with the file, in words.
fn label(used_as: Use) -> &'static str {
    match used_as {
        Use::Weights => "weights: start with them",
        Use::Checkpoint => "checkpoint: go on with its run",
        Use::TrunkFrozen => "fine-tune: new head, trunk frozen",
        Use::FirstStageFrozen => "fine-tune: new head, first stage frozen",
        Use::TwoStagesFrozen => "fine-tune: new head, first two stages frozen",
        Use::NothingFrozen => "fine-tune: new head, nothing frozen",
    }
}

/// Keeps a file for the next run, and sets the settings to what it says.
fn take(experiment: ExperimentContext, name: String, bytes: Vec<u8>) {
    let contents = FileContents::of(&bytes);
    let used_as = use_of(contents.as_ref(), experiment.starting_file().with_untracked(|start| start.used_as));
    if let Some(contents) = contents {
        experiment.update(|experiment| match used_as {
            Use::Checkpoint => contents.set_run(experiment),
            Use::Weights => contents.set_network(experiment),
            // Fine-tuning is about another network than the file's.
            _ => {}
        });
    }
    experiment.starting_file().set(StartingFile { file: Some((name, bytes)), used_as });
}

/// What a file is used as: a checkpoint as one, a file of weights as was chosen before.
fn use_of(contents: Option<&FileContents>, before: Use) -> Use {
    match contents {
        Some(contents) if contents.is_checkpoint() => Use::Checkpoint,
        Some(_) if before == Use::Checkpoint => Use::Weights,
        _ => before,
    }
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

async fn fetch(url: &str) -> Option<Vec<u8>> {
    let response = Request::get(&absolute_url(url)).send().await.ok().filter(gloo::net::http::Response::ok)?;
    response.binary().await.ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkpoint::{NamedWeights, write};
    use crate::experiment::weight_init::WeightLayout;

    #[test]
    fn a_file_of_weights_is_no_checkpoint() {
        let weights = FileContents::of(&write(&NamedWeights::new(), WeightLayout::Keras, &NetworkChoices::default()));
        assert_eq!(use_of(weights.as_ref(), Use::Checkpoint), Use::Weights, "chosen after a checkpoint");
        assert_eq!(use_of(weights.as_ref(), Use::TrunkFrozen), Use::TrunkFrozen, "as was chosen");
        assert_eq!(use_of(None, Use::Weights), Use::Weights, "of a file of others nothing is known");
    }

    #[test]
    fn no_more_images_are_asked_for_than_two_classes_have() {
        let mut experiment = Experiment::default();
        let asked = experiment.hyperparameters.held_out_images;
        tell_two_classes_apart(&mut experiment, ClassChoice(SHIPS_AND_TRUCKS.to_vec()), Some([200, usize::MAX]));
        assert_eq!((experiment.network.classes, experiment.hyperparameters.training_images), (2, 200));
        assert_eq!(experiment.hyperparameters.held_out_images, asked, "where there are enough, nothing changes");
    }
}
