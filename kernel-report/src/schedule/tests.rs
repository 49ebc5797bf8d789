use super::*;

/// As RADV prints a kernel with a loop in a loop.
const PRINTED: &str = "ACO shader stage: compute_cs
BB0
/* logical preds: / linear preds: / kind: uniform, top-level, loop-preheader, */
\t(  1 clk)   s0 = s_mov_b32 s3
\t(  9 clk)   v1 = v_mul_lo_u32 v0, s0
BB1
/* logical preds: BB0, BB4, / linear preds: BB0, BB4, / kind: uniform, loop-preheader, loop-header, */
\t(  5 clk)   v2 = v_mov_b32 0
BB2
/* logical preds: BB1, BB2, / linear preds: BB1, BB2, / kind: uniform, loop-header, continue, */
\t(  2 clk)   v[4-7] = buffer_load_dwordx4 s[8-11], v0, 0 offen storage:buffer
\t(321 clk)   s_waitcnt vmcnt(0)
\t(  7 clk)   v2 = v_fma_f32 v4, v5, v2
BB3
/* logical preds: BB2, / linear preds: BB2, / kind: uniform, loop-exit, continue, */
\t(  1 clk)   s_branch BB1
BB4
/* logical preds: BB1, / linear preds: BB1, / kind: uniform, top-level, loop-exit, */
\t( 20 clk)   ds_write_b32 v0, v2
";

#[test]
fn instructions_count_as_often_as_their_loops_run() {
    let cycles = cycles(PRINTED, &[3.0, 10.0], 2).expect("two loops");
    assert_eq!(cycles.latency, 10.0 + 3.0 * (5.0 + 10.0 * 330.0 + 1.0) + 20.0);
    // Three vector instructions: one of a quarter of the lanes, one in each loop; all issued twice.
    assert_eq!(cycles.busy, f64::max(2.0 * (4.0 + 3.0 + 30.0), 1.0 + 30.0 + 3.0));
}

#[test]
fn other_loops_than_those_of_the_text_give_no_cycles() {
    assert_eq!(cycles(PRINTED, &[3.0], 1), None);
    assert_eq!(cycles("an error", &[], 1), None);
    assert!(cycles(PRINTED, &[1.0, 3.0, 10.0], 1).is_some(), "a loop that runs once is unrolled");
}

#[test]
fn the_last_kernels_are_those_asked_for() {
    let printed = "After RA:\nthe driver's\nAfter RA:\nfirst\nAfter RA:\nsecond\n";
    assert_eq!(last_kernels(printed, 2), ["first\n", "second\n"]);
}
