//! A chart of curves that grow while training runs.
//!
//! All geometry comes from [`crate::drawing::plot::Chart`], which thins ten thousand points to what the pixels
//! can show and writes them as SVG.

mod summary;

use wasm_bindgen::JsCast;
use web_sys::PointerEvent;

use super::element_width::element_width;
use super::follow::{follow, keep, keep_html, listen};
use super::markup::{element, mark, set};
use crate::drawing::plot::{Chart, ChartAxes};

pub use crate::drawing::plot::{CurveRole, CurveSeries};

use crate::ui::signals::Signal;
use summary::summary;

/// Height of the picture in pixels.
const HEIGHT: f64 = 176.0;

/// What stands around a chart.
#[derive(Clone, Copy)]
pub struct ChartPanel {
    /// Name of the panel, and where its ids come from: unique.
    pub title: &'static str,
    /// Half a sentence on what is shown.
    pub subtitle: &'static str,
    /// Shown while there are no points: what has to be done to get some.
    pub empty: &'static str,
}

/// What a chart shows at the moment.
pub struct ChartContents {
    /// One curve for each, in the order of the legend.
    pub series: Vec<CurveSeries>,
    /// What the x axis counts, for example `steps`.
    pub x_label: &'static str,
    /// What the axes carry.
    pub axes: ChartAxes,
}

impl ChartPanel {
    /// The panel, with more HTML below the picture.
    pub fn html(self, below: &str) -> String {
        self.html_with("", "", below)
    }

    /// The panel with a legend that stands there before there are curves.
    pub fn html_with_legend(self, legend: &str) -> String {
        self.html_with("", legend, "")
    }

    /// The panel out of sight, for [`ChartPanel::show_while`].
    pub fn hidden_html(self) -> String {
        self.html_with("hidden", "", "")
    }

    fn html_with(self, attribute: &str, legend: &str, below: &str) -> String {
        let (id, Self { title, subtitle, empty }) = (self.id(), self);
        format!(
            "<section class=\"panel curve-chart\" data-late aria-labelledby={id}-title id={id} {attribute}><div class=panel-head><h2 id={id}-title>{title}</h2>\
             <p class=panel-lead>{subtitle}</p><p class=chart-legend id={id}-legend>{legend}</p></div><div class=chart-canvas id={id}-canvas>\
             <svg class=chart role=img id={id}-picture></svg><svg class=\"chart chart-crosshair\" aria-hidden=true id={id}-crosshair></svg>\
             <p class=chart-empty id={id}-empty>{empty}</p></div>{below}</section>"
        )
    }

    /// Keeps the picture at what `contents` gives.
    pub fn show(self, contents: impl Fn() -> ChartContents + 'static) {
        self.show_boxed(Box::new(contents));
    }

    fn show_boxed(self, contents: Box<dyn Fn() -> ChartContents>) {
        // Charts are made once: their ids may stay for as long as the page does.
        let of = |part: &str| -> &'static str { format!("{}-{part}", self.id()).leak() };
        let [canvas, picture, crosshair, empty] = ["canvas", "picture", "crosshair", "empty"].map(of);
        let width = element_width(canvas);
        let shown = Signal::new(None::<(Chart, &'static str, ChartAxes)>);
        // Pixels from the left of the picture to the pointer.
        let pointer = Signal::new(None::<f64>);
        follow(move || {
            // None before the width is known.
            let Some(width) = width.get() else { return };
            let ChartContents { series, x_label, axes } = contents();
            let chart = Chart::new(&series, &axes, width, HEIGHT);
            let box_of_view = format!("0 0 {:.0} {:.0}", chart.width, chart.height);
            for svg in [picture, crosshair] {
                mark(svg, "viewBox", Some(&box_of_view));
            }
            mark(picture, "aria-label", Some(&summary(self.title, x_label, axes.y_format, &chart)));
            set(picture, "innerHTML", &chart.picture(x_label).into());
            set(empty, "hidden", &(!chart.is_empty()).into());
            shown.set(Some((chart, x_label, axes)));
        });
        // A layer of its own: moving the pointer redraws two lines, not the curves.
        keep_html(crosshair, move || {
            let at = |x: f64| shown.with(|shown| shown.as_ref().map(|(chart, ..)| chart.crosshair(x)));
            pointer.get().and_then(at).unwrap_or_default()
        });
        keep_html(of("legend"), move || {
            let legend = |(chart, x_label, axes): &(Chart, &'static str, ChartAxes)| chart.legend(pointer.get(), x_label, axes.y_format);
            shown.with(|shown| shown.as_ref().map(legend)).unwrap_or_default()
        });
        listen(canvas, &["pointermove", "pointerdown", "pointerleave"], move |event| {
            let left = element(canvas).map_or(0.0, |canvas| canvas.get_bounding_client_rect().left());
            let x = event.dyn_ref::<PointerEvent>().filter(|event| event.type_() != "pointerleave");
            pointer.set(x.map(|event| f64::from(event.client_x()) - left));
        });
    }

    /// `id` of the panel, and the start of those in it.
    fn id(self) -> String {
        format!("{}-chart", self.title.to_ascii_lowercase().replace(' ', "-"))
    }

    /// Keeps the panel out of sight while it is not `wanted`.
    pub fn show_while(self, wanted: impl Fn() -> bool + 'static) {
        keep(self.id().leak(), "hidden", move || !wanted());
    }
}
