//! Compares the CPU backend with reference cases: `parity DIR…` prints one JSON line a case.

use std::path::Path;
use std::process::ExitCode;

use burn::tensor::Device;
use resnet_playground::parity::{CASE_FILES, ParityReport, ReferenceCase, compare};
use serde_json::{Value, json};

fn main() -> ExitCode {
    let folders: Vec<String> = std::env::args().skip(1).collect();
    if folders.is_empty() {
        eprintln!("usage: cargo xtask parity DIR…   (a folder with manifest.json and weights.safetensors, as the reference has)");
        return ExitCode::FAILURE;
    }
    let mut all_within = true;
    for folder in folders {
        let (line, within) = match run(Path::new(&folder)) {
            Ok(report) => (line(&folder, &report), report.within_bounds),
            Err(reason) => (json!({ "case": folder, "error": reason }), false),
        };
        println!("{line}");
        all_within &= within;
    }
    if all_within { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run(folder: &Path) -> Result<ParityReport, String> {
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
