//! A trainer driven without a browser: commands from a list, images from a folder.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::time::Instant;

use burn::tensor::Device;
use resnet_playground::dataset::{ClassChoice, DatasetManifest};
use resnet_playground::experiment::RunRequest;
use resnet_playground::experiment::hyperparameters::Hyperparameters;
use resnet_playground::experiment::weight_init::StartingPoint;
use resnet_playground::protocol::{TrainCommand, TrainEvent, decode, encode};
use resnet_playground::spec::NetworkChoices;
use resnet_playground::worker::trainer::{Host, KeepFailure, run};

/// The day on which a script is played.
pub const DATE_MS: u64 = 1_760_000_000_000;

/// Commands from a list, images from `www/data/starter/`.
pub struct Script {
    commands: RefCell<VecDeque<TrainCommand>>,
    events: RefCell<Vec<TrainEvent>>,
    /// A command that interrupts a busy trainer once this many steps were reported.
    interruption: RefCell<Option<(usize, TrainCommand)>>,
    /// What a browser's storage would hold.
    kept: RefCell<BTreeMap<String, Vec<u8>>>,
    /// How much it has room for.
    room_bytes: usize,
    /// What it held after each writing.
    storages: RefCell<Vec<BTreeMap<String, Vec<u8>>>>,
    started: Instant,
}

impl Script {
    pub fn play(commands: Vec<TrainCommand>, interruption: Option<(usize, TrainCommand)>) -> Vec<TrainEvent> {
        Self::play_with(commands, interruption, &mut BTreeMap::new())
    }

    pub fn play_with(
        commands: Vec<TrainCommand>,
        interruption: Option<(usize, TrainCommand)>,
        kept: &mut BTreeMap<String, Vec<u8>>,
    ) -> Vec<TrainEvent> {
        Self::play_in(usize::MAX, commands, interruption, kept)
    }

    /// In a storage with room for so many bytes.
    pub fn play_in(
        room_bytes: usize,
        commands: Vec<TrainCommand>,
        interruption: Option<(usize, TrainCommand)>,
        kept: &mut BTreeMap<String, Vec<u8>>,
    ) -> Vec<TrainEvent> {
        Self::play_all(room_bytes, commands, interruption, kept, &mut Vec::new())
    }

    /// Gives what the storage held after each writing.
    pub fn play_watched(
        commands: Vec<TrainCommand>,
        interruption: Option<(usize, TrainCommand)>,
        kept: &mut BTreeMap<String, Vec<u8>>,
        storages: &mut Vec<BTreeMap<String, Vec<u8>>>,
    ) -> Vec<TrainEvent> {
        Self::play_all(usize::MAX, commands, interruption, kept, storages)
    }

    fn play_all(
        room_bytes: usize,
        commands: Vec<TrainCommand>,
        interruption: Option<(usize, TrainCommand)>,
        kept: &mut BTreeMap<String, Vec<u8>>,
        storages: &mut Vec<BTreeMap<String, Vec<u8>>>,
    ) -> Vec<TrainEvent> {
        let script = Self {
            kept: RefCell::new(std::mem::take(kept)),
            room_bytes,
            storages: RefCell::default(),
            commands: RefCell::new(commands.into()),
            events: RefCell::default(),
            interruption: RefCell::new(interruption),
            started: Instant::now(),
        };
        pollster::block_on(run(&script, Device::flex(), "CPU".into()));
        *kept = script.kept.into_inner();
        *storages = script.storages.into_inner();
        script.events.into_inner()
    }
}

impl Host for Script {
    fn send(&self, event: &TrainEvent) {
        let over_the_wire = decode(&encode(event)).expect("events survive the wire");
        self.events.borrow_mut().push(over_the_wire);
    }

    fn take_command(&self) -> Option<TrainCommand> {
        let reported = losses(&self.events.borrow()).len();
        let mut interruption = self.interruption.borrow_mut();
        if interruption.as_ref().is_some_and(|(after, _)| reported >= *after) {
            interruption.take().map(|(_, command)| command)
        } else {
            None
        }
    }

    async fn next_command(&self) -> Option<TrainCommand> {
        self.commands.borrow_mut().pop_front()
    }

    async fn yield_now(&self) {}

    async fn fetch(&self, url: &str, progress: &mut dyn FnMut(u64)) -> Result<Vec<u8>, String> {
        let bytes = std::fs::read(starter().join(url)).map_err(|error| format!("{url}: {error}"))?;
        progress(bytes.len() as u64 / 2);
        Ok(bytes)
    }

    async fn keep(&self, name: &str, bytes: &[u8]) -> Result<(), KeepFailure> {
        let mut kept = self.kept.borrow_mut();
        let others: usize = kept.iter().filter(|(other, _)| *other != name).map(|(_, bytes)| bytes.len()).sum();
        if others + bytes.len() > self.room_bytes {
            return Err(KeepFailure::Full);
        }
        kept.insert(name.to_owned(), bytes.to_vec());
        self.storages.borrow_mut().push(kept.clone());
        Ok(())
    }

    async fn kept_names(&self) -> Vec<String> {
        self.kept.borrow().keys().cloned().collect()
    }

    fn date_ms(&self) -> u64 {
        DATE_MS
    }

    async fn kept(&self, name: &str) -> Option<Vec<u8>> {
        self.kept.borrow().get(name).cloned()
    }

    fn now_ms(&self) -> f64 {
        self.started.elapsed().as_secs_f64() * 1000.0
    }
}

pub fn starter() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("www/data/starter")
}

pub fn manifest() -> DatasetManifest {
    let json = std::fs::read_to_string(starter().join("manifest.json")).expect("the starter shard is in the repository");
    DatasetManifest::parse(&json).expect("and its manifest is sound")
}

pub fn request(steps: usize) -> RunRequest {
    RunRequest {
        network: NetworkChoices { start_filters: 2, ..Default::default() },
        hyperparameters: Hyperparameters {
            batch_size: 10,
            training_images: 10 * steps,
            held_out_images: 15,
            epochs: 1,
            ..Default::default()
        },
        classes: ClassChoice::default(),
        dataset_url: String::new(),
        dataset: manifest(),
        start: StartingPoint::Fresh,
        whitening: String::new(),
    }
}

pub fn prepare(request: RunRequest) -> TrainCommand {
    TrainCommand::Prepare(Box::new(request))
}

pub fn losses(events: &[TrainEvent]) -> Vec<f32> {
    let steps = events.iter().filter_map(|event| if let TrainEvent::Steps { steps, .. } = event { Some(steps) } else { None });
    steps.flatten().map(|step| step.loss).collect()
}

pub fn place_of(events: &[TrainEvent], wanted: impl Fn(&TrainEvent) -> bool) -> usize {
    events.iter().position(wanted).unwrap_or_else(|| panic!("missing from {events:?}"))
}
