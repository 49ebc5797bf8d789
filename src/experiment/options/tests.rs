use super::*;
use crate::experiment::Experiment;
use crate::experiment::permalink::{ViewOptions, read, write};

/// A value that differs from the default, for every option of the table.
const UNUSUAL: &[(&str, &str)] = &[
    ("depth", "29"),
    ("filters", "16"),
    ("skips", "off"),
    ("switched", "0.1-2.0"),
    ("image", "16"),
    ("channels", "1"),
    ("stages", "2"),
    ("convolutions", "2"),
    ("blocks", "3-4-2"),
    ("kernel", "5"),
    ("widening", "2"),
    ("later-widening", "3"),
    ("inner", "quarter-of-output"),
    ("order", "convolution-first"),
    ("activation", "gelu"),
    ("batch-norm", "off"),
    ("shared", "on"),
    ("stem-dropout", "0.3"),
    ("pool", "0"),
    ("dense", "64"),
    ("dense-batch-norm", "off"),
    ("head-dropout", "0.1"),
    ("data", "my-pets"),
    ("images", "300"),
    ("held-out", "70"),
    ("classes", "0-3-5"),
    ("batch", "16"),
    ("rate", "0.01"),
    ("epochs", "7"),
    ("l2", "0.001"),
    ("decay", "0.1"),
    ("optimizer", "sgd"),
    ("momentum", "0.5"),
    ("nesterov", "on"),
    ("weight-decay", "0.2"),
    ("clip", "1"),
    ("smoothing", "0.1"),
    ("schedule", "cosine"),
    ("drops", "3-7"),
    ("drop-factor", "0.2"),
    ("warm-up", "12"),
    ("plateau", "0"),
    ("plateau-factor", "0.3"),
    ("validation", "50"),
    ("patience", "0"),
    ("average", "0.99"),
    ("flip", "on"),
    ("width-shift", "0.1"),
    ("height-shift", "0.1"),
    ("rotation", "15"),
    ("zoom", "0.2"),
    ("shear", "10"),
    ("crop", "4"),
    ("cutout", "8"),
    ("normalise", "zca"),
    ("zca-epsilon", "0.02"),
    ("seed", "18446744073709551615"),
];

#[test]
fn every_option_takes_its_own_text() {
    let usual = Experiment::default();
    for option in options() {
        let mut experiment = usual.clone();
        option.set(&mut experiment, &option.text(&usual)).unwrap_or_else(|error| panic!("{}: {error}", option.key));
        assert_eq!(experiment, usual, "{}: its own text changes nothing", option.key);
    }
}

#[test]
fn every_value_survives_the_table() {
    for (key, value) in UNUSUAL.iter().copied() {
        let option = find(key).unwrap_or_else(|| panic!("no option {key}"));
        let mut experiment = Experiment::default();
        assert_eq!(option.set(&mut experiment, value), Ok(()), "{key}");
        assert_eq!(option.text(&experiment), value, "{key}");
    }
    for option in options() {
        let covered = UNUSUAL.iter().any(|(key, _)| *key == option.key) || option.key == "device";
        assert!(covered, "{} has no unusual value in this test", option.key);
    }
}

#[test]
fn a_link_keeps_each_option() {
    // Options that cannot be trained alone are brought to the nearest that can, which is not the matter here.
    for (key, value) in
        [("filters", "16"), ("images", "300"), ("rate", "0.01"), ("seed", "9007199254740993"), ("device", "cpu"), ("classes", "0-3")]
    {
        let mut experiment = Experiment::default();
        find(key)
            .map(|option| option.set(&mut experiment, value))
            .unwrap_or_else(|| panic!("no option {key}"))
            .unwrap_or_else(|error| panic!("{error}"));
        let link = write(&experiment, &ViewOptions::default());
        assert!(link.contains(&format!("{key}={value}")), "{link}");
        assert_eq!(read(&link).experiment, experiment, "{link}");
    }
}

#[test]
fn every_option_is_named_and_explained() {
    for option in options() {
        assert!(!option.label.is_empty() && !option.help.is_empty(), "{}", option.key);
        assert!(
            option.label.starts_with(|letter: char| letter.is_uppercase() || letter.is_ascii_digit()),
            "{}: {}",
            option.key,
            option.label
        );
    }
}

#[test]
fn keys_and_labels_are_unique() {
    for (place, option) in options().iter().enumerate() {
        let later = &options()[place + 1..];
        assert!(later.iter().all(|other| other.key != option.key), "{}", option.key);
        assert!(later.iter().all(|other| other.label != option.label), "two options are called {}", option.label);
    }
}

#[test]
fn a_text_that_is_no_value_changes_nothing_and_is_named() {
    let mut experiment = Experiment::default();
    let refused = find("batch").map(|option| option.set(&mut experiment, "many")).unwrap_or_else(|| panic!("the table has it"));
    assert_eq!(refused.unwrap_err().to_string(), "Batch size is a whole number from 2 to 512");
    assert_eq!(experiment, Experiment::default());
}

#[test]
fn what_has_no_effect_does_not_apply() {
    let mut experiment = Experiment::default();
    let applies = |key: &str, experiment: &Experiment| find(key).is_some_and(|option| option.applies(experiment));
    assert!(!applies("drop-factor", &experiment), "the default schedule does not drop");
    assert!(!applies("momentum", &experiment), "Adam has none");
    experiment.hyperparameters.optimizer.kind = crate::experiment::hyperparameters::OptimizerKind::Sgd;
    assert!(applies("momentum", &experiment));
}

#[test]
fn choices_are_shown_in_the_words_of_the_field() {
    for option in options() {
        if let OptionKind::Choice(choices) = option.kind() {
            for choice in choices {
                assert_ne!(choice.label, choice.value, "{}: {} has no words", option.key, choice.value);
            }
        }
    }
}
