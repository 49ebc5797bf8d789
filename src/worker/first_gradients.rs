//! Takes one step of each of several networks on the same images and tells their gradients.

use burn::tensor::Device;

use super::{Host, images};
use crate::protocol::{Phase, RunRequest, TrainError, TrainEvent};
use crate::spec::{NetworkChoices, ResNetSpec};
use crate::training::{DeviceImages, Normalisation, Trainer, TrainerSettings};

/// Sends what was measured network by network; each starts from the seed's first weights, as its own run would.
///
/// # Errors
/// When the images cannot be loaded, a network cannot be built or the device was lost. What was sent before stands.
pub(super) async fn run<H: Host>(host: &H, device: &Device, request: &RunRequest, networks: Vec<NetworkChoices>) -> Result<(), TrainError> {
    request.hyperparameters.check().map_err(|error| TrainError::Settings { reason: error.to_string() })?;
    let (training, held_out) = images::load(host, request).await?;
    let normalisation = Normalisation::of(&request.dataset);
    let training = DeviceImages::upload(&training, normalisation, device);
    let held_out = DeviceImages::upload(&held_out, normalisation, device);
    for (network, choices) in networks.into_iter().enumerate() {
        host.send(&TrainEvent::Phase(Phase::FirstStep));
        // One long step after another: between two of them messages get through.
        host.yield_now().await;
        let spec = ResNetSpec::new(choices).map_err(|error| TrainError::Settings { reason: error.to_string() })?;
        let settings = TrainerSettings { spec, hyperparameters: request.hyperparameters, dropout: true, look_every: 1 };
        let mut trainer = Trainer::new(settings, training.clone(), held_out.clone())?;
        trainer.step();
        for look in trainer.read_looks().await? {
            host.send(&TrainEvent::FirstGradients { network, gradients: look.gradients });
        }
    }
    host.send(&TrainEvent::Phase(Phase::Finished));
    Ok(())
}
