//! A chart in one sentence, for those who do not see it.

use super::{Chart, DrawnCurve, PlotPoint, ValueFormat};
use crate::language::tr;

impl Chart {
    /// The last value of each curve: `Loss: training 2.14 after 127 steps; held out 2.17 after 120 steps.`
    pub fn summary(&self, title: &str, x_label: &str, y_format: ValueFormat) -> String {
        let last = |curve: &DrawnCurve| {
            let last = curve.last?;
            let (value, count) = (y_format.value(last.y), ValueFormat::Count.value(last.x));
            Some(tr!("{curve} {value} after {count} {x_label}", curve = curve.name, value, count, x_label))
        };
        sentence(title, &self.curves.iter().filter_map(last).collect::<Vec<_>>())
    }

    /// Every value of each curve: `Loss by depth: with skip connections 0.61 at 11, 0.58 at 20; without 0.69 at 11.`
    pub fn every_value(&self, title: &str, y_format: ValueFormat) -> String {
        let all = |curve: &DrawnCurve| {
            // A gap in the curve is no number: a block that cannot be left out has none.
            let value = |(x, y): &PlotPoint| {
                y.is_finite().then(|| tr!("{value} at {place}", value = y_format.value(*y), place = ValueFormat::Count.value(*x)))
            };
            let values: Vec<String> = curve.main.iter().filter_map(value).collect();
            (!values.is_empty()).then(|| format!("{} {}", curve.name, values.join(", ")))
        };
        sentence(title, &self.curves.iter().filter_map(all).collect::<Vec<_>>())
    }
}

fn sentence(title: &str, curves: &[String]) -> String {
    if curves.is_empty() { tr!("{title}: nothing measured yet.", title) } else { format!("{title}: {}.", curves.join("; ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::plot::{ChartAxes, CurveRole, CurveSeries};

    fn chart(points: &[PlotPoint]) -> Chart {
        let curve = |name: &str, role| CurveSeries { name: name.into(), role, points: points.to_vec(), smoothed: false, markers: false };
        Chart::new(&[curve("with", CurveRole::Skips), curve("without", CurveRole::Compared)], &ChartAxes::default(), 400.0, 180.0)
    }

    #[test]
    fn a_chart_tells_its_last_values_or_all_of_them() {
        let chart = chart(&[(11.0, 0.61), (20.0, 0.58)]);
        assert_eq!(chart.summary("Loss", "steps", ValueFormat::Plain), "Loss: with 0.58 after 20 steps; without 0.58 after 20 steps.");
        assert_eq!(
            chart.every_value("Loss by depth", ValueFormat::Plain),
            "Loss by depth: with 0.61 at 11, 0.58 at 20; without 0.61 at 11, 0.58 at 20."
        );
    }

    #[test]
    fn gaps_are_not_told() {
        let told = chart(&[(0.0, 0.61), (1.0, f64::NAN), (2.0, 0.58)]).every_value("Without one block", ValueFormat::Plain);
        assert_eq!(told, "Without one block: with 0.61 at 0, 0.58 at 2; without 0.61 at 0, 0.58 at 2.");
    }

    #[test]
    fn an_empty_chart_says_so() {
        assert_eq!(chart(&[]).summary("Loss", "steps", ValueFormat::Plain), "Loss: nothing measured yet.");
        assert_eq!(chart(&[]).every_value("Loss", ValueFormat::Plain), "Loss: nothing measured yet.");
    }
}
