//! Why depth stops helping.

use crate::experiment::permalink::Tab;
use crate::language::format::decimals;
use crate::language::{marked, tr};
use crate::studies::{ChartKind, Question};

use super::shared::{Order, judge_choice};
use crate::app::course::code_part::CodePart;
use crate::app::course::evidence::Evidence;
use crate::app::course::step::{Exercise, Step};
use crate::app::course::verdict::Verdict;
use crate::app::spot::Spot;

const ANSWERS: [Order; 3] = [Order::Smaller, Order::Alike, Order::Larger];

pub(super) static STEP: Step = Step {
    title: marked!("Why depth stops helping"),
    text: &[
        marked!(
            "A network with more layers can do everything that one with fewer can: its further layers need only pass on what they get. So \
             a deeper network should never have a larger [loss|training loss]."
        ),
        marked!(
            "In 2015 He and others measured something else. Plain networks of 56 layers ended with more training errors than those of 20. \
             They did not learn the images by heart either: they were simply harder to train. The paper calls it degradation."
        ),
        marked!(
            "You can repeat it here. Eight small networks train on automobiles and frogs, four depths with [skip connection|skip \
             connections] and four without. It takes less than a minute on most machines, on the CPU too."
        ),
    ],
    spot: Spot::Tools,
    tab: Some(Tab::Experiments),
    link: "v=1&filters=4&images=160&held-out=40&classes=1-6&batch=16&epochs=4&seed=2",
    code: CodePart::Stages,
    question: marked!("Without skip connections, how does the loss of the deepest network end, compared with the shallowest?"),
    task: marked!("Ask “Is deeper better?” under Experiments, read the grey curve, and choose."),
    exercise: Exercise::Choice(&[
        marked!("Lower: more layers learn more"),
        marked!("About the same"),
        marked!("Higher: more layers learn less"),
    ]),
    check,
};

fn check(evidence: &Evidence) -> Verdict {
    let study = match evidence.study_of(Question::Depth) {
        Ok(study) => study,
        Err(hint) => return Verdict::NotYet(hint),
    };
    let curves = study.curves(ChartKind::LossByDepth);
    let ends = |place: usize| {
        let curve = curves.get(place).filter(|curve| curve.len() > 1)?;
        Some((*curve.first()?, *curve.last()?)).filter(|(first, last)| first.is_finite() && last.is_finite())
    };
    let (Some(residual), Some((shallow, deep))) = (ends(0), ends(1)) else {
        return Verdict::NotYet(tr!("This time nothing can be compared: {finding} Ask once more.", finding = study.report.finding));
    };
    let told = tr!(
        "Without skip connections the loss ends at {shallow} in the shallowest network and at {deep} in the deepest; with them at \
         {residual_shallow} and {residual_deep}.",
        shallow = decimals(shallow, 2),
        deep = decimals(deep, 2),
        residual_shallow = decimals(residual.0, 2),
        residual_deep = decimals(residual.1, 2)
    );
    judge_choice(evidence.choice, &ANSWERS, |order| order.holds(deep, shallow), &told)
}
