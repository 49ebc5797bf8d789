//! What is measured: networks, trainers, rounds.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::trainers::{self, Device, OURS_AS_ON_THE_PAGE, OURS_THREADS, OURS_WEBGPU, TRAINERS};
use super::workplace;
use crate::options::Options;

/// One network with its batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    pub depth: usize,
    pub filters: usize,
    pub batch: usize,
}

impl Network {
    /// The link that all trainers follow. Dropout is off: its random numbers differ from library to library, and then
    /// so would the losses. The learning rate is the only one that onnxruntime-web knows. One held-out image is the
    /// fewest there can be.
    pub fn link(&self) -> String {
        format!("{}&stem-dropout=0&head-dropout=0", self.link_with_dropout())
    }

    pub fn link_with_dropout(&self) -> String {
        let Self { depth, filters, batch } = self;
        format!("depth={depth}&filters={filters}&batch={batch}&rate=0.001&epochs=1000&held-out=1")
    }

    /// Its folder in the workplace.
    pub fn folder(&self) -> String {
        format!("depth{}-filters{}-batch{}", self.depth, self.filters, self.batch)
    }

    pub fn folder_with_dropout(&self) -> String {
        format!("{}-dropout", self.folder())
    }
}

pub struct Plan {
    pub networks: Vec<Network>,
    pub trainers: Vec<&'static str>,
    rounds: usize,
    round_seconds: f64,
    gpu_everywhere: bool,
    profile: bool,
    /// Whether the results go into the documentation.
    pub write: bool,
    /// Made when the cases are.
    pub native_program: PathBuf,
}

impl Plan {
    pub fn new(mut options: Options) -> Result<Self> {
        let mut whole = true;
        let mut list = |name: &str, usual: &str| -> Result<Vec<String>> {
            let given = options.value(name)?;
            whole &= given.is_none();
            Ok(given.as_deref().unwrap_or(usual).split(',').map(str::to_owned).collect())
        };
        let only = list("--only", &TRAINERS.map(|trainer| trainer.name).join(","))?;
        let depths = numbers("--depths", &list("--depths", "11,20")?)?;
        let filters = numbers("--filters", &list("--filters", "8,16")?)?;
        let batches = numbers("--batch", &list("--batch", "32")?)?;
        let rounds = numbers("--rounds", &list("--rounds", "3")?)?;
        let seconds = numbers("--seconds", &list("--seconds", "3")?)?;
        let plan = Self {
            networks: networks(&depths, &filters, &batches),
            trainers: known(&only)?,
            rounds: rounds[0],
            round_seconds: seconds[0] as f64,
            gpu_everywhere: options.flag("--gpu-everywhere"),
            profile: options.flag("--profile"),
            write: options.flag("--write") || whole,
            native_program: PathBuf::new(),
        };
        options.finish()?;
        Ok(plan)
    }

    pub fn has(&self, trainer: &str) -> bool {
        self.trainers.contains(&trainer)
    }

    /// For `bench/run.mjs`.
    pub fn to_json(&self) -> Value {
        let by_folder = |text: fn(&Network) -> String| {
            self.networks.iter().map(|network| (network.folder(), Value::from(text(network)))).collect::<serde_json::Map<_, _>>()
        };
        let comparisons: Vec<Value> =
            self.networks.iter().map(|network| json!({ "folder": network.folder(), "trainers": self.trainers })).collect();
        let gpu: Vec<&str> = TRAINERS.iter().filter(|trainer| trainer.device == Device::Gpu).map(|trainer| trainer.name).collect();
        let profiled = self.profile.then(|| json!({ "trainer": OURS_WEBGPU, "folder": self.networks[0].folder() }));
        json!({
            "cases_folder": workplace().join("cases"),
            "rounds": self.rounds,
            "round_ms": self.round_seconds * 1000.0,
            "comparisons": comparisons,
            "profiles": profiled.into_iter().collect::<Vec<_>>(),
            "links": by_folder(Network::link),
            "own_folders": { OURS_AS_ON_THE_PAGE: by_folder(Network::folder_with_dropout) },
            "isolated_trainers": [OURS_THREADS],
            "native_program": self.native_program,
            "gpu_trainers": gpu,
            "gpu_everywhere": self.gpu_everywhere,
        })
    }
}

/// Smallest first.
fn networks(depths: &[usize], filters: &[usize], batches: &[usize]) -> Vec<Network> {
    let mut networks = Vec::new();
    for &depth in depths {
        for &filters in filters {
            networks.extend(batches.iter().map(|&batch| Network { depth, filters, batch }));
        }
    }
    networks
}

fn numbers(name: &str, words: &[String]) -> Result<Vec<usize>> {
    let number = |word: &String| -> Result<usize> {
        let number = word.parse().with_context(|| format!("`{name}` takes whole numbers, not `{word}`"))?;
        ensure!(number > 0, "`{name}` begins at 1");
        Ok(number)
    };
    words.iter().map(number).collect()
}

fn known(names: &[String]) -> Result<Vec<&'static str>> {
    let one = |name: &String| {
        let all = || TRAINERS.map(|trainer| trainer.name).join(", ");
        trainers::find(name).map(|trainer| trainer.name).with_context(|| format!("there is no trainer `{name}`; there are {}", all()))
    };
    names.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(words: &[&str]) -> Result<Plan> {
        Plan::new(Options::new("bench", words.iter().map(|word| (*word).to_owned())))
    }

    #[test]
    fn only_a_whole_comparison_goes_into_the_documentation() {
        assert!(plan(&[]).unwrap().write, "everything was measured");
        assert!(plan(&["--profile"]).unwrap().write, "and more");
        assert!(!plan(&["--only", "ours-cpu"]).unwrap().write, "a part would replace the whole");
        assert!(plan(&["--only", "ours-cpu", "--write"]).unwrap().write, "unless it is asked for");
    }

    #[test]
    fn a_trainer_that_there_is_not_is_named() {
        let error = plan(&["--only", "ours-cpu,pytorch"]).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains("`pytorch`") && error.contains("jax-js-webgpu"), "what is wrong and what there is: {error}");
        assert!(plan(&["--depths", "eleven"]).is_err(), "depths are numbers");
        assert!(plan(&["--rounds", "0"]).is_err(), "nothing would be measured");
    }

    #[test]
    fn every_network_is_measured_once() {
        let networks = plan(&["--depths=11,20", "--filters=8", "--batch=16"]).unwrap().networks;
        let expected = [11, 20].map(|depth| Network { depth, filters: 8, batch: 16 });
        assert_eq!(networks, expected, "each depth with each width and batch");
    }
}
