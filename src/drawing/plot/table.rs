//! Points of curves as a table that can be read.

use super::{CurveSeries, ValueFormat};
use crate::language::format::decimals;

/// Values of several curves beside each other.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PointTable {
    /// Names of the curves.
    pub curves: Vec<String>,
    /// In rising x.
    pub rows: Vec<PointRow>,
    /// Points of all curves that have no row: there are too many to read.
    pub left_out: usize,
}

/// The curves' values at one place.
#[derive(Debug, Clone, PartialEq)]
pub struct PointRow {
    /// Where.
    pub x: String,
    /// A value for each curve; empty where it has no point.
    pub values: Vec<String>,
}

impl PointTable {
    /// Points as measured, not smoothed. Of a curve of more than `most` points some are left out evenly, never its first or last.
    pub fn new(series: &[CurveSeries], format: ValueFormat, most: usize) -> Self {
        let finite = |curve: &CurveSeries| curve.points.iter().copied().filter(|(x, _)| x.is_finite()).collect::<Vec<_>>();
        let curves: Vec<Vec<(f64, f64)>> = series.iter().map(finite).collect();
        let mut places: Vec<f64> = curves.iter().flat_map(|points| evenly(points, most)).collect();
        places.sort_by(f64::total_cmp);
        places.dedup();
        let value = |points: &[(f64, f64)], x: f64| {
            let found = points.iter().find(|(at, _)| *at == x);
            found.map(|(_, y)| format.value(*y)).unwrap_or_default()
        };
        let rows: Vec<PointRow> = places
            .iter()
            .map(|x| PointRow { x: place_words(*x), values: curves.iter().map(|points| value(points, *x)).collect() })
            .collect();
        let shown: usize = rows.iter().flat_map(|row| &row.values).filter(|value| !value.is_empty()).count();
        let all: usize = curves.iter().map(Vec::len).sum();
        Self { curves: series.iter().map(|curve| curve.name.clone()).collect(), rows, left_out: all.saturating_sub(shown) }
    }
}

/// Places of at most `most` points, the first and the last among them.
fn evenly(points: &[(f64, f64)], most: usize) -> Vec<f64> {
    let (count, most) = (points.len(), most.max(2));
    let chosen = |row: usize| if count <= most { row } else { row * (count - 1) / (most - 1) };
    (0..count.min(most)).filter_map(|row| points.get(chosen(row)).map(|(x, _)| *x)).collect()
}

/// `12`, `1,200` or `47.5`.
fn place_words(x: f64) -> String {
    if x.fract() == 0.0 { ValueFormat::Count.value(x) } else { decimals(x, 1) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::plot::CurveRole;

    fn curve(name: &str, points: Vec<(f64, f64)>) -> CurveSeries {
        CurveSeries { name: name.into(), role: CurveRole::Training, points, smoothed: true, markers: false }
    }

    #[test]
    fn curves_share_the_rows_where_both_have_points() {
        let table = PointTable::new(
            &[curve("training", vec![(1.0, 2.5), (2.0, 2.25), (1200.0, 0.5)]), curve("held out", vec![(2.0, 2.0), (2.5, f64::NAN)])],
            ValueFormat::Plain,
            50,
        );
        assert_eq!(table.curves, ["training", "held out"]);
        let rows: Vec<_> = table.rows.iter().map(|row| (row.x.as_str(), row.values[0].as_str(), row.values[1].as_str())).collect();
        assert_eq!(rows, [("1", "2.50", ""), ("2", "2.25", "2.00"), ("2.5", "", "not a number"), ("1,200", "0.50", "")]);
        assert_eq!(table.left_out, 0);
    }

    #[test]
    fn a_long_curve_keeps_its_ends_and_says_how_much_is_left_out() {
        let long = curve("now", (0..1000).map(|step| (f64::from(step), 1.0)).collect());
        let table = PointTable::new(&[long.clone(), long], ValueFormat::Percent, 40);
        assert_eq!(table.rows.len(), 40, "both curves share their rows");
        assert_eq!((table.rows[0].x.as_str(), table.rows[39].x.as_str()), ("0", "999"));
        assert_eq!(table.left_out, 2 * 960);
        let gaps: Vec<f64> =
            table.rows.windows(2).map(|pair| pair[1].x.parse::<f64>().unwrap() - pair[0].x.parse::<f64>().unwrap()).collect();
        assert!(gaps.iter().all(|gap| (25.0..=26.0).contains(gap)), "evenly: {gaps:?}");
    }

    #[test]
    fn nothing_measured_is_a_table_without_rows() {
        assert_eq!(PointTable::new(&[], ValueFormat::Plain, 40), PointTable::default());
        assert!(PointTable::new(&[curve("now", vec![])], ValueFormat::Plain, 0).rows.is_empty());
    }
}
