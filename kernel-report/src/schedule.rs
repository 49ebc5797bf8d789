//! What RADV's compiler prints of a kernel's instructions with `ACO_DEBUG=perfinfo`: blocks, and how many cycles each
//! instruction holds up the next ones.
//!
//! From it comes an estimate that knows how often the loops run. The driver's own statistics assume eight rounds of an outer
//! loop, four of one inside it and two of others, whatever the extents are.

/// Cycles of a subgroup on a SIMD.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Cycles {
    /// From its first instruction to its last, waiting included.
    pub latency: f64,
    /// In which the unit it uses most is busy: what is left when other subgroups fill the waiting.
    pub busy: f64,
}

/// Units that work beside each other.
const UNITS: usize = 4;
/// Cycles of an instruction that only a quarter of the lanes can do at once.
const QUARTER_RATE: f64 = 4.0;
const QUARTER_RATE_INSTRUCTIONS: [&str; 8] = ["v_mul_lo", "v_mul_hi", "v_exp", "v_log", "v_rcp", "v_rsq", "v_sqrt", "v_sin"];

/// The kernels that were compiled last, `count` of them. Before them stand the driver's own.
pub fn last_kernels(printed: &str, count: usize) -> Vec<&str> {
    let all: Vec<&str> = printed.split("After RA:\n").collect();
    all[all.len().saturating_sub(count)..].to_vec()
}

/// Cycles of one kernel whose loops run so often, outer before inner; a vector instruction is issued `issues` times, some lanes at a
/// time. None where the compiler has made other loops of those of the text, or another compiler printed this.
pub fn cycles(printed: &str, rounds: &[f64], issues: u32) -> Option<Cycles> {
    let blocks = blocks(printed)?;
    let loops = blocks.iter().filter(|block| block.begins_loop).count();
    // A loop that is known to run once is none any more.
    let kept = if loops == rounds.len() { rounds.to_vec() } else { rounds.iter().copied().filter(|rounds| *rounds != 1.0).collect() };
    if loops != kept.len() {
        return None;
    }
    let issues = f64::from(issues);
    let mut rounds = kept.into_iter();
    let mut inside: Vec<f64> = Vec::new();
    let (mut latency, mut usage) = (0.0, [0.0; UNITS]);
    for block in blocks {
        if block.ends_loop {
            inside.pop()?;
        }
        if block.begins_loop {
            inside.push(rounds.next()?);
        }
        let times: f64 = inside.iter().product();
        latency += block.latency * times;
        for (usage, of_block) in usage.iter_mut().zip(block.usage) {
            *usage += of_block * times;
        }
    }
    let [scalar, vectors @ ..] = usage;
    let busy = vectors.into_iter().map(|usage| usage * issues).fold(scalar, f64::max);
    Some(Cycles { latency, busy })
}

struct Block {
    begins_loop: bool,
    ends_loop: bool,
    latency: f64,
    usage: [f64; UNITS],
}

fn blocks(printed: &str) -> Option<Vec<Block>> {
    let mut blocks: Vec<Block> = Vec::new();
    for line in printed.lines() {
        if let Some((_, kind)) = line.split_once("/ kind: ") {
            let kind: Vec<&str> = kind.split([',', ' ']).collect();
            let is = |word| kind.contains(&word);
            blocks.push(Block { begins_loop: is("loop-header"), ends_loop: is("loop-exit"), latency: 0.0, usage: [0.0; UNITS] });
        } else if let Some((clocks, instruction)) = line.trim_start().strip_prefix('(').and_then(|line| line.split_once(" clk)")) {
            let block = blocks.last_mut()?;
            block.latency += clocks.trim().parse::<f64>().ok()?;
            let (unit, cycles) = unit(instruction.split_once(" = ").map_or(instruction, |(_, after)| after).trim());
            block.usage[unit] += cycles;
        }
    }
    (!blocks.is_empty()).then_some(blocks)
}

/// Which unit an instruction uses, and for how many cycles a time that it is issued: scalar, vector, memory, workgroup memory.
fn unit(instruction: &str) -> (usize, f64) {
    let is = |starts: &[&str]| starts.iter().any(|start| instruction.starts_with(start));
    match () {
        () if is(&QUARTER_RATE_INSTRUCTIONS) => (1, QUARTER_RATE),
        () if is(&["v_"]) => (1, 1.0),
        () if is(&["buffer_", "global_", "flat_"]) => (2, 1.0),
        () if is(&["ds_"]) => (3, 1.0),
        () => (0, 1.0),
    }
}

#[cfg(test)]
mod tests;
