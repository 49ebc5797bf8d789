//! Trains a link many times with some of its settings varied, over several seeds: a line of JSON for each run.

mod one_run;
mod out_file;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use resnet_playground::experiment::command_line::experiment;
use resnet_playground::language::format::rough_duration;
use resnet_playground::studies::sweep::{Outcome, Shard, SweepLine, SweepRun, Variation, plan};

use crate::engine::DeviceWord;
use crate::inputs;
use one_run::Trainer;
use out_file::Output;

/// Trains a link many times with some of its settings varied: a line of JSON for each run, which the page's tab “Runs” imports.
///
/// The first --vary changes slowest, the seed fastest. A sweep that was cut short goes on when the same command comes again.
#[derive(clap::Args)]
pub struct Options {
    /// A link of the page or what follows its question mark, JSON with the same keys, or a file that ends in .json
    link: String,
    /// A key of the link with the values that it takes, as in depth=11,20,29; of several every combination is trained
    #[arg(long, value_name = "KEY=A,B")]
    vary: Vec<Variation>,
    /// Trains each with so many seeds, from the link's upwards
    #[arg(long, value_name = "COUNT", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    seeds: u64,
    /// Runs that are trained at once, each in a process of its own
    #[arg(long, value_name = "COUNT", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    jobs: u16,
    /// Appends the lines to a file, and makes only the runs that it has no result of
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Makes a part of the runs alone, as 2/3 for the second of three machines
    #[arg(long, value_name = "K/N", default_value = "1/1", hide_default_value = true)]
    shard: Shard,
    /// Images with their manifest.json, by default www/data/starter
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// What it is computed on
    #[arg(long, value_enum, default_value_t = DeviceWord::Cpu)]
    device: DeviceWord,
    /// Trains nothing: prints the links
    #[arg(long)]
    list: bool,
}

pub fn run(options: Options) -> Result<(), String> {
    let Options { link, vary, seeds, jobs, out, shard, data, device, list } = options;
    let (base, notices) = experiment(&inputs::link_text(link)?)?;
    notices.iter().for_each(|notice| eprintln!("{notice}"));
    let folder = inputs::folder(data, &base)?;
    let classes = inputs::manifest(&folder)?.classes.len();
    let plan = plan(&base, &vary, seeds, classes)?;
    plan.notices.iter().for_each(|notice| eprintln!("{notice}"));
    let own: Vec<SweepRun> = plan.runs.into_iter().enumerate().filter(|(place, _)| shard.has(*place)).map(|(_, run)| run).collect();
    if list {
        own.iter().for_each(|run| println!("{}", run.link));
        return Ok(());
    }
    let (output, before) = Output::open(out)?;
    let all = own.len();
    let left: VecDeque<SweepRun> = own.into_iter().filter(|run| !before.has(&run.link)).collect();
    if left.len() < all {
        eprintln!("{} of {all} runs are there already.", all - left.len());
    }
    let workers = usize::from(jobs).min(left.len());
    let sweep =
        Sweep { done: Mutex::new(Done { runs: all - left.len(), output, failed: vec![], lost: None }), all, left: Mutex::new(left) };
    let trainer = Trainer::new(folder, device)?;
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| sweep.work(&trainer));
        }
    });
    let Done { failed, lost, .. } = sweep.done.into_inner().unwrap_or_else(PoisonError::into_inner);
    match (lost, failed.as_slice()) {
        (Some(reason), _) => Err(reason),
        (None, []) => Ok(()),
        (None, [only]) => Err(format!("1 of {all} runs failed: {only}. The same command makes it again.")),
        (None, several) => {
            Err(format!("{} of {all} runs failed: {}. The same command makes them again.", several.len(), several.join("; ")))
        }
    }
}

/// Runs to be made, shared by those who make them.
struct Sweep {
    left: Mutex<VecDeque<SweepRun>>,
    done: Mutex<Done>,
    all: usize,
}

struct Done {
    /// Runs that have a result.
    runs: usize,
    output: Output,
    /// Runs that failed, with the reason.
    failed: Vec<String>,
    /// Why results can no longer be written.
    lost: Option<String>,
}

impl Sweep {
    /// Makes one run after another until none is left.
    fn work(&self, trainer: &Trainer) {
        while let Some(run) = self.next() {
            let line = trainer.train(&run);
            self.keep(&run, &line);
        }
    }

    fn next(&self) -> Option<SweepRun> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }

    fn keep(&self, run: &SweepRun, line: &SweepLine) {
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        done.runs += 1;
        if let Err(reason) = done.output.append(line) {
            done.lost = Some(reason);
            // Whatever else is trained could not be kept either.
            self.left.lock().unwrap_or_else(PoisonError::into_inner).clear();
        }
        let settings: Vec<String> = run.varied.iter().map(|(key, value)| format!("{key}={value}")).collect();
        let name = if settings.is_empty() { run.link.clone() } else { settings.join(" ") };
        let end = match (line.outcome, line.held_out_accuracy()) {
            (Outcome::Finished, Some(accuracy)) => format!("{:.1} % of the held-out images right", 100.0 * accuracy),
            (Outcome::Finished, None) => "finished".into(),
            (Outcome::Diverged | Outcome::Failed, _) => line.reason.clone(),
        };
        if line.outcome == Outcome::Failed {
            done.failed.push(format!("{name} ({})", line.reason));
        }
        eprintln!("{} of {}: {name}: {end}, {}", done.runs, self.all, rough_duration(line.elapsed_ms as f64));
    }
}
