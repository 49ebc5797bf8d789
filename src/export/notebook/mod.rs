//! A run as a Jupyter notebook: its settings in words, the network's code, the lines that load images and weights, its curve,
//! and an evaluation.
//!
//! The code is that of [`write_code`], word for word. What cannot be had when a notebook is opened, such as the images, is
//! said by the notebook, and it runs to its end all the same.

mod cell;
mod curve;
mod evaluation;
mod images;
mod request;
mod settings;
#[cfg(test)]
mod tests;

use serde_json::json;

use super::{CodeRequest, Framework, Part, write_code};
use crate::experiment::permalink::experiment_of;
use crate::spec::ResNetSpec;

use cell::{code, markdown};
pub use request::{NotebookError, NotebookImages, NotebookRequest};

/// The notebook as JSON, format 4.5.
///
/// # Errors
/// When the network cannot be built, or its library is not for Python.
pub fn write_notebook(request: &NotebookRequest) -> Result<String, NotebookError> {
    let NotebookRequest { framework, network, images, .. } = request;
    let packages = match framework {
        Framework::Keras => KERAS_PACKAGES,
        Framework::PyTorch => PYTORCH_PACKAGES,
        Framework::Burn => return Err(NotebookError::NotPython),
    };
    let spec = ResNetSpec::new(network.clone())?;
    let experiment = experiment_of(&request.link);
    let l2 = experiment.hyperparameters.l2;
    let network_code = write_code(&CodeRequest { network: network.clone(), framework: *framework, part: Part::WholeNetwork, l2 })?;
    let cells = [
        markdown("run", &settings::words(request, &spec, &experiment)),
        code("packages", packages),
        markdown("about-network", "## The network\n\nThe playground's own code for it, with the function that loads its weights."),
        code("network", &network_code),
        markdown("about-images", &images::words(images)),
        code("images", &images::code(images, *framework, &spec)),
        markdown("about-weights", "## The weights\n\nThe playground saves them under “Code & weights”. Put the file beside this notebook."),
        code("weights", &evaluation::loading(&request.weights_file, *framework)),
        markdown("about-curve", "## What the run measured"),
        code("curve", &curve::data(&request.steps, &request.held_out)),
        code("plot", curve::PLOT),
        markdown("about-evaluation", &evaluation::words(request)),
        code("evaluation", &evaluation::code(*framework)),
    ];
    let notebook = json!({
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": { "name": "python3", "display_name": "Python 3", "language": "python" },
            "language_info": { "name": "python" },
        },
        "cells": cells,
    });
    Ok(format!("{notebook:#}\n"))
}

const KERAS_PACKAGES: &str = r#"# %pip install keras jax numpy safetensors matplotlib
import os

# Keras 3 computes by JAX, TensorFlow or PyTorch: name the one that you have.
os.environ.setdefault("KERAS_BACKEND", "jax")"#;

const PYTORCH_PACKAGES: &str = "# %pip install torch torchvision numpy safetensors matplotlib";
