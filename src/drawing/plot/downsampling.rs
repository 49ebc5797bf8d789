//! Fewer points for the same picture.

use super::{LinearScale, PlotPoint};

/// What a pixel column needs to look as if all its points were drawn.
#[derive(Clone, Copy)]
struct Column {
    first: PlotPoint,
    lowest: PlotPoint,
    highest: PlotPoint,
    last: PlotPoint,
}

/// At most four points for each pixel column of `x_scale`: first, lowest, highest, last.
///
/// A line through these covers the same pixels as the line through all of them: the extremes make its
/// vertical extent, first and last its joints with the neighbours. `points` must not run backwards in
/// x. A column that holds only values that are not finite keeps one of them, so the gap stays a gap.
pub fn downsample(points: &[PlotPoint], x_scale: &LinearScale) -> Vec<PlotPoint> {
    let mut kept = Vec::new();
    let mut place = 0;
    while let Some(start) = points.get(place) {
        let column = pixel_column(start.0, x_scale);
        let mut summary: Option<Column> = None;
        while let Some(point) = points.get(place).filter(|point| pixel_column(point.0, x_scale) == column) {
            if point.1.is_finite() {
                summary = Some(extend(summary, *point));
            }
            place += 1;
        }
        match summary {
            Some(summary) => push_distinct(&mut kept, summary),
            None => kept.push(*start),
        }
    }
    kept
}

fn pixel_column(x: f64, x_scale: &LinearScale) -> i64 {
    // The cast saturates and takes NaN to 0: a place for everything.
    x_scale.project(x).floor() as i64
}

fn extend(summary: Option<Column>, point: PlotPoint) -> Column {
    let Some(summary) = summary else { return Column { first: point, lowest: point, highest: point, last: point } };
    Column {
        first: summary.first,
        lowest: if point.1 < summary.lowest.1 { point } else { summary.lowest },
        highest: if point.1 > summary.highest.1 { point } else { summary.highest },
        last: point,
    }
}

fn push_distinct(kept: &mut Vec<PlotPoint>, column: Column) {
    let (earlier, later) =
        if column.lowest.0 <= column.highest.0 { (column.lowest, column.highest) } else { (column.highest, column.lowest) };
    let mut previous = None;
    for point in [column.first, earlier, later, column.last] {
        if previous != Some(point) {
            kept.push(point);
        }
        previous = Some(point);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Extremes;
    use super::*;

    fn ten_thousand() -> Vec<PlotPoint> {
        (0..10_000).map(|step| (f64::from(step), (f64::from(step) * 0.37).sin() + if step == 4321 { 9.0 } else { 0.0 })).collect()
    }

    #[test]
    fn ten_thousand_points_become_at_most_four_a_column() {
        let kept = downsample(&ten_thousand(), &LinearScale::new([0.0, 9999.0], [0.0, 300.0]));
        assert!(kept.len() <= 4 * 301, "{} points for 300 columns", kept.len());
        assert!(kept.windows(2).all(|pair| pair[0].0 <= pair[1].0), "in their order");
    }

    #[test]
    fn a_single_spike_survives() {
        let points = ten_thousand();
        let kept = downsample(&points, &LinearScale::new([0.0, 9999.0], [0.0, 300.0]));
        let extremes = |points: &[PlotPoint]| Extremes::of(points.iter().map(|point| point.1));
        assert_eq!(extremes(&kept), extremes(&points), "nothing that stands out is lost");
        assert_eq!((kept.first(), kept.last()), (points.first(), points.last()), "both ends stay");
    }

    #[test]
    fn few_points_stay_as_they_are() {
        let points = [(0.0, 1.0), (1.0, f64::NAN), (2.0, 3.0)];
        let kept = downsample(&points, &LinearScale::new([0.0, 2.0], [0.0, 300.0]));
        assert_eq!(kept.len(), 3, "a column each");
        assert!(kept[1].1.is_nan(), "the gap stays a gap");
    }

    #[test]
    fn anything_goes_in_without_a_panic() {
        let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, f64::MAX, f64::MIN];
        let points: Vec<_> = odd.iter().flat_map(|x| odd.map(|y| (*x, y))).collect();
        assert!(downsample(&points, &LinearScale::new([0.0, 1.0], [0.0, 300.0])).len() <= points.len(), "never more than there were");
    }
}
