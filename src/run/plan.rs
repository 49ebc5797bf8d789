//! What a run is made from.

use crate::dataset::DatasetManifest;
use crate::experiment::Experiment;
use crate::experiment::RunRequest;
use crate::experiment::weight_init::StartingPoint;

/// A data set and where it lies.
#[derive(Debug, Clone, PartialEq)]
pub struct DatasetSource {
    /// Address of the folder that holds the manifest, ending in `/`.
    pub url: String,
    /// The manifest found there.
    pub manifest: DatasetManifest,
}

/// The settings of a run, kept to tell whether the controls have moved on since.
#[derive(Debug, Clone, PartialEq)]
pub struct RunPlan {
    /// What the controls said.
    pub experiment: Experiment,
    /// The same for the trainer.
    pub request: RunRequest,
}

impl RunPlan {
    /// A run of `experiment` on the images of `source`, with the weights of `start`.
    pub fn new(experiment: Experiment, source: &DatasetSource, start: StartingPoint) -> Self {
        let request = RunRequest {
            network: experiment.network.clone(),
            hyperparameters: experiment.hyperparameters,
            classes: experiment.classes.clone(),
            dataset_url: source.url.clone(),
            dataset: source.manifest.clone(),
            start,
            whitening: String::new(),
        };
        Self { experiment, request }
    }
}
