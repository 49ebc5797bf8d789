//! The projection shortcut, and why.

use crate::drawing::network::Part;
use crate::experiment::Experiment;
use crate::language::{marked, text, tr};
use crate::spec::{LayerSpec, ResNetSpec};

use crate::app::course::code_part::CodePart;
use crate::app::course::evidence::Evidence;
use crate::app::course::sheet::{Cell, Sheet, SheetRow};
use crate::app::course::step::{Exercise, Step};
use crate::app::course::verdict::Verdict;
use crate::app::spot::Spot;

/// Stage 2, 0 for the first.
const STAGE: usize = 1;

pub(super) static STEP: Step = Step {
    title: marked!("The projection shortcut, and why"),
    text: &[
        marked!(
            "`x + F(x)` needs two things of one shape. In the first block of a [stage] they are not: `F(x)` has more channels, and from \
             stage 2 on a map half as wide and half as high."
        ),
        marked!(
            "There a 1×1 convolution brings `x` to the shape of `F(x)`: the [projection shortcut]. It has weights of its own, so the sum \
             is `W x + F(x)`. All other blocks have an [identity skip connection], which costs nothing."
        ),
        marked!(
            "A convolution has a weight for each pair of an input and an output channel and each pixel of its kernel, and a bias for each \
             output channel. With a 1×1 kernel that is in × out + out. Channels are the last number of a block's output in the caption \
             under the drawing."
        ),
    ],
    spot: Spot::Network,
    tab: None,
    link: "v=1&depth=20",
    code: CodePart::Layers(&["stages.1.blocks.0.shortcut"]),
    question: marked!("How many parameters does the projection of stage 2 have?"),
    task: marked!("Point at stage 2, block 1 in the drawing, or walk to it with the arrow keys, and fill in the three numbers."),
    exercise: Exercise::Sheet(sheet),
    check,
};

fn projection(experiment: &Experiment) -> Option<LayerSpec> {
    let spec = ResNetSpec::new(experiment.network.clone()).ok()?;
    let name = format!("stages.{STAGE}.blocks.0.shortcut");
    spec.layers().into_iter().find(|layer| layer.name == name)
}

fn sheet(experiment: &Experiment) -> Sheet {
    let Some(layer) = projection(experiment) else { return Sheet { columns: Vec::new(), rows: Vec::new() } };
    let [.., channels_in] = layer.input;
    let [.., channels_out] = layer.output;
    let row = |name: &str, wanted: f64, hint| SheetRow::new(name, vec![Cell::blank(wanted, hint)]);
    Sheet {
        columns: vec![text!("stage 2, block 1")],
        rows: vec![
            row(
                text!("channels of x"),
                channels_in as f64,
                text!("It is what the last block of stage 1 gives: see its output in the caption."),
            ),
            row(text!("channels of F(x)"), channels_out as f64, text!("It is the last number of the block's output in the caption.")),
            row(
                text!("parameters"),
                layer.trainable_parameters() as f64,
                text!("Channels in × channels out, and a bias for each channel out."),
            ),
        ],
    }
}

fn check(evidence: &Evidence) -> Verdict {
    let Some(layer) = projection(&evidence.experiment) else {
        return Verdict::NotYet(text!("Stage 2, block 1 has no skip connection in this network. Press “Set it up”.").into());
    };
    let is_it = |part: &Part| match part {
        Part::Blocks { stage, blocks } | Part::Arc { stage, blocks } => *stage == STAGE && blocks.contains(&0),
        Part::End(_) | Part::Layer(_) => false,
    };
    if !evidence.parts.iter().any(is_it) {
        return Verdict::NotYet(text!("Point at stage 2, block 1 first: what it computes is told under the drawing.").into());
    }
    sheet(&evidence.experiment).judge(&evidence.typed, || {
        let [.., channels_in] = layer.input;
        let [.., channels_out] = layer.output;
        tr!(
            "{channels_in} × {channels_out} + {channels_out} = {parameters} parameters, in the name of shape.",
            channels_in,
            channels_out,
            parameters = layer.trainable_parameters()
        )
    })
}
