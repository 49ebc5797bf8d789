//! What is measured: networks, trainers, rounds.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Parser, builder::RangedU64ValueParser};
use serde_json::{Value, json};

use crate::trainers::{
    self, Device, OURS_AS_ON_THE_PAGE, OURS_NATIVE, OURS_NATIVE_GPU, OURS_THREADS, OURS_WEBGPU, PYTORCH_CUDA, PYTORCH_WORDS, TRAINERS,
    Trainer,
};
use crate::{libraries, prepare, workplace};

/// Times a training step of ours and of other libraries in one browser, into docs/performance.md.
///
/// With `--only`, `--depths`, `--filters`, `--batch`, `--rounds` or `--seconds` the results are printed and
/// docs/performance.md stays as it is.
#[derive(Parser)]
#[command(name = "bench")]
pub struct Options {
    /// These trainers alone
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    only: Option<Vec<String>>,
    /// Depths of the networks [default: 11,20]
    #[arg(long, value_delimiter = ',', value_parser = count())]
    depths: Option<Vec<u64>>,
    /// Start filters of the networks [default: 8,16]
    #[arg(long, value_delimiter = ',', value_parser = count())]
    filters: Option<Vec<u64>>,
    /// Images in a batch [default: 32]
    #[arg(long, value_delimiter = ',', value_parser = count())]
    batch: Option<Vec<u64>>,
    /// How often every trainer has its turn [default: 3]
    #[arg(long, value_parser = count())]
    rounds: Option<u64>,
    /// The time that every trainer gets in each round [default: 3]
    #[arg(long, value_parser = count())]
    seconds: Option<u64>,
    /// Larger networks on a graphics adapter by software, too
    #[arg(long)]
    gpu_everywhere: bool,
    /// The time of each WebGPU kernel of ours
    #[arg(long)]
    profile: bool,
    /// Into docs/performance.md although only a part is measured
    #[arg(long)]
    write: bool,
}

/// Nothing would be measured with 0.
fn count() -> RangedU64ValueParser {
    RangedU64ValueParser::new().range(1..)
}

/// One network with its batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    pub depth: u64,
    pub filters: u64,
    pub batch: u64,
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
    rounds: u64,
    round_seconds: f64,
    gpu_everywhere: bool,
    profile: bool,
    /// Whether the results go into the documentation.
    pub write: bool,
    /// Made when the cases are.
    pub native_program: PathBuf,
    /// Has PyTorch; looked for where the plan has a trainer in PyTorch.
    pub python: Option<PathBuf>,
}

impl Plan {
    pub fn new(options: Options) -> Result<Self> {
        let Options { only, depths, filters, batch, rounds, seconds, gpu_everywhere, profile, write } = options;
        let whole = [&depths, &filters, &batch].iter().all(|list| list.is_none()) && only.is_none() && rounds.or(seconds).is_none();
        let list = |given: Option<Vec<u64>>, usual: &[u64]| given.unwrap_or_else(|| usual.to_vec());
        Ok(Self {
            networks: networks(&list(depths, &[11, 20]), &list(filters, &[8, 16]), &list(batch, &[32])),
            trainers: only.map_or_else(|| Ok(TRAINERS.map(|trainer| trainer.name).to_vec()), |names| known(&names))?,
            rounds: rounds.unwrap_or(3),
            round_seconds: seconds.unwrap_or(3) as f64,
            gpu_everywhere,
            profile,
            write: write || whole,
            native_program: PathBuf::new(),
            python: None,
        })
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
        // PyTorch takes the card itself, whatever the browser has.
        let in_doubt = |trainer: &&Trainer| trainer.device == Device::Gpu && !PYTORCH_CUDA.contains(&trainer.name);
        let gpu: Vec<&str> = TRAINERS.iter().filter(in_doubt).map(|trainer| trainer.name).collect();
        let profiled = self.profile.then(|| json!({ "trainer": OURS_WEBGPU, "folder": self.networks[0].folder() }));
        json!({
            "cases_folder": workplace().join("cases"),
            "libraries_folder": libraries::folder(),
            "rounds": self.rounds,
            "round_ms": self.round_seconds * 1000.0,
            "comparisons": comparisons,
            "profiles": profiled.into_iter().collect::<Vec<_>>(),
            "own_folders": { OURS_AS_ON_THE_PAGE: by_folder(Network::folder_with_dropout) },
            "isolated_trainers": [OURS_THREADS],
            "commands": self.commands(),
            "gpu_trainers": gpu,
            "gpu_everywhere": self.gpu_everywhere,
        })
    }

    /// Programs with their arguments, by trainer and folder, of the trainers that need no browser.
    fn commands(&self) -> Value {
        let by_folder = |command: &dyn Fn(&Network) -> Value| {
            self.networks.iter().map(|network| (network.folder(), command(network))).collect::<serde_json::Map<_, _>>()
        };
        let ours = |device: &str| {
            Value::from(by_folder(&|network| json!([self.native_program, "bench-case", "steps", network.link(), "--device", device])))
        };
        let ours = [(OURS_NATIVE, "cpu"), (OURS_NATIVE_GPU, "gpu")].map(|(name, device)| (name.to_owned(), ours(device)));
        let mut commands = serde_json::Map::from_iter(ours);
        for (name, words) in PYTORCH_WORDS {
            let pytorch = by_folder(&|network| {
                let script = [json!(self.python), json!("bench/pytorch.py"), json!(prepare::folder(&network.folder()))];
                Value::from_iter(script.into_iter().chain(words.iter().map(|word| json!(word))))
            });
            commands.insert((*name).to_owned(), Value::from(pytorch));
        }
        Value::from(commands)
    }
}

/// Smallest first.
fn networks(depths: &[u64], filters: &[u64], batches: &[u64]) -> Vec<Network> {
    let mut networks = Vec::new();
    for &depth in depths {
        for &filters in filters {
            networks.extend(batches.iter().map(|&batch| Network { depth, filters, batch }));
        }
    }
    networks
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
        Plan::new(Options::try_parse_from([&["bench"], words].concat())?)
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
        let error = plan(&["--only", "ours-cpu,keras"]).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains("`keras`") && error.contains("jax-js-webgpu"), "what is wrong and what there is: {error}");
        assert!(plan(&["--depths", "eleven"]).is_err(), "depths are numbers");
        assert!(plan(&["--rounds", "0"]).is_err(), "nothing would be measured");
    }

    #[test]
    fn trainers_without_a_browser_have_a_command_for_each_network() {
        let commands = plan(&["--depths=11", "--filters=8,16"]).unwrap().commands();
        let names = PYTORCH_WORDS.map(|(name, _)| name);
        for name in names.into_iter().chain([OURS_NATIVE, OURS_NATIVE_GPU]) {
            assert!(trainers::find(name).is_some(), "{name} is a trainer");
            for filters in [8, 16] {
                let command = &commands[name][format!("depth11-filters{filters}-batch32")];
                assert!(
                    command.to_string().contains(&format!("filters{filters}-"))
                        || command.to_string().contains(&format!("filters={filters}&")),
                    "its own network: {command}"
                );
            }
        }
        let threads = commands["pytorch-cpu"]["depth11-filters8-batch32"].to_string();
        assert!(threads.ends_with(r#""--threads","1"]"#), "one thread where the title says so: {threads}");
    }

    #[test]
    fn every_network_is_measured_once() {
        let networks = plan(&["--depths=11,20", "--filters=8", "--batch=16"]).unwrap().networks;
        let expected = [11, 20].map(|depth| Network { depth, filters: 8, batch: 16 });
        assert_eq!(networks, expected, "each depth with each width and batch");
    }
}
