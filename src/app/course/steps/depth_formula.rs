//! The depth formula.

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

/// Blocks of each stage that the reader sets.
const WANTED_BLOCKS: usize = 4;

pub(super) static STEP: Step = Step {
    title: marked!("The depth formula: 9n + 2"),
    text: &[
        marked!(
            "The depth of a ResNet counts the layers with weights on the longest way: the stem's convolution, those of the blocks, and \
             the last dense layer. Projections lie beside that way and are not counted."
        ),
        marked!(
            "Three [stage|stages] of `n` blocks with three convolutions each are 9n layers. The stem and the last dense layer are 2 more: \
             9n + 2. So a depth of 20 exists, and one of 21 does not."
        ),
        marked!("The caption beside Depth says the formula with its numbers. Type 21 there, and the page names the neighbours."),
    ],
    spot: Spot::Depth,
    tab: None,
    link: "v=1&depth=20",
    code: CodePart::Stages,
    question: marked!("How do n and the depth belong together?"),
    task: marked!("Fill in the table, then give each stage of the network four blocks with the Depth control."),
    exercise: Exercise::Sheet(sheet),
    check,
};

fn depth(blocks: usize) -> usize {
    // The formula of three stages and three convolutions: the shallowest has one block in each stage.
    let rule = DepthRule::default();
    rule.shallowest() + (blocks - 1) * rule.layers_per_step
}

fn sheet(_: &Experiment) -> Sheet {
    let to_n = text!("Take 2 from the depth and divide by 9.");
    let row = |name: &str, cells| SheetRow::new(name, cells);
    Sheet {
        columns: vec!["n", text!("depth")],
        rows: vec![
            row(text!("a small one"), vec![Cell::blank(3.0, to_n), Cell::given(depth(3))]),
            row("ResNet-56", vec![Cell::given(6), Cell::blank(depth(6) as f64, text!("Nine times n, and 2."))]),
            row("ResNet-110", vec![Cell::blank(12.0, to_n), Cell::given(depth(12))]),
        ],
    }
}

fn check(evidence: &Evidence) -> Verdict {
    let filled = sheet(&evidence.experiment).judge(&evidence.typed, String::new);
    if !filled.is_done() {
        return filled;
    }
    let network = &evidence.experiment.network;
    let Some(spec) = evidence.spec() else {
        return Verdict::NotYet(tr!("The table is right. No network has depth {depth}: see what the field says.", depth = network.depth));
    };
    let verdict = match spec.equal_blocks() {
        Some(WANTED_BLOCKS) => Verdict::Done(tr!("Four blocks in each stage: {formula}.", formula = spec.depth_formula())),
        Some(blocks) => Verdict::NotYet(tr!(
            "The table is right. Each stage has {n} block so far: {formula}."
                | "The table is right. Each stage has {n} blocks so far: {formula}." % blocks,
            formula = spec.depth_formula()
        )),
        None => Verdict::NotYet(text!("The table is right. The stages have different numbers of blocks: type a depth.").into()),
    };
    unless_it_was_so(evidence.began.network == *network, verdict)
}
