use proptest::prelude::*;

use super::*;

fn goal(text: &str) -> Goal {
    Goal::parse(text).unwrap_or_else(|problem| panic!("{text}: {problem}"))
}

fn at(steps: usize, seconds: f64) -> Spent {
    Spent { steps, epochs: steps as f64 / 10.0, training_ms: seconds * 1000.0 }
}

/// Held-out accuracies in percent at the ends of epochs of ten steps, of a second each.
fn accuracies(values: &[f64]) -> Vec<Measured> {
    values
        .iter()
        .enumerate()
        .map(|(place, value)| Measured { value: *value, at: at(10 * (place + 1), 10.0 * (place + 1) as f64) })
        .collect()
}

#[test]
fn goals_are_written_as_they_were_read() {
    for text in ["accuracy:55@60s", "accuracy:55", "accuracy:55@3epochs", "loss:0.5@100steps", "loss:0.001", "accuracy:100@86400s"] {
        assert_eq!(goal(text).to_string(), text);
    }
    for (text, canonical) in [
        ("Accuracy: 55 % @ 60 s", "accuracy:55@60s"),
        ("ACC:55,5@1.5min", "accuracy:55.5@90s"),
        ("accuracy:55@1h", "accuracy:55@3600s"),
        ("loss:5e-1@1step", "loss:0.5@1steps"),
        ("loss:.5@1 epoch", "loss:0.5@1epochs"),
        ("accuracy:055.0@060seconds", "accuracy:55@60s"),
    ] {
        assert_eq!(goal(text).to_string(), canonical, "{text}");
    }
}

#[test]
fn what_is_out_of_its_limits_becomes_the_nearest_with_a_sentence() {
    for (text, nearest, word) in [
        ("accuracy:140@60s", "accuracy:100@60s", "at most 100"),
        ("accuracy:-3", "accuracy:1", "at least 1"),
        ("accuracy:0", "accuracy:1", "at least 1"),
        ("accuracy:0.55@60s", "accuracy:55@60s", "in percent"),
        ("accuracy:1e999", "accuracy:100", "at most"),
        ("loss:0", "loss:0.001", "at least"),
        ("loss:1e9@5steps", "loss:100@5steps", "at most"),
        ("accuracy:55@0s", "accuracy:55@1s", "from 1"),
        ("accuracy:55@1e300s", "accuracy:55@86400s", "86400"),
        ("accuracy:55@2.5epochs", "accuracy:55@3epochs", "whole number"),
        ("accuracy:55@60", "accuracy:55", "no limit"),
        ("accuracy:55@60parsecs", "accuracy:55", "no limit"),
        ("accuracy:55@", "accuracy:55", "no limit"),
        ("accuracy:55@60s@70s", "accuracy:55", "no limit"),
    ] {
        let problem = Goal::parse(text).expect_err(text);
        assert_eq!(problem.nearest.map(|goal| goal.to_string()).as_deref(), Some(nearest), "{text}");
        assert!(problem.sentence.contains(word), "{text}: {}", problem.sentence);
    }
}

#[test]
fn what_is_no_goal_says_what_one_looks_like() {
    let long = "x".repeat(5000);
    for text in [
        "",
        "55",
        "accuracy",
        "accuracy:",
        "accuracy:NaN",
        "accuracy:inf",
        "speed:3",
        "accuracy:many@60s",
        "：：",
        "目标:55",
        "@60s",
        &long,
    ] {
        let problem = Goal::parse(text).expect_err(text);
        assert_eq!(problem.nearest, None, "{text}");
        assert!(problem.sentence.contains("accuracy:55@60s") && problem.sentence.chars().count() < 200, "{}", problem.sentence);
    }
}

#[test]
fn the_first_moment_counts() {
    let goal = goal("accuracy:55@60s");
    let progress = goal.progress(accuracies(&[30.0, 56.2, 40.0, 60.0]), at(45, 45.0), false);
    assert_eq!((progress.reached, progress.score), (Some(true), 1.0));
    assert_eq!(progress.first.map(|first| first.at.steps), Some(20), "later ones change nothing");
    assert_eq!(goal.progress_words(&progress), "reached after 20 s (56.2 %)");
    assert_eq!(goal.words(), "55 % of held-out images right in 60 s of training");
}

#[test]
fn a_goal_can_be_reached_until_its_limit_has_passed() {
    let goal = goal("accuracy:55@30s");
    let open = goal.progress(accuracies(&[30.0, 41.0]), at(25, 25.0), false);
    assert_eq!(open.reached, None);
    assert_eq!(goal.progress_words(&open), "so far 41.0 %, 5 s left");
    let missed = goal.progress(accuracies(&[30.0, 41.0, 51.4, 90.0]), at(40, 40.0), false);
    assert_eq!(missed.reached, Some(false), "what came later does not count");
    assert_eq!(goal.progress_words(&missed), "not reached: 51.4 % at best, after 30 s");
    let ended = goal.progress(accuracies(&[30.0]), at(10, 10.0), true);
    assert_eq!(ended.reached, Some(false), "a run that is over reaches nothing more");
    let just = goal.progress(accuracies(&[30.0, 40.0, 55.0]), at(30, 30.0), false);
    assert_eq!(just.reached, Some(true), "both limits are within");
}

#[test]
fn nothing_measured_is_said() {
    let goal = goal("accuracy:55@30s");
    assert_eq!(goal.progress_words(&goal.progress([], at(5, 5.0), false)), "no epoch has ended yet, 25 s left");
    let missed = goal.progress([], at(31, 31.0), false);
    assert_eq!((goal.progress_words(&missed).as_str(), missed.score), ("not reached: no epoch has ended", 0.0));
}

#[test]
fn losses_count_downwards_in_steps_and_epochs() {
    let losses = |values: &[f64]| -> Vec<_> {
        values.iter().enumerate().map(|(place, value)| Measured { value: *value, at: at(place + 1, place as f64) }).collect()
    };
    let steps = goal("loss:0.5@3steps");
    let progress = steps.progress(losses(&[2.0, 1.0, 0.5]), at(3, 3.0), false);
    assert_eq!(steps.progress_words(&progress), "reached after 3 steps (0.500)");
    let half = steps.progress(losses(&[2.0, 1.0]), at(2, 2.0), false);
    assert_eq!((half.reached, half.score), (None, 0.5), "target by best");
    assert_eq!(steps.progress_words(&half), "so far 1.000, 1 step left");
    assert_eq!(steps.progress(losses(&[2.0, 1.0, 0.6, 0.1]), at(4, 4.0), false).reached, Some(false));
    let epochs = goal("loss:0.5@1epochs");
    assert_eq!(epochs.progress_words(&epochs.progress(losses(&[0.4]), at(1, 1.0), false)), "reached after 1 epoch (0.400)");
    assert_eq!(epochs.progress(losses(&[f64::NAN, f64::INFINITY]), at(2, 1.0), true).score, 0.0, "what is no number counts for nothing");
}

proptest! {
    #[test]
    fn every_goal_comes_back(loss: bool, target in any::<f64>(), unit in 0_usize..4, count in any::<f64>()) {
        let quantity = if loss { GoalQuantity::Loss } else { GoalQuantity::Accuracy };
        let limit = GoalLimit::UNITS.get(unit).and_then(|unit| GoalLimit::of(unit, count));
        let goal = Goal::nearest(quantity, target, limit);
        prop_assert_eq!(Goal::parse(&goal.to_string()), Ok(goal));
        prop_assert!(quantity.targets().contains(&goal.target()));
    }

    #[test]
    fn targets_inside_their_limits_come_back_to_the_last_bit(target in 0.001..=100.0_f64) {
        let goal = Goal::nearest(GoalQuantity::Loss, target, None);
        prop_assert_eq!(Goal::parse(&goal.to_string()).map(|goal| goal.target().to_bits()), Ok(target.to_bits()));
    }

    #[test]
    fn no_text_panics_and_what_is_wrong_is_a_sentence(text in any::<String>()) {
        if let Err(problem) = Goal::parse(&text) {
            prop_assert!(problem.sentence.ends_with('.') && problem.sentence.chars().count() < 500);
        }
    }

    #[test]
    fn nor_does_what_looks_like_one(text in "(accuracy|loss|acc|x)[:=]?[-0-9.,eE%]{0,8}@?[-0-9.e]{0,6}(s|min|steps?|epochs?|x)?") {
        if let Err(GoalProblem { nearest: Some(goal), .. }) = Goal::parse(&text) {
            prop_assert_eq!(Goal::parse(&goal.to_string()), Ok(goal));
        }
    }

    #[test]
    fn a_score_never_falls_while_a_run_goes_on(values in prop::collection::vec(0.0..100.0_f64, 0..12), target in 1.0..100.0_f64, loss: bool) {
        let quantity = if loss { GoalQuantity::Loss } else { GoalQuantity::Accuracy };
        let goal = Goal::nearest(quantity, target, Some(GoalLimit::Seconds(70)));
        let all = accuracies(&values);
        let mut before = 0.0;
        for count in 0..=all.len() {
            let now = at(10 * count, 10.0 * count as f64);
            let progress = goal.progress(all[..count].iter().copied(), now, count == all.len());
            prop_assert!(progress.score >= before && progress.score <= 1.0);
            prop_assert_eq!(progress.score == 1.0, progress.reached == Some(true));
            before = progress.score;
        }
    }
}
