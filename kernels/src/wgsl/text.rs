//! Pieces of WGSL text.

use std::fmt::Write;

use super::WORKGROUP;

/// A line for each number below `count`.
pub(super) fn each(count: u32, line: impl Fn(u32) -> String) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{}", line(number));
        text
    })
}

/// A line for each pair of numbers below these.
pub(super) fn each_pair(rows: u32, columns: u32, line: impl Fn(u32, u32) -> String) -> String {
    each(rows, |row| each(columns, |column| line(row, column)))
}

/// Bindings in the order of the launch, names and types: what is read, what is written, then the extents.
pub(super) fn bindings(read: &[(&str, &str)], written: &[(&str, &str)]) -> String {
    let reads = read.iter().map(|binding| ("read", binding));
    let writes = written.iter().map(|binding| ("read_write", binding));
    let all = reads.chain(writes).chain([("read", &("extents", "u32"))]);
    all.enumerate().fold(String::new(), |mut text, (place, (access, (name, kind)))| {
        let _ = writeln!(text, "@group(0) @binding({place}) var<storage, {access}> {name}: array<{kind}>;");
        text
    })
}

/// The entry point, called `name`. `sizes` names what `threads` and `body` need of the extents. `index` counts threads, of which those
/// from `threads` on have nothing to do.
pub(super) fn entry_point(name: &str, sizes: &str, threads: &str, body: &str) -> String {
    format!(
        "@compute @workgroup_size({WORKGROUP})
fn {name}(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {{
{sizes}
let index = id.x + id.y * groups.x * {WORKGROUP}u;
if (index >= {threads}) {{ return; }}
{body}}}
"
    )
}

/// As [`entry_point`] for threads that work together: all of a workgroup run `body`, since barriers wait for all. `local` counts threads of
/// a workgroup, `workgroup` counts those; there may be more than were asked for.
pub(super) fn entry_point_of_workgroup(name: &str, sizes: &str, body: &str) -> String {
    format!(
        "@compute @workgroup_size({WORKGROUP})
fn {name}(
@builtin(local_invocation_index) local: u32,
@builtin(workgroup_id) id: vec3<u32>,
@builtin(num_workgroups) groups: vec3<u32>
) {{
{sizes}
let workgroup = id.x + id.y * groups.x;
{body}}}
"
    )
}

/// What every kernel of a convolution reads of its extents.
pub(super) const CONVOLUTION_SIZES: &str = "let in_height = i32(extents[0]);
let in_width = i32(extents[1]);
let in_groups = extents[2];
let height = i32(extents[3]);
let width = i32(extents[4]);
let out_groups = extents[5];
let batch = i32(extents[6]);
let top = i32(extents[7]);
let left = i32(extents[8]);
let shares = extents[9];
";

/// What `map` holds under the kernel for a pixel of the tile, so many groups `further` than `channel`; 0 outside. A window of one
/// pixel is outside only for pixels that are not written.
pub(super) fn within(edge: u32, pixel: u32, kind: &str, map: &str, further: u32) -> String {
    let value = format!("{map}[from{pixel} + channel + {further}u]");
    if edge == 1 { value } else { format!("select({kind}(0.0), {value}, inside{pixel})") }
}

/// A loop over `counter` from where it is, `step` apart and below `end`: several rounds at once as long as there are so many, then one by
/// one. `rounds` writes so many; the first is at `counter`.
pub(super) fn loop_ahead(counter: &str, step: &str, end: &str, ahead: u32, rounds: impl Fn(u32) -> String) -> String {
    let one_by_one = format!("for (; {counter} < {end}; {counter} += {step}) {{\n{}}}\n", rounds(1));
    if ahead == 1 {
        return one_by_one;
    }
    let last = ahead - 1;
    format!("for (; {counter} + {last} * {step} < {end}; {counter} += {ahead} * {step}) {{\n{}}}\n{one_by_one}", rounds(ahead))
}

/// How often the loops of [`loop_ahead`] run for so many rounds.
pub(super) fn rounds_ahead(rounds: f64, ahead: u32) -> Vec<f64> {
    if ahead == 1 {
        return vec![rounds];
    }
    let several = (rounds / f64::from(ahead)).floor();
    vec![several, rounds - several * f64::from(ahead)]
}
