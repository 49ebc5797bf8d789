//! Held-out passes with one block left out or two swapped; nothing of the training changes.

use super::Host;
use crate::evaluation::metrics::HeldOutMetrics;
use crate::experiment::TrainError;
use crate::insight::lesion::{Lesion, all_lesions};
use crate::training::{Evaluation, Trainer};

/// Each lesion that the network can do with; `tell` gets how many passes are done, and of how many.
///
/// # Errors
/// When the device was lost.
pub(super) async fn measure<H: Host>(
    host: &H,
    trainer: &Trainer,
    tell: &mut dyn FnMut(usize, usize),
) -> Result<Vec<(Lesion, HeldOutMetrics)>, TrainError> {
    let lesions = all_lesions(trainer.spec());
    let evaluations: Vec<_> = lesions.into_iter().filter_map(|lesion| Some((lesion, trainer.evaluation_with(lesion)?))).collect();
    let total = evaluations.len();
    let mut measured = Vec::new();
    for (lesion, evaluation) in evaluations {
        tell(measured.len(), total);
        measured.push((lesion, pass(host, evaluation).await?));
    }
    Ok(measured)
}

/// A whole pass, yielding between batches.
///
/// # Errors
/// When the device was lost.
pub(super) async fn pass<H: Host>(host: &H, mut evaluation: Evaluation) -> Result<HeldOutMetrics, TrainError> {
    while evaluation.advance() {
        host.yield_now().await;
    }
    evaluation.finish().await
}
