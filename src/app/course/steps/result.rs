//! Reading the result.

use crate::evaluation::metrics::LAST_STEPS;
use crate::experiment::permalink::Tab;
use crate::language::{marked, tr, translated};
use crate::studies::{ChartKind, Question, SIMILAR};

use super::shared::{Order, judge_choice};
use crate::app::course::code_part::CodePart;
use crate::app::course::evidence::Evidence;
use crate::app::course::step::{Exercise, Step};
use crate::app::course::verdict::Verdict;
use crate::app::spot::Spot;

const ANSWERS: [Order; 3] = [Order::Smaller, Order::Alike, Order::Larger];

pub(super) static STEP: Step = Step {
    title: marked!("Reading the result"),
    text: &[
        marked!(
            "Two numbers come out of a training: how well the network does on images that it learned from, and on [held-out images]. Only \
             the second says something about new images. A network can know 98 % of its training images and 45 % of others."
        ),
        marked!(
            "A comparison needs two runs that differ in one thing. The experiment of this step trains the same network twice, from the \
             same seed on the same images: once with all its [skip connection|skip connections], once with none."
        ),
        marked!(
            "Then doubt it. Curves of single batches scatter, so their last ten steps are averaged. Another seed can turn a small \
             difference round. After so few steps batch normalization still judges held-out images by averages that lag behind. The tool \
             says such things under “Settings and caveats”: read them before you believe a sentence, this page's too."
        ),
    ],
    spot: Spot::Tools,
    tab: Some(Tab::Experiments),
    link: "v=1&depth=29&filters=4&images=160&held-out=100&classes=1-6&batch=16&epochs=6&seed=2",
    code: CodePart::Compile,
    question: marked!("Which network ends with the lower training loss?"),
    task: marked!("Ask “Do skip connections help?” under Experiments, read the finding, and choose."),
    exercise: Exercise::Choice(&[marked!("The one with skip connections"), marked!("Too close to tell"), marked!("The one without")]),
    check,
};

fn check(evidence: &Evidence) -> Verdict {
    let study = match evidence.study_of(Question::SkipConnections) {
        Ok(study) => study,
        Err(hint) => return Verdict::NotYet(hint),
    };
    let curves = study.curves(ChartKind::Loss);
    let end = |place: usize| {
        let curve = curves.get(place).filter(|curve| !curve.is_empty())?;
        let last = &curve[curve.len().saturating_sub(LAST_STEPS)..];
        Some(last.iter().sum::<f64>() / last.len() as f64).filter(|end| end.is_finite())
    };
    let (Some(with), Some(without)) = (end(0), end(1)) else {
        return Verdict::NotYet(tr!("This time nothing can be compared: {finding} Ask once more.", finding = study.report.finding));
    };
    // What the tool itself calls similar may be called so, in English too: a workstation may have answered.
    let is_called_similar = [SIMILAR, translated(SIMILAR)].into_iter().any(|similar| study.report.finding.contains(similar));
    let holds = |order: Order| order == Order::Alike && is_called_similar || order.holds(with, without);
    judge_choice(evidence.choice, &ANSWERS, holds, &study.report.finding)
}
