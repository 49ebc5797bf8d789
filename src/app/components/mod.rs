//! Controls and containers that know nothing of residual networks. Their styles are in `www/components.css`.

mod card;
mod data_table;
mod figure_number;
mod folded;
mod icon;
mod line_chart;
mod menu;
mod notice_box;
mod number_field;
mod progress_bar;
mod select_field;
mod sheet;
mod switch;
mod tabs;
mod term;
mod text_with_problem;
mod unique_id;

pub use card::Card;
pub use data_table::{Column, DataTable};
pub use figure_number::FigureNumber;
pub use folded::Folded;
pub use icon::{Icon, IconShape};
pub use line_chart::{CHART_HEIGHT, ChartAxes, CurveRole, CurveSeries, LineChart, ValueFormat};
pub use menu::{Menu, MenuItem};
pub use notice_box::NoticeBox;
pub use number_field::{NumberField, NumberKind, StepButton};
pub use progress_bar::ProgressBar;
pub use select_field::{SelectField, SelectOption};
pub use sheet::Sheet;
pub use switch::Switch;
pub use tabs::{TabIds, TabItem, TabList, TabPanel};
pub use term::Term;
pub use text_with_problem::FieldProblem;
pub use unique_id::unique_id;
