//! Messages between the page and the trainer: the only thing both sides share at run time.
//!
//! A message is one postcard-encoded value in a transferred `ArrayBuffer`. Page and trainer are
//! separate downloads, so a browser cache can pair an old one with a new one: the trainer says its
//! [`PROTOCOL_VERSION`] in [`TrainEvent::Ready`], first of all, and the page refuses a stranger.

use crate::experiment::{RunId, RunRequest, TrainError};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use thiserror::Error;

use crate::evaluation::gap::GapMetrics;
use crate::evaluation::metrics::{HeldOutMetrics, StepMetrics, TestMetrics};
use crate::experiment::callbacks::EpochRecord;
use crate::experiment::hyperparameters::Hyperparameters;
use crate::experiment::weight_init::WeightLayout;
use crate::insight::feature_maps::{ImageLook, ImageQuestion};
use crate::insight::layer_stats::NetworkLook;
use crate::language::text;
use crate::studies::{ExperimentReport, Question};

/// Raised whenever a message changes its shape.
pub const PROTOCOL_VERSION: u32 = 16;

/// Page to trainer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum TrainCommand {
    /// Build the network, load the images, and wait for [`TrainCommand::Run`] or [`TrainCommand::Step`].
    Prepare(Box<RunRequest>),
    /// Train until the last epoch ends or another command comes.
    Run,
    /// Train one step as [`TrainCommand::Run`] does, then pause. For those who time it: a look takes time of its own.
    Step,
    /// Stop after the step under way; [`TrainCommand::Run`] goes on.
    Pause,
    /// Send the weights as they are, as a safetensors file. Only while paused or finished.
    WriteWeights(WeightLayout),
    /// Send everything that [`StartingPoint::Checkpoint`] needs to go on. Only while paused or finished.
    WriteCheckpoint,
    /// Run a reference case on this device and say how far its numbers are from Keras'. Ends a run under way.
    Compare {
        /// Address of the case's folder, ending in `/`.
        folder_url: String,
    },
    /// Train the networks that answer a question, one after another, and tell how far it is in
    /// [`TrainEvent::Experiment`]s. Ends a run under way.
    RunExperiment {
        /// What is asked.
        question: Question,
        /// The network and training to begin with; its start is not used.
        request: Box<RunRequest>,
    },
    /// Measure the held-out images with the network as it is, then without each block in turn and with neighbours
    /// swapped, and send a [`TrainEvent::Experiment`]. Only while paused or finished; changes nothing in the run.
    DropEachBlock,
    /// Look at what the network as it is makes of a held-out image or of one of the visitor's own, sent as [`TrainEvent::ImageLook`]. At any time
    /// while there is a run; changes nothing in it.
    LookAtImage(ImageQuestion),
    /// Say how far the operations that this device computes with kernels of our own are from the CPU's, in a
    /// [`TrainEvent::Compared`]. Ends a run under way.
    CompareOperations,
    /// Measure the held-out images with all weights that the run has kept, as they are and with their mirror images, and
    /// send a [`TrainEvent::Tested`]. At any time while there is a run; changes nothing in it.
    Test,
    /// Go on from the next step with other settings: learning rate, decay, augmentation and all else that does not decide
    /// which images are learnt from in which order. What cannot change is refused in a [`TrainEvent::NotRetuned`], and the
    /// run goes on as it was.
    Retune(Box<Hyperparameters>),
    /// Keep the run in the browser's storage from now on, to go on with it as [`StartingPoint::Kept`]: now and then while it
    /// trains, and whenever it pauses. Answered by [`TrainEvent::Kept`] or, once, [`TrainEvent::NotKept`].
    KeepWork {
        /// Which run it is.
        id: RunId,
        /// What the table of runs calls it.
        name: String,
        /// The experiment as the page's address has it.
        link: String,
    },
    /// Send what the network as it is says of each held-out image, alone and with its mirror image, as
    /// [`TrainEvent::Predictions`]. At any time while there is a run; changes nothing in it.
    Predict,
    /// Train one step with a look inside the network, then pause.
    StepAndLook,
    /// Keep the run as it is at once: the page may be about to go. Only after [`TrainCommand::KeepWork`]; answered as that is.
    Keep,
    /// Measure training images and held-out images in passes that explain why their accuracies differ, and send a
    /// [`TrainEvent::Gap`]. Only while paused or finished; changes nothing in the run.
    ExplainGap,
}

/// What the trainer is busy with before the first loss is there.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Phase {
    /// Asking the browser for a GPU device.
    OpeningDevice,
    /// Downloading and decoding images.
    LoadingImages {
        /// Bytes that have arrived.
        received_bytes: u64,
        /// Bytes to come in all.
        total_bytes: u64,
    },
    /// Drawing the first weights.
    BuildingNetwork,
    /// First step: on a GPU every kernel is compiled now.
    FirstStep,
    /// Steps follow one another.
    Training,
    /// Measuring accuracy on the held-out images.
    Evaluating {
        /// Images looked at.
        done: usize,
        /// Images to look at.
        total: usize,
    },
    /// Waiting for a command.
    Paused,
    /// The last epoch is over.
    Finished,
    /// Measuring the held-out images with one block or another left out.
    LeavingOutBlocks {
        /// Passes done.
        done: usize,
        /// Passes in all.
        total: usize,
    },
    /// Finding out which kernels this GPU is fastest with.
    ChoosingKernels,
    /// Waiting for images of the first epoch that are still on their way.
    WaitingForImages,
    /// Measuring what makes training accuracy and held-out accuracy differ.
    ExplainingGap {
        /// Batches looked at.
        done: usize,
        /// Batches to look at.
        total: usize,
    },
}

/// Trainer to page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum TrainEvent {
    /// First message of a trainer: it runs and listens.
    Ready {
        /// Its [`PROTOCOL_VERSION`].
        protocol_version: u32,
        /// What it computes on, for people: `CPU` or the adapter's name.
        device: String,
    },
    /// It turned to something else.
    Phase(Phase),
    /// Steps that were measured since the last such message, in order.
    Steps {
        /// Oldest first.
        steps: Vec<StepMetrics>,
        /// Time spent in training steps since the run began, in milliseconds; pauses and evaluations not counted.
        training_ms: f64,
        /// What the trainer holds of the device's memory; 0 where that is not known.
        memory_bytes: u64,
    },
    /// Looks inside the network since the last such message, in order.
    Looks(Vec<NetworkLook>),
    /// How far [`TrainCommand::RunExperiment`] is, or what [`TrainCommand::DropEachBlock`] found.
    Experiment(Box<ExperimentReport>),
    /// A pass over the held-out images.
    HeldOut(HeldOutMetrics),
    /// A file the page asked for.
    File {
        /// Name to save it under.
        name: String,
        /// What is in it.
        bytes: Vec<u8>,
    },
    /// How far the device's numbers are from the reference's.
    Compared {
        /// The measured errors as one JSON object, for people and scripts.
        report: String,
    },
    /// It cannot go on. Nothing more follows until a new [`TrainCommand::Prepare`].
    Failed(TrainError),
    /// What the network makes of an image.
    ImageLook(Box<ImageLook>),
    /// An epoch is over, all its passes made; comes after its [`TrainEvent::HeldOut`].
    EpochEnd(Box<EpochRecord>),
    /// What [`TrainCommand::Test`] measured.
    Tested(Vec<TestMetrics>),
    /// Why [`TrainCommand::Retune`] changed nothing, in a sentence.
    NotRetuned {
        /// Which setting and why.
        reason: String,
    },
    /// The run is in the browser's storage as it stood then.
    Kept {
        /// Steps done by then.
        steps_done: usize,
    },
    /// The run cannot be kept; it goes on.
    NotKept {
        /// The browser's words.
        reason: String,
    },
    /// [`Predictions`](crate::evaluation::Predictions), encoded: the page hands them on to its worker for tasks unread.
    Predictions(Vec<u8>),
    /// Images that the next step needs cannot be had. The run is paused; [`TrainCommand::Run`] asks for them again.
    ImagesMissing {
        /// Which and why, in a sentence.
        reason: String,
    },
    /// Which kernels a GPU uses and why, soon after [`TrainEvent::Ready`].
    KernelsChosen {
        /// For people.
        description: String,
    },
    /// What [`TrainCommand::ExplainGap`] measured.
    Gap(Box<GapMetrics>),
}

/// A message that is not one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", text!("a message from the other side could not be read: reload the page to get matching versions"))]
pub struct UnreadableMessage;

/// Bytes to post.
pub fn encode<M: Serialize>(message: &M) -> Vec<u8> {
    // Serialising these plain types into a Vec has no way to fail; an empty message is refused on arrival.
    postcard::to_stdvec(message).unwrap_or_default()
}

/// # Errors
/// When the bytes are no such message, whatever they are.
pub fn decode<M: DeserializeOwned>(bytes: &[u8]) -> Result<M, UnreadableMessage> {
    postcard::from_bytes(bytes).map_err(|_| UnreadableMessage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_survives_the_wire() {
        let event = TrainEvent::Steps {
            steps: vec![StepMetrics { step: 3, loss: 2.25, accuracy: 0.125 }],
            training_ms: 12.5,
            memory_bytes: 1 << 33,
        };
        assert_eq!(decode::<TrainEvent>(&encode(&event)), Ok(event), "what was sent arrives");
    }

    /// Scripts write and read messages without this module: browser tests by the places in `tests/e2e/messages.json`, and
    /// `bench/page/ours.js`.
    #[test]
    fn scripts_find_each_message_where_they_look_for_it() {
        type Places = std::collections::BTreeMap<String, std::collections::BTreeMap<String, u8>>;
        let places: Places = serde_json::from_str(include_str!("../../tests/e2e/messages.json")).expect("names and places");
        let ready = TrainEvent::Ready { protocol_version: PROTOCOL_VERSION, device: String::new() };
        let messages = [
            ("TrainCommand", "Compare", encode(&TrainCommand::Compare { folder_url: String::new() })),
            ("TrainCommand", "CompareOperations", encode(&TrainCommand::CompareOperations)),
            ("TrainEvent", "Ready", encode(&ready)),
            ("TrainEvent", "Compared", encode(&TrainEvent::Compared { report: String::new() })),
            ("TrainEvent", "Failed", encode(&TrainEvent::Failed(TrainError::Diverged { step: 1 }))),
        ];
        for (kind, name, message) in messages {
            assert_eq!(places[kind].get(name), message.first(), "{name} moved: correct tests/e2e/messages.json and bench/page/ours.js");
        }
        let of_bench = [
            encode(&TrainEvent::Phase(Phase::Paused))[0],
            encode(&TrainEvent::Phase(Phase::Paused))[1],
            encode(&TrainEvent::Phase(Phase::Finished))[1],
            encode(&TrainEvent::Steps { steps: Vec::new(), training_ms: 0.0, memory_bytes: 0 })[0],
            encode(&TrainEvent::Looks(Vec::new()))[0],
        ];
        let lost = encode(&TrainEvent::Failed(TrainError::DeviceLost { reason: "gone".into() }));
        assert_eq!(lost[1], 1, "a variant moved: correct tests/e2e/messages.ts");
        assert_eq!(of_bench, [1, 6, 7, 2, 3], "a variant moved: correct bench/page/ours.js");
    }

    #[test]
    fn garbage_is_refused_without_a_panic() {
        for length in 0..64usize {
            let bytes: Vec<u8> = (0..length).map(|index| (index * 37 % 251) as u8).collect();
            drop(decode::<TrainCommand>(&bytes));
        }
        assert_eq!(decode::<TrainEvent>(&[]), Err(UnreadableMessage), "an empty message is none");
    }
}
