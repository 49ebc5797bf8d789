//! Names at the ends of the lines of earlier runs, which a legend alone would not tell apart.

use super::{Chart, CurveRole, DrawnCurve};

/// Pixels from one label to the next below it.
const LINE_HEIGHT: f64 = 13.0;
/// From a line to its label above it.
const ABOVE: f64 = 5.0;
/// Characters that fit the picture on a phone.
const LONGEST: usize = 14;
/// Room that a label needs on the left of its end, in pixels.
const WIDTH: f64 = 70.0;

/// A name in its place; it ends at `x`.
#[derive(Debug, Clone, PartialEq)]
pub struct LineLabel {
    /// Right end in pixels.
    pub x: f64,
    /// Baseline in pixels.
    pub y: f64,
    /// The name, cut where it is long.
    pub text: String,
    /// Colour of the line.
    pub role: CurveRole,
}

impl Chart {
    /// A label for each curve of an earlier run that has a value, moved apart where they would meet.
    pub fn line_labels(&self) -> Vec<LineLabel> {
        let label = |curve: &DrawnCurve| {
            let (x, y) = self.place(curve.last.filter(|_| matches!(curve.role, CurveRole::EarlierRun(_)))?);
            Some(LineLabel { x: x.max(self.area.left + WIDTH), y: y - ABOVE, text: short(&curve.name), role: curve.role })
        };
        let mut labels: Vec<LineLabel> = self.curves.iter().filter_map(label).collect();
        labels.sort_by(|one, other| one.y.total_cmp(&other.y));
        let mut lowest = self.area.top + LINE_HEIGHT / 2.0;
        for label in &mut labels {
            label.y = label.y.max(lowest);
            lowest = label.y + LINE_HEIGHT;
        }
        // Whatever was pushed out below is pushed back up.
        let mut highest = self.area.bottom - 2.0;
        for label in labels.iter_mut().rev() {
            label.y = label.y.min(highest);
            highest = label.y - LINE_HEIGHT;
        }
        labels
    }
}

fn short(name: &str) -> String {
    let short: String = name.chars().take(LONGEST).collect();
    if short.len() < name.len() { short + "…" } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::plot::{ChartAxes, CurveSeries};

    fn chart(ends: &[f64]) -> Chart {
        let curve = |(style, end): (usize, &f64)| CurveSeries {
            name: format!("run {style}"),
            role: CurveRole::EarlierRun(style),
            points: vec![(0.0, 2.3), (100.0, *end)],
            smoothed: false,
            markers: false,
        };
        Chart::new(&ends.iter().enumerate().map(curve).collect::<Vec<_>>(), &ChartAxes::default(), 400.0, 180.0)
    }

    #[test]
    fn each_earlier_run_has_its_name_at_its_end() {
        let labels = chart(&[1.0]).line_labels();
        assert_eq!((labels.len(), labels[0].text.as_str()), (1, "run 0"));
        assert!(labels[0].x > 380.0 && labels[0].y < 100.0, "at the right end, above the line");
    }

    #[test]
    fn names_of_lines_that_end_together_do_not_lie_on_each_other() {
        for end in [0.0, 1.0, 2.3] {
            let chart = chart(&[end; 5]);
            let labels = chart.line_labels();
            assert!(labels.windows(2).all(|pair| pair[1].y - pair[0].y >= LINE_HEIGHT - 1e-9), "apart at {end}");
            assert!(labels.iter().all(|label| (chart.area.top..=chart.area.bottom).contains(&label.y)), "inside at {end}");
        }
    }

    #[test]
    fn curves_of_the_run_itself_have_no_label() {
        let own =
            CurveSeries { name: "training".into(), role: CurveRole::Training, points: vec![(0.0, 1.0)], smoothed: true, markers: false };
        assert_eq!(Chart::new(&[own], &ChartAxes::default(), 400.0, 180.0).line_labels(), []);
    }
}
