//! The trainer's command loop, driven without a browser.

use std::collections::BTreeMap;

use resnet_playground::dataset::augmentation::{Augmentation, InputNormalisation};
use resnet_playground::dataset::whitening::NUMBERS;
use resnet_playground::dataset::{ClassChoice, IMAGE_BYTES};
use resnet_playground::evaluation::metrics::TestedWeights;
use resnet_playground::evaluation::{ClassReport, Predictions, View};
use resnet_playground::experiment::TrainError;
use resnet_playground::experiment::hyperparameters::{Hyperparameters, Monitoring};
use resnet_playground::insight::feature_maps::ImageQuestion;
use resnet_playground::protocol::{PROTOCOL_VERSION, Phase, TrainCommand, TrainEvent, decode};
use resnet_playground::spec::Named;

use crate::scripted_host::{Script, losses, place_of, prepare, request};

#[test]
fn a_run_reports_loading_steps_held_out_accuracy_and_its_end_in_this_order() {
    let events = Script::play(vec![prepare(request(6)), TrainCommand::Run], None);
    assert_eq!(events[0], TrainEvent::Ready { protocol_version: PROTOCOL_VERSION, device: "CPU".into() }, "first of all");
    let places = [
        place_of(&events, |event| matches!(event, TrainEvent::Phase(Phase::LoadingImages { .. }))),
        place_of(&events, |event| *event == TrainEvent::Phase(Phase::BuildingNetwork)),
        place_of(&events, |event| *event == TrainEvent::Phase(Phase::FirstStep)),
        place_of(&events, |event| matches!(event, TrainEvent::Steps { .. })),
        place_of(&events, |event| matches!(event, TrainEvent::Phase(Phase::Evaluating { .. }))),
        place_of(&events, |event| matches!(event, TrainEvent::HeldOut(held_out) if held_out.images == 15 && held_out.step == 6)),
        place_of(&events, |event| *event == TrainEvent::Phase(Phase::Finished)),
    ];
    assert!(places.is_sorted(), "{events:?}");
    assert_eq!(losses(&events).len(), 6, "every step is reported once");
}

#[test]
fn pause_takes_effect_within_one_step_and_run_goes_on_as_if_nothing_had_been() {
    let unbroken = losses(&Script::play(vec![prepare(request(8)), TrainCommand::Run], None));
    let events = Script::play(vec![prepare(request(8)), TrainCommand::Run, TrainCommand::Run], Some((1, TrainCommand::Pause)));
    let paused = events.iter().rposition(|event| *event == TrainEvent::Phase(Phase::Paused)).unwrap();
    let before = losses(&events[..paused]).len();
    assert!((1..=2).contains(&before), "Pause came after the first report; {before} steps were done when it took effect");
    assert_eq!(losses(&events), unbroken, "a pause changes no number");
}

#[test]
fn single_steps_are_the_run_in_slow_motion() {
    let unbroken = losses(&Script::play(vec![prepare(request(3)), TrainCommand::Run], None));
    let looks = |events: &[TrainEvent]| events.iter().filter(|event| matches!(event, TrainEvent::Looks(_))).count();
    for (command, looked) in [(TrainCommand::Step, 1), (TrainCommand::StepAndLook, 3)] {
        let events = Script::play(vec![prepare(request(3)), command.clone(), command.clone(), command.clone()], None);
        assert_eq!(losses(&events), unbroken, "the same three steps");
        assert_eq!(looks(&events), looked, "{command:?}: the first step is looked into as in every run");
    }
}

#[test]
fn a_single_step_after_a_pause_between_two_epochs_is_a_step() {
    let mut asked = request(3);
    asked.hyperparameters.epochs = 2;
    let events = Script::play(vec![prepare(asked), TrainCommand::Run, TrainCommand::Step], Some((3, TrainCommand::Pause)));
    let ended = place_of(&events, |event| matches!(event, TrainEvent::EpochEnd(_)));
    let pauses = events[..ended].iter().filter(|event| **event == TrainEvent::Phase(Phase::Paused)).count();
    assert_eq!(pauses, 2, "once prepared and once between its last step and its end: {events:?}");
    assert_eq!(losses(&events[..ended]).len(), 3, "the epoch ends first");
    assert_eq!(losses(&events).len(), 4, "then the step is taken");
    assert_eq!(events.last(), Some(&TrainEvent::Phase(Phase::Paused)), "and it waits again");
}

#[test]
fn a_finished_run_goes_on_when_its_epochs_are_raised_as_if_they_had_been_from_the_start() {
    let epochs = |epochs: usize| {
        let mut request = request(3);
        request.hyperparameters.epochs = epochs;
        request
    };
    let unbroken = Script::play(vec![prepare(epochs(2)), TrainCommand::Run], None);
    let raised = TrainCommand::Retune(Box::new(epochs(2).hyperparameters));
    let events = Script::play(vec![prepare(epochs(1)), TrainCommand::Run, raised, TrainCommand::Run], None);
    assert_eq!(losses(&events).len(), 6, "three steps, and three more");
    assert_eq!(losses(&events), losses(&unbroken), "the same losses");
    let finished = events.iter().filter(|event| matches!(event, TrainEvent::Phase(Phase::Finished))).count();
    assert_eq!(finished, 2, "finished once, and once more");
    let ends = |events: &[TrainEvent]| events.iter().filter(|event| matches!(event, TrainEvent::EpochEnd(_))).count();
    assert_eq!(ends(&events), ends(&unbroken), "each epoch has its end");
}

#[test]
fn settings_that_cannot_train_are_refused_in_a_sentence_and_the_next_run_works() {
    let mut impossible = request(2);
    impossible.network.depth = 50;
    let events = Script::play(vec![prepare(impossible), TrainCommand::Run, prepare(request(2)), TrainCommand::Run], None);
    let refused = TrainEvent::Failed(TrainError::Settings { reason: "depth is 9n + 2: 47 or 56".into() });
    let refusal = place_of(&events, |event| *event == refused);
    assert_eq!(losses(&events[refusal..]).len(), 2, "after the refusal a sound run trains");

    let mut too_few_classes = request(2);
    too_few_classes.classes = ClassChoice(vec![1, 4]);
    let events = Script::play(vec![prepare(too_few_classes)], None);
    place_of(&events, |event| matches!(event, TrainEvent::Failed(TrainError::Settings { reason }) if reason.contains("2 were chosen")));
}

#[test]
fn images_that_are_not_there_are_named() {
    let mut lost = request(2);
    lost.dataset.train[0].file = "train-999.png".into();
    let events = Script::play(vec![prepare(lost)], None);
    place_of(&events, |event| matches!(event, TrainEvent::Failed(TrainError::Images { reason }) if reason.contains("train-999.png")));
}

#[test]
fn a_loss_that_is_no_number_stops_the_run_at_its_step() {
    let mut wild = request(4);
    // So small a deviation makes the normalised pixels infinite.
    wild.dataset.channel_deviation = [1e-39; 3];
    let events = Script::play(vec![prepare(wild), TrainCommand::Run], None);
    assert_eq!(events.last(), Some(&TrainEvent::Failed(TrainError::Diverged { step: 0 })), "named, and nothing follows");
}

#[test]
fn looks_at_every_tenth_step_come_with_the_steps() {
    let events = Script::play(vec![prepare(request(11)), TrainCommand::Run], None);
    let looks = events.iter().filter_map(|event| if let TrainEvent::Looks(looks) = event { Some(looks) } else { None });
    assert_eq!(looks.flatten().map(|look| look.gradients.step).collect::<Vec<_>>(), [0, 10], "the first and the eleventh");
}

#[test]
fn a_look_at_an_image_is_sent_whenever_there_is_a_run() {
    let question = ImageQuestion { image: 4, place: 2, ..Default::default() };
    let events = Script::play(
        vec![prepare(request(3)), TrainCommand::LookAtImage(question.clone()), TrainCommand::Run],
        Some((1, TrainCommand::LookAtImage(question))),
    );
    let looks: Vec<_> = events
        .iter()
        .filter_map(|event| {
            if let TrainEvent::ImageLook(look) = event { Some((look.question.image, look.maps.size, look.steps_done)) } else { None }
        })
        .collect();
    assert_eq!(looks[0], (4, [16, 16], 0), "before the first step, of the second block");
    assert!(looks.len() == 2 && looks[1].2 > 0, "and between two steps: {looks:?}");
    assert_eq!(
        losses(&events),
        losses(&Script::play(vec![prepare(request(3)), TrainCommand::Run], None)),
        "training goes on as if nothing had been"
    );
}

#[test]
fn an_epoch_ends_with_a_record_of_all_that_was_measured() {
    let mut asked = request(6);
    asked.hyperparameters.epochs = 2;
    asked.hyperparameters.training_images = 60;
    asked.hyperparameters.monitoring = Monitoring { validation_images: 20, stopping_patience: 0, average_decay: 0.9 };
    asked.hyperparameters.augmentation = Augmentation { flip: true, crop_padding: 2, ..Default::default() };
    asked.hyperparameters.normalisation = InputNormalisation::CentreAndDeviation;
    let events = Script::play(vec![prepare(asked), TrainCommand::Run, TrainCommand::Test], None);
    let records: Vec<_> =
        events.iter().filter_map(|event| if let TrainEvent::EpochEnd(record) = event { Some(**record) } else { None }).collect();
    assert_eq!(
        records.iter().map(|record| (record.epoch, record.steps_done)).collect::<Vec<_>>(),
        [(1, 4), (2, 8)],
        "40 of 60 are learnt from"
    );
    for record in &records {
        let images = [record.validation, Some(record.held_out), record.averaged].map(|measured| measured.map(|metrics| metrics.images));
        assert_eq!(images, [Some(20), Some(15), Some(15)], "each on its own images: {record:?}");
        let steps = &losses(&events)[record.steps_done - 4..record.steps_done];
        let mean = steps.iter().map(|loss| f64::from(*loss)).sum::<f64>() / 4.0;
        assert!((f64::from(record.loss) - mean).abs() < 1e-6, "the mean over its batches: {record:?}");
    }
    assert!(records[0].is_best, "the first epoch is the best so far");
    let Some(TrainEvent::Tested(tests)) = events.last() else { panic!("the test comes last: {events:?}") };
    assert_eq!(tests.iter().map(|test| test.weights).collect::<Vec<_>>(), TestedWeights::ALL, "all weights there are");
    assert_eq!(tests[0].plain, records[1].held_out, "the last weights are those of the last epoch");
    assert_eq!(Some(tests[1].plain), records[1].averaged, "and so is their average");
}

#[test]
fn early_stopping_ends_a_run_before_its_last_epoch() {
    let mut asked = request(2);
    // Steps too short to change anything: no epoch is better than the first, within rounding.
    asked.hyperparameters = Hyperparameters {
        epochs: 40,
        learning_rate: 1e-30,
        training_images: 30,
        monitoring: Monitoring { validation_images: 10, stopping_patience: 2, ..Default::default() },
        ..asked.hyperparameters
    };
    // Batch norm's moving statistics go on moving; without it nothing does.
    asked.network.batch_norm = false;
    asked.network.dense_batch_norm = false;
    let events = Script::play(vec![prepare(asked), TrainCommand::Run, TrainCommand::Run], None);
    assert_eq!(losses(&events).len(), 6, "three epochs of two steps: one that counts and two without a lower loss");
    let stops = events.iter().filter(|event| matches!(event, TrainEvent::EpochEnd(record) if record.stops)).count();
    assert_eq!(stops, 1, "the last of them says so");
    assert_eq!(events.last(), Some(&TrainEvent::Phase(Phase::Finished)), "and it stays over when it is asked to go on");
}

#[test]
fn an_augmented_run_goes_on_after_a_pause_as_if_nothing_had_been() {
    let asked = || {
        let mut asked = request(8);
        asked.hyperparameters.augmentation = Augmentation { flip: true, rotation_degrees: 10.0, ..Default::default() };
        asked
    };
    let unbroken = losses(&Script::play(vec![prepare(asked()), TrainCommand::Run], None));
    let events = Script::play(vec![prepare(asked()), TrainCommand::Run, TrainCommand::Run], Some((1, TrainCommand::Pause)));
    assert_eq!(losses(&events), unbroken, "a pause changes no number");
    assert_ne!(losses(&Script::play(vec![prepare(request(8)), TrainCommand::Run], None)), unbroken, "and the images were changed");
}

#[test]
fn predictions_come_between_steps_and_at_the_end_and_say_what_the_epoch_measured() {
    let unbroken = losses(&Script::play(vec![prepare(request(5)), TrainCommand::Run], None));
    let commands = vec![prepare(request(5)), TrainCommand::Predict, TrainCommand::Run, TrainCommand::Predict, TrainCommand::Test];
    let events = Script::play(commands, Some((1, TrainCommand::Predict)));
    assert_eq!(losses(&events), unbroken, "training goes on as if nothing had been");
    let predictions: Vec<Predictions> = events
        .iter()
        .filter_map(|event| if let TrainEvent::Predictions(bytes) = event { Some(decode(bytes).expect("predictions")) } else { None })
        .collect();
    let steps: Vec<_> = predictions.iter().map(|made| made.steps_done).collect();
    assert!(steps.len() == 3 && steps[0] == 0 && (1..5).contains(&steps[1]) && steps[2] == 5, "before, between and after: {steps:?}");
    let last = &predictions[2];
    assert_eq!(
        (last.labels.len(), last.pixels.len(), last.classes),
        (15, 15 * IMAGE_BYTES, 10),
        "batches of ten: what fills up is left away"
    );
    let Some(TrainEvent::Tested(tests)) = events.last() else { panic!("the test comes last: {events:?}") };
    for (view, measured) in [(View::Plain, tests[0].plain), (View::WithMirrorImages, tests[0].with_mirror_images)] {
        let outcomes = last.outcomes(view).expect("they belong together");
        assert!((outcomes.accuracy() - f64::from(measured.accuracy)).abs() < 1e-6, "{view:?}: the same accuracy as elsewhere");
        assert!((outcomes.loss() - f64::from(measured.loss)).abs() < 1e-5, "{view:?}: {} is not {}", outcomes.loss(), measured.loss);
        assert_eq!(ClassReport::new(&outcomes).macro_average.support, 15, "every held-out image once");
    }
    assert_ne!(last.plain, last.with_mirror_images, "mirror images are other images");
    let looked =
        Script::play(vec![prepare(request(5)), TrainCommand::LookAtImage(ImageQuestion { image: 12, ..Default::default() })], None);
    let Some(TrainEvent::ImageLook(look)) = looked.last() else { panic!("a look comes last: {looked:?}") };
    assert_eq!(Some(look.looked_at()), Some(last.image(12)), "each image with its own pixels");
    assert_eq!(look.label(), Some(usize::from(last.labels[12])), "and its own label");
}

#[test]
fn images_are_whitened_by_the_matrix_that_is_kept() {
    let asked = |normalisation, augmentation, whitening: &str| {
        let mut asked = request(3);
        (asked.hyperparameters.normalisation, asked.hyperparameters.augmentation) = (normalisation, augmentation);
        asked.whitening = whitening.into();
        vec![prepare(asked), TrainCommand::Run]
    };
    let matrix = |diagonal: f32| -> Vec<u8> {
        let entry = |place: usize| if place.is_multiple_of(NUMBERS + 1) { diagonal } else { 0.0 };
        (0..NUMBERS * NUMBERS).flat_map(|place| entry(place).to_le_bytes()).collect()
    };
    let mut kept = BTreeMap::from([("same".to_owned(), matrix(1.0)), ("twice".to_owned(), matrix(2.0)), ("half".to_owned(), vec![0; 9])]);
    let held_out = |events: &[TrainEvent]| {
        events.iter().find_map(|event| if let TrainEvent::HeldOut(metrics) = event { Some(metrics.loss) } else { None })
    };
    for augmentation in [Augmentation::default(), Augmentation { flip: true, ..Default::default() }] {
        let centred = Script::play(asked(InputNormalisation::Centre, augmentation, ""), None);
        let mut whitened = |name| Script::play_with(asked(InputNormalisation::Whitened, augmentation, name), None, &mut kept);
        let same = whitened("same");
        assert_eq!(losses(&same), losses(&centred), "ones on the diagonal change nothing");
        assert_eq!(held_out(&same), held_out(&centred), "of the images to measure with either");
        let twice = whitened("twice");
        assert_ne!(losses(&twice), losses(&centred), "others do");
        for name in ["half", "gone"] {
            let events = whitened(name);
            let Some(TrainEvent::Failed(error)) = events.last() else { panic!("{name}: {events:?}") };
            assert!(error.to_string().contains("press Play again"), "{name}: {error}");
        }
    }
}
