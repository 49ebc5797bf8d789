//! The residual block.

use crate::language::{marked, text, tr};
use crate::spec::{BlockPlace, BlockSpec, Shortcut};

use super::shared::unless_it_was_so;
use crate::app::course::code_part::CodePart;
use crate::app::course::evidence::Evidence;
use crate::app::course::step::{Exercise, Step};
use crate::app::course::verdict::Verdict;
use crate::app::spot::Spot;

/// The second block of stage 1.
const WANTED: BlockPlace = BlockPlace { stage: 0, block: 1 };

pub(super) static STEP: Step = Step {
    title: marked!("The residual block"),
    text: &[
        marked!(
            "If layers are bad at passing on what they get, let the network do it for them. A residual [block] carries its input `x` \
             around its convolutions and adds it to what they compute: `x + F(x)`."
        ),
        marked!(
            "Now the convolutions need not make the whole output. They learn only what is missing, the residual `F(x)`. To pass `x` on \
             they learn to give 0, which is easy: small weights do it."
        ),
        marked!(
            "In the drawing the bars are convolutions and the orange arcs are [skip connection|skip connections]. An arc can be switched \
             off: click it, or walk to it with the arrow keys (along the network to the block, across it to its arc) and press Enter."
        ),
    ],
    spot: Spot::Network,
    tab: None,
    link: "v=1&depth=20",
    code: CodePart::Block,
    question: marked!("What does a single block compute when its arc is gone?"),
    task: marked!("Switch off the skip connection of stage 1, block 2, and no other."),
    exercise: Exercise::None,
    check,
};

fn check(evidence: &Evidence) -> Verdict {
    let Some(spec) = evidence.spec() else {
        return Verdict::no_network();
    };
    let blocks = spec.blocks();
    let without: Vec<BlockPlace> = blocks.iter().filter(|block| block.shortcut == Shortcut::Absent).map(BlockSpec::place).collect();
    let named = |place: &BlockPlace| tr!("stage {stage}, block {block}", stage = place.stage + 1, block = place.block + 1);
    let verdict = match without.as_slice() {
        [] => Verdict::NotYet(text!("Every block still has its skip connection.").into()),
        [only] if *only == WANTED => Verdict::Done(tr!(
            "Stage 1, block 2 computes F(x) alone: what its convolutions do not pass on is lost. The other {blocks} blocks still add x.",
            blocks = blocks.len() - 1
        )),
        [only] => Verdict::NotYet(tr!("That is {block}. Switch it on again, and take stage 1, block 2.", block = named(only))),
        all if all.len() == blocks.len() => {
            Verdict::NotYet(text!("All of them are off: that is the switch in the bar. Switch them on, and one arc off.").into())
        }
        several => Verdict::NotYet(tr!("{blocks} blocks are without one. Leave it off in stage 1, block 2 alone.", blocks = several.len())),
    };
    unless_it_was_so(evidence.began.network == evidence.experiment.network, verdict)
}
