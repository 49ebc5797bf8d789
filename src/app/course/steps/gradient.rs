//! What the gradient does.

use crate::experiment::permalink::Tab;
use crate::language::{marked, tr};
use crate::studies::{ChartKind, Question};

use super::shared::judge_choice;
use crate::app::course::code_part::CodePart;
use crate::app::course::evidence::Evidence;
use crate::app::course::step::{Exercise, Step};
use crate::app::course::verdict::Verdict;
use crate::app::spot::Spot;

/// Layers next to the image whose gradient is looked at.
const FIRST_LAYERS: usize = 4;

/// Which of the networks, from the shallowest to the deepest.
#[derive(Debug, Clone, Copy)]
enum Which {
    Shallowest,
    Between,
    Deepest,
}

const ANSWERS: [Which; 3] = [Which::Shallowest, Which::Between, Which::Deepest];

pub(super) static STEP: Step = Step {
    title: marked!("What the gradient does"),
    text: &[
        marked!(
            "Each layer learns from its [gradient]. It is computed backwards, from the loss to the image, and on its way it is multiplied \
             by something in every layer. A hundred factors below 1 leave nothing; a hundred above 1 leave too much."
        ),
        marked!(
            "The sum helps here as well: the derivative of `x + F(x)` is 1 + F′(x). Whatever the convolutions do, the 1 lets the gradient \
             pass by them unchanged, down to the first block."
        ),
        marked!(
            "The experiment of this step takes plain networks without [batch normalization], which shows it at its purest. With batch \
             normalization the gradient of a plain network does not vanish, it grows towards the image. Nothing is trained: one backward \
             pass is enough."
        ),
    ],
    spot: Spot::Tools,
    tab: Some(Tab::Experiments),
    link: "v=1&depth=20&filters=4&images=160&held-out=40&classes=1-6&batch=8&epochs=4",
    code: CodePart::Layers(&["stages.0.blocks.1.add"]),
    question: marked!("In which plain network is the gradient of the first layers the smallest?"),
    task: marked!("Ask “Where do gradients vanish?” under Experiments, look at the left end of the curves, and choose."),
    exercise: Exercise::Choice(&[marked!("In the shallowest"), marked!("In one between"), marked!("In the deepest")]),
    check,
};

fn check(evidence: &Evidence) -> Verdict {
    let study = match evidence.study_of(Question::FirstStep) {
        Ok(study) => study,
        Err(hint) => return Verdict::NotYet(hint),
    };
    let curves = study.curves(ChartKind::FirstGradients);
    let at_image: Vec<f64> = curves.iter().map(|curve| mean(&curve[..curve.len().min(FIRST_LAYERS)])).collect();
    let last = at_image.len().saturating_sub(1);
    let smallest = at_image.iter().enumerate().min_by(|one, other| one.1.total_cmp(other.1)).map(|(place, _)| place);
    let (Some(smallest), Some(shallow), Some(deep), true) = (smallest, at_image.first(), at_image.last(), last > 0) else {
        return Verdict::NotYet(tr!("This time nothing can be compared: {finding} Ask once more.", finding = study.report.finding));
    };
    let told = tr!(
        "In the first layers the gradient is {shallow} in the shallowest network and {deep} in the deepest.",
        shallow = power_of_ten(*shallow),
        deep = power_of_ten(*deep)
    );
    let holds = |which| match which {
        Which::Shallowest => smallest == 0,
        Which::Between => smallest > 0 && smallest < last,
        Which::Deepest => smallest == last,
    };
    judge_choice(evidence.choice, &ANSWERS, holds, &told)
}

/// Mean of powers of ten; one that is 0 has the power negative infinity.
fn mean(powers: &[f64]) -> f64 {
    powers.iter().sum::<f64>() / powers.len().max(1) as f64
}

fn power_of_ten(power: f64) -> String {
    if power.is_finite() { tr!("about 10^{power}", power = format!("{power:.0}").replace('-', "−")) } else { "0".into() }
}
