//! What each request is answered with.

use super::protocol::{WorkbenchAnswer, WorkbenchRequest};
use crate::export::{CodeRequest, write_code_with_lines, write_dot};
use crate::spec::{Named, NetworkChoices, ResNetSpec, SpecError};

/// Answers a request, [`WorkbenchAnswer::Done`] left away.
pub fn answer(request: WorkbenchRequest) -> Vec<WorkbenchAnswer> {
    let answers = match request {
        WorkbenchRequest::WriteCode(request) => code(&request),
        WorkbenchRequest::WriteDot(network) => dot(*network),
        // Only a browser has files and a storage.
        WorkbenchRequest::ShowImages { .. } | WorkbenchRequest::ImportImages { .. } | WorkbenchRequest::DeleteImages { .. } => {
            Ok(Vec::new())
        }
    };
    answers.unwrap_or_else(|error| vec![WorkbenchAnswer::Refused { sentence: error.to_string() }])
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
    use crate::export::{Framework, Part};

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
}
