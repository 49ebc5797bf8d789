//! What notebook is asked for.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::checkpoint::weights_file;
use crate::dataset::augmentation::InputNormalisation;
use crate::evaluation::metrics::{HeldOutMetrics, StepMetrics};
use crate::experiment::weight_init::WeightLayout;
use crate::export::Framework;
use crate::language::text;
use crate::spec::{NetworkChoices, ResNetSpec, SpecError};

/// What notebook is asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NotebookRequest {
    /// The library: Keras or PyTorch.
    pub framework: Framework,
    /// The network.
    pub network: NetworkChoices,
    /// The link that repeats the run.
    pub link: String,
    /// What the run learnt from.
    pub images: NotebookImages,
    /// Name of the file with its weights.
    pub weights_file: String,
    /// Steps measured, in order.
    pub steps: Vec<StepMetrics>,
    /// Passes over the held-out images, in order.
    pub held_out: Vec<HeldOutMetrics>,
}

/// Images of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NotebookImages {
    /// Name of the data set, for people.
    pub data_set: String,
    /// Whether it is CIFAR-10 or a part of it, which libraries bring along.
    pub is_cifar_10: bool,
    /// Names of the classes that take part.
    pub classes: Vec<String>,
    /// Their numbers in the data set, from 0.
    pub numbers: Vec<u16>,
    /// Mean of each channel, pixels scaled to 0–1.
    pub mean: [f32; 3],
    /// Standard deviation of each channel.
    pub deviation: [f32; 3],
    /// What the run normalised its images by.
    pub normalisation: InputNormalisation,
}

impl NotebookRequest {
    /// Name under which the trainer saves the weights of a run.
    pub fn weights_file_of(network: &NetworkChoices, framework: Framework) -> String {
        let layout = if framework == Framework::PyTorch { WeightLayout::PyTorch } else { WeightLayout::Keras };
        let depth = ResNetSpec::new(network.clone()).map_or(network.depth, |spec| spec.depth().layers());
        weights_file(depth, layout)
    }
}

/// No notebook can be written.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum NotebookError {
    /// The network cannot be built.
    #[error(transparent)]
    Network(#[from] SpecError),
    /// A library without notebooks.
    #[error("{}", text!("a notebook is Python: choose Keras or PyTorch"))]
    NotPython,
}
