//! The notebook of a run that has ended.

use resnet_playground::dataset::DatasetManifest;
use resnet_playground::experiment::Experiment;
use resnet_playground::experiment::permalink::{ViewOptions, write};
use resnet_playground::experiment::weight_init::WeightLayout;
use resnet_playground::export::Framework;
use resnet_playground::export::notebook::{NotebookImages, NotebookRequest, write_notebook};

use super::terminal::Terminal;

/// With the code of the library whose layout the weights have, and the name of the file in which they were saved.
pub(super) fn of_run(
    experiment: Experiment,
    dataset: &DatasetManifest,
    layout: WeightLayout,
    terminal: Terminal,
) -> Result<String, String> {
    let framework = if layout == WeightLayout::PyTorch { Framework::PyTorch } else { Framework::Keras };
    let saved = terminal.save.as_ref().and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
    let request = NotebookRequest {
        framework,
        link: format!("?{}", write(&experiment, &ViewOptions::default())),
        images: NotebookImages::of(&experiment, Some(dataset)),
        weights_file: saved.unwrap_or_else(|| NotebookRequest::weights_file_of(&experiment.network, framework)),
        network: experiment.network,
        steps: terminal.steps.into_inner(),
        held_out: terminal.held_out.into_inner(),
    };
    write_notebook(&request).map_err(|error| error.to_string())
}
