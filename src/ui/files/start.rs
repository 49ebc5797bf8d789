//! The file that the next run starts from.

use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_futures::spawn_local;
use web_sys::Event;

use super::contents::Contents;
use crate::dataset::ClassChoice;
use crate::experiment::validation::available;
use crate::format::grouped;
use crate::spec::NetworkChoices;
use crate::ui::browser::{absolute_url, first_file, window};
use crate::ui::markup::{say, set};
use crate::ui::session::{Session, StartingFile, Use};

/// A network trained on the first eight classes, shipped with the page.
const SHIPPED: [&str; 2] = ["cifar-8-classes.safetensors", "data/trained/cifar-8-classes.safetensors"];

/// Back to weights drawn from the seed.
pub fn fresh(session: Session) {
    session.starting_file.set(StartingFile::default());
    set("starting-file", "value", &"".into());
}

/// Another use of the file.
pub fn use_as(session: Session, word: &str) {
    if let Some((chosen, _)) = Use::ALL.iter().find(|(_, each)| *each == word) {
        session.starting_file.update(|start| start.used_as = *chosen);
    }
}

/// A file was picked: the controls are set to what it says.
pub fn chosen(session: Session, event: &Event) {
    let input = event.target().map(JsValue::from).unwrap_or_default();
    let Ok((name, contents)) = file_in(&input) else { return };
    keep(session, name, async move { JsFuture::from(contents).await }, move |bytes| {
        let used_as = session.starting_file.with_untracked(|start| start.used_as);
        let Some(contents) = Contents::of(bytes) else { return };
        session.experiment.update(|experiment| match used_as {
            _ if contents.is_checkpoint() => {
                contents.set_network(experiment);
                contents.set_run(experiment);
            }
            Use::Weights => contents.set_network(experiment),
            // Fine-tuning is about another network than the file's.
            _ => {}
        });
        if contents.is_checkpoint() {
            session.starting_file.update(|start| start.used_as = Use::Checkpoint);
        }
    });
}

/// The shipped network under a new head for the two classes it has not seen.
pub fn shipped(session: Session) {
    session.starting_file.update(|start| start.used_as = Use::TrunkFrozen);
    if session.experiment.with_untracked(|experiment| !experiment.data.is_empty()) {
        // It knows nothing about images of the visitor's own.
        session.choose_data_set("");
    }
    let classes = ClassChoice(vec![8, 9]);
    let available = session.dataset.with_untracked(|dataset| dataset.source().map(|source| available(&source.manifest, &classes)));
    session.experiment.update(|experiment| {
        experiment.network = NetworkChoices { classes: 2, ..Default::default() };
        experiment.classes = classes;
        if let Some([training, held_out]) = available {
            let images = &mut experiment.hyperparameters;
            images.training_images = images.training_images.min(training);
            images.held_out_images = images.held_out_images.min(held_out);
        }
    });
    let [name, url] = SHIPPED;
    let response = window().fetch_with_str(&absolute_url(url));
    keep(session, name.into(), async move { JsFuture::from(array_buffer(&JsFuture::from(response).await?)?).await }, |_| ());
}

/// Says what the next run starts with.
pub fn show(session: Session) {
    session.starting_file.with(|start| {
        let note = match &start.file {
            Some((name, bytes)) => format!("{name}, {} bytes", grouped(bytes.len())),
            None => "The next run starts with weights drawn from the seed.".into(),
        };
        say("starting-note", &note);
        let word = Use::ALL.iter().find(|(each, _)| *each == start.used_as).map_or("", |(_, word)| *word);
        set("starting-use", "value", &word.into());
    });
}

/// Remembers a file once it is read, and lets `look` see it first.
fn keep(
    session: Session,
    name: String,
    contents: impl Future<Output = Result<JsValue, JsValue>> + 'static,
    look: impl Fn(&[u8]) + 'static,
) {
    spawn_local(async move {
        match contents.await {
            Ok(buffer) => {
                let bytes = Uint8Array::new(&buffer).to_vec();
                look(&bytes);
                session.starting_file.update(|start| start.file = Some((name, bytes)));
            }
            Err(_) => say("starting-note", "The file could not be read: choose it again."),
        }
    });
}

/// Name and contents of the file that an input holds. By reflection: the bindings would be more code than this.
fn file_in(input: &JsValue) -> Result<(String, Promise), JsValue> {
    let file = first_file(input)?;
    let name = Reflect::get(&file, &"name".into())?.as_string().unwrap_or_default();
    Ok((name, array_buffer(&file)?))
}

fn array_buffer(of: &JsValue) -> Result<Promise, JsValue> {
    Ok(Reflect::get(of, &"arrayBuffer".into())?.unchecked_into::<Function>().call0(of)?.unchecked_into())
}
