//! Libraries that do not come from npm. Where one cannot be had its trainers are taken out of the plan, and the reason is given.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use xshell::cmd;
use xtask::{project, python, shell};

use crate::plan::Plan;
use crate::prepare;
use crate::trainers::{BORCH, ONNXRUNTIME, PYTORCH_CPU, PYTORCH_CUDA};
use crate::workplace;

/// The last versions that train; `onnx` and `numpy` as old as they are.
const ONNXRUNTIME_PACKAGES: [&str; 3] = ["onnxruntime-training==1.19.2", "onnx==1.16.2", "numpy<2"];
/// Its packages exist for these alone.
const ONNXRUNTIME_PYTHONS: [&str; 4] = ["python3.11", "python3.10", "python3.9", "python3.8"];

/// The wheel holds `borch_webgpu/_borch.js`, all of borch.ts in one file. A browser runs it, so it is the very file that was
/// looked at.
const BORCH_WHEEL: &str = "pyborch==1.14.1 --hash=sha256:80809bb34907f5d1a31e919c0affd228f16baa871592a24815d812298992c19c\n";

const TORCH: &str = "torch==2.15.0";

struct Library {
    title: &'static str,
    trainers: &'static [&'static str],
    /// Brings what its trainers need.
    prepare: fn(&mut Plan) -> Result<()>,
}

const LIBRARIES: [Library; 4] = [
    Library { title: "onnxruntime-web", trainers: &[ONNXRUNTIME], prepare: onnxruntime },
    Library { title: "borch.ts", trainers: &BORCH, prepare: |_| borch() },
    Library { title: "PyTorch", trainers: &PYTORCH_CPU, prepare: pytorch },
    Library { title: "PyTorch on CUDA", trainers: &PYTORCH_CUDA, prepare: cuda },
];

/// Brings what the plan's trainers need; a sentence for each library that is left out.
pub fn prepare(plan: &mut Plan) -> Vec<String> {
    let mut left_out = Vec::new();
    for library in LIBRARIES {
        if !library.trainers.iter().any(|name| plan.has(name)) {
            continue;
        }
        if let Err(reason) = (library.prepare)(plan) {
            plan.trainers.retain(|name| !library.trainers.contains(name));
            let sentence = format!("{} is left out: {reason:#}.", library.title);
            eprintln!("  {sentence}");
            left_out.push(sentence);
        }
    }
    left_out
}

/// onnxruntime-web trains only what its Python package has prepared.
fn onnxruntime(plan: &mut Plan) -> Result<()> {
    shell::step("making training files for onnxruntime-web (its Python package is a download of 300 MB, once)");
    let found = ONNXRUNTIME_PYTHONS.iter().find(|name| shell::find(name).is_some());
    let base = found.copied().unwrap_or_else(python::usual);
    let made = || {
        let python = python::environment(&workplace().join("venv"), base, &ONNXRUNTIME_PACKAGES)?;
        let (sh, folders) = (shell::shell()?, plan.networks.iter().map(|network| prepare::folder(&network.folder())));
        Ok::<_, anyhow::Error>(cmd!(sh, "{python} bench/onnxruntime_artifacts.py {folders...}").run()?)
    };
    made().context("its training files could not be made")
}

/// Where the browser finds libraries that are no npm packages.
pub fn folder() -> PathBuf {
    workplace().join("libraries")
}

fn borch() -> Result<()> {
    shell::step("fetching borch.ts (a download of 1 MB, once)");
    let (target, requirements) = (folder().join("pyborch"), workplace().join("pyborch.txt"));
    let module = target.join("borch_webgpu/_borch.js");
    if !module.exists() {
        project::write(&requirements, BORCH_WHEEL)?;
        let [target, requirements] = [&target, &requirements].map(|path| path.to_string_lossy().into_owned());
        let words = ["--no-deps", "--require-hashes", "--target", &target, "--requirement", &requirements];
        python::environment(&workplace().join("venv-borch"), python::usual(), &words)
            .context("its wheel could not be had, or is another than the one that was looked at")?;
    }
    ensure!(module.exists(), "its wheel has no {}", project::shown(&module));
    Ok(())
}

fn pytorch(plan: &mut Plan) -> Result<()> {
    if plan.python.is_none() {
        shell::step("looking for PyTorch");
        plan.python = Some(python_with_torch()?);
    }
    Ok(())
}

fn cuda(plan: &mut Plan) -> Result<()> {
    pytorch(plan)?;
    let python = plan.python.as_deref().context("there is no Python with PyTorch")?;
    ensure!(runs(python, "import torch; assert torch.cuda.is_available()"), "PyTorch finds no CUDA device here");
    Ok(())
}

/// A Python that has PyTorch already, or an environment into which it is installed.
fn python_with_torch() -> Result<PathBuf> {
    let has_torch = |python: &PathBuf| runs(python, "import torch");
    if let Some(python) = [python::usual(), "python"].map(PathBuf::from).into_iter().find(has_torch) {
        println!("  {} has it", python.display());
        return Ok(python);
    }
    println!("  no Python here has it: installing {TORCH} (with its GPU libraries a download of 2 GB, once)");
    python::environment(&workplace().join("venv-torch"), python::usual(), &[TORCH]).context("it could not be installed")
}

fn runs(python: &Path, code: &str) -> bool {
    let Ok(sh) = shell::shell() else { return false };
    cmd!(sh, "{python} -c {code}").quiet().ignore_stdout().ignore_stderr().run().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trainers;

    #[test]
    fn libraries_name_trainers_that_there_are() {
        let names = LIBRARIES.iter().flat_map(|library| library.trainers);
        let unknown: Vec<_> = names.filter(|name| trainers::find(name).is_none()).collect();
        assert!(unknown.is_empty(), "none could be chosen: {unknown:?}");
    }
}
