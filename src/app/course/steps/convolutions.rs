//! “Why three? It can be two or four.”

use crate::experiment::Experiment;
use crate::language::{marked, text, tr};
use crate::spec::DepthRule;

use super::shared::unless_it_was_so;
use crate::app::course::code_part::CodePart;
use crate::app::course::evidence::Evidence;
use crate::app::course::sheet::{Cell, Sheet, SheetRow};
use crate::app::course::step::{Exercise, Step};
use crate::app::course::verdict::Verdict;
use crate::app::spot::Spot;

const STAGES: usize = 3;
const THREE: usize = 3;

pub(super) static STEP: Step = Step {
    title: marked!("Why three? It can be two or four"),
    text: &[
        marked!(
            "The tutorial asks it itself: why three convolutions in a block? There is no law. The first ResNets had two of 3×3, and \
             nothing but the depth formula depends on it."
        ),
        marked!(
            "Three have a reason of cost. A [bottleneck] goes 1×1, 3×3, 1×1: the expensive 3×3 convolution works on few channels, and the \
             cheap 1×1 ones lead down to them and up again. One is too few: around a single convolution the sum adds little that a plain \
             layer could not learn."
        ),
        marked!(
            "Change the number and look at the caption beside Depth. A depth that does not follow the new formula is refused, with the \
             nearest that do."
        ),
    ],
    spot: Spot::Settings,
    tab: None,
    link: "v=1&depth=20",
    code: CodePart::Block,
    question: marked!("What becomes of 9n + 2?"),
    task: marked!("Fill in the numbers, then set Convolutions per block to 2 or 4 in All settings, Network."),
    exercise: Exercise::Sheet(sheet),
    check,
};

fn sheet(_: &Experiment) -> Sheet {
    let layers = |convolutions| DepthRule::new(STAGES, convolutions).layers_per_step;
    let hint = text!("Three stages have n blocks each, and each block has that many convolutions.");
    let blank = |convolutions| Cell::blank(layers(convolutions) as f64, hint);
    let row = |name: &str, cell| SheetRow::new(name, vec![cell]);
    Sheet {
        columns: vec![text!("layers for each n")],
        rows: vec![
            row(text!("two convolutions"), blank(2)),
            row(text!("three convolutions"), Cell::given(layers(THREE))),
            row(text!("four convolutions"), blank(4)),
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
        return Verdict::NotYet(text!("The numbers are right. The network still has three convolutions per block.").into());
    }
    let Some(spec) = evidence.spec() else {
        let (below, above) = network.depth_rule().around(network.depth);
        return Verdict::NotYet(tr!(
            "The numbers are right. Depth {depth} does not follow {layers}n + 2: make it {below} or {above}.",
            depth = network.depth,
            layers = network.depth_rule().layers_per_step,
            below = below.layers(),
            above = above.layers()
        ));
    };
    let parameters = crate::language::format::grouped(spec.cost().parameters as usize);
    let verdict = Verdict::Done(tr!(
        "{convolutions} convolutions per block: the depth is {formula}. The network has {parameters} parameters.",
        convolutions,
        formula = spec.depth_formula(),
        parameters
    ));
    unless_it_was_so(evidence.began.network == *network, verdict)
}
