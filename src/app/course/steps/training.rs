//! Training it.

use super::shared::{Order, judge_choice};
use crate::app::course::code_part::CodePart;
use crate::app::course::evidence::Evidence;
use crate::app::course::step::{Exercise, Step};
use crate::app::course::verdict::Verdict;
use crate::app::spot::Spot;
use crate::language::format::decimals;
use crate::language::{marked, text, tr};

const ANSWERS: [Order; 3] = [Order::Smaller, Order::Alike, Order::Larger];

pub(super) static STEP: Step = Step {
    title: marked!("Training it"),
    text: &[
        marked!(
            "A training step takes a batch of images, computes the [loss], and moves every weight a little against the [gradient]. An \
             [epoch] is one pass over all training images; after it the [held-out images] are classified."
        ),
        marked!(
            "Whoever guesses gives every class the same probability. With two classes that is a loss of ln 2 = 0.69, with ten ln 10 = \
             2.30. It is the first thing to compare a loss with."
        ),
        marked!(
            "This step trains on 160 automobiles and frogs, for 80 steps of 16 images. It takes some seconds, on the CPU too. The loss of \
             a single batch jumps about; look at where the curve ends."
        ),
    ],
    spot: Spot::Player,
    tab: None,
    link: "v=1&filters=4&stem-dropout=0&dense=0&head-dropout=0&images=160&held-out=100&classes=1-6&batch=16&epochs=8",
    code: CodePart::Compile,
    question: marked!("Where does the training loss end, compared with guessing?"),
    task: marked!("Press Play, wait until the run is finished, and choose."),
    exercise: Exercise::Choice(&[marked!("Lower than guessing"), marked!("About as guessing"), marked!("Higher than guessing")]),
    check,
};

fn check(evidence: &Evidence) -> Verdict {
    let Some(run) = &evidence.run else { return Verdict::NotYet(text!("There is no run yet: press Play.").into()) };
    if run.has_failed {
        return Verdict::NotYet(text!("The run broke off: the sentence under the bar says why, and what helps.").into());
    }
    if !run.is_finished && run.is_of_other_settings {
        return Verdict::NotYet(
            text!("The run there is has other settings. It goes on as it is; “Apply changes” in the bar ends it and begins this step's.")
                .into(),
        );
    }
    if !run.is_finished {
        return Verdict::NotYet(text!("The run is not finished yet.").into());
    }
    if run.is_of_other_settings {
        return Verdict::NotYet(text!("The finished run has other settings: “Apply changes” in the bar begins one with these.").into());
    }
    let guessing = (run.network.classes as f64).ln();
    let Some(loss) = run.last_loss.filter(|loss| loss.is_finite()) else {
        return Verdict::NotYet(text!("The loss is no longer a number. Press “Set it up”, and begin a new run.").into());
    };
    let told = tr!(
        "The last ten steps have a mean loss of {loss}; guessing gives {guessing}.",
        loss = decimals(loss, 2),
        guessing = decimals(guessing, 2)
    );
    judge_choice(evidence.choice, &ANSWERS, |order| order.holds(loss, guessing), &told)
}
