//! What a run measured, as lists, and their picture.

use crate::evaluation::metrics::{HeldOutMetrics, StepMetrics};

/// Points of a list: a plot is no wider.
const MOST_POINTS: usize = 1000;

/// The lists.
pub(super) fn data(steps: &[StepMetrics], held_out: &[HeldOutMetrics]) -> String {
    let every = steps.len().div_ceil(MOST_POINTS).max(1);
    let last = steps.last().filter(|_| !(steps.len().saturating_sub(1)).is_multiple_of(every));
    let kept: Vec<&StepMetrics> = steps.iter().step_by(every).chain(last).collect();
    let note = if every > 1 { format!(" One step in {every} is listed.") } else { String::new() };
    let rows = |rows: Vec<String>| if rows.is_empty() { "[]".to_owned() } else { format!("[\n    {},\n]", rows.join(",\n    ")) };
    let of_steps = kept.iter().map(|step| format!("({}, {}, {})", step.step + 1, number(step.loss), number(step.accuracy)));
    let of_passes = held_out.iter().map(|pass| format!("({}, {}, {})", pass.step, number(pass.loss), number(pass.accuracy)));
    format!(
        "# Of each training step: its number, loss and accuracy of its batch.{note}\nsteps = {}\n# Of each pass over the held-out images: \
         the steps done before, loss and accuracy.\nheld_out = {}",
        rows(of_steps.collect()),
        rows(of_passes.collect())
    )
}

/// A number as Python reads it, with those that are none.
fn number(value: f32) -> String {
    if value.is_finite() {
        value.to_string()
    } else if value.is_nan() {
        "float(\"nan\")".into()
    } else {
        format!("float(\"{}inf\")", if value < 0.0 { "-" } else { "" })
    }
}

pub(super) const PLOT: &str = r#"import matplotlib.pyplot as plt

figure, axes = plt.subplots(1, 2, figsize=(11, 4))
for axis, column, name in [(axes[0], 1, "loss"), (axes[1], 2, "accuracy")]:
    axis.plot([row[0] for row in steps], [row[column] for row in steps], linewidth=0.8, alpha=0.6, label="training, each step")
    axis.plot([row[0] for row in held_out], [row[column] for row in held_out], marker="o", label="held out")
    axis.set_xlabel("steps")
    axis.set_title(name)
    axis.legend()
plt.show()"#;
