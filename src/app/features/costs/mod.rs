//! What the network costs: parameters, multiply-adds, memory, time.

mod layers;
mod parts;
mod parts_table;
mod time;

use leptos::prelude::*;

use crate::app::components::{FigureNumber, Folded};
use crate::app::context::use_experiment;
use crate::experiment::hyperparameters::limits::BATCH_SIZE;
use crate::language::format::{bytes, compact};
use crate::language::text;
use crate::spec::{ResNetSpec, TrainingMemory};

use layers::Layers;
use parts_table::PartsTable;
use time::Time;

/// The tab: totals, time, and where in the network they arise.
#[component]
pub fn Costs() -> impl IntoView {
    let experiment = use_experiment();
    let spec = experiment.spec();
    let cost = Memo::new(move |_| spec.with(ResNetSpec::cost));
    let memory = Memo::new(move |_| {
        // The field may hold a larger one than is allowed.
        let batch =
            experiment.hyperparameters().with(|hyperparameters| hyperparameters.largest_batch().min(*BATCH_SIZE.whole_range().end()));
        (batch, spec.with(TrainingMemory::of).bytes(batch))
    });
    view! {
        <div class="costs">
            <p class="costs-note">{text!("What the network above costs before it is trained. It follows every change of the network.")}</p>
            <dl class="figure-numbers costs-totals">
                <FigureNumber
                    label=text!("parameters")
                    help=text!("Numbers in the network, the moving averages of batch normalization included.")
                    value=Signal::derive(move || compact(cost.get().parameters as f64))
                />
                <FigureNumber
                    label=text!("multiply-adds per image")
                    help=text!(
                        "Multiplications with addition that one image takes on its way forward. Training takes about three times as \
                         many."
                    )
                    value=Signal::derive(move || compact(cost.get().multiply_adds_per_image as f64))
                />
                <FigureNumber
                    label=text!("memory to train")
                    help=text!(
                        "Weights, gradients, the optimizer's moments, and the layer outputs of a batch that the backward pass needs. \
                         Above 1 GiB those of batch norms and activations are computed again instead of kept. Below 256 MiB a GPU takes \
                         up to twice as much, so that it can replay a recorded step."
                    )
                    value=Signal::derive(move || bytes(memory.get().1))
                />
                <FigureNumber
                    label=text!("images in a batch")
                    help=text!(
                        "Memory grows with the batch: its layer outputs are kept for the backward pass. The last batch of an epoch may \
                         have fewer."
                    )
                    value=Signal::derive(move || memory.get().0.to_string())
                />
            </dl>
            <Time />
            <PartsTable />
            <Folded title=text!("Every layer")>
                <Layers />
            </Folded>
        </div>
    }
}
