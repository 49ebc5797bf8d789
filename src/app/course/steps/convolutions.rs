//! “Why three? It can be two or four.”

use crate::experiment::Experiment;
use crate::spec::DepthRule;

use super::super::code_part::CodePart;
use super::super::evidence::Evidence;
use super::super::sheet::{Cell, Sheet, SheetRow};
use super::super::step::{Exercise, Step};
use super::super::verdict::Verdict;
use super::shared::unless_it_was_so;
use crate::app::spot::Spot;

const STAGES: usize = 3;
const THREE: usize = 3;

pub(super) static STEP: Step = Step {
    title: "Why three? It can be two or four",
    text: &[
        "The tutorial asks it itself: why three convolutions in a block? There is no law. The first ResNets had two of 3×3, and nothing \
         but the depth formula depends on it.",
        "Three have a reason of cost. A [bottleneck] goes 1×1, 3×3, 1×1: the expensive 3×3 convolution works on few channels, and the \
         cheap 1×1 ones lead down to them and up again. One is too few: around a single convolution the sum adds little that a plain \
         layer could not learn.",
        "Change the number and look at the caption beside Depth. A depth that does not follow the new formula is refused, with the \
         nearest that do.",
    ],
    spot: Spot::Settings,
    tab: None,
    link: "v=1&depth=20",
    code: CodePart::Block,
    question: "What becomes of 9n + 2?",
    task: "Fill in the numbers, then set Convolutions per block to 2 or 4 in All settings, Network.",
    exercise: Exercise::Sheet(sheet),
    check,
};

fn sheet(_: &Experiment) -> Sheet {
    let layers = |convolutions| DepthRule::new(STAGES, convolutions).layers_per_step;
    let hint = "Three stages have n blocks each, and each block has that many convolutions.";
    let blank = |convolutions| Cell::blank(layers(convolutions) as f64, hint);
    let row = |name: &str, cell| SheetRow::new(name, vec![cell]);
    Sheet {
        columns: vec!["layers for each n"],
        rows: vec![
            row("two convolutions", blank(2)),
            row("three convolutions", Cell::given(layers(THREE))),
            row("four convolutions", blank(4)),
        ],
    }
}

fn check(evidence: &Evidence) -> Verdict {
    let filled = sheet(&evidence.experiment).judge(&evidence.typed, String::new);
    if !filled.is_done() {
        return filled;
    }
    let network = &evidence.experiment.network;
    let convolutions = network.convolutions_per_block;
    if convolutions == THREE {
        return Verdict::NotYet("The numbers are right. The network still has three convolutions per block.".into());
    }
    let Some(spec) = evidence.spec() else {
        let (below, above) = network.depth_rule().around(network.depth);
        return Verdict::NotYet(format!(
            "The numbers are right. Depth {} does not follow {}n + 2: make it {} or {}.",
            network.depth,
            network.depth_rule().layers_per_step,
            below.layers(),
            above.layers()
        ));
    };
    let parameters = crate::format::grouped(spec.cost().parameters as usize);
    let verdict = Verdict::Done(format!(
        "{convolutions} convolutions per block: the depth is {}. The network has {parameters} parameters.",
        spec.depth_formula()
    ));
    unless_it_was_so(evidence.began.network == *network, verdict)
}
