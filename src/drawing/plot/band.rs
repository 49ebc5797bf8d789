//! The area between the lowest and the highest of several curves.

use super::{Chart, CurveRole, CurveSeries, PlotPoint, Reading, polyline_path};
use crate::language::tr;

/// What lies between two curves, in the colour of the one that it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct CurveBand {
    /// Name of the curve that it belongs to.
    pub name: String,
    /// Its colour.
    pub role: CurveRole,
    /// In rising x: the lowest and the highest value there.
    pub points: Vec<(f64, [f64; 2])>,
}

impl CurveBand {
    /// The highest value, where there is one.
    pub fn highest(&self) -> Option<f64> {
        self.points.iter().map(|(_, [_, highest])| *highest).filter(|highest| highest.is_finite()).reduce(f64::max)
    }

    /// Its lower and its upper end as curves, for tables of numbers.
    pub fn ends(&self) -> [CurveSeries; 2] {
        let end = |name, points| CurveSeries { name, role: self.role, points, smoothed: false, markers: false };
        let curve = &self.name;
        [
            end(tr!("{curve}, lowest", curve), self.points.iter().map(|(x, [lowest, _])| (*x, *lowest)).collect()),
            end(tr!("{curve}, highest", curve), self.points.iter().map(|(x, [_, highest])| (*x, *highest)).collect()),
        ]
    }
}

impl Chart {
    /// Path around a band: along its highest values and back along its lowest. Empty where there is none. What is no number is left out,
    /// what leaves the picture lies at its edge.
    pub fn band_path(&self, band: &CurveBand) -> String {
        let finite = || band.points.iter().filter(|(x, ends)| x.is_finite() && ends.iter().all(|end| end.is_finite()));
        let place = |x: f64, y: f64| -> PlotPoint { self.place(Reading { x, y }) };
        let there = finite().map(|(x, [_, highest])| place(*x, *highest));
        let back = finite().rev().map(|(x, [lowest, _])| place(*x, *lowest));
        let outline = polyline_path(there.chain(back));
        if finite().nth(1).is_none() { String::new() } else { format!("{outline}Z") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::plot::ChartAxes;

    fn band(points: Vec<(f64, [f64; 2])>) -> CurveBand {
        CurveBand { name: "depth 11".into(), role: CurveRole::Training, points }
    }

    fn chart() -> Chart {
        let points = vec![(1.0, 0.5), (2.0, 0.6), (3.0, 0.7)];
        let curve = CurveSeries { name: "depth 11".into(), role: CurveRole::Training, points, smoothed: false, markers: true };
        Chart::new(&[curve], &ChartAxes { y_limits: Some([0.0, 1.0]), ..ChartAxes::default() }, 400.0, 180.0)
    }

    #[test]
    fn a_band_goes_there_along_the_highest_and_back_along_the_lowest() {
        let chart = chart();
        let path = chart.band_path(&band(vec![(1.0, [0.4, 0.6]), (2.0, [0.5, 0.7]), (3.0, [0.6, 0.9])]));
        assert!(path.starts_with('M') && path.ends_with('Z'), "closed: {path}");
        assert_eq!(path.matches(['M', 'L']).count(), 6, "two ends of three: {path}");
    }

    #[test]
    fn what_is_no_number_is_no_part_of_it() {
        let chart = chart();
        let path = chart.band_path(&band(vec![(1.0, [0.4, 0.6]), (2.0, [f64::NAN, 0.7]), (3.0, [0.6, f64::INFINITY]), (3.0, [-9.0, 9.0])]));
        assert!(!path.contains("NaN") && !path.contains("inf") && path.matches(['M', 'L']).count() == 4, "{path}");
        assert_eq!(chart.band_path(&band(vec![(1.0, [0.4, 0.6])])), "", "one place is no area");
        assert_eq!(band(vec![(1.0, [0.4, 0.6]), (2.0, [0.1, f64::NAN])]).highest(), Some(0.6));
    }
}
