//! Runs as tables for other programs (RFC 4180).

use super::KeptRun;
use crate::insight::layer_stats::BlockLook;
use crate::language::format::csv_field;
use crate::spec::ResNetSpec;

const RUNS_HEAD: &str = "run,name,own name,seed,depth,skip connections,started from,step,training loss,training accuracy,\
                         held-out loss,held-out accuracy,held-out images,left out to store it,link\r\n";
const LAYERS_HEAD: &str = "run,name,own name,step,place,measure,value,link\r\n";

/// One row for each training step and for each pass over the held-out images. `step` is 1 for the first step; a pass
/// stands after the step that came before it. `page` is the address of the page without a query.
pub fn runs_as_csv(runs: &[KeptRun], page: &str) -> String {
    let mut table = RUNS_HEAD.to_owned();
    for run in runs {
        let network = &run.experiment.network;
        let seed = run.experiment.hyperparameters.seed.to_string();
        let skips = if network.skip_connections { "on" } else { "off" };
        let from = if run.from_file { "file" } else { "seed" };
        let before =
            [&*run.number.to_string(), &run.name, own_name(run), &seed, &network.depth.to_string(), skips, from].map(csv_field).join(",");
        let after = [if run.thinned { "yes" } else { "no" }, &run.link(page)].map(csv_field).join(",");
        let mut row = |step: usize, numbers: [String; 5]| {
            for part in [&before, ",", &step.to_string(), ",", &numbers.join(","), ",", &after, "\r\n"] {
                table.push_str(part);
            }
        };
        let none = String::new;
        let mut passes = run.held_out.iter().peekable();
        for step in &run.steps {
            while let Some(pass) = passes.next_if(|pass| pass.step <= step.step) {
                row(pass.step, [none(), none(), pass.loss.to_string(), pass.accuracy.to_string(), pass.images.to_string()]);
            }
            row(step.step + 1, [step.loss.to_string(), step.accuracy.to_string(), none(), none(), none()]);
        }
        for pass in passes {
            row(pass.step, [none(), none(), pass.loss.to_string(), pass.accuracy.to_string(), pass.images.to_string()]);
        }
    }
    table
}

/// One row for each number of the last look inside each run's network.
pub fn layers_as_csv(runs: &[KeptRun], page: &str) -> String {
    let mut table = LAYERS_HEAD.to_owned();
    for run in runs {
        let (Some(look), Ok(spec)) = (&run.look, ResNetSpec::new(run.experiment.network.clone())) else { continue };
        let step = look.gradients.step + 1;
        let before = [&*run.number.to_string(), &run.name, own_name(run), &step.to_string()].map(csv_field).join(",");
        let link = csv_field(&run.link(page));
        let mut row = |place: &str, measure: &str, value: f32| {
            for part in [&before, ",", place, ",", measure, ",", &value.to_string(), ",", &link, "\r\n"] {
                table.push_str(part);
            }
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
    table
}

fn own_name(run: &KeptRun) -> &str {
    run.own_name.as_deref().unwrap_or_default()
}
