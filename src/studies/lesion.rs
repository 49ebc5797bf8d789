//! What a trained network can do without: each block removed in turn, and neighbours swapped (Veit, Wilber & Belongie
//! 2016, "Residual Networks Behave Like Ensembles of Relatively Shallow Networks", sections 4.1 and 4.3).

use crate::drawing::plot::{CurveRole, CurveSeries, ValueFormat};
use crate::evaluation::metrics::HeldOutMetrics;
use crate::insight::lesion::Lesion;
use crate::language::{text, tr};
use crate::spec::{BlockPlace, ResNetSpec};

use super::{ChartKind, ExperimentChart, ExperimentReport};

/// A smaller change of accuracy says nothing on some hundred images.
const NOTABLE: f64 = 0.03;

/// A network, whole and with each lesion.
#[derive(Debug, Clone, Copy)]
pub struct Lesioned<'a> {
    /// The network.
    pub spec: &'a ResNetSpec,
    /// Held-out images of the whole network.
    pub whole: HeldOutMetrics,
    /// The same with each lesion.
    pub lesions: &'a [(Lesion, HeldOutMetrics)],
}

/// Accuracies with one kind of lesion.
struct Kind {
    mean: f64,
    worst: (BlockPlace, f64),
}

impl Lesioned<'_> {
    /// Curves over the blocks, 1 for the first: without each (whole at 0), and each swapped with the next.
    /// A block that cannot be left out is a gap.
    pub(super) fn curves(&self, name: &str, roles: [CurveRole; 2]) -> Vec<CurveSeries> {
        let blocks = self.spec.blocks().len();
        let curve = |kind: fn(Lesion) -> Option<BlockPlace>, name: String, role, whole: Option<f64>| {
            let mut points = vec![(0.0, whole.unwrap_or(f64::NAN))];
            points.extend((1..=blocks).map(|number| (number as f64, f64::NAN)));
            for (lesion, held_out) in self.lesions {
                if let Some(point) = kind(*lesion).and_then(|place| points.get_mut(self.spec.block_number(place) + 1)) {
                    point.1 = f64::from(held_out.accuracy);
                }
            }
            CurveSeries { name, role, points, smoothed: false, markers: true }
        };
        let [without, swapped] = roles;
        let whole = Some(f64::from(self.whole.accuracy));
        vec![
            curve(left_out, format!("{name}{}", text!("without it")), without, whole),
            curve(swapped_first, format!("{name}{}", text!("swapped with the next")), swapped, None),
        ]
    }

    fn of(&self, kind: fn(Lesion) -> Option<BlockPlace>) -> Option<Kind> {
        let found = || self.lesions.iter().filter_map(|(lesion, held_out)| Some((kind(*lesion)?, f64::from(held_out.accuracy))));
        let worst = found().min_by(|a, b| a.1.total_cmp(&b.1))?;
        Some(Kind { mean: found().map(|(_, accuracy)| accuracy).sum::<f64>() / found().count() as f64, worst })
    }

    /// Mean accuracy without one of its blocks; none where none can be removed.
    pub(super) fn mean_without_one(&self) -> Option<f64> {
        self.of(left_out).map(|kind| kind.mean)
    }

    /// `The network gets …; without one block … on average, … without block 1 of stage 2 at worst; with two neighbours swapped …`
    pub(super) fn words(&self, name: &str) -> String {
        let mut words = vec![tr!(
            "{name} gets {share} of {images} held-out images right",
            name,
            share = percent(self.accuracy()),
            images = self.whole.images
        )];
        if let Some(Kind { mean, worst: (place, accuracy) }) = self.of(left_out) {
            words.push(tr!(
                "without one block {mean} on average, {worst} without block {block} of stage {stage} at worst",
                mean = percent(mean),
                worst = percent(accuracy),
                block = place.block + 1,
                stage = place.stage + 1
            ));
        }
        if let Some(Kind { mean, .. }) = self.of(swapped_first) {
            words.push(tr!("with two neighbours swapped {mean} on average", mean = percent(mean)));
        }
        words.join("; ") + "."
    }

    fn accuracy(&self) -> f64 {
        f64::from(self.whole.accuracy)
    }

    /// Whether it tells the classes apart at all; of one that does not, nothing can be taken away.
    pub(super) fn has_learnt(&self) -> bool {
        self.accuracy() > 1.0 / self.spec.classes() as f64 + 2.0 * NOTABLE
    }

    /// Share of what it has above guessing that it keeps on average without one block.
    pub(super) fn kept(&self) -> Option<f64> {
        let guessing = 1.0 / self.spec.classes() as f64;
        Some((self.of(left_out)?.mean - guessing) / (self.accuracy() - guessing))
    }
}

fn left_out(lesion: Lesion) -> Option<BlockPlace> {
    if let Lesion::Without(place) = lesion { Some(place) } else { None }
}

fn swapped_first(lesion: Lesion) -> Option<BlockPlace> {
    if let Lesion::Swapped(place) = lesion { Some(place) } else { None }
}

/// What is said of the network of a run: accuracy whole and without one block, and folded under it the rest.
pub fn report(of: Lesioned<'_>) -> ExperimentReport {
    let curves = of.curves("", [CurveRole::HeldOut, CurveRole::ComparedDashed]);
    let words = of.words(text!("The whole network"));
    let details = match (of.has_learnt(), of.spec.skip_connections()) {
        (false, _) => format!("{words} {}", text!("It has learnt too little to lose anything: train longer first.")),
        (true, true) => words,
        (true, false) => format!("{words} {}", text!("Blocks that change the shape cannot be removed from a plain network.")),
    };
    let (step, images, share) = (of.whole.step, of.whole.images, percent(of.accuracy()));
    let finding = match of.mean_without_one() {
        Some(mean) => tr!(
            "After step {step} the whole network gets {share} of {images} held-out images right; without one block {mean} on average.",
            step,
            share,
            images,
            mean = percent(mean)
        ),
        None => tr!("After step {step} the whole network gets {share} of {images} held-out images right.", step, share, images),
    };
    ExperimentReport {
        finding,
        details,
        charts: vec![ExperimentChart { kind: ChartKind::Lesions, x_end: of.spec.blocks().len() as f64, curves }],
        ..ExperimentReport::default()
    }
}

pub(super) fn percent(share: f64) -> String {
    ValueFormat::Percent.value(share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::lesion::all_lesions;
    use crate::spec::NetworkChoices;

    fn held_out(accuracy: f32) -> HeldOutMetrics {
        HeldOutMetrics { step: 31, loss: 2.0, accuracy, images: 500 }
    }

    fn at(stage: usize, block: usize) -> BlockPlace {
        BlockPlace { stage, block }
    }

    #[test]
    fn each_block_is_left_out_and_neighbours_of_a_stage_are_swapped() {
        let spec = ResNetSpec::new(NetworkChoices { depth: 20, ..Default::default() }).unwrap();
        let lesions = all_lesions(&spec);
        assert_eq!(lesions.len(), 6 + 3, "six blocks; a pair in each of three stages");
        assert_eq!((lesions[5], lesions[6]), (Lesion::Without(at(2, 1)), Lesion::Swapped(at(0, 0))), "first left out, then swapped");
    }

    #[test]
    fn the_block_that_matters_most_is_named() {
        let spec = ResNetSpec::default();
        let lesions = [(0, 0.1), (1, 0.3), (2, 0.38)].map(|(stage, accuracy)| (Lesion::Without(at(stage, 0)), held_out(accuracy)));
        let lesioned = Lesioned { spec: &spec, whole: held_out(0.4), lesions: &lesions };
        let ExperimentReport { finding, details, .. } = report(lesioned);
        assert_eq!(finding, "After step 31 the whole network gets 40 % of 500 held-out images right; without one block 26 % on average.");
        assert!(finding.split_whitespace().count() <= 25, "short: {finding}");
        assert!(details.contains("without one block 26 % on average, 10 % without block 1 of stage 1"), "{details}");
        let kept = lesioned.kept().unwrap();
        assert!((kept - 0.16 / 0.3).abs() < 1e-6, "of the 30 % above guessing 16 are left: {kept}");
        let curves = lesioned.curves("", [CurveRole::HeldOut, CurveRole::Compared]);
        let points: Vec<f64> = curves[0].points.iter().map(|point| (point.1 * 100.0).round()).collect();
        assert_eq!(points, [40.0, 10.0, 30.0, 38.0], "the whole network, then each block");
        let nothing = Lesioned { whole: held_out(0.12), ..lesioned };
        assert!(report(nothing).details.contains("train longer first"), "of nothing nothing can be taken");
    }

    #[test]
    fn what_cannot_be_left_out_is_a_gap() {
        let spec = ResNetSpec::new(NetworkChoices { depth: 20, skip_connections: false, ..Default::default() }).unwrap();
        let lesions = [(Lesion::Without(at(1, 1)), held_out(0.2))];
        let curves = Lesioned { spec: &spec, whole: held_out(0.4), lesions: &lesions }.curves("", [CurveRole::Skips; 2]);
        let there: Vec<f64> = curves[0].points.iter().filter(|point| point.1.is_finite()).map(|point| point.0).collect();
        assert_eq!(there, [0.0, 4.0], "the whole network, and the second block of stage 2");
    }
}
