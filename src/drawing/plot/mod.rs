//! Pure geometry of curves: numbers in, positions and SVG path strings out.
//!
//! ```text
//! points ── smoothing ── downsampling ── scale ── path        (one curve)
//! extremes ── ticks ── scale                                  (one axis)
//! ```
//!
//! Training can give anything, so every function here takes NaN and infinity: they become gaps.

mod band;
mod chart;
mod csv;
mod downsampling;
mod extremes;
mod line_labels;
mod path;
mod reading;
mod saved;
mod scale;
mod sentence;
mod series;
mod smoothing;
mod table;
mod ticks;
mod value_format;

pub use band::CurveBand;
pub use chart::{Chart, ChartAxes, DrawnCurve, PlacedTick, PlotArea};
pub use csv::points_as_csv;
pub use downsampling::downsample;
pub use extremes::Extremes;
pub use line_labels::LineLabel;
pub use path::polyline_path;
pub use saved::{saved_chart, saved_chart_with_bands};
pub use scale::LinearScale;
pub use series::{CurveRole, CurveSeries, Reading};
pub use smoothing::{smooth, smoothing_for};
pub use table::{PointRow, PointTable};
pub use ticks::{Ticks, nice_ticks};
pub use value_format::ValueFormat;

/// A place on a plot: `(x, y)`.
pub type PlotPoint = (f64, f64);
