//! The gap on numbers whose causes are known.

use super::{Gap, GapLevel, GapMeasure, GapMetrics, GapUnit};
use GapLevel::{HeldOut, MovingStatistics, Reported, Trained, WithoutAugmentation, WithoutDropout};

fn measured(steps_done: usize, accuracies: &[(GapLevel, f32)]) -> GapMetrics {
    let measure = |&(level, accuracy): &(GapLevel, f32)| GapMeasure { level, loss: 1.0 - accuracy, accuracy, images: 100 };
    GapMetrics { steps_done, mean_of_steps: 4, training_images: 100, levels: accuracies.iter().map(measure).collect() }
}

fn accuracy(metrics: &GapMetrics) -> Gap {
    Gap::new(metrics, GapUnit::Accuracy).expect("first and last pass are there")
}

#[test]
fn causes_add_up_to_the_whole_gap_to_the_last_digit_shown() {
    // A third of everything: no two of these differences round alike.
    let thirds: Vec<f32> = [98.05, 97.149_99, 96.25, 95.35, 61.349_9, 45.049_9].map(|percent| percent / 100.0).to_vec();
    let levels: Vec<_> =
        [Reported, Trained, WithoutAugmentation, WithoutDropout, MovingStatistics, HeldOut].into_iter().zip(thirds).collect();
    for unit in [GapUnit::Accuracy, GapUnit::Loss] {
        let gap = Gap::new(&measured(1000, &levels), unit).unwrap();
        assert_eq!(gap.parts.len(), 5);
        assert_eq!(gap.parts.iter().map(|part| part.less).sum::<i64>(), gap.total(), "{gap:?}");
        let shown: f64 = gap.parts.iter().map(|part| unit.signed(part.less).replace('−', "-").parse::<f64>().unwrap()).sum();
        assert!((shown - unit.number(gap.total()).replace('−', "-").parse::<f64>().unwrap()).abs() < 1e-9, "as shown, too: {gap:?}");
    }
}

#[test]
fn the_question_that_is_most_asked_has_its_answer() {
    // Training accuracy 98 %, evaluation 45 %, after 40 steps.
    let few_steps = measured(40, &[(Reported, 0.9), (Trained, 0.98), (WithoutDropout, 0.99), (MovingStatistics, 0.5), (HeldOut, 0.45)]);
    let gap = accuracy(&few_steps);
    assert_eq!((gap.total(), gap.largest().map(|part| (part.level, part.less))), (450, Some((MovingStatistics, 490))));
    assert_eq!(
        few_steps.sentence(),
        "Batch norm's moving statistics: 49.0 points, others −4.0. After 40 steps at momentum 0.99 they are still 67\u{a0}% starting values: train longer."
    );
    let memorised = measured(4000, &[(Reported, 0.98), (Trained, 0.98), (WithoutDropout, 1.0), (MovingStatistics, 1.0), (HeldOut, 0.45)]);
    assert_eq!(accuracy(&memorised).largest().map(|part| (part.level, part.less)), Some((HeldOut, 550)));
    assert!(memorised.sentence().starts_with("It remembers its training images: 55.0 points, others −2.0."), "{}", memorised.sentence());
}

#[test]
fn old_moving_statistics_are_not_told_to_wait() {
    let late = measured(2000, &[(Reported, 0.9), (Trained, 0.9), (MovingStatistics, 0.5), (HeldOut, 0.45)]);
    assert!(late.sentence().contains("lag behind the weights"), "0.99 to the power of 2,000 is nothing: {}", late.sentence());
}

#[test]
fn held_out_accuracy_above_training_accuracy_has_a_reason_too() {
    let dropout = measured(900, &[(Reported, 0.4), (Trained, 0.42), (WithoutDropout, 0.6), (MovingStatistics, 0.59), (HeldOut, 0.55)]);
    assert_eq!(accuracy(&dropout).total(), -150);
    assert_eq!(
        dropout.sentence(),
        "Held-out accuracy is higher: dropout makes training harder than evaluation (18.0 points, others −3.0)."
    );
    let early = measured(9, &[(Reported, 0.2), (Trained, 0.5), (HeldOut, 0.45)]);
    assert!(early.sentence().contains("a mean over an epoch in which the network became better"), "{}", early.sentence());
}

#[test]
fn hardly_a_gap_is_said_and_why() {
    let even = measured(9, &[(Reported, 0.5), (Trained, 0.502), (HeldOut, 0.496)]);
    assert_eq!(even.sentence(), "Hardly a gap: 0.4 points.");
    let cancelled = measured(9, &[(Reported, 0.5), (Trained, 0.6), (HeldOut, 0.496)]);
    assert_eq!(cancelled.sentence(), "Hardly a gap, because causes cancel: the largest, images it has not learnt from, makes 10.4 points.");
}

#[test]
fn every_sentence_has_at_most_25_words() {
    let all = [Reported, Trained, WithoutAugmentation, WithoutDropout, MovingStatistics, HeldOut];
    for steps in [1, 40, 123_456] {
        for fallen in 1..all.len() {
            for (before, after) in [(0.98, 0.1), (0.1, 0.98), (0.5, 0.5), (0.5, 0.495)] {
                let levels: Vec<_> =
                    all.iter().enumerate().map(|(place, level)| (*level, if place < fallen { before } else { after })).collect();
                let sentence = measured(steps, &levels).sentence();
                assert!(!sentence.is_empty() && sentence.split(' ').count() <= 25, "{sentence}");
            }
        }
    }
}

#[test]
fn what_was_not_measured_has_no_sentence() {
    assert_eq!(measured(9, &[]).sentence(), "");
    assert_eq!(measured(9, &[(Reported, 0.5)]).sentence(), "");
    assert_eq!(Gap::new(&measured(9, &[(Trained, 0.5), (HeldOut, 0.5)]), GapUnit::Accuracy), None);
    let mut broken = measured(9, &[(Reported, 0.5), (Trained, 0.5), (HeldOut, 0.5)]);
    broken.levels[1].loss = f32::NAN;
    broken.levels[2].loss = f32::INFINITY;
    let gap = Gap::new(&broken, GapUnit::Loss).expect("numbers that are none are no reason to stop");
    assert_eq!(gap.parts.iter().map(|part| part.less).sum::<i64>(), gap.total());
}

#[test]
fn the_method_names_the_images_and_says_when_they_are_a_sample() {
    let mut metrics = measured(64, &[(Reported, 0.5), (Trained, 0.5), (HeldOut, 0.5)]);
    assert_eq!(
        metrics.method(),
        "Measured after step 64 with 100 training images of the last 4 steps, and 100 held-out images. No weight changed."
    );
    metrics.levels[0].images = 1000;
    assert!(
        metrics.method().contains("100 training images of the last 4 steps, a sample drawn evenly from them, and"),
        "{}",
        metrics.method()
    );
}

#[test]
fn each_bar_of_the_waterfall_begins_where_the_one_before_ended() {
    let metrics = measured(40, &[(Reported, 0.9), (Trained, 0.98), (MovingStatistics, 0.5), (HeldOut, 0.45)]);
    let bars = accuracy(&metrics).bars();
    let places: Vec<_> = bars.iter().map(|bar| (bar.from, bar.to, bar.is_end)).collect();
    assert_eq!(places, [(0, 900, true), (900, 980, false), (980, 500, false), (500, 450, false), (0, 450, true)]);
    assert_eq!(bars[2].label, "Moving statistics of batch norm");
}

#[test]
fn a_cause_is_a_part_of_the_gap_unless_others_pull_back() {
    let part = measured(900, &[(Reported, 0.9), (Trained, 0.88), (MovingStatistics, 0.87), (HeldOut, 0.45)]);
    assert!(part.sentence().starts_with("It remembers its training images: 42.0 of 45.0 points."), "{}", part.sentence());
}
