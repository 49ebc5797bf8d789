//! `x + F(x)` by hand.

use crate::experiment::Experiment;
use crate::language::{marked, text, tr};

use crate::app::course::code_part::CodePart;
use crate::app::course::evidence::Evidence;
use crate::app::course::sheet::{Cell, Sheet, SheetRow};
use crate::app::course::step::{Exercise, Step};
use crate::app::course::verdict::Verdict;
use crate::app::spot::Spot;

/// `x` and `F(x)` of three channels at one place of the map.
const CHANNELS: [(f64, f64); 3] = [(2.0, 0.5), (-1.0, 1.0), (0.5, 0.0)];

pub(super) static STEP: Step = Step {
    title: marked!("x + F(x) by hand"),
    text: &[
        marked!(
            "The sum is taken number by number: each channel at each place of the [feature map] is added to the same channel at the same \
             place. Both must have the same shape."
        ),
        marked!(
            "Below is one place with three channels. `x` came in, `F(x)` is what the convolutions made of it. In the last channel they \
             made nothing of it: `F(x)` is 0, as in a block that has learned nothing yet."
        ),
        marked!(
            "Compare the two columns there. With the skip connection the number goes on as it was. Without it the number is gone, and no \
             later layer can bring it back."
        ),
    ],
    spot: Spot::Network,
    tab: None,
    link: "v=1&depth=20",
    code: CodePart::Layers(&["stages.0.blocks.1.add"]),
    question: marked!("What leaves the block, with its skip connection and without it?"),
    task: marked!("Fill in both columns."),
    exercise: Exercise::Sheet(sheet),
    check,
};

fn sheet(_: &Experiment) -> Sheet {
    let row = |(number, (x, residual)): (usize, (f64, f64))| {
        let with = Cell::blank(x + residual, text!("Add x and F(x)."));
        let without = Cell::blank(residual, text!("Without the skip connection only F(x) is left."));
        SheetRow::new(tr!("channel {number}", number), vec![Cell::given(x), Cell::given(residual), with, without])
    };
    Sheet { columns: vec!["x", "F(x)", text!("with skip"), text!("without")], rows: (1..).zip(CHANNELS).map(row).collect() }
}

fn check(evidence: &Evidence) -> Verdict {
    sheet(&evidence.experiment).judge(&evidence.typed, || {
        text!("All six are right. Where F(x) is 0 the residual block passes 0.5 on, and the plain one gives 0.").into()
    })
}
