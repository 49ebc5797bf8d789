//! A chart as SVG and HTML text: axes and curves, the crosshair over them, and the legend.

use super::{Chart, DrawnCurve, PlacedTick, PlotArea, Reading, ValueFormat};
use crate::drawing::escape::escape;

/// From an axis to its labels, in pixels.
const LABEL_DISTANCE: f64 = 8.0;
/// From the middle of a line of text to its baseline.
const HALF_TEXT: f64 = 4.0;
/// Curves may leave the area by as much as their line is wide.
const OVERHANG: f64 = 3.0;

impl Chart {
    /// The inside of an `<svg>` of the chart's size; the x axis counts `x_label`.
    pub fn picture(&self, x_label: &str) -> String {
        let area = &self.area;
        let [left, top] = [area.left - OVERHANG, area.top - OVERHANG];
        let [width, height] = [area.width() + 2.0 * OVERHANG, area.height() + 2.0 * OVERHANG];
        let baseline = area.bottom + LABEL_DISTANCE + 2.0 * HALF_TEXT;
        let grid: String = self.y_ticks.iter().map(|tick| y_tick(tick, area)).collect();
        let counts: String = self.x_ticks.iter().map(|tick| label([tick.pixel, baseline], "middle", &tick.label)).collect();
        let end = label([area.right, baseline], "end", &format!("{} {x_label}", self.x_end.label));
        let curves: String = self.curves.iter().map(curve).collect();
        let axis = line("chart-axis", [area.left, area.bottom], [area.right, area.bottom]);
        // An inner picture cuts off what leaves it, without an id that would have to be unique in the page.
        format!(
            "{grid}{axis}{counts}{end}<svg x={left} y={top} width={width} height={height} viewBox=\"{left} {top} {width} {height}\">{curves}</svg>"
        )
    }

    /// A line at the point nearest to pixel `x` and a ring on each curve there, for a second `<svg>` of the same size.
    pub fn crosshair(&self, x: f64) -> String {
        let readings = self.readings_at(x);
        let place = |reading: &Reading| self.place(*reading);
        let first = readings.iter().flatten().next().map(place);
        let hair = first.map(|(x, _)| line("chart-hair", [x, self.area.top], [x, self.area.bottom]));
        let ring = |(curve, reading): (&DrawnCurve, &Option<Reading>)| {
            let (x, y) = place(reading.as_ref()?);
            Some(group(curve, &circle("chart-ring", [x, y], "4")))
        };
        let rings = self.curves.iter().zip(&readings).filter_map(ring);
        hair.into_iter().chain(rings).collect()
    }

    /// Names and values of the curves as HTML: their last ones, or those at pixel `pointer`.
    pub fn legend(&self, pointer: Option<f64>, x_label: &str, y_format: ValueFormat) -> String {
        let readings = match pointer {
            Some(x) => self.readings_at(x),
            None => self.curves.iter().map(|curve| curve.last).collect(),
        };
        // The first curve that has a value gives the place, as it gives the crosshair's line.
        let first = readings.iter().flatten().next().filter(|_| pointer.is_some());
        let place = first.map(|reading| format!("<span class=chart-place>after {} {x_label}</span>", ValueFormat::Count.value(reading.x)));
        let entry = |(curve, reading): (&DrawnCurve, &Option<Reading>)| {
            let value = reading.map(|reading| y_format.value(reading.y)).unwrap_or_default();
            let (class, name) = (curve.role.css_class(), escape(&curve.name));
            format!(
                "<span class=\"chart-entry {class}\"><span class=chart-key aria-hidden=true></span>{name} <strong>{value}</strong></span>"
            )
        };
        let entries = self.curves.iter().zip(&readings).map(entry);
        place.into_iter().chain(entries).collect()
    }
}

fn y_tick(tick: &PlacedTick, area: &PlotArea) -> String {
    let grid = line("chart-grid", [area.left, tick.pixel], [area.right, tick.pixel]);
    grid + &label([area.left - LABEL_DISTANCE, tick.pixel + HALF_TEXT], "end", &tick.label)
}

fn curve(curve: &DrawnCurve) -> String {
    let path = |class: &str, path: &str| format!("<path class={class} d=\"{path}\"/>");
    let raw = curve.raw.as_deref().map(|raw| path("chart-raw", raw)).unwrap_or_default();
    let dots: String = curve.dots.iter().map(|(x, y)| circle("chart-dot", [*x, *y], "2.4")).collect();
    group(curve, &(raw + &path("chart-line", &curve.line) + &dots))
}

fn group(curve: &DrawnCurve, inside: &str) -> String {
    format!("<g class=\"chart-curve {}\">{inside}</g>", curve.role.css_class())
}

fn line(class: &str, from: [f64; 2], to: [f64; 2]) -> String {
    let ([x1, y1], [x2, y2]) = (from.map(tenth), to.map(tenth));
    format!("<line class={class} x1={x1} y1={y1} x2={x2} y2={y2} />")
}

fn circle(class: &str, centre: [f64; 2], radius: &str) -> String {
    let [x, y] = centre.map(tenth);
    format!("<circle class={class} cx={x} cy={y} r={radius} />")
}

fn label(at: [f64; 2], anchor: &str, text: &str) -> String {
    let [x, y] = at.map(tenth);
    format!("<text class=chart-label x={x} y={y} text-anchor={anchor}>{}</text>", escape(text))
}

/// A tenth of a pixel is finer than any screen.
fn tenth(pixels: f64) -> String {
    format!("{pixels:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::plot::{ChartAxes, CurveRole, CurveSeries};

    fn chart(names: &[&str]) -> Chart {
        let curve = |name: &&str| CurveSeries {
            name: (*name).into(),
            role: CurveRole::HeldOut,
            points: vec![(0.0, 1.0), (10.0, 0.5)],
            smoothed: false,
            markers: true,
        };
        Chart::new(&names.iter().map(curve).collect::<Vec<_>>(), &ChartAxes::default(), 400.0, 180.0)
    }

    #[test]
    fn the_picture_has_a_line_for_each_curve_and_a_dot_for_each_point() {
        let picture = chart(&["one", "two"]).picture("steps");
        assert_eq!(picture.matches("class=chart-line").count(), 2, "a line each");
        assert_eq!(picture.matches("class=chart-dot").count(), 4, "two points each");
        assert!(picture.contains(">10 steps</text>"), "the axis says what it counts: {picture}");
        assert_eq!(picture.matches("<g").count(), picture.matches("</g>").count(), "every group ends");
    }

    #[test]
    fn a_name_in_the_legend_cannot_become_markup() {
        let legend = chart(&["<img src=x>"]).legend(None, "steps", ValueFormat::Plain);
        assert!(!legend.contains("<img") && legend.contains("&lt;img src=x&gt; <strong>0.50</strong>"), "{legend}");
    }

    #[test]
    fn the_crosshair_and_its_legend_tell_the_nearest_point() {
        let chart = chart(&["one"]);
        assert_eq!(chart.crosshair(0.0).matches("chart-ring").count(), 1, "one curve, one ring");
        assert!(chart.legend(Some(0.0), "steps", ValueFormat::Plain).contains("after 0 steps"), "and where it is");
    }
}
