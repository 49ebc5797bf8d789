//! A whole chart: axes, ticks and the paths of its curves, for a picture of a given size.

use super::{CurveRole, CurveSeries, Extremes, LinearScale, PlotPoint, Reading, ValueFormat, downsample, nice_ticks, polyline_path};

/// Room around the plotted area in pixels: y labels left, the last x label right, x labels below.
const LEFT: f64 = 48.0;
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
    /// Whether equal distances along the y axis are equal ratios. Of plain numbers; [`ValueFormat::PowerOfTen`] holds powers
    /// already. What is not above zero becomes a gap.
    pub y_logarithmic: bool,
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
    /// Values of the main line.
    pub(super) main: Vec<PlotPoint>,
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
    y_logarithmic: bool,
}

impl Chart {
    /// Draws `series` in a picture of `width` × `height` pixels.
    pub fn new(series: &[CurveSeries], axes: &ChartAxes, width: f64, height: f64) -> Self {
        let area = PlotArea::inside(width, height);
        let x_values = series.iter().flat_map(|series| &series.points).map(|point| point.0).chain(axes.x_end);
        let x_end = Extremes::of(x_values).map_or(1.0, |extremes| extremes.highest.max(1.0));
        let main_lines: Vec<_> = series.iter().map(|series| series.main_line(x_end)).collect();
        // The main lines decide, not the raw ones: one wild batch must not flatten the whole run.
        let holds_powers = axes.y_format.is_logarithmic();
        let y_logarithmic = axes.y_logarithmic && !holds_powers;
        let on_axis = |y: f64| if y_logarithmic { power(y) } else { y };
        let limits = axes.y_limits.map(|limits| limits.map(on_axis)).filter(|[low, high]| low.is_finite() && high.is_finite());
        let [low, high] = limits.unwrap_or_else(|| {
            let values = main_lines.iter().flatten().map(|point| on_axis(point.1));
            if y_logarithmic {
                between_ticks(values)
            } else if holds_powers {
                whole_powers(values)
            } else {
                y_span(values)
            }
        });
        let x_scale = LinearScale::new([0.0, x_end], [area.left, area.right]);
        let y_scale = LinearScale::new([low, high], [area.bottom, area.top]);
        let x_ticks = nice_ticks(0.0, x_end, (area.width() / X_TICK_DISTANCE) as usize, 1.0);
        let y_ticks: Vec<(f64, String)> = if y_logarithmic {
            logarithmic_ticks(low, high, axes.y_format)
        } else {
            let (distance, smallest_step) = if holds_powers { (POWER_TICK_DISTANCE, 1.0) } else { (Y_TICK_DISTANCE, 0.0) };
            let ticks = nice_ticks(low, high, (area.height() / distance) as usize, smallest_step);
            ticks.values.iter().map(|y| (*y, axes.y_format.tick(*y, ticks.step))).collect()
        };
        let place = |value: f64, scale: &LinearScale, label: String| PlacedTick { pixel: scale.project(value), label };
        let has_room = |tick: &PlacedTick| tick.pixel < area.right - X_END_ROOM;
        let count = |x: f64| place(x, &x_scale, ValueFormat::Count.value(x));
        Self {
            width,
            height,
            area,
            x_ticks: x_ticks.values.iter().map(|x| count(*x)).filter(has_room).collect(),
            x_end: count(x_end),
            y_ticks: y_ticks.into_iter().map(|(y, label)| place(y, &y_scale, label)).collect(),
            curves: series.iter().zip(main_lines).map(|(series, main)| draw_curve(series, main, &x_scale, &y_scale, &on_axis)).collect(),
            x_scale,
            y_scale,
            y_logarithmic,
        }
    }

    /// Whether there is nothing to see yet.
    pub fn is_empty(&self) -> bool {
        self.curves.iter().all(|curve| curve.last.is_none())
    }

    /// Value of the x axis at a pixel; the nearest end outside of the area.
    pub(super) fn x_at(&self, pixel: f64) -> f64 {
        self.x_scale.value_at(pixel.clamp(self.area.left, self.area.right))
    }

    /// Pixels of a reading.
    pub fn place(&self, reading: Reading) -> PlotPoint {
        let height = if self.y_logarithmic { power(reading.y) } else { reading.y };
        let y = self.y_scale.project(height);
        // What lies below every power is at the bottom.
        (self.x_scale.project(reading.x), if y.is_nan() { self.area.bottom } else { y.clamp(self.area.top, self.area.bottom) })
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

/// The power of ten of a number; not a number for what has none.
fn power(value: f64) -> f64 {
    if value > 0.0 { value.log10() } else { f64::NAN }
}

/// A little air around the smallest and the largest power.
fn between_ticks(powers: impl Iterator<Item = f64>) -> [f64; 2] {
    match Extremes::of(powers) {
        None => [-1.0, 1.0],
        Some(extremes) => [extremes.lowest - 0.05, extremes.highest.max(extremes.lowest + 0.2) + 0.05],
    }
}

/// 1, 2 and 5 times each power of ten between two powers; of many powers, whole ones alone.
fn logarithmic_ticks(low: f64, high: f64, format: ValueFormat) -> Vec<(f64, String)> {
    let digits: &[f64] = if high - low > 3.0 { &[1.0] } else { &[1.0, 2.0, 5.0] };
    let (first, last) = (low.floor().max(-300.0) as i32, high.ceil().min(300.0) as i32);
    // No picture has room for more.
    let every = usize::try_from((last - first) / 8).unwrap_or(0).max(1);
    let of_power = |power: i32| digits.iter().map(move |digit| (f64::from(power) + digit.log10(), digit * 10f64.powi(power), power));
    let ticks = (first..=last).step_by(every).flat_map(of_power).filter(|(y, ..)| (low..=high).contains(y));
    ticks.map(|(y, value, power)| (y, format.tick(value, 10f64.powi(power)))).collect()
}

fn draw_curve(
    series: &CurveSeries,
    main: Vec<PlotPoint>,
    x_scale: &LinearScale,
    y_scale: &LinearScale,
    on_axis: &dyn Fn(f64) -> f64,
) -> DrawnCurve {
    let project = |(x, y): PlotPoint| (x_scale.project(x), y_scale.project(on_axis(y)));
    let path = |points: &[PlotPoint]| polyline_path(downsample(points, x_scale).into_iter().map(project));
    let dots: Vec<_> = if series.markers { main.iter().copied().map(project).collect() } else { Vec::new() };
    let finite = |(x, y): &PlotPoint| x.is_finite() && y.is_finite();
    let shown = |(x, y): &PlotPoint| x.is_finite() && on_axis(*y).is_finite();
    let crowded = dots.windows(2).any(|pair| matches!(pair, [left, right] if right.0 - left.0 < DOT_DISTANCE));
    DrawnCurve {
        name: series.name.clone(),
        role: series.role,
        raw: series.shows_raw().then(|| path(&series.points)),
        line: path(&main),
        dots: if crowded { Vec::new() } else { dots.into_iter().filter(finite).collect() },
        last: main.iter().rev().find(|point| shown(point)).map(|(x, y)| Reading { x: *x, y: *y }),
        main,
    }
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
    fn a_logarithmic_axis_has_whole_powers_and_leaves_out_nothing_at_all() {
        let powers = CurveSeries { smoothed: false, ..series(vec![(1.0, -7.4), (2.0, f64::NEG_INFINITY), (3.0, -1.2)]) };
        let chart = Chart::new(&[powers], &ChartAxes { y_format: ValueFormat::PowerOfTen, ..axes() }, 400.0, 180.0);
        let labels: Vec<_> = chart.y_ticks.iter().map(|tick| tick.label.as_str()).collect();
        assert_eq!(labels, ["10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²"], "round powers; the axis does not start at zero");
        assert!(!chart.curves[0].line.contains("inf"), "a dead layer is a gap");
    }

    #[test]
    fn a_loss_on_a_logarithmic_axis_keeps_its_numbers() {
        let loss = CurveSeries { smoothed: false, ..series(vec![(0.0, 2.0), (1.0, 0.2), (2.0, 0.02), (3.0, 0.0)]) };
        let chart = Chart::new(&[loss], &ChartAxes { y_logarithmic: true, ..axes() }, 400.0, 180.0);
        let labels: Vec<_> = chart.y_ticks.iter().map(|tick| tick.label.as_str()).collect();
        assert_eq!(labels, ["0.02", "0.05", "0.1", "0.2", "0.5", "1", "2"], "round numbers, not their powers");
        let heights = [2.0, 0.2, 0.02].map(|y| chart.place(Reading { x: 0.0, y }).1);
        assert!((heights[1] - heights[0] - (heights[2] - heights[1])).abs() < 1e-6, "equal ratios are equally far apart: {heights:?}");
        assert_eq!(chart.curves[0].last.map(|reading| reading.y), Some(0.02), "zero has no place on it");
        assert!(!chart.curves[0].line.contains("NaN"), "and is a gap");
    }

    #[test]
    fn dots_that_would_run_together_are_left_out() {
        let dotted = |count: u32| CurveSeries { markers: true, ..series((0..count).map(|x| (f64::from(x), 1.0)).collect()) };
        assert_eq!(Chart::new(&[dotted(10)], &axes(), 400.0, 180.0).curves[0].dots.len(), 10, "room enough");
        assert_eq!(Chart::new(&[dotted(1000)], &axes(), 400.0, 180.0).curves[0].dots.len(), 0, "no room");
    }
}
