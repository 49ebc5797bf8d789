//! Links as they come back from mails, chats, tables and books.

use proptest::prelude::*;

use super::tests::any_experiment;
use super::*;
use crate::experiment::Experiment;
use crate::experiment::options::options;
use crate::experiment::validation::problems;
use crate::random::{Purpose, RandomStream};
use crate::spec::ResNetSpec;

/// What happens to a link between two people. Nothing of it says anything.
const WAYS: [fn(&str) -> String; 20] = [
    |link| link.replace('&', "&amp;"),
    |link| link.replace('&', "&amp;amp;"),
    |link| link.replace('&', ";"),
    |link| format!("{link}."),
    |link| format!("{link})."),
    |link| format!("{link}\">"),
    |link| format!("<{link}>,"),
    |link| format!("{link}]"),
    |link| format!("{link}%22"),
    |link| encoded(link),
    |link| encoded(&encoded(link)),
    |link| encoded(&link.replace('&', "&amp;")),
    |link| link.to_uppercase(),
    |link| format!("#{link}"),
    |link| format!("#?{link}"),
    |link| format!("{link}&utm_source=mail&utm_medium=letter&fbclid=IwAR0&gclid=1&msclkid=2&mc_cid=3&igshid=4&ref=home"),
    |link| link.replace('=', "=\u{200b}").replace('&', "\u{a0}&+"),
    |link| link.replace('-', "\u{2013}"),
    |link| {
        link.chars()
            .map(|letter| if letter.is_ascii_digit() { char::from_u32(u32::from(letter) + 0xfee0).unwrap() } else { letter })
            .collect()
    },
    |link| format!("{link}&{link}"),
];

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn experiment(seed: u64) -> Experiment {
    any_experiment(&mut RandomStream::new(seed, Purpose::Subset, 7))
}

proptest! {
    #[test]
    fn every_experiment_comes_back_from_its_link(seed: u64) {
        let experiment = experiment(seed);
        let link = write(&experiment, &ViewOptions::default());
        prop_assert_eq!(read(&link), Link { experiment, ..Link::default() });
        prop_assert!(is_link(&link));
    }

    #[test]
    fn what_happens_to_a_link_on_its_way_changes_nothing(seed: u64, way in 0..WAYS.len(), then in 0..WAYS.len()) {
        let experiment = experiment(seed);
        let clean = write(&experiment, &ViewOptions::default());
        let once = WAYS[way](&clean);
        prop_assert_eq!(read(&once), Link { experiment, ..Link::default() }, "{}", once);
        // Two of them after each other may be more than can be understood, but never more than can be read.
        let twice = read(&WAYS[then](&once));
        prop_assert!(ResNetSpec::new(twice.experiment.network).is_ok());
    }

    #[test]
    fn any_text_is_a_link_to_an_experiment_that_trains(text in any::<String>()) {
        let link = read(&text);
        prop_assert!(ResNetSpec::new(link.experiment.network).is_ok());
        prop_assert_eq!(link.experiment.hyperparameters.check(), Ok(()));
        let _ = (is_link(&text), query_of(&text));
    }

    #[test]
    fn so_is_any_text_that_looks_like_one(text in "([a-z-]{1,9}|depth|filters|rate|classes|blocks|seed|l2|drops)(=|%3D|)([0-9.,'_ e+-]{0,9}|[a-z]{0,4}|%[0-9a-f]{2}|&amp;|[&;?#]){0,12}") {
        let link = read(&text);
        prop_assert!(ResNetSpec::new(link.experiment.network).is_ok());
        prop_assert_eq!(link.experiment.hyperparameters.check(), Ok(()));
        prop_assert!(link.notices.iter().all(|notice| notice.chars().count() < 200), "{:?}", link.notices);
    }
}

#[test]
fn numbers_as_people_write_them_are_read_and_that_is_said() {
    let link = read("images=1,000&rate=0,002&epochs=7.0&batch=1_6&l2=-1&filters=15.6");
    let training = link.experiment.hyperparameters;
    assert_eq!((training.training_images, training.learning_rate, training.epochs, training.batch_size), (1000, 0.002, 7, 16));
    assert_eq!((training.l2, link.experiment.network.start_filters), (0.0, 16), "the nearest that can be");
    assert_eq!(
        link.notices,
        [
            "filters is a whole number: “15.6” is read as 16.",
            "images is a whole number: “1,000” is read as 1000.",
            "batch is a whole number: “1_6” is read as 16.",
            "rate “0,002” is read as 0.002.",
            "epochs is a whole number: “7.0” is read as 7.",
            "l2 is at least 0, not “-1”: 0 is used.",
        ],
        "one sentence each"
    );
}

#[test]
fn numbers_with_thousands_of_digits_are_brought_to_the_nearest_value() {
    let (nines, zeros) = ("9".repeat(4000), "0".repeat(4000));
    let link = read(&format!("depth={nines}&filters=-{nines}&rate={nines}&seed={nines}&epochs={zeros}5&l2=0.{zeros}1"));
    let training = link.experiment.hyperparameters;
    assert_eq!((link.experiment.network.depth, link.experiment.network.start_filters), (1001, 2));
    assert_eq!((training.learning_rate, training.seed, training.epochs, training.l2), (1.0, u64::MAX, 5, 0.0));
    assert_eq!(link.notices.len(), 4, "{:?}", link.notices);
    assert!(link.notices.iter().all(|notice| notice.chars().count() < 120), "none repeats thousands of digits: {:?}", link.notices);
}

/// What somebody may write to break the page, as the value of any key.
fn hostile_values() -> Vec<String> {
    let digits = "9".repeat(5000);
    let numbers = [
        digits.clone(),
        format!("-{digits}"),
        format!("0.{digits}"),
        format!("1e{digits}"),
        format!("{digits}e-{digits}"),
        "1e-400".into(),
    ];
    let lists = [format!("{digits}-1"), "1-".repeat(5000), format!("1,{digits}"), "-".repeat(5000)];
    let texts = ["<img src=x onerror=alert(1)>", "\u{0}", "..%2F..%2Fsecret", "javascript:alert(1)", "NaN", "inf", "__proto__", "%00%ff"];
    numbers.into_iter().chain(lists).chain(texts.map(str::to_owned)).collect()
}

#[test]
fn whatever_a_key_is_given_the_experiment_trains_or_a_sentence_says_what_was_made_of_it() {
    let options = options().iter().map(|option| option.key);
    for key in options.chain(keys::OTHERS).chain(keys::BESIDE_IT) {
        for value in hostile_values() {
            let link = read(&format!("{key}={value}"));
            let shown: String = value.chars().take(20).collect();
            let problems = problems(&link.experiment, None);
            assert!(problems.is_empty() || !link.notices.is_empty(), "{key}={shown}: {problems:?} without a word");
            assert!(problems.iter().all(|problem| !problem.sentence.is_empty()), "{key}={shown}");
            let lengths = link.notices.iter().map(|notice| notice.chars().count());
            assert!(lengths.max().is_none_or(|longest| longest < 300), "{key}={shown}: {:?}", link.notices);
        }
    }
}

#[test]
fn capitals_and_other_separators_name_the_same_values() {
    let clean = read("optimizer=sgd&order=convolution-first&classes=0-3-5&skips=off&data=my-pets&blocks=1-2-1");
    for query in [
        "Optimizer=SGD&Order=Convolution-First&Classes=0-3-5&Skips=OFF&Data=My-Pets&Blocks=1-2-1",
        "optimizer=sgd&order=convolution_first&classes=0,3,5&skips=off&data=my-pets&blocks=1,2,1",
        "optimizer=sgd&order=convolution+first&classes=0+3+5&skips=off&data=my-pets&blocks=1+2+1",
        "optimizer=sgd&order=convolution–first&classes=0–3–5&skips=off&data=my‑pets&blocks=1–2–1",
    ] {
        assert_eq!(read(query), clean, "{query}");
    }
    assert!(clean.notices.is_empty(), "{:?}", clean.notices);
    assert_eq!(read("batch_norm=off&held_out=50"), read("batch-norm=off&held-out=50"), "keys too");
}

#[test]
fn links_of_other_pages_are_none_of_ours() {
    for query in ["depth=20", "v=1", "v=1&depth=29&skips=off", "depth=20&utm_source=x", "?depth%3D20%26filters%3D8", "seed=7&theme=dark"] {
        assert!(is_link(query), "{query}");
    }
    for query in
        ["", "v=dQw4w9WgXcQ", "q=resnet&page=2", "order=asc&page=2&size=10", "theme=dark", "view=grid&image=cat.png", "utm_source=x", "a"]
    {
        assert!(!is_link(query), "{query}");
    }
}
