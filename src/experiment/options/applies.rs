//! Which options have an effect on an experiment.

use crate::dataset::augmentation::InputNormalisation;
use crate::experiment::Experiment;
use crate::experiment::hyperparameters::{OptimizerKind, ScheduleShape};
use crate::spec::BlockOrder;

/// Whether changing the option could change a run of the experiment.
pub(super) fn applies(key: &str, experiment: &Experiment) -> bool {
    let (network, training) = (&experiment.network, &experiment.hyperparameters);
    match key {
        "momentum" | "nesterov" => training.optimizer.kind == OptimizerKind::Sgd,
        "weight-decay" => matches!(training.optimizer.kind, OptimizerKind::AdamW),
        "drops" | "drop-factor" => training.schedule.shape == ScheduleShape::Step,
        "plateau-factor" => training.schedule.plateau_patience > 0,
        "zca-epsilon" => training.normalisation == InputNormalisation::Whitened,
        "dense-batch-norm" => network.dense_units > 0,
        "shared" => network.order == BlockOrder::PreActivation && (network.skip_connections || !network.switched_blocks.is_empty()),
        _ => true,
    }
}
