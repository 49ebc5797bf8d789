//! A crate made of the exported Burn code: one module for each network, compiled and run once.

use std::fmt::Write;

use anyhow::{Context, Result};
use xshell::cmd;

use super::workplace;
use crate::{project, shell};

pub fn check(cases: &[&str]) -> Result<()> {
    let folder = workplace().join("burn_code");
    let mut main = String::from(HEAD);
    for case in cases {
        for name in ["model", "stages"] {
            let code = workplace().join("cases").join(case).join(format!("{name}_burn.rs"));
            project::write(&folder.join(format!("src/{case}_{name}.rs")), &project::read(&code)?)?;
            writeln!(main, "mod {case}_{name};").context("a string takes every line")?;
        }
    }
    main.push_str("fn main() {\n    let mut failed = false;\n    let device = Device::flex();\n");
    for case in cases {
        writeln!(main, "    failed |= check(\"{case}\", {case}_stages::residual_stages(&device).num_params(), |images, bytes| {case}_model::ResNet::new(&Device::flex()).load(bytes, &Device::flex()).forward(images));")
            .context("a string takes every line")?;
    }
    main.push_str("    std::process::exit(i32::from(failed));\n}\n");
    project::write(&folder.join("src/main.rs"), main.as_bytes())?;
    project::write(&folder.join("Cargo.toml"), manifest()?.as_bytes())?;
    project::write(&folder.join("Cargo.lock"), &project::read(&project::root().join("Cargo.lock"))?)?;
    let (sh, manifest) = (shell::shell()?, folder.join("Cargo.toml"));
    let cases = workplace().join("cases");
    // The project's own target directory: Burn is compiled there already.
    let target = project::target()?;
    let cargo = cmd!(sh, "cargo run --quiet --manifest-path {manifest} -- {cases}");
    Ok(cargo.env("CARGO_TARGET_DIR", target).env("RUSTFLAGS", "-Adead_code").run()?)
}

/// The dependency lines of the project, so that the code meets the Burn we use.
fn manifest() -> Result<String> {
    let ours = project::read_text(&project::root().join("Cargo.toml"))?;
    let line = |name: &str| {
        let found = ours.lines().find(|line| line.starts_with(&format!("{name} = "))).unwrap_or_default();
        found.split('#').next().unwrap_or_default().replace(", optional = true", "")
    };
    let dependencies = ["burn", "safetensors", "serde_json"].map(line).join("\n");
    Ok(format!(
        "[package]\nname = \"exported_burn_code\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{dependencies}\n\n[profile.dev.package.\"*\"]\nopt-level = 3\n"
    ))
}

const HEAD: &str = r#"
use burn::module::Module;
use burn::tensor::{Device, Tensor, TensorData, activation::softmax};

/// Prints one line; true when the code failed.
fn check(name: &str, residual_parameters: usize, run: impl FnOnce(Tensor<4>, &[u8]) -> Tensor<2>) -> bool {
    let folder = std::path::PathBuf::from(std::env::args().nth(1).unwrap()).join(name);
    let case: serde_json::Value = serde_json::from_slice(&std::fs::read(folder.join("case.json")).unwrap()).unwrap();
    let numbers = |key: &str| case[key].as_array().unwrap().iter().map(|v| v.as_f64().unwrap() as f32).collect::<Vec<f32>>();
    let shape: Vec<usize> = numbers("images").into_iter().map(|extent| extent as usize).collect();
    let images = TensorData::new(numbers("pixels"), [shape[0], shape[1], shape[2], shape[3]]);
    let images = Tensor::<4>::from_data(images, &Device::flex()).permute([0, 3, 1, 2]);
    let bytes = std::fs::read(folder.join("weights-pytorch.safetensors")).unwrap();
    let ours: Vec<f32> = softmax(run(images, &bytes), 1).into_data().try_to_vec().unwrap();
    let wanted = numbers("probabilities");
    let worst = ours.iter().zip(&wanted).map(|(a, b)| (a - b).abs()).fold(0.0f32, f32::max);
    let ok = ours.len() == wanted.len() && worst < 1e-4 && residual_parameters as f64 == case["residual_parameters"].as_f64().unwrap();
    println!("{{\"case\": \"{name}\", \"library\": \"burn\", \"worst_probability_error\": {worst:e}, \"residual_parameters\": {residual_parameters}, \"ok\": {ok}}}");
    !ok
}

"#;
