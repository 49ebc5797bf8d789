//! How long a step takes a card, from what its compiler says.

use resnet_kernels::wgsl::Variant;

use crate::card::Card;
use crate::compiler::{self, Compiled};
use crate::launches::Launch;
use anyhow::Result;

/// A launch with what the compiler made of it.
#[derive(Debug, Clone)]
pub struct Estimate {
    pub launch: Launch,
    /// Times in a step that the same is launched for the same sizes.
    pub times: usize,
    pub subgroup: u32,
    pub vgprs: u64,
    pub subgroups_per_simd: u64,
    pub code_bytes: u64,
    pub workgroup_bytes: u64,
    /// The driver's own, which guess how often loops run.
    pub latency: u64,
    pub inverse_throughput: u64,
    /// Cycles of a subgroup with the loops as they run; none where the compiler made other loops.
    pub cycles: Option<crate::schedule::Cycles>,
    simds: f64,
}

impl Estimate {
    /// Subgroups that each SIMD gets.
    fn waves_per_simd(&self) -> f64 {
        let kernel = &self.launch.kernel;
        let workgroup = kernel.variant.workgroup() as usize;
        let threads = kernel.threads.div_ceil(workgroup) * workgroup;
        threads.div_ceil(self.subgroup.max(1) as usize) as f64 / self.simds
    }

    /// Inverse throughput × waves ÷ SIMDs by the driver's statistics alone.
    pub fn guessed(&self) -> f64 {
        // The driver counts it for 64 threads.
        let waves = self.waves_per_simd() * f64::from(self.subgroup) / 64.0;
        self.inverse_throughput as f64 * waves
    }

    /// Inverse throughput × waves ÷ SIMDs with the loops as they run. Inverse throughput is the busiest unit's cycles, or the latency shared by
    /// all subgroups that fit on a SIMD.
    pub fn shared(&self) -> f64 {
        let Some(cycles) = self.cycles else { return self.guessed() };
        let latency = cycles.latency / self.subgroups_per_simd.max(1) as f64;
        latency.max(cycles.busy) * self.waves_per_simd()
    }

    /// Cycles of one launch by itself: as long as one subgroup at least.
    pub fn launch_cycles(&self) -> f64 {
        self.cycles.map_or(self.latency as f64, |cycles| cycles.latency).max(self.shared())
    }

    /// Of all its launches in a step.
    pub fn step_cycles(&self) -> f64 {
        self.launch_cycles() * self.times as f64
    }
}

/// Sums of a step.
#[derive(Debug, Clone, Copy)]
pub struct Total {
    pub launches: usize,
    pub cycles: f64,
    pub shared: f64,
    pub guessed: f64,
}

impl Total {
    pub fn of(estimates: &[Estimate]) -> Self {
        let sum = |of: &dyn Fn(&Estimate) -> f64| estimates.iter().map(|each| of(each) * each.times as f64).sum();
        Self {
            launches: estimates.iter().map(|each| each.times).sum(),
            cycles: sum(&Estimate::launch_cycles),
            shared: sum(&Estimate::shared),
            guessed: sum(&Estimate::guessed),
        }
    }
}

/// The launches, each once, the longest in a step first.
///
/// # Errors
/// As [`compiler::compile`].
pub fn of_launches(launches: Vec<Launch>, card: Card) -> Result<Vec<Estimate>> {
    let mut variants: Vec<Variant> = Vec::new();
    let mut counted: Vec<(Launch, usize)> = Vec::new();
    for launch in launches {
        if !variants.contains(&launch.kernel.variant) {
            variants.push(launch.kernel.variant);
        }
        match counted.iter_mut().find(|(known, _)| *known == launch) {
            Some((_, times)) => *times += 1,
            None => counted.push((launch, 1)),
        }
    }
    let compiled = compiler::compile(&variants, card)?;
    let of = |(launch, times): (Launch, usize)| {
        let made = compiled.iter().find(|made| made.variant == launch.kernel.variant)?;
        Some(estimate(launch, times, made, card))
    };
    let mut estimates: Vec<Estimate> = counted.into_iter().filter_map(of).collect();
    estimates.sort_by(|one, other| other.step_cycles().total_cmp(&one.step_cycles()));
    Ok(estimates)
}

fn estimate(launch: Launch, times: usize, made: &Compiled, card: Card) -> Estimate {
    Estimate {
        times,
        subgroup: made.answer.subgroup,
        vgprs: made.statistic("VGPRs"),
        subgroups_per_simd: made.statistic("Subgroups per SIMD"),
        code_bytes: made.statistic("Code size"),
        workgroup_bytes: made.statistic("LDS size"),
        latency: made.statistic("Latency"),
        inverse_throughput: made.statistic("Inverse Throughput"),
        cycles: made.cycles(card, &launch.kernel.loops()),
        simds: f64::from(card.simds()),
        launch,
    }
}
