//! What a run is, in words.

use super::NotebookRequest;
use crate::experiment::Experiment;
use crate::experiment::options::options;
use crate::experiment::permalink::{query_of, read_kept};
use crate::export::writer::summary;
use crate::spec::ResNetSpec;

/// The experiment of a link.
pub(super) fn experiment(link: &str) -> Experiment {
    read_kept(&query_of(link).unwrap_or_default())
}

/// The first cell.
pub(super) fn words(request: &NotebookRequest, spec: &ResNetSpec, experiment: &Experiment) -> String {
    let depth = spec.depth().layers();
    let usual = Experiment::default();
    let different: String = options()
        .iter()
        .map(|option| (option.label, option.read(experiment), option.read(&usual)))
        .filter(|(_, value, usual)| value != usual)
        .map(|(label, value, _)| format!("- {label}: {value}\n"))
        .collect();
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
