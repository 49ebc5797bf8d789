//! Studies in the trainer's command loop: several networks one after another, reports in between.

use resnet_playground::dataset::ClassChoice;
use resnet_playground::experiment::{RunRequest, TrainError};
use resnet_playground::insight::gradient_profile::profile;
use resnet_playground::protocol::{Phase, TrainCommand, TrainEvent};
use resnet_playground::spec::{NetworkChoices, ResNetSpec};
use resnet_playground::studies::{ChartKind, ExperimentReport, Question};

use crate::scripted_host::{Script, losses, place_of, prepare, request};

fn experiment(question: Question, request: RunRequest) -> Vec<TrainEvent> {
    Script::play(vec![TrainCommand::RunExperiment { question, request: Box::new(request) }], None)
}

fn reports(events: &[TrainEvent]) -> Vec<&ExperimentReport> {
    events.iter().filter_map(|event| if let TrainEvent::Experiment(report) = event { Some(&**report) } else { None }).collect()
}

/// The curve of that name in the chart of that kind.
fn curve(report: &ExperimentReport, kind: ChartKind, name: &str) -> Vec<(f64, f64)> {
    let chart = report.charts.iter().find(|chart| chart.kind == kind).unwrap_or_else(|| panic!("no {kind:?} in {report:?}"));
    let found = chart.curves.iter().find(|curve| curve.name == name);
    found.unwrap_or_else(|| panic!("no {name} in {chart:?}")).points.clone()
}

#[test]
fn each_network_of_an_experiment_trains_as_its_own_run_would() {
    // Classes that were chosen are kept.
    let mut own = RunRequest {
        network: NetworkChoices { depth: 29, classes: 2, ..request(4).network },
        classes: ClassChoice(vec![1, 4]),
        ..request(4)
    };
    // Three batches of ten and one of six.
    own.hyperparameters.training_images = 36;
    let events = experiment(Question::SkipConnections, own.clone());
    let reports = reports(&events);
    let end = reports.last().expect("it ends with a report");
    assert!(end.details.contains("At depth 29 the loss ends at"), "{}", end.details);
    assert!(end.finding.starts_with("At depth 29 ") && end.finding.split_whitespace().count() <= 25, "{}", end.finding);
    assert!(reports[0].finding.is_empty() && reports[0].progress.contains("Network 1 of 2, with skip connections"), "{:?}", reports[0]);
    for (name, skip_connections) in [("with skip connections", true), ("without", false)] {
        let network = NetworkChoices { skip_connections, ..own.network.clone() };
        let alone = Script::play(vec![prepare(RunRequest { network: network.clone(), ..own.clone() }), TrainCommand::Run], None);
        let wanted: Vec<f64> = losses(&alone).into_iter().map(f64::from).collect();
        let trained: Vec<f64> = curve(end, ChartKind::Loss, name).iter().map(|point| point.1).collect();
        assert_eq!(trained, wanted, "{name}: the same losses to the bit");
        let looks = alone.iter().filter_map(|event| if let TrainEvent::Looks(looks) = event { Some(looks) } else { None });
        let first = looks.flatten().next().expect("a look at the first step");
        let wanted = profile(&ResNetSpec::new(network).expect("it trained"), &first.gradients);
        assert_eq!(curve(end, ChartKind::FirstGradients, name), wanted, "{name}: the same gradients");
    }
}

#[test]
fn degradation_gets_a_point_for_each_depth_as_its_network_ends() {
    let events = experiment(Question::Depth, request(2));
    let points: Vec<usize> = reports(&events)
        .iter()
        .map(|report| curve(report, ChartKind::LossByDepth, "without").iter().filter(|point| point.1.is_finite()).count())
        .collect();
    assert!(points.is_sorted() && points.first() == Some(&0) && points.last() == Some(&4), "one after the other: {points:?}");
    assert_eq!(events.last(), Some(&TrainEvent::Phase(Phase::Finished)), "and the end is told");
}

#[test]
fn the_first_step_needs_no_held_out_images() {
    let mut nowhere = request(2);
    nowhere.dataset.test[0].file = "nowhere.png".into();
    let events = experiment(Question::FirstStep, nowhere);
    let end = reports(&events).pop().expect("a report");
    assert!(end.finding.contains("depth 11") && end.finding.contains("stage 1"), "{}", end.finding);
    assert!(end.charts.iter().any(|chart| !chart.curves.is_empty()), "gradients were measured: {end:?}");
}

#[test]
fn lesions_are_measured_in_both_networks() {
    let own = RunRequest { network: NetworkChoices { depth: 29, ..request(2).network }, ..request(2) };
    let events = experiment(Question::Lesions, own);
    let end = reports(&events).pop().expect("a report");
    let there = |name| curve(end, ChartKind::Lesions, name).iter().filter(|point| point.1.is_finite()).count();
    assert_eq!(there("residual, without it"), 1 + 9, "the whole network and every block");
    assert_eq!(there("plain, without it"), 1 + 6, "without skip connections the three that change the shape must stay");
    assert_eq!(
        [there("residual, swapped with the next"), there("plain, swapped with the next")],
        [3, 3],
        "a pair in each stage keeps its shape"
    );
}

#[test]
fn a_network_that_diverges_is_named_and_the_others_go_on() {
    let mut wild = request(4);
    wild.hyperparameters.learning_rate = 1.0;
    wild.network = NetworkChoices { depth: 20, ..wild.network };
    // So small a deviation makes the normalised pixels infinite.
    wild.dataset.channel_deviation = [1e-39; 3];
    let events = experiment(Question::SkipConnections, wild);
    let end = reports(&events).pop().expect("a report");
    assert_eq!(end.details.matches("no number any more, from step 1 on").count(), 2, "both are reported: {}", end.details);
}

#[test]
fn an_experiment_on_a_network_that_cannot_be_built_is_refused_in_a_sentence() {
    let mut impossible = request(2);
    impossible.network.depth = 50;
    let events = experiment(Question::FirstStep, impossible);
    assert_eq!(events.last(), Some(&TrainEvent::Failed(TrainError::Settings { reason: "depth is 9n + 2: 47 or 56".into() })));
}

#[test]
fn leaving_out_blocks_says_that_it_is_busy_and_changes_nothing_in_the_run() {
    let unbroken = losses(&Script::play(vec![prepare(request(3)), TrainCommand::Run], None));
    let steps = [TrainCommand::Step, TrainCommand::DropEachBlock, TrainCommand::Step, TrainCommand::Step];
    let events = Script::play([vec![prepare(request(3))], steps.to_vec()].concat(), None);
    let report = place_of(&events, |event| matches!(event, TrainEvent::Experiment(_)));
    let busy = place_of(&events, |event| matches!(event, TrainEvent::Phase(Phase::LeavingOutBlocks { total: 3, .. })));
    assert!(busy < report && events[report + 1] == TrainEvent::Phase(Phase::Paused), "busy until the report, then waiting again");
    let there = curve(reports(&events)[0], ChartKind::Lesions, "without it");
    assert_eq!(there.iter().filter(|point| point.1.is_finite()).count(), 1 + 3, "the whole network, then each block");
    assert_eq!(losses(&events), unbroken, "training goes on as if nothing had been");
}
