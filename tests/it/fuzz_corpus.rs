//! What coverage-guided fuzzing does for hours (`fuzz/`), here in seconds: each target on its corpus and on inputs near it.

use std::path::{Path, PathBuf};

use resnet_playground::evaluation::metrics::{HeldOutMetrics, StepMetrics};
use resnet_playground::experiment::weight_init::StartingPoint;
use resnet_playground::experiment::{Experiment, RunId, TrainError};
use resnet_playground::protocol::tasks::{Numbered, TaskAnswer, TaskRequest};
use resnet_playground::protocol::workstation::{Hello, ProgramMessage};
use resnet_playground::protocol::{PROTOCOL_VERSION, Phase, TrainCommand, TrainEvent, encode};
use resnet_playground::random::{Purpose, RandomStream};
use resnet_playground::run::{DatasetSource, RunPlan};

#[path = "../../fuzz/fuzz_targets/readers.rs"]
mod readers;

/// Inputs of each target beside its corpus.
const NEAR: u64 = 40;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(name)
}

/// Files or folders in a folder of `fuzz/`, sorted by name.
fn entries(of: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(of).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    entries
}

fn name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

fn corpus(target: &str) -> Vec<Vec<u8>> {
    entries(&folder("corpus").join(target)).iter().map(|file| std::fs::read(file).expect("a file")).collect()
}

/// Changes one to four places as a fuzzer does: a bit, a byte, a piece cut out or doubled, the end cut off.
fn near(bytes: &[u8], random: &mut RandomStream) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(4) {
        let place = random.below(bytes.len() as u32) as usize;
        let piece = place..(place + 1 + random.below(32) as usize).min(bytes.len());
        match random.below(6) {
            0 => bytes.truncate(place),
            1 => drop(bytes.drain(piece)),
            2 => {
                let doubled = bytes[piece].to_vec();
                bytes.splice(place..place, doubled);
            }
            3 => bytes[place] = random.next_u32() as u8,
            4 => bytes[place] = [0, 1, 0x7f, 0x80, 0xff][random.below(5) as usize],
            _ => bytes[place] ^= 1 << random.below(8),
        }
        if bytes.is_empty() {
            bytes.push(random.next_u32() as u8);
        }
    }
    bytes
}

#[test]
fn each_target_has_a_program_and_a_corpus() {
    let mut targets: Vec<String> = readers::READERS.iter().map(|(target, _)| (*target).to_owned()).collect();
    targets.sort();
    let corpora: Vec<String> = entries(&folder("corpus")).iter().map(|folder| name(folder)).collect();
    assert_eq!(corpora, targets);
    let programs = entries(&folder("fuzz_targets")).into_iter().map(|file| name(&file)).filter(|file| file != "readers.rs");
    assert_eq!(programs.collect::<Vec<_>>(), targets.iter().map(|target| format!("{target}.rs")).collect::<Vec<_>>());
    let manifest = std::fs::read_to_string(folder("Cargo.toml")).expect("a manifest");
    assert_eq!(manifest.matches("[[bin]]").count(), targets.len(), "cargo fuzz finds each");
    for (target, _) in readers::READERS {
        let program = std::fs::read_to_string(folder("fuzz_targets").join(format!("{target}.rs"))).expect("a program");
        assert!(program.contains(&format!("run(\"{target}\", bytes)")), "{target} runs itself");
    }
}

/// A trainer's messages, each behind its length.
fn conversation(events: &[TrainEvent]) -> Vec<u8> {
    events.iter().map(encode).flat_map(|message| [vec![u8::try_from(message.len()).expect("short")], message].concat()).collect()
}

/// One message of each kind, and a whole run as its trainer tells it.
fn messages() -> Vec<(&'static str, Vec<u8>)> {
    let source = DatasetSource { url: "data/starter/".into(), manifest: readers::MANIFEST.clone() };
    let request = RunPlan::new(Experiment::default(), &source, StartingPoint::Fresh).request;
    let held_out = HeldOutMetrics { step: 2, loss: 2.25, accuracy: 0.25, images: 8 };
    let run = [
        TrainEvent::Phase(Phase::OpeningDevice),
        TrainEvent::KernelsChosen { description: "tiles of 4 × 4".into() },
        TrainEvent::Phase(Phase::LoadingImages { received_bytes: 10, total_bytes: 100 }),
        TrainEvent::Phase(Phase::Training),
        TrainEvent::Steps {
            steps: (0..2).map(|step| StepMetrics { step, loss: 2.5, accuracy: 0.125 }).collect(),
            training_ms: 20.0,
            memory_bytes: 1 << 20,
        },
        TrainEvent::Phase(Phase::Evaluating { done: 4, total: 8 }),
        TrainEvent::HeldOut(held_out),
        TrainEvent::Kept { steps_done: 2 },
        TrainEvent::NotKept { reason: "full".into() },
        TrainEvent::ImagesMissing { reason: "late.png did not arrive".into() },
        TrainEvent::Phase(Phase::Finished),
    ];
    let task = |message| encode(&Numbered { number: 1, message });
    vec![
        ("seed-answer", encode(&Numbered { number: 1, message: TaskAnswer::Progress("half".into()) })),
        ("seed-hello", encode(&Hello { protocol_version: PROTOCOL_VERSION, token: "word".into() })),
        ("seed-keep", encode(&TrainCommand::KeepWork { id: RunId::new(7), name: "first run".into(), link: "v=1".into() })),
        ("seed-lost", conversation(&[TrainEvent::Failed(TrainError::DeviceLost { reason: "gone".into() })])),
        ("seed-prepare", encode(&TrainCommand::Prepare(Box::new(request)))),
        ("seed-question", encode(&ProgramMessage::Fetch { question: 0, url: "data/starter/train-000.png".into() })),
        ("seed-request", task(TaskRequest::ListDatasets { removed: vec!["pets".into()] })),
        ("seed-run", conversation(&run)),
    ]
}

/// `UPDATE_CORPUS=1 cargo test --test it fuzz_corpus` writes them anew after a change of the protocol.
#[test]
fn the_corpus_of_messages_is_of_todays_protocol() {
    let place = folder("corpus").join("worker_messages");
    for (seed, bytes) in messages() {
        let file = place.join(seed);
        if std::env::var_os("UPDATE_CORPUS").is_some() {
            std::fs::create_dir_all(&place).expect("a folder");
            std::fs::write(&file, &bytes).expect("a file");
        }
        assert!(std::fs::read(&file).expect("a seed") == bytes, "{seed} is of another protocol: UPDATE_CORPUS=1 writes it anew");
    }
}

/// The corpus of a target and so many inputs near it.
fn try_near(target: &str, place: u64, inputs: u64) {
    let corpus = corpus(target);
    for input in &corpus {
        readers::run(target, input);
    }
    for number in 0..inputs {
        let mut random = RandomStream::new(number, Purpose::Import, 1000 + place);
        let input = near(&corpus[number as usize % corpus.len()], &mut random);
        // The number of the input makes it again.
        let survived = std::panic::catch_unwind(|| readers::run(target, &input));
        assert!(survived.is_ok(), "{target} breaks at input {number}");
    }
}

#[test]
fn the_corpus_and_inputs_near_it_break_nothing() {
    for (place, (target, _)) in (0..).zip(readers::READERS) {
        try_near(target, place, NEAR);
    }
}

/// `cargo test --no-default-features --test it fuzz_corpus -- --ignored --nocapture`
#[test]
#[ignore = "a million inputs: run by hand and every week"]
fn a_million_messages_of_workers_break_nothing() {
    let start = std::time::Instant::now();
    try_near("worker_messages", 100, 1_000_000);
    println!("a million messages: {:.0} s", start.elapsed().as_secs_f64());
}
