//! Runs as tables for other programs (RFC 4180).

use super::KeptRun;
use crate::insight::layer_stats::BlockLook;
use crate::language::csv_table::CsvTable;
use crate::spec::ResNetSpec;

const RUN_COLUMNS: [&str; 15] = [
    "run",
    "name",
    "own name",
    "seed",
    "depth",
    "skip connections",
    "started from",
    "step",
    "training loss",
    "training accuracy",
    "held-out loss",
    "held-out accuracy",
    "held-out images",
    "left out to store it",
    "link",
];
const LAYER_COLUMNS: [&str; 8] = ["run", "name", "own name", "step", "place", "measure", "value", "link"];

/// One row for each training step and for each pass over the held-out images. `step` is 1 for the first step; a pass
/// stands after the step that came before it. `page` is the address of the page without a query.
pub fn runs_as_csv(runs: &[KeptRun], page: &str) -> String {
    let mut table = CsvTable::new(RUN_COLUMNS);
    for run in runs {
        let network = &run.experiment.network;
        let (number, seed, depth) = (run.number.to_string(), run.experiment.hyperparameters.seed.to_string(), network.depth.to_string());
        let skips = if network.skip_connections { "on" } else { "off" };
        let from = if run.from_file { "file" } else { "seed" };
        let (thinned, link) = (if run.thinned { "yes" } else { "no" }, run.link(page));
        let mut row = |step: usize, numbers: [&str; 5]| {
            let [loss, accuracy, held_out_loss, held_out_accuracy, images] = numbers;
            let step = step.to_string();
            table.row([
                &*number,
                &run.name,
                own_name(run),
                &seed,
                &depth,
                skips,
                from,
                &step,
                loss,
                accuracy,
                held_out_loss,
                held_out_accuracy,
                images,
                thinned,
                &link,
            ]);
        };
        let mut passes = run.held_out.iter().peekable();
        for step in &run.steps {
            while let Some(pass) = passes.next_if(|pass| pass.step <= step.step) {
                row(pass.step, ["", "", &pass.loss.to_string(), &pass.accuracy.to_string(), &pass.images.to_string()]);
            }
            row(step.step + 1, [&step.loss.to_string(), &step.accuracy.to_string(), "", "", ""]);
        }
        for pass in passes {
            row(pass.step, ["", "", &pass.loss.to_string(), &pass.accuracy.to_string(), &pass.images.to_string()]);
        }
    }
    table.into_text()
}

/// One row for each number of the last look inside each run's network.
pub fn layers_as_csv(runs: &[KeptRun], page: &str) -> String {
    let mut table = CsvTable::new(LAYER_COLUMNS);
    for run in runs {
        let (Some(look), Ok(spec)) = (&run.look, ResNetSpec::new(run.experiment.network.clone())) else { continue };
        let (number, step, link) = (run.number.to_string(), (look.gradients.step + 1).to_string(), run.link(page));
        let mut row = |place: &str, measure: &str, value: f32| {
            table.row([&*number, &run.name, own_name(run), &step, place, measure, &value.to_string(), &link]);
        };
        let layers = spec.kernel_layers();
        for (values, measure) in [(&look.gradients.norms, "gradient norm"), (&look.update_ratios, "weight update")] {
            for (layer, value) in layers.iter().zip(values) {
                row(layer, measure, *value);
            }
        }
        for (block, seen) in spec.blocks().iter().zip(&look.blocks) {
            let name = block.name();
            let BlockLook { output_scale, residual_share, dead_share } = *seen;
            let measures = [("block output", Some(output_scale)), ("residual share", residual_share), ("dead ReLUs", dead_share)];
            for (measure, value) in measures {
                if let Some(value) = value {
                    row(&name, measure, value);
                }
            }
        }
    }
    table.into_text()
}

fn own_name(run: &KeptRun) -> &str {
    run.own_name.as_deref().unwrap_or_default()
}
