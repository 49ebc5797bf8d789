//! Results as text.

use crate::results::{Case, Ceilings, Figures, Measured, Profile, Results};
use crate::trainers::{self, Device, TRAINERS, Trainer};

/// Between these the documentation holds results.
pub const MARKS: [&str; 2] = ["<!-- cargo xtask bench writes from here -->", "<!-- to here -->"];
/// First losses further apart than this, relative to ours, are another computation: the batch is the same and so are the
/// weights, and 32-bit sums in another order differ by a hundredth of that.
const SAME_LOSS: f64 = 1e-4;
const LOSSES_SHOWN: usize = 3;
const KERNELS_SHOWN: usize = 25;

pub fn markdown(results: &Results, cases: &[(String, Case)]) -> String {
    let mut text = format!("{}. {}. {}.\n\n", results.date, results.machine, results.browser);
    ceilings(&mut text, &results.ceilings);
    for (folder, case) in cases {
        let measured: Vec<&Measured> = results.measured.iter().filter(|each| each.folder == *folder).collect();
        network(&mut text, folder, case, &measured, &results.ceilings);
    }
    differences(&mut text, &results.measured);
    for profile in &results.profiles {
        kernels(&mut text, profile);
    }
    text
}

fn differences(text: &mut String, measured: &[Measured]) {
    line(text, "\n### What each does otherwise than ours\n");
    for trainer in &TRAINERS {
        let Some(first) = measured.iter().find(|each| each.trainer == trainer.name) else { continue };
        let differs = if trainer.differs.is_empty() { "nothing" } else { trainer.differs };
        // The browser's version and its adapter stand above; a native trainer may have found another.
        let runs_on = first.runs_on.as_ref().filter(|_| trainer.runs_elsewhere());
        let runs_on = runs_on.map_or(String::new(), |runs_on| format!(" It ran on: {runs_on}."));
        line(text, &format!("- {}: {differs}.{runs_on}", trainer.title));
    }
}

fn ceilings(text: &mut String, ceilings: &Ceilings) {
    let gflops = |value: Option<f64>| value.map_or("not there".to_owned(), |value| format!("{value:.1} GFLOP/s"));
    let cpu = &ceilings.cpu;
    line(
        text,
        &format!(
            "Ceilings: a loop of multiply-adds in wasm on one thread {} (relaxed SIMD {});",
            gflops(cpu.simd_gflops),
            gflops(cpu.relaxed_simd_gflops)
        ),
    );
    match &ceilings.gpu {
        Some(gpu) => line(
            text,
            &format!(
                "the best matrix product on the adapter “{}” {:.2} GFLOP/s ({}, {2} × {2} numbers: {3}).",
                gpu.adapter, gpu.gflops, gpu.size, gpu.kernel
            ),
        ),
        None => line(text, "the browser has no graphics adapter."),
    }
}

fn network(text: &mut String, folder: &str, case: &Case, measured: &[&Measured], ceilings: &Ceilings) {
    let Some(first) = measured.first() else { return };
    line(text, &format!("\n### {}\n", title(folder)));
    let activations = case.activation_bytes_per_image * case.batch_size;
    line(
        text,
        &format!(
            "{} parameters, {:.2} GFLOP a step, outputs of all layers {}.\n",
            case.parameters,
            case.flops_per_step / 1e9,
            bytes(activations)
        ),
    );
    line(
        text,
        "| trainer | ms a step: median (least–most, steps) | ÷ ours | GFLOP/s | of the ceiling | first step | losses of steps 1, 2, 3 |",
    );
    line(text, "|---|---|---|---|---|---|---|");
    for each in measured {
        line(text, &row(each, case, measured, ceilings));
    }
    line(text, &agreement(first, measured));
    for each in measured.iter().filter(|each| !each.step_ms.is_empty()) {
        if let Some(reason) = &each.failure {
            line(text, &format!("\n**{} stopped before the last round:** {}.", each.trainer, reason.replace('\n', " ")));
        }
    }
    let counted: Vec<(&Measured, &Figures)> = measured
        .iter()
        .filter_map(|each| Some((*each, each.figures.as_ref()?)))
        .filter(|(_, figures)| figures.wasm_memory_bytes + figures.dispatches > 0)
        .collect();
    if counted.is_empty() {
        return;
    }
    line(
        text,
        "\n| in one step | dispatches | submits | buffers made | written | read back | host ms | pipelines in the first step | most GPU memory | wasm memory |",
    );
    line(text, "|---|---|---|---|---|---|---|---|---|---|");
    for (each, figures) in counted {
        line(text, &figures_row(each, figures));
    }
}

fn row(each: &Measured, case: &Case, all: &[&Measured], ceilings: &Ceilings) -> String {
    let name = name(each);
    let Some([least, middle, most]) = spread(&each.step_ms) else {
        return format!("| {name} | {} | | | | | |", each.failure.as_deref().unwrap_or("no step was timed").replace(['\n', '|'], " "));
    };
    let gflops = case.flops_per_step / middle / 1e6;
    let trainer = trainers::find(&each.trainer);
    let ceiling = trainer.and_then(|trainer| ceiling(trainer, ceilings));
    let losses: Vec<String> = each.losses.iter().take(LOSSES_SHOWN).map(|loss| format!("{loss:.5}")).collect();
    format!(
        "| {name} | {} ({}–{}, {}) | {} | {gflops:.2} | {} | {} | {} |",
        ms(middle),
        ms(least),
        ms(most),
        each.step_ms.len(),
        trainer.and_then(|trainer| ours(trainer, all)).map_or("–".into(), |ours| format!("{:.2}", middle / ours)),
        ceiling.map_or("–".into(), |ceiling| format!("{:.0} %", 100.0 * gflops / ceiling)),
        each.first_step_ms.map_or("–".into(), |first| format!("{:.1} s", first / 1000.0)),
        losses.join(", "),
    )
}

fn name(each: &Measured) -> &str {
    trainers::find(&each.trainer).map_or(each.trainer.as_str(), |trainer| trainer.title)
}

/// Our median on the same kind of device.
fn ours(trainer: &Trainer, all: &[&Measured]) -> Option<f64> {
    let ours = TRAINERS.iter().find(|each| each.device == trainer.device)?;
    let measured = all.iter().find(|each| each.trainer == ours.name)?;
    spread(&measured.step_ms).map(|[_, middle, _]| middle)
}

/// What the machine could do at most, where that was measured: of adapters, the browser's alone.
fn ceiling(trainer: &Trainer, ceilings: &Ceilings) -> Option<f64> {
    match trainer.device {
        Device::Gpu if trainer.runs_elsewhere() => None,
        Device::Cpu => ceilings.cpu.simd_gflops,
        Device::Gpu => ceilings.gpu.as_ref().map(|gpu| gpu.gflops),
    }
}

/// Whether all that should compute the same did.
fn agreement(first: &Measured, measured: &[&Measured]) -> String {
    let Some(reference) = first.losses.first() else { return String::new() };
    let comparable = |each: &Measured| trainers::find(&each.trainer).is_some_and(|trainer| trainer.comparable);
    let distances: Vec<(f64, &str)> = measured
        .iter()
        .filter(|each| comparable(each))
        .filter_map(|each| Some(((each.losses.first()? / reference - 1.0).abs(), each.trainer.as_str())))
        .collect();
    let others: Vec<String> = distances
        .iter()
        .filter(|(distance, _)| distance.is_nan() || *distance > SAME_LOSS)
        .map(|(distance, name)| format!("{name} is {distance:.1e} away"))
        .collect();
    if others.is_empty() {
        let largest = distances.iter().map(|(distance, _)| *distance).fold(0.0, f64::max);
        return format!("\nThe first losses of all that start alike are within {largest:.0e} of ours, relative to it.");
    }
    format!("\n**Not the same work:** the first loss of {}, relative to ours.", others.join(", "))
}

fn figures_row(each: &Measured, figures: &Figures) -> String {
    let name = name(each);
    let wasm = if figures.wasm_memory_bytes == 0 { "–".into() } else { bytes(figures.wasm_memory_bytes) };
    if figures.dispatches == 0 {
        return format!("| {name} | – | – | – | – | – | – | – | – | {wasm} |");
    }
    let first = each.first_figures.as_ref().map_or(0, |first| first.pipelines);
    format!(
        "| {name} | {} | {} | {} ({}) | {} | {} | {} | {first} | {} | {wasm} |",
        figures.dispatches,
        figures.submits,
        figures.buffers,
        bytes(figures.created_bytes),
        bytes(figures.written_bytes),
        bytes(figures.read_bytes),
        figures.host_ms.map_or("–".into(), ms),
        bytes(figures.peak_gpu_buffer_bytes),
    )
}

fn kernels(text: &mut String, profile: &Profile) {
    let total: f64 = profile.kernels.iter().map(|kernel| kernel.ms).sum();
    let count: u64 = profile.kernels.iter().map(|kernel| kernel.dispatches).sum();
    line(text, &format!("\n### Kernels of one step: {}, {}\n", profile.trainer, title(&profile.folder)));
    line(text, &format!("{count} dispatches, {} ms between the timestamps of each.\n", ms(total)));
    line(text, "| kernel | ms | share | dispatches | fewest workgroups |\n|---|---|---|---|---|");
    for kernel in profile.kernels.iter().take(KERNELS_SHOWN) {
        let share = 100.0 * kernel.ms / total.max(f64::MIN_POSITIVE);
        let name: String = kernel.name.chars().take(60).collect();
        line(text, &format!("| `{name}` | {} | {share:.0} % | {} | {} |", ms(kernel.ms), kernel.dispatches, kernel.fewest_workgroups));
    }
}

/// `depth11-filters8-batch32` as a heading.
fn title(folder: &str) -> String {
    let spaced = |word: &str| {
        let digits = word.find(|letter: char| letter.is_ascii_digit()).unwrap_or(word.len());
        let (word, number) = word.split_at(digits);
        format!("{word} {number}")
    };
    let title = folder.split('-').map(spaced).collect::<Vec<_>>().join(", ");
    title.replacen("depth", "Depth", 1)
}

/// Least, median and most.
fn spread(values: &[f64]) -> Option<[f64; 3]> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (least, most) = (*sorted.first()?, *sorted.last()?);
    let upper = sorted.len() / 2;
    let lower = (sorted.len() - 1) / 2;
    Some([least, f64::midpoint(*sorted.get(lower)?, *sorted.get(upper)?), most])
}

fn ms(value: f64) -> String {
    if value < 10.0 { format!("{value:.1}") } else { format!("{value:.0}") }
}

fn bytes(count: u64) -> String {
    let count = count as f64;
    match count {
        _ if count < 1024.0 => format!("{count} B"),
        _ if count < 1_048_576.0 => format!("{:.0} KiB", count / 1024.0),
        _ => format!("{:.0} MiB", count / 1_048_576.0),
    }
}

fn line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trainers::OURS_NATIVE_GPU;

    fn measured(trainer: &str, first_loss: f64, step_ms: &[f64]) -> Measured {
        Measured {
            trainer: trainer.into(),
            folder: "depth11-filters8-batch32".into(),
            runs_on: None,
            losses: vec![first_loss],
            step_ms: step_ms.to_vec(),
            first_step_ms: Some(1000.0),
            first_figures: None,
            figures: None,
            failure: None,
        }
    }

    fn results(measured: Vec<Measured>) -> String {
        let cpu = crate::results::CpuCeiling { simd_gflops: Some(40.0), relaxed_simd_gflops: None };
        results_below(Ceilings { cpu, gpu: None }, measured)
    }

    fn results_below(ceilings: Ceilings, measured: Vec<Measured>) -> String {
        let results = Results {
            date: "today".into(),
            machine: "a machine".into(),
            browser: "a browser".into(),
            ceilings,
            measured,
            profiles: vec![],
        };
        let case = Case { flops_per_step: 2e9, batch_size: 32, parameters: 5, activation_bytes_per_image: 1024 };
        markdown(&results, &[("depth11-filters8-batch32".into(), case)])
    }

    #[test]
    fn a_median_lies_between_least_and_most() {
        assert_eq!(spread(&[4.0, 1.0, 3.0]), Some([1.0, 3.0, 4.0]), "the one in the middle");
        assert_eq!(spread(&[4.0, 1.0]), Some([1.0, 2.5, 4.0]), "or between the two");
        assert_eq!(spread(&[]), None, "of nothing there is none");
    }

    #[test]
    fn a_slower_trainer_has_a_ratio_above_one_and_its_share_of_the_ceiling() {
        let text = results(vec![measured("ours-cpu", 2.5, &[100.0]), measured("tfjs-wasm", 2.5, &[400.0])]);
        assert!(text.contains("| 100 (100–100, 1) | 1.00 | 20.00 | 50 % |"), "2 GFLOP in 0.1 s are half of 40 GFLOP/s: {text}");
        assert!(text.contains("| 400 (400–400, 1) | 4.00 | 5.00 | 12 % |"), "four times as long: {text}");
        assert!(text.contains("### Depth 11, filters 8, batch 32"), "which network: {text}");
    }

    #[test]
    fn a_native_gpu_is_named_and_not_measured_by_the_browsers_ceiling() {
        let native = Measured { runs_on: Some("native, a card".into()), ..measured(OURS_NATIVE_GPU, 2.5, &[50.0]) };
        let gpu = crate::results::GpuCeiling { gflops: 4.0, kernel: String::new(), size: 64, adapter: "another".into() };
        let cpu = crate::results::CpuCeiling { simd_gflops: None, relaxed_simd_gflops: None };
        let text = results_below(Ceilings { cpu, gpu: Some(gpu) }, vec![measured("ours-webgpu", 2.5, &[100.0]), native]);
        assert!(text.contains("| 100 (100–100, 1) | 1.00 | 20.00 | 500 % |"), "the browser's: {text}");
        assert!(text.contains("| 50 (50–50, 1) | 0.50 | 40.00 | – |"), "the native one: {text}");
        assert!(text.contains("It ran on: native, a card."), "its adapter: {text}");
    }

    #[test]
    fn another_first_loss_is_no_comparison_and_says_so() {
        let text = results(vec![measured("ours-cpu", 2.5, &[100.0]), measured("tfjs-wasm", 2.6, &[50.0])]);
        assert!(text.contains("**Not the same work:**") && text.contains("tfjs-wasm is 4.0e-2 away"), "named with its distance: {text}");
        let text = results(vec![measured("ours-cpu", 2.5, &[1.0]), measured("ours-cpu-as-on-the-page", 2.6, &[1.0])]);
        assert!(!text.contains("Not the same work"), "dropout makes another loss, and says so elsewhere: {text}");
    }

    #[test]
    fn which_pytorch_it_was_is_said() {
        let pytorch = Measured { runs_on: Some("PyTorch 2, cpu, threads: 1".into()), ..measured("pytorch-cpu", 2.5, &[1.0]) };
        let text = results(vec![measured("ours-cpu", 2.5, &[1.0]), pytorch]);
        assert!(text.contains("It ran on: PyTorch 2, cpu, threads: 1."), "whichever was installed: {text}");
    }

    #[test]
    fn a_trainer_that_failed_keeps_its_line_and_its_reason() {
        let mut failed = measured("jax-js-webgpu", 2.5, &[]);
        failed.failure = Some("no | adapter".into());
        let text = results(vec![measured("ours-cpu", 2.5, &[1.0]), failed]);
        assert!(text.contains("| jax-js 0.1.25, WebGPU | no   adapter |"), "the reason in its place: {text}");
    }

    #[test]
    fn a_trainer_that_stopped_half_way_is_not_passed_off_as_whole() {
        let mut stopped = measured("ours-cpu", 2.5, &[1.0]);
        stopped.failure = Some("the browser went away".into());
        let text = results(vec![stopped]);
        assert!(
            text.contains("ours-cpu stopped before the last round:** the browser went away"),
            "its times stand, and why they are few: {text}"
        );
    }
}
