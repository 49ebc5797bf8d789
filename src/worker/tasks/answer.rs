//! What each request is answered with.

use crate::evaluation::{Evaluation, Predictions, ReportError, images_of_cell};
use crate::export::notebook::{NotebookError, NotebookRequest, write_notebook};
use crate::export::report::write_report;
use crate::protocol::decode;
use crate::protocol::tasks::{TaskAnswer, TaskRequest};
use crate::spec::{Named, ResNetSpec};

/// Answers a request, [`TaskAnswer::Done`] left away. `attached` are the bytes that came with it, if any.
pub fn answer(request: TaskRequest, attached: &[u8]) -> Vec<TaskAnswer> {
    let answers = match request {
        TaskRequest::WriteNotebook(request) => notebook(&request).map_err(|error| error.to_string()),
        TaskRequest::WriteReport(request) => {
            Ok(vec![TaskAnswer::File { name: "resnet-playground-report.html".into(), bytes: write_report(&request).into_bytes() }])
        }
        TaskRequest::Evaluate => {
            of_predictions(attached, |predictions| Ok(TaskAnswer::Evaluation(Box::new(Evaluation::new(predictions)?))))
        }
        TaskRequest::ShowCell { view, cell } => {
            of_predictions(attached, |predictions| Ok(TaskAnswer::CellImages(images_of_cell(predictions, view, cell)?)))
        }
        // Only a browser has files and a storage.
        TaskRequest::ListDatasets { .. }
        | TaskRequest::ShowClasses { .. }
        | TaskRequest::ShowAugmented(_)
        | TaskRequest::Import { .. }
        | TaskRequest::DeleteDataset { .. }
        | TaskRequest::RestoreDataset { .. }
        | TaskRequest::PurgeDataset { .. }
        | TaskRequest::MeasureWhitening(_) => Ok(Vec::new()),
    };
    answers.unwrap_or_else(|sentence| vec![TaskAnswer::Refused { sentence }])
}

fn of_predictions(
    attached: &[u8],
    answer: impl FnOnce(&Predictions) -> Result<TaskAnswer, ReportError>,
) -> Result<Vec<TaskAnswer>, String> {
    let predictions = decode(attached).map_err(|error| error.to_string())?;
    answer(&predictions).map(|answer| vec![answer]).map_err(|error| error.to_string())
}

fn notebook(request: &NotebookRequest) -> Result<Vec<TaskAnswer>, NotebookError> {
    let bytes = write_notebook(request)?.into_bytes();
    let name = format!("resnet_{}_{}.ipynb", ResNetSpec::new(request.network.clone())?.depth().layers(), request.framework.name());
    Ok(vec![TaskAnswer::File { name, bytes }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::{Cell, View};
    use crate::protocol::encode;

    #[test]
    fn predictions_are_evaluated_and_what_is_none_is_refused() {
        let predictions = Predictions {
            steps_done: 7,
            classes: 2,
            plain: vec![0.9, 0.1, 0.6, 0.4],
            with_mirror_images: vec![0.9, 0.1, 0.4, 0.6],
            labels: vec![0, 1],
            pixels: Vec::new(),
        };
        let bytes = encode(&predictions);
        let answers = answer(TaskRequest::Evaluate, &bytes);
        let [TaskAnswer::Evaluation(evaluation)] = answers.as_slice() else { panic!("an evaluation: {answers:?}") };
        assert_eq!((evaluation.steps_done, evaluation.plain.right), (7, 1), "one of two is right");
        let cell = TaskRequest::ShowCell { view: View::Plain, cell: Cell { label: 1, predicted: 0 } };
        let answers = answer(cell, &bytes);
        let [TaskAnswer::CellImages(images)] = answers.as_slice() else { panic!("images: {answers:?}") };
        assert_eq!(images.len(), 1, "the second image is taken for the first class");
        let refused = |bytes: &[u8]| matches!(answer(TaskRequest::Evaluate, bytes).as_slice(), [TaskAnswer::Refused { .. }]);
        assert!(refused(&[1, 2, 3]) && refused(&encode(&Predictions { labels: vec![0], ..predictions })), "in a sentence");
    }
}
