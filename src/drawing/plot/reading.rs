//! Values read off the curves: at their ends, or where a pointer is.

use super::{Chart, PlotPoint, Reading, ValueFormat};
use crate::language::tr;

impl Chart {
    /// What each curve shows nearest to a pixel, or its last value without one; in the order of the series. `None` for a curve
    /// without values, or whose nearest value is no number.
    pub fn readings(&self, x_pixel: Option<f64>) -> Vec<Option<Reading>> {
        match x_pixel {
            None => self.curves.iter().map(|curve| curve.last).collect(),
            Some(pixel) => {
                let wanted = self.x_at(pixel);
                self.curves.iter().map(|curve| curve.main.get(nearest(&curve.main, wanted)?).and_then(reading)).collect()
            }
        }
    }

    /// The values at a pixel in words: `after 12 steps: training 2.14, held out 2.17`. Nothing where there are none.
    pub fn values_at(&self, x_pixel: f64, x_label: &str, y_format: ValueFormat) -> String {
        let readings = self.readings(Some(x_pixel));
        let Some(first) = readings.iter().flatten().next() else { return String::new() };
        let values = self
            .curves
            .iter()
            .zip(&readings)
            .filter_map(|(curve, reading)| Some(format!("{} {}", curve.name, y_format.value((*reading)?.y))));
        let (count, values) = (ValueFormat::Count.value(first.x), values.collect::<Vec<_>>().join(", "));
        tr!("after {count} {x_label}: {values}", count, x_label, values)
    }

    /// Pixel of the point before (-1) or after (1) the one at a pixel, on the first curve that has points. At least a pixel
    /// away, so that thousands of steps can be walked over.
    pub fn neighbour(&self, x_pixel: Option<f64>, direction: isize) -> Option<f64> {
        let curve = self.curves.iter().find(|curve| !curve.main.is_empty())?;
        let pixel_of = |place: usize| curve.main.get(place).map(|point| self.place(Reading { x: point.0, y: 0.0 }).0);
        let Some(pixel) = x_pixel else { return pixel_of(curve.main.len() - 1) };
        let at = nearest(&curve.main, self.x_at(pixel))?;
        let here = pixel_of(at)?;
        let mut place = at;
        while let Some(next) = place.checked_add_signed(direction).filter(|next| *next < curve.main.len()) {
            place = next;
            if pixel_of(place).is_some_and(|pixel| (pixel - here).abs() >= 1.0) {
                break;
            }
        }
        pixel_of(place)
    }
}

/// Place of the point that is nearest to `x`; `None` without points.
fn nearest(points: &[PlotPoint], x: f64) -> Option<usize> {
    let after = points.partition_point(|point| point.0 < x);
    let candidates = [after.checked_sub(1), Some(after)].into_iter().flatten().filter(|place| *place < points.len());
    candidates.min_by(|a, b| (points[*a].0 - x).abs().total_cmp(&(points[*b].0 - x).abs()))
}

fn reading(point: &PlotPoint) -> Option<Reading> {
    let (x, y) = *point;
    y.is_finite().then_some(Reading { x, y })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::plot::{ChartAxes, CurveRole, CurveSeries};

    fn chart(points: Vec<PlotPoint>) -> Chart {
        let curve = CurveSeries { name: "training".into(), role: CurveRole::Training, points, smoothed: false, markers: false };
        let empty = CurveSeries { name: "held out".into(), points: Vec::new(), role: CurveRole::HeldOut, ..curve.clone() };
        Chart::new(&[curve, empty], &ChartAxes::default(), 400.0, 180.0)
    }

    #[test]
    fn the_crosshair_reads_the_nearest_point() {
        let chart = chart(vec![(0.0, 5.0), (10.0, 6.0), (20.0, f64::NAN)]);
        let pixel = |x| Some(chart.place(Reading { x, y: 0.0 }).0);
        assert_eq!(chart.readings(pixel(9.0)), [Some(Reading { x: 10.0, y: 6.0 }), None], "ten is nearest to nine");
        assert_eq!(chart.readings(Some(-50.0))[0], Some(Reading { x: 0.0, y: 5.0 }), "left of all is the first");
        assert_eq!(chart.readings(pixel(20.0))[0], None, "no number there");
        assert_eq!(chart.readings(None)[0], Some(Reading { x: 10.0, y: 6.0 }), "without a pointer the last number there is");
        assert_eq!(chart.values_at(0.0, "steps", ValueFormat::Plain), "after 0 steps: training 5.00");
    }

    #[test]
    fn arrow_keys_walk_from_point_to_point_and_stop_at_the_ends() {
        let chart = chart(vec![(0.0, 5.0), (10.0, 6.0), (20.0, 7.0)]);
        let pixel = |x| Some(chart.place(Reading { x, y: 0.0 }).0);
        assert_eq!(chart.neighbour(None, -1), pixel(20.0), "the first key shows the newest point");
        assert_eq!(chart.neighbour(pixel(20.0), -1), pixel(10.0));
        assert_eq!(chart.neighbour(pixel(0.0), -1), pixel(0.0), "nothing is left of the first");
        assert_eq!(chart.neighbour(pixel(10.0), 1), pixel(20.0));
    }

    #[test]
    fn arrow_keys_cross_ten_thousand_steps_a_pixel_at_a_time() {
        let chart = chart((0..10_000).map(|step| (f64::from(step), 1.0)).collect());
        let start = chart.area.left;
        let next = chart.neighbour(Some(start), 1).unwrap();
        assert!((1.0..2.0).contains(&(next - start)), "{} pixels", next - start);
    }
}
