//! Calibration as a picture, a sentence and a table.

use super::shown::{Shown, percent};
use crate::drawing::plot::{Chart, ChartAxes, CurveRole, CurveSeries, ValueFormat};
use crate::evaluation::{BINS, Calibration};
use crate::format::grouped;

/// Size of the picture in pixels; the page scales it.
const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 220.0;

pub(super) fn html(shown: Shown) -> String {
    let calibration = Calibration::new(shown.outcomes);
    let chart = Chart::new(&[diagonal(), reliability(&calibration)], &axes(), WIDTH, HEIGHT);
    let error = percent(calibration.expected_error);
    format!(
        "<section><h3 class=label id=report-calibration-title>Is it as sure as it may be?</h3>\
         <svg class=chart role=img aria-label=\"Reliability diagram: accuracy by confidence; the table below has its numbers\" \
         viewBox=\"0 0 {WIDTH} {HEIGHT}\">{}</svg>\
         <p class=caption data-testid=report-calibration>Green: how often it is right when it is so sure. Dashes: as often as it says. \
         Below the dashes it is too sure. Expected calibration error {error}: the mean distance of the two, each tenth counting as much as \
         it has images (<a href=https://arxiv.org/abs/1706.04599>Guo et al. 2017</a>).</p>\
         <details class=losses><summary>The same as numbers</summary><div class=table-frame><table data-testid=report-bins><thead><tr>\
         <th scope=col>Confidence</th><th scope=col class=number-cell>Images</th><th scope=col class=number-cell>Mean confidence</th>\
         <th scope=col class=number-cell>Right</th></tr></thead><tbody>{}</tbody></table></div></details></section>",
        chart.picture("% sure"),
        rows(&calibration)
    )
}

fn axes() -> ChartAxes {
    ChartAxes { y_format: ValueFormat::Percent, y_limits: Some([0.0, 1.0]), x_end: Some(100.0) }
}

fn diagonal() -> CurveSeries {
    let points = vec![(0.0, 0.0), (100.0, 1.0)];
    CurveSeries { name: "as often as it says".into(), role: CurveRole::ComparedDashed, points, smoothed: false, markers: false }
}

fn reliability(calibration: &Calibration) -> CurveSeries {
    let filled = calibration.bins.iter().filter(|bin| bin.images > 0);
    let points = filled.map(|bin| (100.0 * bin.confidence, bin.accuracy)).collect();
    CurveSeries { name: "this network".into(), role: CurveRole::HeldOut, points, smoothed: false, markers: true }
}

fn rows(calibration: &Calibration) -> String {
    let row = |(place, bin): (usize, &crate::evaluation::Bin)| {
        let [low, high] = [place, place + 1].map(|edge| 100 * edge / BINS);
        let measured = |share: f64| if bin.images > 0 { percent(share) } else { "–".into() };
        let cells = [grouped(bin.images), measured(bin.confidence), measured(bin.accuracy)];
        let cells: String = cells.iter().map(|cell| format!("<td class=number-cell>{cell}</td>")).collect();
        format!("<tr><th scope=row>{low} to {high} %</th>{cells}</tr>")
    };
    calibration.bins.iter().enumerate().map(row).collect()
}
