use proptest::prelude::*;

use super::*;

fn step(step: usize, loss: f32) -> StepMetrics {
    StepMetrics { step, loss, accuracy: 0.5 }
}

fn pass(step: usize, accuracy: f32) -> HeldOutMetrics {
    HeldOutMetrics { step, loss: 1.0, accuracy, images: 1000 }
}

/// A run of so many steps that learns, with a pass every ten.
fn run(steps: usize) -> AuthorCurve {
    let losses: Vec<_> = (0..steps).map(|place| step(place, 2.3 / (1.0 + place as f32 / 50.0) + (place % 7) as f32 / 20.0)).collect();
    let passes: Vec<_> = (1..=steps / 10).map(|epoch| pass(epoch * 10, 1.0 - 0.9 / epoch as f32)).collect();
    AuthorCurve::of(&losses, &passes).expect("it measured something")
}

#[test]
fn a_short_run_is_told_step_by_step() {
    let curve = AuthorCurve::of(&[step(0, 2.31), step(1, 1.2), step(2, 0.0)], &[pass(3, 0.562)]).expect("three steps");
    let losses: Vec<_> = curve.losses().collect();
    assert_eq!(losses.iter().map(|(step, _)| *step).collect::<Vec<_>>(), [0, 1, 2]);
    assert!((losses[0].1 / 2.31 - 1.0).abs() <= LOSS_ERROR && losses[2].1 == 0.0, "{losses:?}");
    assert_eq!(curve.accuracies().collect::<Vec<_>>(), [(3, 0.562)]);
    assert_eq!(curve.words(), "loss 0.00 at step 3, 56.2 % of held-out images right");
}

#[test]
fn a_long_run_is_told_by_means_and_ends_where_it_ended() {
    let curve = run(5000);
    assert!(curve.losses().count() <= MOST_POINTS && curve.losses().count() > MOST_POINTS / 2);
    let last = curve.losses().last().expect("there are some").0;
    assert!((4900..5000).contains(&last), "{last}");
    assert!(curve.accuracies().count() <= MOST_POINTS);
    assert_eq!(curve.accuracies().last().map(|(step, _)| step), Some(5000), "the last pass is the result");
    let (first, mean) = curve.losses().next().expect("there are some");
    let expected = (0..79).map(|place| 2.3 / (1.0 + f64::from(place) / 50.0) + f64::from(place % 7) / 20.0).sum::<f64>() / 79.0;
    assert_eq!(first, 39);
    assert!((mean / expected - 1.0).abs() <= LOSS_ERROR, "{mean} is the mean {expected}");
}

#[test]
fn the_longest_curve_leaves_a_link_below_two_thousand_characters() {
    for steps in [10, 640, 5000, 100_000] {
        let text = run(steps).to_string();
        assert!(text.len() < 900, "{} characters for {steps} steps", text.len());
    }
    // What jumps from one end to the other at each of many steps.
    let losses: Vec<_> = (0..64).map(|place| step(place * 100_000, if place % 2 == 0 { 1e9 } else { 0.0 })).collect();
    let passes: Vec<_> = (0..64).map(|place| pass(place * 100_000, (place % 2) as f32)).collect();
    let text = AuthorCurve::of(&losses, &passes).expect("a curve").to_string();
    assert!(text.len() < 900, "{} characters", text.len());
}

#[test]
fn where_there_is_little_room_a_curve_has_fewer_points() {
    let losses: Vec<_> = (0..1000).map(|place| step(place, 2.3 / (1.0 + place as f32 / 50.0))).collect();
    let passes: Vec<_> = (1..=100).map(|epoch| pass(epoch * 10, 1.0 - 0.9 / epoch as f32)).collect();
    let mut before = usize::MAX;
    for most in [2000, 300, 150, 80] {
        let curve = AuthorCurve::within(most, &losses, &passes).expect("a few points");
        assert!(curve.to_string().len() <= most && curve.losses().count() < before, "{} points in {most}", curve.losses().count());
        assert_eq!(curve.accuracies().last().map(|(step, _)| step), Some(1000), "the result stays");
        before = curve.losses().count();
    }
    assert_eq!(AuthorCurve::within(20, &losses, &passes), None);
}

#[test]
fn a_run_that_measured_nothing_has_none() {
    assert_eq!(AuthorCurve::of(&[], &[]), None);
    assert_eq!(AuthorCurve::of(&[step(0, f32::NAN)], &[pass(1, f32::NAN)]), None, "nor one that blew up at once");
    let later = AuthorCurve::of(&[step(0, 2.0), step(1, f32::INFINITY)], &[]).expect("one step");
    assert_eq!(later.losses().count(), 1, "what is no number is left out");
}

#[test]
fn damage_is_told_from_another_version() {
    let text = run(100).to_string();
    assert_eq!(text.parse(), Ok(run(100)));
    for place in 0..text.len() {
        let cut: Result<AuthorCurve, _> = text[..place].parse();
        assert_eq!(cut, Err(UnreadableCurve::Damaged), "cut off at {place}");
        let mut changed = text.clone().into_bytes();
        changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).expect("ASCII");
        assert!(changed.parse::<AuthorCurve>().is_err(), "changed at {place}");
    }
    assert_eq!(text.replacen('1', "2", 1).parse::<AuthorCurve>(), Err(UnreadableCurve::OtherVersion));
    for garbage in ["", "1z", "z", "1AAAAAAz", "hello", "1____z", "１２z", "1é", &"1".repeat(100_000), &format!("1{}z", "A".repeat(1900))]
    {
        assert_eq!(garbage.parse::<AuthorCurve>(), Err(UnreadableCurve::Damaged), "{garbage:.20}");
    }
}

proptest! {
    #[test]
    fn every_curve_comes_back_exactly(
        losses in prop::collection::vec(any::<f32>(), 0..300),
        accuracies in prop::collection::vec(-0.1..1.1_f32, 0..300),
        apart in 1..100_000_usize,
    ) {
        let steps: Vec<_> = losses.iter().enumerate().map(|(place, loss)| step(place * apart, *loss)).collect();
        let passes: Vec<_> = accuracies.iter().enumerate().map(|(place, accuracy)| pass(place * apart, *accuracy)).collect();
        if let Some(curve) = AuthorCurve::of(&steps, &passes) {
            let text = curve.to_string();
            prop_assert!(text.len() < 1000 && text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_'));
            prop_assert_eq!(text.parse(), Ok(curve));
        }
    }

    #[test]
    fn values_come_back_within_the_errors_that_are_promised(loss in LEAST_LOSS..MOST_LOSS, accuracy in 0.0..=1.0_f64) {
        let back = loss_of(loss_code(loss));
        prop_assert!((back / loss - 1.0).abs() <= LOSS_ERROR, "{} for {}", back, loss);
        prop_assert!((accuracy_of(accuracy_code(accuracy)) - accuracy).abs() <= ACCURACY_ERROR + f64::EPSILON);
        prop_assert_eq!(loss_code(back), loss_code(loss), "a second time changes nothing");
    }

    #[test]
    fn garbage_never_panics(text in any::<String>(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = text.parse::<AuthorCurve>();
        let mut sealed = bytes.clone();
        sealed.extend(text::checksum(&bytes));
        let text = format!("1{}z", base64::Engine::encode(&base64::prelude::BASE64_URL_SAFE_NO_PAD, sealed));
        if let Ok(curve) = text.parse::<AuthorCurve>() {
            prop_assert!(curve.losses().all(|(_, loss)| (0.0..=MOST_LOSS).contains(&loss)));
            prop_assert!(curve.accuracies().all(|(_, share)| (0.0..=1.0).contains(&share)));
        }
    }
}
