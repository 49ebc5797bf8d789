//! What each request is answered with.

use super::report::report;
use crate::export::CodeRequest;
use crate::export::{write_code_with_lines, write_dot};
use crate::protocol::tasks::{WorkbenchAnswer, WorkbenchRequest};
use crate::spec::{Named, NetworkChoices, ResNetSpec, SpecError};

/// Answers a request, [`WorkbenchAnswer::Done`] left away.
pub fn answer(request: WorkbenchRequest) -> Vec<WorkbenchAnswer> {
    let answers = match request {
        WorkbenchRequest::WriteCode(request) => code(&request).map_err(|error| error.to_string()),
        WorkbenchRequest::WriteDot(network) => dot(*network).map_err(|error| error.to_string()),
        WorkbenchRequest::Report(request) => report(&request).map(|answer| vec![answer]),
        // Only a browser has files and a storage.
        WorkbenchRequest::ShowImages { .. }
        | WorkbenchRequest::ShowAugmented(_)
        | WorkbenchRequest::ImportImages { .. }
        | WorkbenchRequest::DeleteImages { .. }
        | WorkbenchRequest::MeasureWhitening(_) => Ok(Vec::new()),
    };
    answers.unwrap_or_else(|sentence| vec![WorkbenchAnswer::Refused { sentence }])
}

fn code(request: &CodeRequest) -> Result<Vec<WorkbenchAnswer>, SpecError> {
    let (code, lines) = write_code_with_lines(request)?;
    let name = format!("resnet_{}.{}", request.framework.name(), request.framework.extension());
    // The text first: its lines are marked as soon as they are known.
    Ok(vec![WorkbenchAnswer::File { name, bytes: code.into_bytes() }, WorkbenchAnswer::CodeLines(lines)])
}

fn dot(network: NetworkChoices) -> Result<Vec<WorkbenchAnswer>, SpecError> {
    let spec = ResNetSpec::new(network)?;
    let name = format!("resnet-{}.dot", spec.depth().layers());
    Ok(vec![WorkbenchAnswer::File { name, bytes: write_dot(&spec).into_bytes() }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::{Predictions, View};
    use crate::export::{Framework, Part};
    use crate::protocol::encode;
    use crate::protocol::tasks::{ReportPart, ReportRequest};

    fn branching() -> NetworkChoices {
        NetworkChoices { blocks_in_stages: vec![1, 2, 1], ..Default::default() }
    }

    #[test]
    fn code_comes_with_the_lines_of_its_layers() {
        let request = CodeRequest { network: branching(), framework: Framework::Keras, part: Part::WholeNetwork, l2: 1e-4 };
        let answers = answer(WorkbenchRequest::WriteCode(request));
        let [WorkbenchAnswer::File { name, bytes }, WorkbenchAnswer::CodeLines(lines)] = answers.as_slice() else {
            panic!("code, then its lines: {answers:?}");
        };
        assert_eq!(name, "resnet_keras.py", "named after its framework");
        let last = lines.of_layer("head.dense2").expect("the last layer has lines").last;
        assert!(String::from_utf8_lossy(bytes).lines().nth(last - 1).unwrap().contains("head_dense2"), "the lines are those of the code");
    }

    #[test]
    fn a_graph_is_named_after_the_depth() {
        let answers = answer(WorkbenchRequest::WriteDot(Box::new(branching())));
        let [WorkbenchAnswer::File { name, bytes }] = answers.as_slice() else { panic!("one file: {answers:?}") };
        assert_eq!(name, "resnet-14.dot", "named after its depth");
        assert!(bytes.starts_with(b"digraph resnet {"), "in the DOT language");
    }

    #[test]
    fn what_cannot_be_built_is_refused_with_the_nearest_that_can() {
        let broken = NetworkChoices { blocks_in_stages: vec![1, 0, 1], ..Default::default() };
        let answers = answer(WorkbenchRequest::WriteDot(Box::new(broken)));
        let [WorkbenchAnswer::Refused { sentence }] = answers.as_slice() else { panic!("a refusal: {answers:?}") };
        assert!(sentence.contains("the nearest is 1-1-1"), "what would do: {sentence}");
    }

    #[test]
    fn a_report_is_html_or_a_file_and_what_is_none_is_refused() {
        let predictions = Predictions {
            steps_done: 7,
            classes: 2,
            plain: vec![0.9, 0.1, 0.6, 0.4],
            with_mirror_images: vec![0.9, 0.1, 0.4, 0.6],
            labels: vec![0, 1],
            pixels: Vec::new(),
        };
        let names = vec!["cat".to_owned(), "dog".to_owned()];
        let ask = |predictions: Vec<u8>, view, part| {
            let request = ReportRequest { predictions, names: names.clone(), view, part };
            let mut answers = answer(WorkbenchRequest::Report(request));
            assert_eq!(answers.len(), 1, "one answer: {answers:?}");
            answers.remove(0)
        };
        let html = |view, part| match ask(encode(&predictions), view, part) {
            WorkbenchAnswer::Html(html) => html,
            other => panic!("HTML: {other:?}"),
        };
        assert!(html(View::Plain, ReportPart::Whole).contains("50.0 %"), "one of two is right");
        assert!(html(View::WithMirrorImages, ReportPart::Whole).contains("100.0 %"), "with mirror images both are");
        let cell = ReportPart::Cell { label: 1, predicted: 0 };
        assert_eq!(html(View::Plain, cell).matches("<img").count(), 1, "the dog that is taken for a cat");
        for (part, name) in
            [(ReportPart::Csv, "resnet-playground-report-step-7.csv"), (ReportPart::Text, "resnet-playground-report-step-7.txt")]
        {
            let WorkbenchAnswer::File { name: found, bytes } = ask(encode(&predictions), View::Plain, part) else { panic!("a file") };
            assert_eq!(found, name, "named after its step");
            assert!(String::from_utf8_lossy(&bytes).contains("dog"), "with its classes");
        }
        let refused = |bytes| matches!(ask(bytes, View::Plain, ReportPart::Whole), WorkbenchAnswer::Refused { .. });
        assert!(refused(vec![1, 2, 3]) && refused(encode(&Predictions { labels: vec![0], ..predictions.clone() })), "in a sentence");
    }
}
