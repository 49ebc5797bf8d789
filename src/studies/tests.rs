use super::*;
use crate::dataset::{ClassChoice, DatasetManifest};
use crate::evaluation::metrics::{HeldOutMetrics, StepMetrics};
use crate::experiment::RunRequest;
use crate::experiment::hyperparameters::Hyperparameters;
use crate::experiment::weight_init::StartingPoint;
use crate::insight::layer_stats::{LayerGradients, NetworkLook};
use crate::insight::lesion::Lesion;
use crate::spec::{BlockPlace, NetworkChoices, ResNetSpec, Shortcut};

/// Asks for a run of this network with the usual settings, of a data set without images.
pub(crate) fn request(network: NetworkChoices) -> RunRequest {
    RunRequest {
        network,
        hyperparameters: Hyperparameters::default(),
        classes: ClassChoice::default(),
        dataset_url: "http://localhost/data/".into(),
        dataset: DatasetManifest::without_images(),
        start: StartingPoint::Fresh,
        whitening: String::new(),
    }
}

pub(super) fn plan(question: Question) -> Plan {
    Plan::new(question, &request(NetworkChoices::default()), 310, None).expect("the default network")
}

/// What a network would show whose loss ends there and whose gradients are all of these sizes, at the first and last step.
pub(super) fn measured(candidate: &Candidate, steps: usize, loss: f32, [first, last]: [f32; 2]) -> Measured {
    let look = |step, norm| {
        let norms = vec![norm; candidate.spec.kernel_layers().len()];
        NetworkLook { gradients: LayerGradients { step, norms }, update_ratios: Vec::new(), blocks: Vec::new() }
    };
    Measured {
        steps: (0..steps).map(|step| StepMetrics { step, loss, accuracy: 0.1 }).collect(),
        looks: if steps > 1 { vec![look(0, first), look(steps - 1, last)] } else { vec![look(0, first)] },
        held_out: (steps > 1).then_some(held_out(0.4)),
        lesions: Vec::new(),
    }
}

pub(super) fn held_out(accuracy: f32) -> HeldOutMetrics {
    HeldOutMetrics { step: 31, loss: 2.0, accuracy, images: 500 }
}

/// The answer when the networks end with these losses and gradients.
fn answered(question: Question, ends: &[(f32, [f32; 2])]) -> ExperimentReport {
    let mut study = Study::new(plan(question));
    assert_eq!(study.plan.candidates.len(), ends.len(), "all can be built");
    for (place, (candidate, (loss, norms))) in study.plan.candidates.clone().iter().zip(ends).enumerate() {
        study.note(place, measured(candidate, study.plan.steps, *loss, *norms));
    }
    study.end()
}

#[test]
fn on_a_fast_device_skips_are_compared_at_depth_56_and_the_page_is_told_why() {
    let plan = plan(Question::SkipConnections);
    assert_eq!(plan.candidates.iter().map(Candidate::depth).collect::<Vec<_>>(), [56, 56], "the depth of the papers' figures");
    assert!(plan.overrides.contains("The page's own depth, 11, is too shallow"), "{}", plan.overrides);
    assert!(plan.settings.contains("8 start filters, with batch norm, batches of 32 from 1,000 images"), "{}", plan.settings);
    let own = Plan::new(Question::SkipConnections, &request(NetworkChoices { depth: 29, ..Default::default() }), 310, None).unwrap();
    assert_eq!((own.candidates[0].depth(), own.overrides.as_str()), (29, ""), "a depth that was chosen is used");
    let mut augmented = request(NetworkChoices { depth: 29, ..Default::default() });
    augmented.hyperparameters.augmentation.flip = true;
    augmented.hyperparameters.monitoring.validation_images = 32;
    let said = Plan::new(Question::SkipConnections, &augmented, 100, None).unwrap().overrides;
    assert!(
        said.contains("without the page's augmentation") && said.contains("No images are kept out"),
        "what is left away is said: {said}"
    );
}

#[test]
fn a_slow_device_gets_shallower_networks_then_fewer_steps_and_says_so() {
    let with_step_of = |step_ms| {
        let pace = Pace::new(&ResNetSpec::default(), step_ms);
        Plan::new(Question::SkipConnections, &request(NetworkChoices::default()), 310, Some(pace)).unwrap()
    };
    let fast = with_step_of(10.0);
    let slow = with_step_of(400.0);
    assert_eq!(fast.candidates[0].depth(), 56, "fast enough");
    assert!((20..56).contains(&slow.candidates[0].depth()) && slow.steps == fast.steps, "shallower, as many steps");
    assert!(slow.overrides.contains("would take this device more than five minutes"), "{}", slow.overrides);
    let slowest = with_step_of(60_000.0);
    assert!(slowest.candidates[0].depth() == 20 && slowest.steps < fast.steps && slowest.steps >= 20, "{}", slowest.overrides);
}

#[test]
fn each_of_the_four_corners_has_a_minute() {
    let with = |step_ms, page_steps| {
        let pace = Pace::new(&ResNetSpec::default(), step_ms);
        Plan::new(Question::BatchNorm, &request(NetworkChoices::default()), page_steps, Some(pace)).unwrap()
    };
    let plan = with(30.0, 10_000);
    let step_ms = 30.0 * plan.candidates[0].multiply_adds() / ResNetSpec::default().cost().multiply_adds_per_image as f64;
    let minutes = plan.steps as f64 * step_ms / 60_000.0;
    assert!(plan.steps > 50 && (0.9..1.1).contains(&minutes), "{} steps take {minutes} minutes", plan.steps);
    assert_eq!(with(30.0, 5).steps, 5, "no more than the page's run has");
    assert_eq!(with(0.01, 10_000).steps, 1_000, "and no more than there is anything to see");
    assert!(with(400.0, 10_000).steps >= 50, "but enough to see something");
}

#[test]
fn candidates_differ_in_what_is_asked_and_in_nothing_else() {
    let switched = NetworkChoices { switched_blocks: vec![BlockPlace { stage: 0, block: 0 }], ..Default::default() };
    for question in <Question as crate::spec::Named>::ALL {
        let plan = Plan::new(*question, &request(switched.clone()), 310, None).unwrap();
        assert!(plan.candidates.len() >= 2, "{question:?} compares");
        for candidate in &plan.candidates {
            let absent = candidate.spec.blocks().iter().filter(|block| block.shortcut == Shortcut::Absent).count();
            assert!(absent == 0 || absent == candidate.spec.blocks().len(), "{}: all blocks alike", candidate.name);
            assert_eq!(candidate.spec.start_filters(), 8, "{}: the page's width", candidate.name);
        }
    }
}

#[test]
fn with_and_without_skips_the_numbers_decide_what_is_said() {
    let report = answered(Question::SkipConnections, &[(1.2, [0.1, 0.1]), (2.3, [1e-4, 1e-6])]);
    assert_eq!(
        report.finding,
        "At depth 56 the network with skip connections ends at a loss of 1.20; without them it ends at 2.30, no better than guessing (2.30)."
    );
    let said = report.details;
    assert!(said.contains("the loss ends at 1.20 with skip connections and at 2.30 without"), "{said}");
    assert!(said.contains("at the first step, makes the gradient 1,000 times smaller (from 0.10 to 1.0e-4)"), "{said}");
    assert!(said.contains("At the last step it makes the gradient 100,000 times smaller"), "{said}");
    assert!(!said.contains("close"), "they are not: {said}");
    let close = answered(Question::SkipConnections, &[(2.25, [0.1, 0.1]), (2.3, [0.09, 0.09])]).details;
    assert!(close.contains("another seed") && close.matches("hardly changes the gradient").count() == 2, "{close}");
}

#[test]
fn a_network_whose_loss_stops_being_a_number_is_said_and_the_other_stays() {
    let mut study = Study::new(plan(Question::SkipConnections));
    let [with, without] = [0, 1].map(|place: usize| study.plan.candidates[place].clone());
    study.note(0, measured(&with, 100, 1.2, [0.1, 0.1]));
    let mut lost = measured(&without, 12, 2.3, [0.1, 0.1]);
    lost.steps[11].loss = f32::NAN;
    lost.held_out = None;
    study.note(1, lost);
    let said = study.end().details;
    assert!(said.contains("at 1.20 with skip connections and at no number any more, from step 12 on without"), "{said}");
}

#[test]
fn degradation_is_said_where_it_was_measured_and_only_there() {
    let with = |losses: [f32; 8]| answered(Question::Depth, &losses.map(|loss| (loss, [0.1, 0.1])));
    let report = with([1.5, 1.6, 1.5, 1.8, 1.5, 2.2, 1.5, 2.3]);
    assert!(
        report.details.contains("ends at 1.50 at depth 11 and 1.50 at depth 38; without, at 1.60 at depth 11 and 2.30"),
        "{}",
        report.details
    );
    assert!(report.details.contains("Deeper is worse without them"), "{}", report.details);
    assert_eq!(
        report.finding,
        "Deeper is worse without skip connections: loss 1.60 at depth 11, 2.30 at depth 38; with them 1.50 and 1.50."
    );
    let points: Vec<_> = report.charts[0].curves[1].points.iter().map(|point| point.0).collect();
    assert_eq!(points, [11.0, 20.0, 29.0, 38.0], "a point for each depth");
    let none = with([1.5, 1.6, 1.5, 1.6, 1.5, 1.6, 1.5, 1.6]).details;
    assert!(none.contains("no degradation"), "{none}");
    let both = with([1.5, 1.6, 1.6, 1.8, 1.8, 2.2, 2.0, 2.3]).details;
    assert!(both.contains("with them as well"), "{both}");
}

#[test]
fn the_four_corners_are_judged_at_both_steps() {
    let ends = [(1.5, [0.01, 0.01]), (1.5, [0.1, 0.1]), (2.0, [0.5, 0.02]), (2.3, [1e-4, 1e-6])];
    let report = answered(Question::BatchNorm, &ends);
    assert_eq!(
        report.finding,
        "Without batch norm, removing skip connections makes the first-stage gradient 1,000 times smaller; with batch norm it makes it 50 \
         times larger."
    );
    let said = report.details;
    assert!(said.contains("does not contradict"), "why a larger gradient is no contradiction: {said}");
    assert!(said.contains("1,000 times smaller (from 0.10 to 1.0e-4). With batch norm it makes the gradient 50 times larger"), "{said}");
    assert!(said.contains("At the last step, without batch norm"), "{said}");
}

#[test]
fn the_first_step_of_deeper_plain_networks_needs_no_training() {
    let ends = [(2.3, 0.01), (2.3, 1e-3), (2.3, 1e-6), (2.3, 0.0)].map(|(loss, norm)| (loss, [norm; 2]));
    let report = answered(Question::FirstStep, &ends);
    assert!(report.details.contains("from depth 11 to 110 leaves no gradient at all"), "{}", report.details);
    assert_eq!(report.finding, "From depth 11 to 110 the gradient that reaches stage 1 vanishes altogether, before any training.");
    assert_eq!(report.charts[0].curves.len(), 4, "a curve each");
    let overflow = [(2.3, 0.01), (2.3, 1e-3), (2.3, 1e-6), (2.3, f32::INFINITY)].map(|(loss, norm)| (loss, [norm; 2]));
    let said = answered(Question::FirstStep, &overflow).details;
    assert!(said.contains("“depth 110” is too large to be a number"), "{said}");
}

#[test]
fn a_layer_without_a_gradient_is_named() {
    let mut study = Study::new(plan(Question::FirstStep));
    for place in 0..4 {
        let candidate = study.plan.candidates[place].clone();
        let mut seen = measured(&candidate, 1, 2.3, [0.1, 0.1]);
        if place == 3 {
            let layers = candidate.spec.kernel_layers();
            let dead = layers.iter().position(|name| name == "stages.0.blocks.4.conv2").unwrap();
            seen.looks[0].gradients.norms[dead] = 0.0;
        }
        study.note(place, seen);
    }
    let said = study.end().details;
    assert!(said.contains("hardly changes the gradient"), "{said}");
    assert!(said.contains("Of “depth 110” convolution 2 of block 5 of stage 1 gets none"), "{said}");
}

#[test]
fn lesions_compare_what_both_networks_keep() {
    let mut study = Study::new(plan(Question::Lesions));
    for (place, left) in [(0, 0.34), (1, 0.1)] {
        let candidate = study.plan.candidates[place].clone();
        let mut seen = measured(&candidate, study.plan.steps, 1.5, [0.1, 0.1]);
        seen.lesions = vec![(Lesion::Without(BlockPlace { stage: 1, block: 1 }), held_out(left))];
        study.note(place, seen);
    }
    let report = study.end();
    assert_eq!(
        report.finding,
        "Removing one block takes accuracy from 40 % to 34 % on average with skip connections, from 40 % to 10 % without."
    );
    let said = report.details;
    assert!(said.contains("the residual network keeps 80 % on average without one of its blocks, the plain one 0 %"), "{said}");
}

#[test]
fn progress_says_which_network_and_how_far() {
    let mut study = Study::new(plan(Question::Depth));
    let candidate = study.plan.candidates[0].clone();
    study.note(0, measured(&candidate, 30, 2.1, [0.1, 0.1]));
    let report = study.report(&study.step_words(), 10_000.0);
    assert!(
        report.progress.starts_with("Network 1 of 8, depth 11 with skip connections: step 30 of 60, loss 2.10."),
        "{}",
        report.progress
    );
    assert!(report.progress.contains("to go"), "{}", report.progress);
    assert!(report.finding.is_empty(), "nothing is answered yet");
}
