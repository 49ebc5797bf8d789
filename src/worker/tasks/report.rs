//! A report on the held-out images: HTML for the page, or a file.

use crate::evaluation::{ClassReport, Predictions, classes_as_csv, report_as_text};
use crate::protocol::decode;
use crate::protocol::tasks::{ReportPart, ReportRequest, WorkbenchAnswer};
use crate::worker::tasks::report_html::{cell_html, report_html};

/// The HTML or the file, or a sentence about why there is none.
pub(super) fn report(request: &ReportRequest) -> Result<WorkbenchAnswer, String> {
    let ReportRequest { predictions, names, view, part } = request;
    let predictions: Predictions = decode(predictions).map_err(|error| error.to_string())?;
    let written = |error: crate::evaluation::ReportError| error.to_string();
    let file = |extension: &str, text: String| {
        let name = format!("resnet-playground-report-step-{}.{extension}", predictions.steps_done);
        WorkbenchAnswer::File { name, bytes: text.into_bytes() }
    };
    Ok(match *part {
        ReportPart::Whole => WorkbenchAnswer::Html(report_html(&predictions, names, *view).map_err(written)?),
        ReportPart::Cell { label, predicted } => {
            WorkbenchAnswer::Html(cell_html(&predictions, names, *view, (label, predicted)).map_err(written)?)
        }
        ReportPart::Csv => file("csv", classes_as_csv(&ClassReport::new(&predictions.outcomes(*view).map_err(written)?), names)),
        ReportPart::Text => file("txt", report_as_text(&predictions.outcomes(*view).map_err(written)?, names)),
    })
}
