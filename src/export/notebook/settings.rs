//! What a run is, in words.

use super::NotebookRequest;
use crate::experiment::Experiment;
use crate::experiment::options::differences;
use crate::export::writer::summary;
use crate::spec::ResNetSpec;

/// The first cell.
pub(super) fn words(request: &NotebookRequest, spec: &ResNetSpec, experiment: &Experiment) -> String {
    let depth = spec.depth().layers();
    let different = differences(experiment, &Experiment::default());
    let different: String = different.into_iter().map(|(label, value)| format!("- {label}: {value}\n")).collect();
    let settings = if different.is_empty() {
        "All settings are those of the tutorial.\n".to_owned()
    } else {
        format!("Settings other than the tutorial's:\n\n{different}")
    };
    let link = request.link.replace(['<', '>', '`', '\n'], "");
    let repeated = if link.starts_with("http") {
        format!("[The same experiment in ResNet Playground](<{link}>)")
    } else {
        // A run without a page knows only what stands behind its address.
        format!("The same experiment in ResNet Playground is `{link}` behind the page's address.")
    };
    format!("# ResNet of depth {depth}\n\n{}\n\n{repeated}\n\n{settings}", summary(spec))
}
