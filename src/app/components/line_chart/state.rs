//! What the parts of a chart share.

use leptos::prelude::*;

use crate::drawing::plot::{Chart, ChartAxes, CurveBand, CurveSeries, Reading, ValueFormat};
use crate::language::tr;

/// Where values are read off the curves.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Pointer {
    /// At a mouse or a finger, in pixels from the left.
    At(f64),
    /// Where arrow keys moved it.
    ByKey(f64),
}

impl Pointer {
    fn pixel(self) -> f64 {
        match self {
            Self::At(pixel) | Self::ByKey(pixel) => pixel,
        }
    }
}

/// The chart as it is drawn, and where its values are read.
#[derive(Clone, Copy)]
pub(super) struct ChartState {
    /// Geometry; `None` before the browser has laid the picture out.
    pub chart: Memo<Option<Chart>>,
    pub axes: Signal<ChartAxes>,
    pub bands: Signal<Vec<CurveBand>>,
    pub x_label: &'static str,
    pub readings: Memo<Vec<Option<Reading>>>,
    pointer: RwSignal<Option<Pointer>>,
}

impl ChartState {
    pub fn new(
        series: Signal<Vec<CurveSeries>>,
        bands: Signal<Vec<CurveBand>>,
        axes: Signal<ChartAxes>,
        x_label: &'static str,
        width: Signal<f64>,
        height: f64,
    ) -> Self {
        // Nothing has a width while it is hidden; what was drawn then still fits.
        let width = Memo::new(move |before: Option<&f64>| {
            let now = width.get().floor();
            if now > 0.0 { now } else { before.copied().unwrap_or(0.0) }
        });
        let chart = Memo::new(move |_| {
            let width = width.get();
            (width > 0.0).then(|| series.with(|series| Chart::new(series, &axes.get(), width, height)))
        });
        let pointer = RwSignal::new(None::<Pointer>);
        let readings = Memo::new(move |_| {
            let at = pointer.get().map(Pointer::pixel);
            chart.with(|chart| chart.as_ref().map(|chart| chart.readings(at)).unwrap_or_default())
        });
        Self { chart, axes, bands, x_label, readings, pointer }
    }

    /// Something about the chart; what is empty before it is laid out.
    pub fn look<T: Default>(self, look: impl FnOnce(&Chart) -> T) -> T {
        self.chart.with(|chart| chart.as_ref().map(look).unwrap_or_default())
    }

    /// The `viewBox` of a layer of the chart.
    pub fn view_box(self) -> String {
        let [width, height] = self.look(|chart| [chart.width, chart.height]);
        format!("0 0 {width:.0} {height:.0}")
    }

    /// Where the crosshair is, if it is anywhere.
    pub fn pointer(self) -> Option<f64> {
        self.pointer.get().map(Pointer::pixel)
    }

    pub fn point_at(self, pixel: f64) {
        self.pointer.set(Some(Pointer::At(pixel)));
    }

    pub fn leave(self) {
        if self.pointer.get_untracked().is_some() {
            self.pointer.set(None);
        }
    }

    /// Moves the crosshair by a key. Whether the key is one of those that do.
    pub fn key(self, key: &str) -> bool {
        let now = self.pointer.get_untracked().map(Pointer::pixel);
        let chart = |to: &dyn Fn(&Chart) -> Option<f64>| self.chart.with_untracked(|chart| chart.as_ref().and_then(to));
        let next = match key {
            "ArrowLeft" => chart(&|chart| chart.neighbour(now, -1)),
            "ArrowRight" => chart(&|chart| chart.neighbour(now, 1)),
            "Home" => chart(&|chart| Some(chart.area.left)),
            "End" => chart(&|chart| Some(chart.area.right)),
            "Escape" if now.is_some() => {
                self.pointer.set(None);
                return true;
            }
            _ => return false,
        };
        if let Some(next) = next {
            self.pointer.set(Some(Pointer::ByKey(next)));
        }
        true
    }

    /// Where a value was read: `after 12 steps`.
    pub fn at_words(self, x: f64) -> String {
        tr!("after {count} {x_label}", count = ValueFormat::Count.value(x), x_label = self.x_label)
    }

    /// The chart in one sentence.
    pub fn sentence(self, title: &str, names_every_value: bool) -> String {
        let axes = self.axes.get();
        self.chart.with(|chart| match chart {
            Some(chart) if names_every_value => chart.every_value(title, axes.y_format),
            Some(chart) => chart.summary(title, self.x_label, axes.y_format),
            None => tr!("{title}: nothing measured yet.", title),
        })
    }

    /// What is read aloud when arrow keys move the crosshair. A mouse would talk without end.
    pub fn spoken(self) -> String {
        match self.pointer.get() {
            Some(Pointer::ByKey(pixel)) => {
                let axes = self.axes.get_untracked();
                self.chart
                    .with_untracked(|chart| chart.as_ref().map(|chart| chart.values_at(pixel, self.x_label, axes.y_format)))
                    .unwrap_or_default()
            }
            _ => String::new(),
        }
    }
}
