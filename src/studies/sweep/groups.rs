//! Results with the same settings but the seed, side by side.

use std::cmp::Ordering;

use crate::experiment::Experiment;
use crate::experiment::options::{OptionDefinition, options};
use crate::experiment::permalink::{ViewOptions, write};
use crate::language::text;

use super::line::Outcome;
use super::plan::SEED;
use super::results::{SweepResult, SweepResults};
use super::spread::Spread;

/// Runs that differ by their seed alone.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepGroup {
    /// Link of all but the seed: tells it from all others.
    pub key: String,
    /// What sets it apart, in the words of a link: `depth 20, skips off`.
    pub name: String,
    /// The same, a value for each option that varies.
    pub values: Vec<String>,
    /// Link of the run with the lowest seed, without `?`.
    pub link: String,
    /// Parameters of its network.
    pub parameters: u64,
    /// Its runs, by seed.
    pub runs: Vec<SweepResult>,
    /// Held-out accuracy of those that finished, from 0 to 1.
    pub held_out_accuracy: Option<Spread>,
}

impl SweepGroup {
    /// Runs that ended so.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.runs.iter().filter(|run| run.line.outcome == outcome).count()
    }
}

/// What varies among results, and their groups.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SweepTable {
    /// Keys of the options that not all groups have alike, in the order of the table of options.
    pub varying: Vec<&'static str>,
    /// Groups in the order of their values.
    pub groups: Vec<SweepGroup>,
}

impl SweepTable {
    /// Groups results by all but the seed.
    pub fn new(results: &SweepResults) -> Self {
        let mut found: Vec<(String, Vec<SweepResult>)> = Vec::new();
        let mut places = std::collections::HashMap::new();
        for result in results.all() {
            let key = key_of(&result.experiment);
            let place = *places.entry(key.clone()).or_insert(found.len());
            match found.get_mut(place) {
                Some((_, runs)) => runs.push(result.clone()),
                None => found.push((key, vec![result.clone()])),
            }
        }
        let first = |runs: &[SweepResult]| runs.first().map(|run| run.experiment.clone()).unwrap_or_default();
        let experiments: Vec<Experiment> = found.iter().map(|(_, runs)| first(runs)).collect();
        let differs = |option: &&'static OptionDefinition| {
            let mut values = experiments.iter().map(|experiment| option.text(experiment));
            let usual = values.next();
            option.key != SEED && values.any(|value| Some(value) != usual)
        };
        let varying: Vec<_> = options().iter().filter(differs).collect();
        let mut groups: Vec<SweepGroup> =
            found.into_iter().zip(&experiments).map(|((key, runs), experiment)| group(key, runs, experiment, &varying)).collect();
        groups.sort_by(|one, other| in_order(&one.values, &other.values));
        Self { varying: varying.iter().map(|option| option.key).collect(), groups }
    }
}

/// Link of an experiment without its seed.
fn key_of(experiment: &Experiment) -> String {
    let mut without_seed = experiment.clone();
    without_seed.hyperparameters.seed = Experiment::default().hyperparameters.seed;
    write(&without_seed, &ViewOptions::default())
}

fn group(key: String, mut runs: Vec<SweepResult>, experiment: &Experiment, varying: &[&'static OptionDefinition]) -> SweepGroup {
    runs.sort_by_key(|run| run.line.seed);
    let values: Vec<String> = varying.iter().map(|option| option.readable(experiment)).collect();
    let words: Vec<String> = varying.iter().zip(&values).map(|(option, value)| format!("{} {value}", option.key)).collect();
    let name = if words.is_empty() { text!("all runs").into() } else { words.join(", ") };
    let accuracies: Vec<f64> = runs.iter().filter_map(|run| run.line.held_out_accuracy()).collect();
    let (link, parameters) = runs.first().map(|run| (run.line.link.clone(), run.line.parameters)).unwrap_or_default();
    SweepGroup { key, name, values, link, parameters, held_out_accuracy: Spread::of(&accuracies), runs }
}

/// Numbers by their size, then words by their letters.
fn in_order(one: &[String], other: &[String]) -> Ordering {
    let number = |text: &str| text.parse::<f64>().ok();
    let orders = one.iter().zip(other).map(|(one, other)| match (number(one), number(other)) {
        (Some(one), Some(other)) => one.total_cmp(&other),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => one.cmp(other),
    });
    orders.fold(Ordering::Equal, Ordering::then)
}
