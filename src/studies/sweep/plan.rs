//! The runs of a sweep, in their order.

use std::collections::{BTreeMap, HashSet};

use crate::experiment::Experiment;
use crate::experiment::options::OptionDefinition;
use crate::experiment::permalink::{ViewOptions, read, write};

use super::Variation;

/// Runs of one sweep; more are not one that anybody waits for.
const MOST_RUNS: usize = 100_000;
/// Key of the seed.
pub(super) const SEED: &str = "seed";

/// A run to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepRun {
    /// What is trained how.
    pub experiment: Experiment,
    /// Its canonical link, without `?`: tells it from all others.
    pub link: String,
    /// The settings that vary, as a link has them.
    pub varied: BTreeMap<String, String>,
}

/// All runs, and what has to be known about them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SweepPlan {
    /// In their order: the first variation changes slowest, the seed fastest.
    pub runs: Vec<SweepRun>,
    /// Sentences for whoever asked.
    pub notices: Vec<String>,
}

/// Every combination of the values, each with `seeds` seeds from the one it has upwards, on a data set with so many classes.
///
/// # Errors
/// A sentence that names the value that a link does not take as it stands, with the one that it would take.
pub fn plan(base: &Experiment, variations: &[Variation], seeds: u64, classes: usize) -> Result<SweepPlan, String> {
    let varies_seed = variations.iter().any(|variation| variation.option.key == SEED);
    if varies_seed && seeds > 1 {
        return Err("the seed varies by --seeds or by --vary seed=…, not by both".into());
    }
    let mut keys = HashSet::new();
    if let Some(twice) = variations.iter().find(|variation| !keys.insert(variation.option.key)) {
        return Err(format!("{} varies twice: give all its values to one --vary, as in --vary {}=a,b", twice.option.key, twice.option.key));
    }
    let count = variations
        .iter()
        .try_fold(usize::try_from(seeds).unwrap_or(usize::MAX), |count, variation| count.checked_mul(variation.values.len()));
    if count.is_none_or(|count| count > MOST_RUNS) {
        return Err(format!("a sweep has at most {MOST_RUNS} runs: vary fewer settings, or make several sweeps"));
    }
    // A value that no link takes is named alone, before it is looked at beside others.
    for variation in variations {
        for value in &variation.values {
            with(base, &[(variation.option, value.as_str())])?;
        }
    }
    let mut made = Runs { classes, seeds, links: HashSet::new(), repeated: 0, plan: SweepPlan::default() };
    made.combine(base, variations, &mut Vec::new())?;
    let Runs { repeated, mut plan, .. } = made;
    if repeated > 0 {
        plan.notices.push(format!("{repeated} of the runs would be the same as others and are made once."));
    }
    Ok(plan)
}

struct Runs {
    classes: usize,
    seeds: u64,
    links: HashSet<String>,
    repeated: usize,
    plan: SweepPlan,
}

impl Runs {
    fn combine<'a>(
        &mut self,
        base: &Experiment,
        left: &'a [Variation],
        chosen: &mut Vec<(&'static OptionDefinition, &'a str)>,
    ) -> Result<(), String> {
        let Some((variation, left)) = left.split_first() else { return self.add(base, chosen) };
        for value in &variation.values {
            chosen.push((variation.option, value.as_str()));
            self.combine(base, left, chosen)?;
            chosen.pop();
        }
        Ok(())
    }

    fn add(&mut self, base: &Experiment, chosen: &[(&'static OptionDefinition, &str)]) -> Result<(), String> {
        let mut first = with(base, chosen)?;
        for notice in first.fit_to(self.classes) {
            self.tell(notice);
        }
        for (option, _) in chosen.iter().filter(|(option, _)| !option.applies(&first)) {
            self.tell(format!("{} changes nothing in some of the runs: another setting decides whether it counts.", option.key));
        }
        for more in 0..self.seeds {
            let seed = first.hyperparameters.seed.checked_add(more);
            let Some(seed) = seed else { return Err("the seeds go beyond the largest number there is: begin with a smaller one".into()) };
            let mut experiment = first.clone();
            experiment.hyperparameters.seed = seed;
            let link = write(&experiment, &ViewOptions::default());
            if !self.links.insert(link.clone()) {
                self.repeated += 1;
                continue;
            }
            let mut varied: BTreeMap<String, String> =
                chosen.iter().map(|(option, _)| (option.key.to_owned(), option.text(&experiment))).collect();
            if self.seeds > 1 {
                varied.insert(SEED.into(), seed.to_string());
            }
            self.plan.runs.push(SweepRun { experiment, link, varied });
        }
        Ok(())
    }

    fn tell(&mut self, notice: String) {
        if !self.plan.notices.contains(&notice) {
            self.plan.notices.push(notice);
        }
    }
}

/// The experiment with these settings, read as a link reads them.
fn with(base: &Experiment, chosen: &[(&'static OptionDefinition, &str)]) -> Result<Experiment, String> {
    let base = write(base, &ViewOptions::default());
    let is_chosen = |part: &str| chosen.iter().any(|(option, _)| part.split_once('=').is_some_and(|(key, _)| key == option.key));
    let kept = base.split('&').filter(|part| !is_chosen(part)).map(str::to_owned);
    let words: Vec<String> = chosen.iter().map(|(option, value)| format!("{}={value}", option.key)).collect();
    let link = read(&kept.chain(words.iter().cloned()).collect::<Vec<_>>().join("&"));
    let Some(notice) = link.notices.first() else { return Ok(link.experiment) };
    let used: Vec<String> = chosen.iter().map(|(option, _)| format!("{}={}", option.key, option.text(&link.experiment))).collect();
    // What a page uses instead would be another run than the one asked for.
    let instead = if used == words { String::new() } else { format!(" A sweep makes only what was asked for: write {}.", used.join(" ")) };
    Err(format!("{} is nothing that a link takes as it stands. {notice}{instead}", words.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(link: &str, vary: &[&str], seeds: u64) -> Result<SweepPlan, String> {
        let variations: Vec<Variation> = vary.iter().map(|text| text.parse().unwrap()).collect();
        plan(&read(link).experiment, &variations, seeds, 10)
    }

    #[test]
    fn the_first_variation_changes_slowest_and_the_seed_fastest() {
        let plan = planned("filters=2&seed=7", &["depth=20,11", "skips=off,on"], 2).unwrap();
        let said: Vec<_> =
            plan.runs.iter().map(|run| format!("{} {} {}", run.varied["depth"], run.varied["skips"], run.varied["seed"])).collect();
        let wanted = ["20 off 7", "20 off 8", "20 on 7", "20 on 8", "11 off 7", "11 off 8", "11 on 7", "11 on 8"];
        assert_eq!((said, plan.notices), (wanted.map(str::to_owned).to_vec(), vec![]));
        for run in &plan.runs {
            assert_eq!(read(&run.link).experiment, run.experiment, "{}", run.link);
            assert!(run.link.contains("filters=2"), "what does not vary stays: {}", run.link);
        }
    }

    #[test]
    fn without_variations_there_is_one_run_of_each_seed() {
        let links: Vec<String> = planned("depth=11", &[], 3).unwrap().runs.into_iter().map(|run| run.link).collect();
        assert_eq!(links.len(), 3);
        let first = planned("", &[], 1).unwrap();
        assert_eq!(read(&first.runs[0].link).experiment, Experiment::first(), "an empty link is the page's own experiment");
    }

    #[test]
    fn a_value_that_a_link_would_replace_is_refused_with_the_one_it_would_take() {
        let depth = planned("", &["depth=11,12"], 1).unwrap_err();
        assert!(depth.contains("depth=12 ") && depth.contains("write depth=11."), "{depth}");
        let word = planned("", &["activation=swish"], 1).unwrap_err();
        assert!(word.contains("relu, leaky-relu"), "the words there are: {word}");
        let together = planned("", &["depth=11,20", "blocks=1-3-2"], 1).unwrap_err();
        assert!(together.contains("blocks add up to"), "values that do not go together: {together}");
        assert!(planned("", &["epochs=0"], 1).is_err(), "out of its limits");
    }

    #[test]
    fn runs_that_would_be_the_same_are_made_once() {
        let plan = planned("", &["depth=11,11,20"], 2).unwrap();
        assert_eq!(plan.runs.len(), 4);
        assert!(plan.notices[0].starts_with("2 of the runs"), "{:?}", plan.notices);
        assert!(planned("", &["depth=11", "depth=20"], 1).unwrap_err().contains("twice"));
        assert!(planned("", &["seed=1,2"], 3).unwrap_err().contains("not by both"));
        assert_eq!(planned("", &["seed=5,9"], 1).unwrap().runs.len(), 2, "seeds of one's own");
    }

    #[test]
    fn a_setting_without_effect_is_told() {
        let plan = planned("optimizer=adam", &["momentum=0.5,0.9"], 1).unwrap();
        assert!(plan.notices[0].contains("momentum changes nothing"), "{:?}", plan.notices);
    }

    #[test]
    fn what_nobody_waits_for_is_refused() {
        let many: Vec<String> = (1..=1000).map(|number| number.to_string()).collect();
        let (epochs, rates) = (format!("epochs={}", many.join(",")), format!("images={}", many.join(",")));
        assert!(planned("", &[&epochs, &rates], u64::MAX).unwrap_err().contains("at most"));
        assert!(planned("seed=18446744073709551615", &[], 2).unwrap_err().contains("smaller"), "no seed after the last");
    }
}
