//! Convolution first, or pre-activation.

use crate::language::{marked, text, tr};
use crate::spec::{BlockOrder, LayerKind};

use super::shared::unless_it_was_so;
use crate::app::course::code_part::CodePart;
use crate::app::course::evidence::Evidence;
use crate::app::course::step::{Exercise, Step};
use crate::app::course::verdict::Verdict;
use crate::app::spot::Spot;

pub(super) static STEP: Step = Step {
    title: marked!("Convolution first, or pre-activation"),
    text: &[
        marked!(
            "Each convolution comes with [batch normalization] and an activation, ReLU: `max(0, x)`. Version 1 of ResNet puts both behind \
             the convolution, and the last ReLU behind the sum. Whatever is negative there is cut off, in every block, also on the way of \
             `x`."
        ),
        marked!(
            "Version 2 (He and others, 2016) turns it round: batch normalization and ReLU come before each convolution. It is called \
             [pre-activation]. Behind the sum comes nothing, so a number can travel from the first block to the last unchanged."
        ),
        marked!(
            "The tutorial has both: `conv_first=True` is version 1. This step begins with it. Point at the layers of a block (“Layers” \
             above the drawing) to see their order."
        ),
    ],
    spot: Spot::Settings,
    tab: None,
    link: "v=1&depth=20&order=convolution-first",
    code: CodePart::Layers(&["stages.0.blocks.1.bn1", "stages.0.blocks.1.activation1", "stages.0.blocks.1.conv1"]),
    question: marked!("Which order leaves the sum as it is?"),
    task: marked!("Open All settings, Network, and choose that Block order."),
    exercise: Exercise::None,
    check,
};

fn check(evidence: &Evidence) -> Verdict {
    let Some(spec) = evidence.spec() else {
        return Verdict::no_network();
    };
    let layers = spec.layers();
    let sum = layers.iter().position(|layer| layer.kind == LayerKind::Add);
    let Some((sum, after)) = sum.and_then(|place| Some((layers.get(place)?, layers.get(place + 1)?))) else {
        return Verdict::NotYet(text!("No block has a skip connection, so there is no sum: switch them on in the bar.").into());
    };
    let of_block = |name: &str| name.rsplit_once('.').map(|(block, _)| block.to_owned());
    let is_cut = of_block(&after.name) == of_block(&sum.name);
    let verdict = if is_cut {
        Verdict::NotYet(text!("Convolution first: behind the sum of stage 1, block 1 there is still an activation.").into())
    } else if spec.choices().order == BlockOrder::ConvolutionFirst {
        Verdict::NotYet(
            text!("Nothing follows the sum, but only since there is no activation at all. Choose the other Block order.").into(),
        )
    } else {
        Verdict::Done(tr!(
            "Pre-activation: the first layer behind the sum is {layer}, which is inside of the next block, off the way of x.",
            layer = after.name
        ))
    };
    unless_it_was_so(evidence.began.network.order == BlockOrder::PreActivation, verdict)
}
