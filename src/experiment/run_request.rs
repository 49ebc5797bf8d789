//! All that a trainer has to know of a run.

use serde::{Deserialize, Serialize};

use super::TrainError;
use super::hyperparameters::Hyperparameters;
use super::weight_init::StartingPoint;
use crate::dataset::split::ImageSelection;
use crate::dataset::{ClassChoice, DatasetManifest};
use crate::language::tr;
use crate::spec::{NetworkChoices, ResNetSpec};

/// Everything a run needs; the same value gives the same run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunRequest {
    /// The network. The trainer checks it again: it came over a wire.
    pub network: NetworkChoices,
    /// How to train it.
    pub hyperparameters: Hyperparameters,
    /// Which classes take part.
    pub classes: ClassChoice,
    /// Address of the folder that holds the manifest, ending in `/`.
    pub dataset_url: String,
    /// The manifest found there.
    pub dataset: DatasetManifest,
    /// Where its first weights come from.
    pub start: StartingPoint,
    /// Under which name the matrix that [whitens](crate::dataset::whitening) its images is kept; empty until it is measured.
    pub whitening: String,
}

impl RunRequest {
    /// Which images of its data set the run takes.
    pub fn images(&self) -> ImageSelection<'_> {
        let settings = &self.hyperparameters;
        ImageSelection {
            dataset: &self.dataset,
            classes: &self.classes,
            training_images: settings.training_images,
            validation_images: settings.monitoring.validation_images,
            held_out_images: settings.held_out_images,
            seed: settings.seed,
        }
    }

    /// The network of the request, once all that it asks for can be trained.
    ///
    /// # Errors
    /// Names what cannot.
    pub fn check(&self) -> Result<ResNetSpec, TrainError> {
        let spec = ResNetSpec::new(self.network.clone()).map_err(TrainError::settings)?;
        self.hyperparameters.check().map_err(TrainError::settings)?;
        let chosen = self.classes.of(self.dataset.classes.len()).len();
        if chosen != spec.classes() {
            let classes = spec.classes();
            return Err(TrainError::settings(tr!("the network tells {classes} classes apart, but {chosen} were chosen", classes, chosen)));
        }
        Ok(spec)
    }
}
