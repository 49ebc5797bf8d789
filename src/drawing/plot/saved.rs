//! A chart as a file: title, legend, axes and curves in one picture that is right wherever it is opened.

use super::{Chart, ChartAxes, CurveBand, CurveRole, CurveSeries, DrawnCurve, PlotArea};
use crate::drawing::network::Rectangle;
use crate::drawing::palette::Palette;
use crate::drawing::standalone::{cut, standalone, text_width};
use crate::drawing::svg_tag::Tag;

/// Size of the chart itself.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 300.0;
/// Around everything.
const MARGIN: f64 = 12.0;
/// Baseline of the title, and from there to the first row of the legend and from row to row.
const TITLE_BASELINE: f64 = 16.0;
const ROW: f64 = 20.0;
/// The piece of line before a name in the legend, and the gap behind it and between entries.
const KEY: f64 = 34.0;
const GAP: f64 = 6.0;
const ENTRY_GAP: f64 = 18.0;
/// From an axis to its labels, and from the middle of a line of text to its baseline.
const LABEL_DISTANCE: f64 = 8.0;
const HALF_TEXT: f64 = 4.0;
/// Curves may leave the area by as much as their line is wide.
const OVERHANG: f64 = 3.0;
/// Names longer than this are cut, so that two fit into a row.
const LONGEST_NAME: f64 = 240.0;

/// The curves as SVG, named `title`. `x_label` says what the x axis counts.
pub fn saved_chart(title: &str, x_label: &str, series: &[CurveSeries], axes: &ChartAxes, palette: &Palette) -> String {
    saved_chart_with_bands(title, x_label, series, &[], axes, palette)
}

/// The same with what lies between two curves behind them.
pub fn saved_chart_with_bands(
    title: &str,
    x_label: &str,
    series: &[CurveSeries],
    bands: &[CurveBand],
    axes: &ChartAxes,
    palette: &Palette,
) -> String {
    let chart = Chart::new(series, axes, WIDTH, HEIGHT);
    let (legend, rows) = legend(&chart, axes, palette);
    let heading = Tag::new("text").set("x", 0).at("y", TITLE_BASELINE).set("fill", palette.ink).set("font-weight", "bold");
    let top = TITLE_BASELINE + ROW * rows as f64 + GAP;
    let chart = Tag::new("g").set("transform", format!("translate(0 {top:.1})")).holding(&drawn(&chart, bands, x_label, palette));
    let view = Rectangle { x: -MARGIN, y: -MARGIN, width: WIDTH + 2.0 * MARGIN, height: top + HEIGHT + 2.0 * MARGIN };
    let markup = [heading.set("font-size", 14).with_text(title), legend, chart].join("\n");
    standalone(&view, 1.0, title, palette, &markup)
}

/// Names and last values of the curves in rows, and how many rows there are.
fn legend(chart: &Chart, axes: &ChartAxes, palette: &Palette) -> (String, usize) {
    let (mut x, mut rows, mut markup) = (0.0, 1, String::new());
    for curve in &chart.curves {
        let name = cut(&curve.name, LONGEST_NAME);
        let value = curve.last.map(|last| axes.y_format.value(last.y)).unwrap_or_default();
        let words = format!("{name} {value}");
        let width = KEY + GAP + text_width(&words);
        if x > 0.0 && x + width > WIDTH {
            (x, rows) = (0.0, rows + 1);
        }
        let baseline = TITLE_BASELINE + ROW * rows as f64;
        let key = Tag::new("path").set("d", format!("M{x:.1} {:.1}h{KEY}", baseline - HALF_TEXT));
        markup += &line_of(curve.role, key, palette).empty();
        markup += &Tag::new("text").at("x", x + KEY + GAP).at("y", baseline).with_text(words.trim_end());
        x += width + ENTRY_GAP;
    }
    (markup, rows)
}

/// Axes, bands and curves.
fn drawn(chart: &Chart, bands: &[CurveBand], x_label: &str, palette: &Palette) -> String {
    let PlotArea { left, right, top, bottom } = chart.area;
    let across = |y: f64, colour: &str| {
        let line = Tag::new("path").set("d", format!("M{left:.1} {y:.1}H{right:.1}"));
        line.set("fill", "none").set("stroke", colour).empty()
    };
    let text =
        |x: f64, y: f64, anchor: &str, words: &str| Tag::new("text").at("x", x).at("y", y).set("text-anchor", anchor).with_text(words);
    let baseline = bottom + LABEL_DISTANCE + 2.0 * HALF_TEXT;
    let mut markup = String::new();
    for tick in &chart.y_ticks {
        markup += &across(tick.pixel, palette.line);
        markup += &text(left - LABEL_DISTANCE, tick.pixel + HALF_TEXT, "end", &tick.label);
    }
    markup += &across(bottom, palette.faint);
    markup.extend(chart.x_ticks.iter().map(|tick| text(tick.pixel, baseline, "middle", &tick.label)));
    markup += &text(right, baseline, "end", &format!("{} {x_label}", chart.x_end.label));
    let inside = Tag::new("rect").at("x", left - OVERHANG).at("y", top - OVERHANG).at("width", right - left + 2.0 * OVERHANG);
    let clip = Tag::new("clipPath").set("id", "plot").holding(&inside.at("height", bottom - top + 2.0 * OVERHANG).empty());
    let bands = bands.iter().map(|band| (band.role, chart.band_path(band))).filter(|(_, path)| !path.is_empty());
    let area = |(role, path): (CurveRole, String)| {
        Tag::new("path").set("d", &path).set("fill", palette.curve(role)).set("opacity", "0.16").empty()
    };
    let inside: String = bands.map(area).chain(chart.curves.iter().map(|curve| curve_of(curve, palette))).collect();
    markup + &clip + &Tag::new("g").set("clip-path", "url(#plot)").holding(&inside)
}

/// Values as they came, line and dots.
fn curve_of(curve: &DrawnCurve, palette: &Palette) -> String {
    let colour = palette.curve(curve.role);
    let raw = curve.raw.as_ref().filter(|path| !path.is_empty()).map(|path| {
        let raw = Tag::new("path").set("d", path).set("fill", "none").set("stroke", colour).set("opacity", "0.28");
        raw.set("stroke-linejoin", "round").empty()
    });
    let line = (!curve.line.is_empty()).then(|| line_of(curve.role, Tag::new("path").set("d", &curve.line), palette).empty());
    let dot = |(x, y): &(f64, f64)| Tag::new("circle").at("cx", *x).at("cy", *y).set("r", "2.6").set("fill", colour).empty();
    raw.into_iter().chain(line).chain(curve.dots.iter().map(dot)).collect()
}

/// A line in the style of its curve.
fn line_of(role: CurveRole, path: Tag, palette: &Palette) -> Tag {
    let line = path.set("fill", "none").set("stroke", palette.curve(role)).set("stroke-width", "2.2").set("stroke-linejoin", "round");
    match role.dashes() {
        "none" => line.set("stroke-linecap", "round"),
        dashes @ "0.1 5" => line.set("stroke-dasharray", dashes).set("stroke-linecap", "round"),
        dashes => line.set("stroke-dasharray", dashes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::plot::ValueFormat;

    fn series(name: &str, role: CurveRole, points: Vec<(f64, f64)>) -> CurveSeries {
        CurveSeries { name: name.into(), role, points, smoothed: true, markers: role == CurveRole::HeldOut }
    }

    #[test]
    fn a_saved_chart_needs_nothing_of_the_page_and_says_what_it_is() {
        let falling = (0..50).map(|step| (f64::from(step), 2.3 - 0.02 * f64::from(step))).collect();
        let curves = [series("training", CurveRole::Training, falling), series("held out", CurveRole::HeldOut, vec![(49.0, 1.5)])];
        let file = saved_chart("Loss", "steps", &curves, &ChartAxes::default(), &Palette::LIGHT);
        for needed in ["class=", "style=", "var(", "currentColor", "foreignObject", "<style"] {
            assert!(!file.contains(needed), "{needed}");
        }
        for said in ["<title>Loss</title>", ">Loss</text>", ">held out 1.50</text>", "49 steps</text>"] {
            assert!(file.contains(said), "{said} in {file}");
        }
    }

    #[test]
    fn names_of_any_length_stay_in_the_picture_and_are_no_markup() {
        let long = format!("<b>{}", "W".repeat(90));
        let curves: Vec<_> = (0..5).map(|style| series(&long, CurveRole::EarlierRun(style), vec![(0.0, 1.0), (9.0, 0.5)])).collect();
        let axes = ChartAxes { y_format: ValueFormat::Percent, ..ChartAxes::default() };
        let file = saved_chart("Accuracy", "steps", &curves, &axes, &Palette::DARK);
        assert!(file.contains("&lt;b&gt;W") && file.contains("W… ") && !file.contains("<b>"), "{file}");
        assert!(!file.contains(&"W".repeat(30)), "cut");
    }

    #[test]
    fn a_chart_without_points_is_still_a_picture() {
        let file =
            saved_chart("Loss", "steps", &[series("training", CurveRole::Training, Vec::new())], &ChartAxes::default(), &Palette::LIGHT);
        assert!(file.contains(">training</text>") && !file.contains("NaN") && !file.contains("d=\"\""), "{file}");
    }
}
