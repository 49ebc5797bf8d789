//! Compares the CPU backend with reference cases.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use burn::tensor::Device;
use resnet_playground::parity::{CASE_FILES, ParityReport, ReferenceCase, compare};
use serde_json::{Value, json};

/// Compares the CPU backend with reference cases, one JSON line each.
#[derive(clap::Args)]
pub struct Options {
    /// Folders with manifest.json and weights.safetensors, as the reference has
    #[arg(value_name = "DIR", required = true)]
    folders: Vec<PathBuf>,
}

pub fn run(options: Options) -> ExitCode {
    let mut all_within = true;
    for folder in options.folders {
        let name = folder.display().to_string();
        let (line, within) = match report(&folder) {
            Ok(report) => (line(&name, &report), report.within_bounds),
            Err(reason) => (json!({ "case": name, "error": reason }), false),
        };
        println!("{line}");
        all_within &= within;
    }
    if all_within { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn report(folder: &Path) -> Result<ParityReport, String> {
    let read = |file: &str| std::fs::read(folder.join(file)).map_err(|error| format!("{file}: {error}"));
    let files = CASE_FILES.iter().map(|file| read(file)).collect::<Result<Vec<_>, _>>()?;
    let case = ReferenceCase::parse(&read("manifest.json")?, &files).map_err(|error| error.to_string())?;
    pollster::block_on(compare(&case, &Device::flex())).map_err(|error| error.to_string())
}

/// The report with the case's folder in front.
fn line(folder: &str, report: &ParityReport) -> Value {
    let mut line = json!({ "case": folder, "backend": "cpu" });
    if let (Value::Object(line), Ok(Value::Object(fields))) = (&mut line, serde_json::to_value(report)) {
        line.extend(fields);
    }
    line
}
