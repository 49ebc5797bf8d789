//! RADV's compiler, asked in a process of its own: the driver reads from its environment which card to compile for.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use resnet_kernels::wgsl::Variant;

use crate::card::Card;
use crate::driver::{self, Answer, Order};
use crate::{schedule, spirv};

/// The command that the process of its own gets.
pub const COMPILE: &str = "compile";

const DRIVERS: [&str; 2] = ["/usr/share/vulkan/icd.d/radeon_icd.x86_64.json", "/usr/share/vulkan/icd.d/radeon_icd.json"];
const HOW_TO_INSTALL: &str = "install RADV and a Vulkan loader: `apt-get install mesa-vulkan-drivers libvulkan1` on Debian and Ubuntu, \
                              `dnf install mesa-vulkan-drivers vulkan-loader` on Fedora; no graphics card is needed";

/// What the compiler made of a kernel.
#[derive(Debug, Clone)]
pub struct Compiled {
    pub variant: Variant,
    pub answer: Answer,
    /// What it printed of the instructions.
    pub instructions: String,
}

impl Compiled {
    /// One of the driver's statistics; 0 where it has none of this name.
    pub fn statistic(&self, name: &str) -> u64 {
        self.answer.statistics.iter().find(|(known, _)| known == name).map_or(0, |(_, value)| *value)
    }

    /// Cycles of one subgroup whose loops run so often.
    pub fn cycles(&self, card: Card, rounds: &[f64]) -> Option<schedule::Cycles> {
        schedule::cycles(&self.instructions, rounds, self.answer.subgroup.div_ceil(card.lanes()))
    }
}

/// Compiles each of the kernels.
///
/// # Errors
/// When RADV is not there, with what to install, or cannot compile one.
pub fn compile(variants: &[Variant], card: Card) -> Result<Vec<Compiled>> {
    let order = |variant: &Variant| {
        Ok(Order { spirv: spirv::of(*variant)?, entry_point: variant.entry_point().into(), buffers: spirv::buffers(*variant) })
    };
    let orders = variants.iter().map(order).collect::<Result<Vec<_>>>()?;
    let mut child = Command::new(std::env::current_exe()?)
        .arg(COMPILE)
        .env("RADV_FORCE_FAMILY", card.family())
        .env("VK_ICD_FILENAMES", driver()?)
        // A kernel from a cache would print nothing.
        .envs([("ACO_DEBUG", "perfinfo"), ("RADV_DEBUG", "nocache"), ("MESA_SHADER_CACHE_DISABLE", "true")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let mut stdin = child.stdin.take().context("no way to the compiler")?;
    let sent = serde_json::to_vec(&orders)?;
    let sender = std::thread::spawn(move || stdin.write_all(&sent));
    let output = child.wait_with_output()?;
    sender.join().ok().context("the compiler was sent nothing")??;
    let printed = String::from_utf8_lossy(&output.stderr);
    let answers = serde_json::from_slice::<Result<Vec<Answer>, String>>(&output.stdout)
        .with_context(|| format!("the driver ended early: {}", printed.lines().last().unwrap_or_default()))?;
    let answers = match answers {
        Ok(answers) => answers,
        Err(reason) => bail!("{reason}. If RADV is missing, {HOW_TO_INSTALL}"),
    };
    ensure!(answers.len() == variants.len(), "{} answers for {} kernels", answers.len(), variants.len());
    let kernels = schedule::last_kernels(&printed, variants.len());
    let compiled = variants.iter().zip(answers).enumerate().map(|(place, (variant, answer))| Compiled {
        variant: *variant,
        answer,
        instructions: kernels.get(place).copied().unwrap_or_default().to_owned(),
    });
    Ok(compiled.collect())
}

/// The process of its own: orders on its way in, answers or why there are none on its way out.
///
/// # Errors
/// When nobody reads or writes.
pub fn answer() -> Result<()> {
    let orders: Vec<Order> = serde_json::from_reader(std::io::stdin())?;
    let answers = driver::compile(&orders).map_err(|error| format!("{error:#}"));
    Ok(serde_json::to_writer(std::io::stdout(), &answers)?)
}

/// What tells the loader where the driver is.
fn driver() -> Result<PathBuf> {
    if let Some(chosen) = std::env::var_os("VK_ICD_FILENAMES") {
        return Ok(chosen.into());
    }
    let found = DRIVERS.into_iter().map(Path::new).find(|path| path.exists());
    found.map(Path::to_owned).with_context(|| format!("RADV is not there. To compile for a card, {HOW_TO_INSTALL}"))
}
