//! What the fuzz targets do with their inputs. The native tests do the same with the corpus and inputs near it
//! (`tests/it/fuzz_corpus.rs`), so this file names nothing but the library and what both packages have.

use std::hint::black_box;
use std::sync::LazyLock;

use resnet_playground::checkpoint::autosave::{KeptNote, KeptWork};
use resnet_playground::checkpoint::{Checkpoint, FileContents, read};
use resnet_playground::dataset::DatasetManifest;
use resnet_playground::dataset::import::{ImportChoices, Upload, import};
use resnet_playground::experiment::permalink::{self, write};
use resnet_playground::experiment::weight_init::StartingPoint;
use resnet_playground::experiment::{Experiment, RunId};
use resnet_playground::protocol::embed::{read_call, read_hello};
use resnet_playground::protocol::embed_state::EmbedState;
use resnet_playground::protocol::splice::read_kept;
use resnet_playground::protocol::tasks::{Numbered, TaskAnswer, TaskRequest};
use resnet_playground::protocol::workstation::{Hello, PageMessage, ProgramMessage};
use resnet_playground::protocol::{PROTOCOL_VERSION, TrainCommand, TrainEvent, decode, encode};
use resnet_playground::run::{
    CurveQuantity, CurvesVersion, DatasetSource, RunPlan, RunState, SilenceWatch, TrainerKind, Wanted, decode_runs,
};
use resnet_playground::spec::{NetworkChoices, ResNetSpec};
use serde::{Serialize, de::DeserializeOwned};

type Reader = fn(&[u8]);

/// Each target by its name, which is that of its corpus.
pub const READERS: [(&str, Reader); 10] = [
    ("link", |bytes| text(bytes, link)),
    ("weights", weights),
    ("cifar_binary", cifar_binary),
    ("cifar_pickle", cifar_pickle),
    ("tar", |bytes| import_files(vec![("pets.tar", bytes)])),
    ("zip", |bytes| import_files(vec![("pets.zip", bytes)])),
    ("picture", |bytes| import_files(vec![("cats/1.png", bytes), ("dogs/1.png", bytes)])),
    ("kept", kept),
    ("embed_messages", |bytes| text(bytes, embed_messages)),
    ("worker_messages", worker_messages),
];

/// Gives an input to the target of that name.
pub fn run(target: &str, bytes: &[u8]) {
    let (_, reader) = READERS.iter().find(|(name, _)| *name == target).expect("a target");
    reader(bytes);
}

fn text(bytes: &[u8], reader: fn(&str)) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        reader(text);
    }
}

/// Any text gives an experiment, and the link of that experiment gives the same one.
fn link(query: &str) {
    let link = permalink::read(query);
    let again = permalink::read(&write(&link.experiment, &link.view));
    assert_eq!(again.experiment, link.experiment, "an experiment comes back through its own link");
}

static SPEC: LazyLock<ResNetSpec> = LazyLock::new(|| ResNetSpec::new(NetworkChoices::default()).expect("the network of the tutorial"));

/// Files of weights and checkpoints, whole or damaged.
fn weights(bytes: &[u8]) {
    drop(FileContents::of(bytes));
    drop(Checkpoint::from_bytes(bytes));
    if let Err(error) = read(bytes, &SPEC) {
        assert!(!error.to_string().is_empty(), "a refusal is a sentence");
    }
}

/// CIFAR's binary records.
fn cifar_binary(bytes: &[u8]) {
    let (first, second) = bytes.split_at(bytes.len() / 2);
    import_files(vec![("data_batch_1.bin", first), ("test_batch.bin", second)]);
    import_files(vec![("train.bin", first), ("test.bin", second)]);
}

/// CIFAR's pickled batches.
fn cifar_pickle(bytes: &[u8]) {
    import_files(vec![("data_batch_1", bytes), ("batches.meta", bytes)]);
}

/// Imports files in memory. Either outcome is fine; a refusal has to say something.
fn import_files(files: Vec<(&str, &[u8])>) {
    let upload = |(path, bytes): (&str, &[u8])| Upload { path: path.into(), bytes: Box::new(bytes.to_vec()) };
    let uploads: Vec<Upload> = files.into_iter().map(upload).collect();
    match import(&uploads, &ImportChoices::default(), &mut |_| ()) {
        Ok(images) => {
            let classes = images.classes.len();
            for side in [&images.training, &images.held_out] {
                assert!(side.labels.iter().all(|label| usize::from(*label) < classes), "every label is of a class that there is");
            }
        }
        Err(error) => assert!(!error.to_string().is_empty(), "a refusal is a sentence"),
    }
}

/// What the browser keeps: runs, their notes and lists of runs. Checksums guard them, so each input is also given one that fits.
fn kept(bytes: &[u8]) {
    drop(decode_runs(bytes));
    drop(KeptNote::from_bytes(bytes));
    drop(KeptWork::from_bytes(bytes));
    let checksum = crc32fast::hash(bytes).to_le_bytes();
    drop(KeptWork::from_bytes(&[&checksum, bytes].concat()));
}

/// Messages of a page around: any text is a command or a sentence, a state that is read is written the same.
fn embed_messages(text: &str) {
    if let Err(refusal) = read_call(text) {
        assert!(refusal.sentence.ends_with('.'), "a sentence: {}", refusal.sentence);
    }
    drop(read_hello(text));
    if let Some(kept) = read_kept(text, "id") {
        assert!((0.0..=1.0).contains(&kept.score), "a share of one");
    }
    if let Ok(state) = EmbedState::read(text) {
        assert_eq!(EmbedState::read(&state.to_text()), Ok(state.clone()), "a state comes back");
        drop(state.work.map(|work| KeptWork::from_bytes(&work)));
    }
}

/// Messages between the page, its workers and a program of the visitor. What can be read comes back as it is, and the page
/// follows any sequence of a trainer's messages. In the input each message stands behind its length, a byte.
fn worker_messages(bytes: &[u8]) {
    comes_back::<TrainCommand>(bytes);
    comes_back::<TrainEvent>(bytes);
    comes_back::<Numbered<TaskRequest>>(bytes);
    comes_back::<Numbered<TaskAnswer>>(bytes);
    comes_back::<Hello>(bytes);
    comes_back::<PageMessage>(bytes);
    comes_back::<ProgramMessage>(bytes);
    follow(bytes);
}

/// Compared as bytes: a number that is none differs from itself.
fn comes_back<M: Serialize + DeserializeOwned>(bytes: &[u8]) {
    if let Ok(message) = decode::<M>(bytes) {
        let sent = encode(&message);
        let again = decode::<M>(&sent).expect("what was read can be sent");
        assert_eq!(encode(&again), sent, "a message survives the wire");
    }
}

/// Of the images to begin with.
pub static MANIFEST: LazyLock<DatasetManifest> =
    LazyLock::new(|| DatasetManifest::parse(include_str!("../../www/data/starter/manifest.json")).expect("the images to begin with"));

/// Folds a trainer's messages into a run, and asks what the page asks whenever it is drawn.
fn follow(mut bytes: &[u8]) {
    let mut state = RunState::default();
    let source = DatasetSource { url: "data/starter/".into(), manifest: MANIFEST.clone() };
    drop(state.begin(RunPlan::new(Experiment::default(), &source, StartingPoint::Fresh), RunId::new(7), Wanted::Playing));
    drop(state.launch(TrainerKind::WebGpu, None));
    drop(state.apply(TrainEvent::Ready { protocol_version: PROTOCOL_VERSION, device: "CPU".into() }));
    let mut silence = SilenceWatch::started(TrainerKind::WebGpu);
    let mut now_ms = 0.0;
    while let Some((length, rest)) = bytes.split_first() {
        let (message, rest) = rest.split_at(rest.len().min(usize::from(*length)));
        bytes = rest;
        let Ok(event) = decode::<TrainEvent>(message) else { continue };
        silence.heard(&event);
        now_ms += 1000.0;
        black_box(silence.look(now_ms, false));
        drop(state.apply(event));
        black_box(CurvesVersion::of(&state));
    }
    for quantity in [CurveQuantity::Loss, CurveQuantity::Accuracy] {
        drop(quantity.now(&state));
    }
    let Some(run) = state.run() else { return };
    black_box((run.epoch(), run.steps_to_show(), run.progress(), run.remaining_ms(), run.remedies(), run.announcement()));
    black_box((run.phase_detail(), run.images_per_second(), run.multiply_adds_per_second(), run.class_names()));
    drop(state.reset());
}
