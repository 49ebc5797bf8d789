//! Passes of a run over images that it does not learn from.

use super::{DeviceImages, Evaluation, PredictionPass, Trainer, WeightAverage};
use crate::evaluation::metrics::TestedWeights;
use crate::insight::lesion::Lesion;
use crate::model::ResNet;

impl Trainer {
    /// Starts a pass over the held-out images with the weights as they are now.
    pub fn evaluation(&self) -> Evaluation {
        self.pass(self.model(), self.held_out())
    }

    /// Starts a pass over the images kept out to validate with; none where there are none.
    pub fn validation(&self) -> Option<Evaluation> {
        self.training_images().validation().map(|images| self.pass(self.model(), images))
    }

    /// Starts a pass over the held-out images with other weights than the present ones; none where there are none.
    pub fn evaluation_of(&self, weights: TestedWeights) -> Option<Evaluation> {
        let model = match weights {
            TestedWeights::Last => Some(self.model()),
            TestedWeights::Average => self.average().map(WeightAverage::model),
            TestedWeights::Best => self.best(),
        };
        model.map(|model| self.pass(model, self.held_out()))
    }

    /// Starts a pass over the held-out images that keeps what the network says of each, with the weights as they are now.
    pub fn predictions(&self) -> PredictionPass {
        PredictionPass::new(self.model(), self.held_out().clone(), self.hyperparameters().largest_batch(), self.steps_done())
    }

    fn pass(&self, model: &ResNet, images: &DeviceImages) -> Evaluation {
        Evaluation::new(model, images.clone(), self.hyperparameters().largest_batch(), self.steps_done())
    }

    /// The same with one block left out or two swapped; none where the network cannot do that.
    pub fn evaluation_with(&self, lesion: Lesion) -> Option<Evaluation> {
        let model = match lesion {
            Lesion::Without(place) => self.model().without_block(place)?,
            Lesion::Swapped(place) => self.model().with_swapped_blocks(place)?,
        };
        Some(self.pass(&model, self.held_out()))
    }
}
