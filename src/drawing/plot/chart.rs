//! A whole chart: axes, ticks and the paths of its curves, for a picture of a given size.

use super::{CurveRole, CurveSeries, Extremes, LinearScale, PlotPoint, Reading, ValueFormat, downsample, nice_ticks, polyline_path};

/// Room around the plotted area in pixels: y labels left, the last x label right, x labels below.
const LEFT: f64 = 44.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 24.0;
/// Pixels between ticks that look calm.
const X_TICK_DISTANCE: f64 = 90.0;
const Y_TICK_DISTANCE: f64 = 46.0;
/// The same for powers of ten, of which only whole ones are marked.
const POWER_TICK_DISTANCE: f64 = 24.0;
/// Room at the right end of the x axis for its own label, as in `3,100 steps`, in pixels.
const X_END_ROOM: f64 = 84.0;
/// Dots closer than this run into one another and are left out.
const DOT_DISTANCE: f64 = 8.0;

/// What the axes carry.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ChartAxes {
    /// Numbers of the y axis.
    pub y_format: ValueFormat,
    /// Ends of the y axis; otherwise from 0 to the largest value.
    pub y_limits: Option<[f64; 2]>,
    /// Where the x axis ends at least; it always starts at 0 and shows every point.
    pub x_end: Option<f64>,
}

/// Where curves are drawn, in pixels from the picture's top left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlotArea {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Bottom edge.
    pub bottom: f64,
}

impl PlotArea {
    /// The area of a picture, once its labels have their room.
    pub fn inside(width: f64, height: f64) -> Self {
        Self { left: LEFT, top: TOP, right: (width - RIGHT).max(LEFT + 1.0), bottom: (height - BOTTOM).max(TOP + 1.0) }
    }

    /// Width in pixels.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Height in pixels.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }
}

/// A tick in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedTick {
    /// Along its axis.
    pub pixel: f64,
    /// What stands there.
    pub label: String,
}

/// A curve ready to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnCurve {
    /// Name in the legend.
    pub name: String,
    /// Colour.
    pub role: CurveRole,
    /// Path of the values as they came, to be drawn faintly; only beside a smoothed line.
    pub raw: Option<String>,
    /// Path of the main line.
    pub line: String,
    /// Pixels of the dots, when they have room.
    pub dots: Vec<PlotPoint>,
    /// Last finite value of the main line.
    pub last: Option<Reading>,
    main: Vec<PlotPoint>,
}

/// Everything a view needs to draw a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Width of the picture in pixels.
    pub width: f64,
    /// Height of the picture in pixels.
    pub height: f64,
    /// Where the curves are.
    pub area: PlotArea,
    /// Along the bottom, none so far right that it would meet `x_end`.
    pub x_ticks: Vec<PlacedTick>,
    /// The right end of the x axis.
    pub x_end: PlacedTick,
    /// Along the left.
    pub y_ticks: Vec<PlacedTick>,
    /// In the order of the series.
    pub curves: Vec<DrawnCurve>,
    x_scale: LinearScale,
    y_scale: LinearScale,
}

impl Chart {
    /// Draws `series` in a picture of `width` × `height` pixels.
    pub fn new(series: &[CurveSeries], axes: &ChartAxes, width: f64, height: f64) -> Self {
        let area = PlotArea::inside(width, height);
        let x_values = series.iter().flat_map(|series| &series.points).map(|point| point.0).chain(axes.x_end);
        let x_end = Extremes::of(x_values).map_or(1.0, |extremes| extremes.highest.max(1.0));
        let main_lines: Vec<_> = series.iter().map(|series| series.main_line(x_end)).collect();
        // The main lines decide, not the raw ones: one wild batch must not flatten the whole run.
        let [low, high] = axes.y_limits.unwrap_or_else(|| {
            let values = main_lines.iter().flatten().map(|point| point.1);
            if axes.y_format.is_logarithmic() { whole_powers(values) } else { y_span(values) }
        });
        let x_scale = LinearScale::new([0.0, x_end], [area.left, area.right]);
        let y_scale = LinearScale::new([low, high], [area.bottom, area.top]);
        let x_ticks = nice_ticks(0.0, x_end, (area.width() / X_TICK_DISTANCE) as usize, 1.0);
        let (distance, smallest_step) = if axes.y_format.is_logarithmic() { (POWER_TICK_DISTANCE, 1.0) } else { (Y_TICK_DISTANCE, 0.0) };
        let y_ticks = nice_ticks(low, high, (area.height() / distance) as usize, smallest_step);
        let place = |value: f64, scale: &LinearScale, label: String| PlacedTick { pixel: scale.project(value), label };
        let has_room = |tick: &PlacedTick| tick.pixel < area.right - X_END_ROOM;
        let count = |x: f64| place(x, &x_scale, ValueFormat::Count.value(x));
        Self {
            width,
            height,
            area,
            x_ticks: x_ticks.values.iter().map(|x| count(*x)).filter(has_room).collect(),
            x_end: count(x_end),
            y_ticks: y_ticks.values.iter().map(|y| place(*y, &y_scale, axes.y_format.tick(*y, y_ticks.step))).collect(),
            curves: series.iter().zip(main_lines).map(|(series, main)| draw_curve(series, main, &x_scale, &y_scale)).collect(),
            x_scale,
            y_scale,
        }
    }

    /// Whether there is nothing to see yet.
    pub fn is_empty(&self) -> bool {
        self.curves.iter().all(|curve| curve.last.is_none())
    }

    /// What each curve shows nearest to a pixel, in the order of the series. `None` for a curve
    /// without values, or whose nearest value is no number.
    pub fn readings_at(&self, x_pixel: f64) -> Vec<Option<Reading>> {
        let wanted = self.x_scale.value_at(x_pixel.clamp(self.area.left, self.area.right));
        self.curves.iter().map(|curve| nearest(&curve.main, wanted)).collect()
    }

    /// Pixels of a reading.
    pub fn place(&self, reading: Reading) -> PlotPoint {
        (self.x_scale.project(reading.x), self.y_scale.project(reading.y).clamp(self.area.top, self.area.bottom))
    }
}

fn y_span(values: impl Iterator<Item = f64>) -> [f64; 2] {
    match Extremes::of(values) {
        None => [0.0, 1.0],
        // A little air over the highest value keeps its line whole.
        Some(extremes) => [extremes.lowest.min(0.0), extremes.highest.max(0.0) * 1.04],
    }
}

/// From the power below the smallest value to the one above the largest.
fn whole_powers(powers: impl Iterator<Item = f64>) -> [f64; 2] {
    match Extremes::of(powers) {
        None => [-3.0, 0.0],
        Some(extremes) => [extremes.lowest.floor(), extremes.highest.ceil().max(extremes.lowest.floor() + 1.0)],
    }
}

fn draw_curve(series: &CurveSeries, main: Vec<PlotPoint>, x_scale: &LinearScale, y_scale: &LinearScale) -> DrawnCurve {
    let project = |(x, y): PlotPoint| (x_scale.project(x), y_scale.project(y));
    let path = |points: &[PlotPoint]| polyline_path(downsample(points, x_scale).into_iter().map(project));
    let dots: Vec<_> = if series.markers { main.iter().copied().map(project).collect() } else { Vec::new() };
    let finite = |(x, y): &PlotPoint| x.is_finite() && y.is_finite();
    let crowded = dots.windows(2).any(|pair| matches!(pair, [left, right] if right.0 - left.0 < DOT_DISTANCE));
    DrawnCurve {
        name: series.name.clone(),
        role: series.role,
        raw: series.shows_raw().then(|| path(&series.points)),
        line: path(&main),
        dots: if crowded { Vec::new() } else { dots.into_iter().filter(finite).collect() },
        last: main.iter().rev().find(|point| finite(point)).map(|(x, y)| Reading { x: *x, y: *y }),
        main,
    }
}

fn nearest(points: &[PlotPoint], x: f64) -> Option<Reading> {
    let after = points.partition_point(|point| point.0 < x);
    let candidates = [after.checked_sub(1), Some(after)];
    let found = candidates.into_iter().flatten().filter_map(|place| points.get(place));
    let (x, y) = *found.min_by(|a, b| (a.0 - x).abs().total_cmp(&(b.0 - x).abs()))?;
    y.is_finite().then_some(Reading { x, y })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(points: Vec<PlotPoint>) -> CurveSeries {
        CurveSeries { name: "training".into(), role: CurveRole::Training, points, smoothed: true, markers: false }
    }

    fn axes() -> ChartAxes {
        ChartAxes::default()
    }

    #[test]
    fn a_chart_without_points_is_empty_but_has_axes() {
        let chart = Chart::new(&[series(vec![])], &ChartAxes { x_end: Some(310.0), ..axes() }, 400.0, 180.0);
        assert!(chart.is_empty(), "nothing measured");
        assert!(!chart.x_ticks.is_empty() && chart.y_ticks.len() >= 2, "the axes wait for it");
    }

    #[test]
    fn ten_thousand_steps_make_short_paths() {
        let points = (0..10_000).map(|step| (f64::from(step), 2.3 / (1.0 + f64::from(step) / 500.0) + f64::from(step % 7) * 0.05));
        let chart = Chart::new(&[series(points.collect())], &axes(), 400.0, 180.0);
        let drawn = chart.curves[0].line.len() + chart.curves[0].raw.as_ref().map_or(0, String::len);
        assert!(drawn < 60_000, "{drawn} characters for ten thousand points");
    }

    #[test]
    fn every_tick_and_main_line_lies_inside_the_plot() {
        let chart = Chart::new(&[series((0..100).map(|x| (f64::from(x), f64::from(x) - 20.0)).collect())], &axes(), 400.0, 180.0);
        let area = chart.area;
        assert!(chart.x_ticks.iter().all(|tick| (area.left..=area.right + 0.01).contains(&tick.pixel)), "x ticks");
        assert!(chart.y_ticks.iter().all(|tick| (area.top..=area.bottom).contains(&tick.pixel)), "y ticks");
        assert!(!chart.curves[0].line.contains("NaN"), "paths are numbers");
    }

    #[test]
    fn a_diverged_run_is_still_drawn() {
        let points = vec![(0.0, 2.3), (1.0, 1e38), (2.0, f64::INFINITY), (3.0, f64::NAN)];
        let chart = Chart::new(&[series(points)], &axes(), 400.0, 180.0);
        let path = &chart.curves[0].line;
        assert!(!path.is_empty() && !path.contains("NaN") && !path.contains("inf"), "up to where it was a number: {path}");
        assert_eq!(chart.curves[0].last.map(|reading| reading.x), Some(1.0), "the last number there was");
    }

    #[test]
    fn the_crosshair_reads_the_nearest_point() {
        let plain = CurveSeries { smoothed: false, ..series(vec![(0.0, 5.0), (10.0, 6.0), (20.0, f64::NAN)]) };
        let chart = Chart::new(&[plain, series(vec![])], &axes(), 400.0, 180.0);
        let pixel = |x| chart.place(Reading { x, y: 0.0 }).0;
        assert_eq!(chart.readings_at(pixel(9.0)), [Some(Reading { x: 10.0, y: 6.0 }), None], "ten is nearest to nine");
        assert_eq!(chart.readings_at(-50.0)[0], Some(Reading { x: 0.0, y: 5.0 }), "left of all is the first");
        assert_eq!(chart.readings_at(pixel(20.0))[0], None, "no number there");
    }

    #[test]
    fn a_logarithmic_axis_has_whole_powers_and_leaves_out_nothing_at_all() {
        let powers = CurveSeries { smoothed: false, ..series(vec![(1.0, -7.4), (2.0, f64::NEG_INFINITY), (3.0, -1.2)]) };
        let chart = Chart::new(&[powers], &ChartAxes { y_format: ValueFormat::PowerOfTen, ..axes() }, 400.0, 180.0);
        let labels: Vec<_> = chart.y_ticks.iter().map(|tick| tick.label.as_str()).collect();
        assert_eq!(labels, ["10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²"], "round powers; the axis does not start at zero");
        assert!(!chart.curves[0].line.contains("inf"), "a dead layer is a gap");
    }

    #[test]
    fn dots_that_would_run_together_are_left_out() {
        let dotted = |count: u32| CurveSeries { markers: true, ..series((0..count).map(|x| (f64::from(x), 1.0)).collect()) };
        assert_eq!(Chart::new(&[dotted(10)], &axes(), 400.0, 180.0).curves[0].dots.len(), 10, "room enough");
        assert_eq!(Chart::new(&[dotted(1000)], &axes(), 400.0, 180.0).curves[0].dots.len(), 0, "no room");
    }
}
