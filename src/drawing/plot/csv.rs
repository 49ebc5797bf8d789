//! The points of a chart as a table for other programs (RFC 4180).

use super::{CurveSeries, ValueFormat};
use crate::language::csv_table::CsvTable;

/// A row for each point of each curve, as measured: not smoothed, not thinned. `x_label` and `y_label` head their columns.
/// What `format` shows as a power is written as the number that is meant.
pub fn points_as_csv([x_label, y_label]: [&str; 2], series: &[CurveSeries], format: ValueFormat) -> String {
    let number = |y: f64| if format.is_logarithmic() { 10f64.powf(y) } else { y };
    let mut table = CsvTable::new(["curve", x_label, &y_label.to_lowercase()]);
    for curve in series {
        for (x, y) in &curve.points {
            table.row([&curve.name, &x.to_string(), &number(*y).to_string()]);
        }
    }
    table.into_text()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::plot::CurveRole;

    #[test]
    fn every_point_has_a_row_and_names_stay_one_field() {
        let curve =
            |name: &str, points| CurveSeries { name: name.into(), role: CurveRole::Training, points, smoothed: true, markers: false };
        let curves = [curve("depth 20, \"plain\"", vec![(0.0, 2.5), (1.0, f64::NAN)]), curve("now", vec![])];
        let table = points_as_csv(["steps", "Loss"], &curves, ValueFormat::Plain);
        assert_eq!(table, "curve,steps,loss\r\n\"depth 20, \"\"plain\"\"\",0,2.5\r\n\"depth 20, \"\"plain\"\"\",1,NaN\r\n");
    }

    #[test]
    fn powers_are_written_as_numbers() {
        let curve =
            CurveSeries { name: "now".into(), role: CurveRole::Training, points: vec![(1.0, -2.0)], smoothed: false, markers: false };
        assert_eq!(points_as_csv(["layers", "Gradients"], &[curve], ValueFormat::PowerOfTen), "curve,layers,gradients\r\nnow,1,0.01\r\n");
    }
}
