//! The chart in one sentence.

use crate::drawing::plot::{Chart, ValueFormat};

/// What a chart shows, for those who do not see it.
pub fn summary(title: &str, x_label: &str, y_format: ValueFormat, chart: &Chart) -> String {
    let curves: Vec<_> = chart
        .curves
        .iter()
        .filter_map(|curve| {
            let last = curve.last?;
            Some(format!("{} {} after {} {x_label}", curve.name, y_format.value(last.y), ValueFormat::Count.value(last.x)))
        })
        .collect();
    if curves.is_empty() { format!("{title}: nothing measured yet.") } else { format!("{title}: {}.", curves.join("; ")) }
}
