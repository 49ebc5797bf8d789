//! A run begins with the first part of its images while the others are on their way.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::task::Poll;

use burn::tensor::Device;
use resnet_playground::dataset::augmentation::{Augmentation, InputNormalisation};
use resnet_playground::dataset::{ClassChoice, DatasetManifest, IMAGE_BYTES, Shard, ShardCompression, encode_shard};
use resnet_playground::experiment::RunRequest;
use resnet_playground::experiment::hyperparameters::{Hyperparameters, Monitoring};
use resnet_playground::experiment::weight_init::StartingPoint;
use resnet_playground::protocol::{Phase, TrainCommand, TrainEvent};
use resnet_playground::spec::NetworkChoices;
use resnet_playground::worker::trainer::{Host, run};

use crate::made_up_images::made_up_pixels;

const SHARDS: usize = 3;
const SHARD_IMAGES: usize = 24;

/// Serves made-up shards. What is fetched quietly takes its time.
struct Server {
    commands: RefCell<VecDeque<TrainCommand>>,
    files: BTreeMap<String, Vec<u8>>,
    /// Times that one looks for a quiet file in vain.
    delay: usize,
    /// Quiet files that do not come before one does.
    failures: Cell<usize>,
    /// What happened, in its order.
    log: RefCell<Vec<String>>,
    events: RefCell<Vec<TrainEvent>>,
}

impl Host for Server {
    fn send(&self, event: &TrainEvent) {
        match event {
            TrainEvent::Steps { steps, .. } => {
                self.log.borrow_mut().extend(steps.iter().map(|step| format!("step {}", step.step)));
            }
            TrainEvent::Phase(Phase::WaitingForImages) => self.log.borrow_mut().push("waits".into()),
            _ => {}
        }
        self.events.borrow_mut().push(event.clone());
    }

    fn take_command(&self) -> Option<TrainCommand> {
        None
    }

    async fn next_command(&self) -> Option<TrainCommand> {
        self.commands.borrow_mut().pop_front()
    }

    async fn yield_now(&self) {}

    async fn fetch(&self, url: &str, _progress: &mut dyn FnMut(u64)) -> Result<Vec<u8>, String> {
        self.log.borrow_mut().push(url.into());
        self.files.get(url).cloned().ok_or_else(|| format!("{url} is not there"))
    }

    async fn fetch_quietly(&self, url: &str) -> Result<Vec<u8>, String> {
        let mut left = self.delay;
        poll_fn(|context| {
            if left == 0 {
                return Poll::Ready(());
            }
            left -= 1;
            context.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
        if self.failures.get() > 0 {
            self.failures.set(self.failures.get() - 1);
            return Err(format!("{url} did not arrive"));
        }
        self.fetch(url, &mut |_| ()).await
    }

    fn now_ms(&self) -> f64 {
        0.0
    }
}

fn request(hyperparameters: Hyperparameters) -> (RunRequest, BTreeMap<String, Vec<u8>>) {
    let mut files = BTreeMap::new();
    let all = made_up_pixels((SHARDS + 1) * SHARD_IMAGES);
    let mut shard = |place: usize, file: &str| {
        let places = place * SHARD_IMAGES..(place + 1) * SHARD_IMAGES;
        let pixels = &all.pixels[places.start * IMAGE_BYTES..places.end * IMAGE_BYTES];
        files.insert(file.to_owned(), encode_shard(file, pixels, ShardCompression::Quick).expect("images fit"));
        Shard { file: file.into(), bytes: 1, labels: all.labels[places].to_vec() }
    };
    let dataset = DatasetManifest {
        name: "halves".into(),
        image: [32, 32, 3],
        classes: vec!["upper".into(), "lower".into()],
        channel_mean: [0.5; 3],
        channel_deviation: [0.25; 3],
        train: (0..SHARDS).map(|place| shard(place, &format!("train-{place}"))).collect(),
        test: vec![shard(SHARDS, "test-0")],
        content: None,
    };
    let request = RunRequest {
        network: NetworkChoices { start_filters: 2, classes: 2, ..Default::default() },
        hyperparameters: Hyperparameters {
            batch_size: 8,
            training_images: SHARDS * SHARD_IMAGES,
            held_out_images: 8,
            epochs: 2,
            ..hyperparameters
        },
        classes: ClassChoice::default(),
        dataset_url: String::new(),
        dataset,
        start: StartingPoint::Fresh,
        whitening: String::new(),
    };
    (request, files)
}

/// Trains with files that come after being looked for `delay` times.
fn train(hyperparameters: Hyperparameters, delay: usize, failures: usize) -> Server {
    let (request, files) = request(hyperparameters);
    let server = Server::new([TrainCommand::Prepare(Box::new(request)), TrainCommand::Run], files, delay, failures);
    pollster::block_on(run(&server, Device::flex(), "CPU".into()));
    server
}

impl Server {
    fn new(commands: impl Into<VecDeque<TrainCommand>>, files: BTreeMap<String, Vec<u8>>, delay: usize, failures: usize) -> Self {
        let (commands, failures) = (RefCell::new(commands.into()), Cell::new(failures));
        Self { commands, files, delay, failures, log: RefCell::default(), events: RefCell::default() }
    }

    fn place(&self, what: &str) -> usize {
        let log = self.log.borrow();
        log.iter().position(|entry| entry == what).unwrap_or_else(|| panic!("{what}: {log:?}"))
    }

    /// Losses of all steps and passes, as bits.
    fn losses(&self) -> Vec<u32> {
        let of = |event: &TrainEvent| match event {
            TrainEvent::Steps { steps, .. } => steps.iter().map(|step| step.loss.to_bits()).collect(),
            TrainEvent::EpochEnd(record) => {
                [Some(record.held_out), record.validation].into_iter().flatten().map(|pass| pass.loss.to_bits()).collect()
            }
            _ => Vec::new(),
        };
        self.events.borrow().iter().flat_map(of).collect()
    }

    fn failure(&self) -> Option<String> {
        self.events.borrow().iter().find_map(|event| if let TrainEvent::Failed(error) = event { Some(error.to_string()) } else { None })
    }
}

#[test]
fn training_begins_before_all_images_are_there() {
    let server = train(Hyperparameters::default(), 5, 0);
    assert_eq!(server.failure(), None);
    assert!(server.place("train-0") < server.place("step 0"), "the first part comes first");
    assert!(server.place("step 0") < server.place("train-1"), "steps are made while the second is on its way");
    assert!(server.place("train-1") < server.place("train-2"));
    assert!(server.place("train-2") < server.place("test-0"), "held-out images come last");
    assert!(server.place("waits") < server.place("train-1"), "three steps need no more than the first part, the fourth waits");
    assert_eq!(server.losses().len(), 2 * 9 + 2, "two epochs of nine steps, and what was held out after each");
}

#[test]
fn how_soon_images_come_changes_no_number() {
    let augmentation = Augmentation { flip: true, cutout: 4, ..Default::default() };
    let monitoring = Monitoring { validation_images: 12, ..Default::default() };
    for hyperparameters in [
        Hyperparameters::default(),
        Hyperparameters { augmentation, ..Default::default() },
        Hyperparameters { monitoring, ..Default::default() },
        Hyperparameters { augmentation, monitoring, ..Default::default() },
        // 72 images, of which 59 are learnt from: three are left over in every epoch.
        Hyperparameters { augmentation, monitoring: Monitoring { validation_images: 13, ..monitoring }, ..Default::default() },
    ] {
        let [at_once, soon, late] = [0, 1, 100].map(|delay| train(hyperparameters, delay, 0).losses());
        assert!(at_once.len() >= 2 * 8 + 2, "it trained: {}", at_once.len());
        assert_eq!(at_once, soon);
        assert_eq!(at_once, late);
    }
}

#[test]
fn what_is_measured_over_all_images_waits_for_them() {
    let server = train(Hyperparameters { normalisation: InputNormalisation::CentreAndDeviation, ..Default::default() }, 100, 0);
    assert!(server.place("train-2") < server.place("step 0"), "their mean is not known before");
}

#[test]
fn images_that_do_not_come_are_asked_for_again_when_they_are_needed() {
    let server = train(Hyperparameters::default(), 0, 1);
    assert_eq!((server.failure(), server.losses()), (None, train(Hyperparameters::default(), 0, 0).losses()), "once is no harm");

    // Once on its way, once when it is needed.
    let (request, files) = request(Hyperparameters::default());
    let server = Server::new([TrainCommand::Prepare(Box::new(request)), TrainCommand::Run, TrainCommand::Run], files, 0, 2);
    pollster::block_on(run(&server, Device::flex(), "CPU".into()));
    let missing = server.events.borrow().iter().any(
        |event| matches!(event, TrainEvent::ImagesMissing { reason } if reason == "the images could not be loaded: train-1 did not arrive"),
    );
    assert!(missing, "it pauses and says why");
    assert!(server.place("step 2") < server.place("train-1"), "what was trained is not lost");
    assert_eq!(server.losses(), train(Hyperparameters::default(), 0, 0).losses(), "Play goes on as if nothing had been");
}

/// A run whose steps need one file alone, and its epoch's end the held-out images.
fn of_one_part(commands: &[TrainCommand], delay: usize, failures: usize) -> Server {
    let (mut request, files) = request(Hyperparameters::default());
    request.hyperparameters.training_images = SHARD_IMAGES;
    let commands: VecDeque<_> = [TrainCommand::Prepare(Box::new(request))].into_iter().chain(commands.iter().cloned()).collect();
    let server = Server::new(commands, files, delay, failures);
    pollster::block_on(run(&server, Device::flex(), "CPU".into()));
    server
}

#[test]
fn held_out_images_delay_no_step_but_the_last_of_an_epoch() {
    let server = of_one_part(&[TrainCommand::Run], 5, 0);
    let places = ["step 0", "step 1", "waits", "test-0", "step 2"].map(|what| server.place(what));
    assert!(places.is_sorted(), "{:?}", server.log);
    let measured = |event: &TrainEvent| if let TrainEvent::EpochEnd(record) = event { Some(record.held_out.images) } else { None };
    assert_eq!(server.events.borrow().iter().filter_map(measured).collect::<Vec<_>>(), [8, 8]);

    let missing = of_one_part(&[TrainCommand::Run, TrainCommand::Run], 0, 2);
    let told = |event: &TrainEvent| matches!(event, TrainEvent::ImagesMissing { reason } if reason.ends_with("test-0 did not arrive"));
    assert!(missing.events.borrow().iter().any(told), "it pauses and says why");
    assert_eq!((missing.failure(), missing.losses()), (None, server.losses()), "Play goes on as if nothing had been");
}

#[test]
fn a_test_before_the_first_step_waits_for_the_held_out_images() {
    let server = of_one_part(&[TrainCommand::Test], 5, 0);
    let tested = |event: &TrainEvent| if let TrainEvent::Tested(tests) = event { Some(tests[0].plain.images) } else { None };
    assert_eq!(server.events.borrow().iter().find_map(tested), Some(8));
}
