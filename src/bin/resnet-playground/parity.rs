//! Compares a device with reference cases.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use resnet_playground::parity::{CASE_FILES, ParityReport, ReferenceCase, compare};
use serde_json::{Value, json};

use crate::engine::{DeviceWord, Engine};
use crate::files;

/// Compares a device with reference cases, one JSON line each.
#[derive(clap::Args)]
pub struct Options {
    /// Folders with manifest.json and weights.safetensors, as the reference has
    #[arg(value_name = "DIR", required = true)]
    folders: Vec<PathBuf>,
    /// What is compared
    #[arg(long, value_enum, default_value_t = DeviceWord::Cpu)]
    device: DeviceWord,
}

pub fn run(options: Options) -> ExitCode {
    let engine = match Engine::open(options.device) {
        Ok(engine) => engine,
        Err(reason) => {
            eprintln!("{reason}");
            return ExitCode::FAILURE;
        }
    };
    let mut all_within = true;
    for folder in options.folders {
        let name = folder.display().to_string();
        let (line, within) = match report(&folder, &engine) {
            Ok(report) => (line(&name, &engine, &report), report.within_bounds),
            Err(reason) => (json!({ "case": name, "error": reason }), false),
        };
        println!("{line}");
        all_within &= within;
    }
    if all_within { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn report(folder: &Path, engine: &Engine) -> Result<ParityReport, String> {
    let read = |file: &str| files::read(&folder.join(file));
    let files = CASE_FILES.iter().map(|file| read(file)).collect::<Result<Vec<_>, _>>()?;
    let case = ReferenceCase::parse(&read("manifest.json")?, &files).map_err(|error| error.to_string())?;
    pollster::block_on(compare(&case, engine.device())).map_err(|error| error.to_string())
}

/// The report with the case's folder in front.
fn line(folder: &str, engine: &Engine, report: &ParityReport) -> Value {
    let mut line = json!({ "case": folder, "backend": engine.name() });
    if let (Value::Object(line), Ok(Value::Object(fields))) = (&mut line, serde_json::to_value(report)) {
        line.extend(fields);
    }
    line
}
