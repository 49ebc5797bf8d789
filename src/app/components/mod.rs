//! Controls and containers that know nothing of residual networks. Their styles are in `www/components.css`,
//! `fields.css` and `tabs_and_menus.css`.

mod arrow_keys;
mod camera_view;
mod card;
mod data_table;
mod figure_number;
mod folded;
mod icon;
mod line_chart;
mod menu;
mod notice_box;
mod number_field;
mod picture_canvas;
mod progress_bar;
mod save_picture;
mod select_field;
mod sheet;
mod switch;
mod table_frame;
mod tabs;
mod term;
mod text_with_problem;
mod unique_id;

pub use arrow_keys::{focus_first_button, walk_buttons};
pub use camera_view::CameraView;
pub use card::Card;
pub use data_table::{Column, DataTable};
pub use figure_number::FigureNumber;
pub use folded::Folded;
pub use icon::{Icon, IconShape};
pub use line_chart::{CHART_HEIGHT, ChartAxes, CurveBand, CurveRole, CurveSeries, LineChart, ValueFormat};
pub use menu::{Menu, MenuItem};
pub use notice_box::NoticeBox;
pub use number_field::{NumberField, NumberKind, StepButton};
pub use picture_canvas::PictureCanvas;
pub use progress_bar::ProgressBar;
pub use save_picture::{SavePicture, picture_items};
pub use select_field::{SelectField, SelectOption};
pub use sheet::Sheet;
pub use switch::Switch;
pub use table_frame::TableFrame;
pub use tabs::{TabIds, TabItem, TabList, TabPanel};
pub use term::Term;
pub use text_with_problem::FieldProblem;
pub use unique_id::unique_id;
