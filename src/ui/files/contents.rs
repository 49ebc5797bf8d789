//! What a file says about the run it comes from, so that the controls can be set to it.

use js_sys::{Array, JSON};
use wasm_bindgen::{JsCast, JsValue};

use crate::dataset::ClassChoice;
use crate::experiment::Experiment;
use crate::experiment::hyperparameters::read_choices;
use crate::spec::{BlockPlace, OPTIONS};
use crate::worker::javascript::get;

/// Length of the header's length.
const LENGTH_BYTES: usize = 8;

/// The JSON that we write into the metadata of a safetensors file; nothing for files of others.
pub struct Contents(JsValue);

impl Contents {
    /// Looks into a file. The browser reads the JSON: a reader of our own would make the page larger.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let length = u64::from_le_bytes(*bytes.first_chunk::<LENGTH_BYTES>()?);
        let end = usize::try_from(length).ok()?.checked_add(LENGTH_BYTES)?;
        let header = JSON::parse(std::str::from_utf8(bytes.get(LENGTH_BYTES..end)?).ok()?).ok()?;
        let ours = get(&get(&header, "__metadata__"), "resnet_playground").as_string()?;
        JSON::parse(&ours).ok().map(Self)
    }

    /// Whether a run can go on from it.
    pub fn is_checkpoint(&self) -> bool {
        get(&self.0, "checkpoint").is_object()
    }

    /// Sets the network, all but the number of classes, which follows from the chosen ones.
    pub fn set_network(&self, experiment: &mut Experiment) {
        let network = get(&self.0, "network");
        let classes = experiment.network.classes;
        for option in OPTIONS {
            let value = get(&network, &option.option.replace('-', "_"));
            // What cannot be read is left as it is; the trainer compares the rest with the file.
            let _ = text(&value).and_then(|text| option.read(&mut experiment.network, &text));
        }
        experiment.network.classes = classes;
    }

    /// Sets everything that a run's course depends on.
    pub fn set_run(&self, experiment: &mut Experiment) {
        let checkpoint = get(&self.0, "checkpoint");
        let saved = get(&checkpoint, "hyperparameters");
        let number = |name: &str, usual: f64| get(&saved, name).as_f64().unwrap_or(usual);
        let count = |name: &str, usual: usize| number(name, usual as f64) as usize;
        let training = &mut experiment.hyperparameters;
        training.batch_size = count("batch_size", training.batch_size);
        training.epochs = count("epochs", training.epochs);
        training.training_images = count("training_images", training.training_images);
        training.held_out_images = count("held_out_images", training.held_out_images);
        training.learning_rate = number("learning_rate", training.learning_rate);
        training.l2 = number("l2", training.l2);
        training.decay = number("decay", training.decay);
        training.seed = number("seed", training.seed as f64) as u64;
        read_choices(training, &get(&checkpoint, "choices").as_string().unwrap_or_default());
        let classes: Vec<u16> = list(&get(&checkpoint, "classes")).iter().filter_map(JsValue::as_f64).map(|class| class as u16).collect();
        // No choice means all, whose number the network of the file says.
        let all = get(&get(&self.0, "network"), "classes").as_f64().map_or(experiment.network.classes, |count| count as usize);
        experiment.network.classes = if classes.is_empty() { all } else { classes.len() };
        experiment.classes = ClassChoice(classes);
    }
}

/// A choice as the spec's options read it.
fn text(value: &JsValue) -> Option<String> {
    if value.is_array() {
        let place = |place: &JsValue| {
            let at = |name: &str| get(place, name).as_f64().map(|number| number as usize);
            Some(BlockPlace { stage: at("stage")?, block: at("block")? }.to_string())
        };
        return list(value).iter().map(place).collect::<Option<Vec<_>>>().map(|places| places.join("-"));
    }
    let switch = value.as_bool().map(|on| if on { "on" } else { "off" }.to_owned());
    switch.or_else(|| value.as_string()).or_else(|| value.as_f64().map(|number| number.to_string()))
}

fn list(value: &JsValue) -> Vec<JsValue> {
    value.dyn_ref::<Array>().map(Array::to_vec).unwrap_or_default()
}
