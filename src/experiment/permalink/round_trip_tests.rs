//! Every option of the table and every key of the page comes back from a link exactly.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;
use crate::evaluation::metrics::{HeldOutMetrics, StepMetrics};
use crate::experiment::goal::{Goal, GoalLimit, GoalQuantity};
use crate::experiment::options::{MOST_CLASSES, OptionDefinition, OptionKind, options};
use crate::experiment::{AuthorCurve, Experiment};
use crate::spec::Named;

/// Texts of any value that an option takes, the ends of its range among them.
fn any_value(option: &OptionDefinition) -> BoxedStrategy<String> {
    let joined = |numbers: Vec<String>| numbers.join("-");
    match (option.kind(), option.key) {
        (OptionKind::Whole(range), _) => {
            let ends = vec![*range.start(), *range.end()];
            prop_oneof![select(ends), range].prop_map(|number| number.to_string()).boxed()
        }
        (OptionKind::Number(range), _) => {
            let (least, most) = range.into_inner();
            let small = (-308.0..0.0_f64).prop_map(move |exponent| (most.min(1.0) * 10f64.powf(exponent)).max(least));
            prop_oneof![select(vec![least, most, least.next_up(), most.next_down()]), least..=most, small]
                .prop_map(crate::language::format::shortest_decimal)
                .boxed()
        }
        (OptionKind::Switch, _) => select(vec!["on".to_owned(), "off".to_owned()]).boxed(),
        (OptionKind::Choice(choices), _) => select(choices.iter().map(|choice| choice.value.to_owned()).collect::<Vec<_>>()).boxed(),
        (OptionKind::Text(_), "switched") => {
            prop::collection::vec((0..5_usize, 0..30_usize).prop_map(|(stage, block)| format!("{stage}.{block}")), 0..6)
                .prop_map(joined)
                .boxed()
        }
        (OptionKind::Text(_), "blocks") => {
            prop::collection::vec((1..40_usize).prop_map(|count| count.to_string()), 1..6).prop_map(joined).boxed()
        }
        (OptionKind::Text(_), "drops") => subsequence((1..=1000_usize).collect::<Vec<_>>(), 1..=4)
            .prop_map(move |epochs| joined(epochs.iter().map(usize::to_string).collect()))
            .boxed(),
        (OptionKind::Text(_), "classes") => subsequence((0..MOST_CLASSES).collect::<Vec<_>>(), 2..40)
            .prop_map(move |classes| joined(classes.iter().map(u16::to_string).collect()))
            .boxed(),
        (OptionKind::Text(_), "data") => {
            prop_oneof![Just("usual".to_owned()), Just("starter".to_owned()), "[a-z0-9]{1,12}(-[a-z0-9]{1,8}){0,3}"].boxed()
        }
        (OptionKind::Text(wanted), key) => panic!("{key} takes {wanted}: say here which texts"),
    }
}

/// Any experiment that the table can describe, brought to the nearest that can be trained.
fn any_experiment() -> impl Strategy<Value = Experiment> {
    let values: Vec<BoxedStrategy<Option<String>>> =
        options().iter().map(|option| prop::option::weighted(0.4, any_value(option)).boxed()).collect();
    values.prop_map(|values| {
        let mut experiment = Experiment::default();
        for (option, value) in options().iter().zip(values) {
            if let Some(value) = value {
                // Names that mean something else are refused by their option.
                let _ = option.set(&mut experiment, &value);
            }
        }
        trainable(experiment)
    })
}

fn trainable(mut experiment: Experiment) -> Experiment {
    experiment.network = experiment.network.clone().nearest().0.choices().clone();
    experiment.hyperparameters = experiment.hyperparameters.nearest().0;
    experiment
}

fn any_view() -> impl Strategy<Value = ViewOptions> {
    let page = (select(Theme::ALL), select(Tab::ALL), prop::option::of(select(LessonStep::ALL)));
    let embed = prop::option::of((any::<bool>(), prop::collection::vec(select(EmbedPart::ALL), 0..4), any::<bool>()));
    (page, embed).prop_map(|((theme, tab, lesson), embed)| {
        let page = ViewOptions { theme, tab, lesson, ..ViewOptions::default() };
        embed.map_or(page, |(network, hidden, splice)| {
            // The drawing stands in the place of a tab.
            let tab = if network { Tab::default() } else { tab };
            ViewOptions { embed: true, network, tab, hidden: hidden.into_iter().collect(), splice, ..page }
        })
    })
}

fn any_goal() -> impl Strategy<Value = Goal> {
    let limit = prop::option::of((select(&GoalLimit::UNITS[..]), 0.0..1e8_f64))
        .prop_map(|limit| limit.and_then(|(unit, count)| GoalLimit::of(unit, count)));
    (select(GoalQuantity::ALL), 0.0..=101.0_f64, limit).prop_map(|(quantity, target, limit)| Goal::nearest(quantity, target, limit))
}

fn any_curve() -> impl Strategy<Value = Option<AuthorCurve>> {
    let losses = prop::collection::vec(0.0..20.0_f32, 0..200);
    let accuracies = prop::collection::vec(0.0..=1.0_f32, 0..100);
    (losses, accuracies).prop_map(|(losses, accuracies)| {
        let steps: Vec<_> = losses.iter().enumerate().map(|(step, loss)| StepMetrics { step, loss: *loss, accuracy: 0.0 }).collect();
        let pass = |(place, accuracy): (usize, &f32)| HeldOutMetrics { step: 10 * (place + 1), loss: 1.0, accuracy: *accuracy, images: 9 };
        AuthorCurve::of(&steps, &accuracies.iter().enumerate().map(pass).collect::<Vec<_>>())
    })
}

fn any_from_author() -> impl Strategy<Value = FromAuthor> {
    (prop::option::of(any_goal()), any_curve()).prop_map(|(goal, curve)| FromAuthor { goal, curve })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn a_link_holds_every_field_exactly(experiment in any_experiment(), view in any_view(), from_author in any_from_author()) {
        let query = write_with(&experiment, &view, &from_author);
        let link = read(&query);
        prop_assert_eq!(&link, &Link { experiment: experiment.clone(), view, from_author, ..Link::default() }, "{}", query);
        prop_assert_eq!(write_with(&link.experiment, &link.view, &link.from_author), query.clone(), "what is canonical stays");
        prop_assert!(query.chars().all(|letter| letter.is_ascii_alphanumeric() || "=&-._:@".contains(letter)), "no escapes in {}", query);
        let address = address(&experiment, &view, &link.from_author);
        prop_assert_eq!(read(&address), link, "{}", address);
    }

    #[test]
    fn a_curve_fits_what_an_experiment_leaves_of_two_thousand_characters(mut experiment in any_experiment(), goal in any_goal(), steps in 0..3000_usize) {
        // Those of a data set with a thousand classes may fill a link by themselves.
        experiment.classes.0.truncate(10);
        let steps: Vec<_> = (0..steps).map(|step| StepMetrics { step: 37 * step, loss: (step % 13) as f32, accuracy: 0.0 }).collect();
        let without = write_with(&experiment, &ViewOptions::default(), &FromAuthor { goal: Some(goal), curve: None }).len();
        prop_assert!(without < 1700, "every option in full precision has {} characters", without);
        let curve = AuthorCurve::within(1990 - without, &steps, &[]);
        prop_assert_eq!(curve.is_some(), !steps.is_empty());
        let whole = write_with(&experiment, &ViewOptions::default(), &FromAuthor { goal: Some(goal), curve });
        prop_assert!(whole.len() < 2000, "{} characters", whole.len());
    }
}

/// The same for each option alone, at the ends of its range: no other option stands in its way.
#[test]
fn each_option_comes_back_alone() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for option in options() {
        for _ in 0..40 {
            let value = any_value(option).new_tree(&mut runner).expect("a value").current();
            let mut experiment = Experiment::default();
            if option.set(&mut experiment, &value).is_err() {
                assert_eq!(option.key, "data", "{}={value} is refused", option.key);
                continue;
            }
            let experiment = trainable(experiment);
            let query = write(&experiment, &ViewOptions::default());
            assert_eq!(read(&query), Link { experiment, ..Link::default() }, "{query} of {}={value}", option.key);
        }
    }
}

/// Whatever an option is said to be, there is an experiment that trains, and at least one sentence about it.
#[test]
fn a_bad_value_of_any_option_is_told_and_replaced() {
    let many = "9".repeat(400);
    let bad = [
        "", "NaN", "inf", "-inf", "-1", "-1e308", "1e999", &many, "many", "null", "<b>", "äöü", "٣", "🎲", "0x10", "%00", "1-x", "--", "1e",
    ];
    for option in options() {
        for value in bad {
            let query = format!("v=1&{}={value}", option.key);
            // What cannot be seen comes into a link on its way.
            let value = value.trim_start_matches("%00");
            let link = read(&query);
            assert_eq!(link.experiment, trainable(link.experiment.clone()), "{query} trains");
            let usual = option.text(&Experiment::default());
            let is_usual = option.text(&link.experiment) == usual;
            // A name may be anything in letters, and a seed may have any number of digits.
            let is_told = !link.notices.is_empty();
            let is_value = option.set(&mut Experiment::default(), &value.to_lowercase()).is_ok();
            if option.key == "data" && !link.experiment.data.is_empty() {
                // Signs around a name fall off.
                assert!(value.to_lowercase().contains(&link.experiment.data), "{query}");
                continue;
            }
            assert!(is_told || is_value, "{query} is taken for {} without a word", option.text(&link.experiment));
            assert!(is_told || is_usual || is_value, "{query}");
            // One about the value, and one or two about the network that it no longer fits.
            assert!(link.notices.len() <= 3, "{query}: {:?}", link.notices);
            assert!(link.notices.iter().all(|notice| notice.ends_with('.') && notice.chars().count() < 250), "{query}: {:?}", link.notices);
        }
    }
}

#[test]
fn numbers_beside_their_range_become_its_ends_with_one_sentence() {
    for option in options() {
        let (below, above) = match option.kind() {
            OptionKind::Whole(range) => ((*range.start() as i128 - 1).to_string(), (*range.end() as i128 + 1).to_string()),
            OptionKind::Number(range) => ((range.start() - 1.0).to_string(), (range.end() * 2.0 + 1.0).to_string()),
            _ => continue,
        };
        for value in [below, above] {
            let link = read(&format!("v=1&{}={value}", option.key));
            assert!(!link.notices.is_empty(), "{}={value}", option.key);
            let read_back = option.text(&link.experiment);
            let number: f64 = read_back.parse().unwrap_or_else(|_| panic!("{}={value} became {read_back}", option.key));
            match option.kind() {
                OptionKind::Whole(range) => {
                    assert!((*range.start() as f64..=*range.end() as f64).contains(&number), "{}: {number}", option.key);
                }
                OptionKind::Number(range) => assert!(range.contains(&number), "{}: {number}", option.key),
                _ => {}
            }
        }
    }
}

#[test]
fn bad_values_of_the_page_are_told_once_each() {
    for (query, notices) in [
        ("embed=maybe", 1),
        ("theme=pink", 1),
        ("view=everything", 1),
        ("goal=fast", 1),
        ("goal=accuracy:140@60s", 1),
        ("curve=1AAAA", 1),
        ("curve=2AAAAz", 1),
        ("goal=&curve=", 2),
        ("goal=accuracy:55@60s", 0),
    ] {
        let link = read(query);
        assert_eq!(link.notices.len(), notices, "{query}: {:?}", link.notices);
        assert_eq!(link.experiment, Experiment::first(), "{query} says nothing of an experiment");
    }
    assert_eq!(read("goal=accuracy:140@60s").from_author.goal.map(|goal| goal.to_string()).as_deref(), Some("accuracy:100@60s"));
    assert_eq!(read("curve=1AAAA").from_author.curve, None, "garbage gives no curve");
}

#[test]
fn a_page_of_today_opens_the_link_of_a_later_one() {
    let link = read("v=2&depth=29&skips=off&colour-of-hair=red&goal=accuracy:55@60s&curve=3xyz");
    assert_eq!((link.experiment.network.depth, link.experiment.network.skip_connections), (29, false), "what it knows it takes");
    assert_eq!(
        link.notices,
        [
            "The link says something this page does not know and ignores: “colour-of-hair”.",
            "The link was made for version “2” of this page, which is version 1: some of it may be lost.",
            "The author's curve was written by another version of this page: it is left out.",
        ]
    );
    for version in ["0", "1.5", "two", "", "-1", "99999999999999999999"] {
        let link = read(&format!("v={version}&depth=29"));
        assert_eq!((link.experiment.network.depth, link.notices.len()), (29, 1), "v={version}: {:?}", link.notices);
    }
}
