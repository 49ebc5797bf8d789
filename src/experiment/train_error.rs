//! Why training stopped.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::WorkerFailure;
use crate::dataset::split::UnusableImages;
use crate::language::{text, tr};

/// Why training stopped. The message is shown to the user as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Error)]
pub enum TrainError {
    /// The browser gives this trainer no usable GPU; the CPU trainer will do.
    #[error("{}", tr!("WebGPU cannot be used here: {reason}", reason))]
    NoWebGpu {
        /// What is missing.
        reason: String,
    },
    /// The GPU went away under the run.
    #[error("{}", tr!("the GPU device was lost ({reason})", reason))]
    DeviceLost {
        /// The browser's words.
        reason: String,
    },
    /// Images could not be had or read.
    #[error("{}", tr!("the images could not be loaded: {reason}", reason))]
    Images {
        /// What is wrong and where.
        reason: String,
    },
    /// A setting that cannot be trained.
    #[error("{reason}")]
    Settings {
        /// Which and why.
        reason: String,
    },
    /// A file of weights or a checkpoint that does not fit or cannot be read. The run as it was is not lost: nothing was loaded.
    #[error("{reason}")]
    WeightsFile {
        /// What is wrong and where.
        reason: String,
    },
    /// The loss stopped being a number.
    #[error("{}", tr!("the loss is no longer a number after step {step}: a lower learning rate usually helps", step))]
    Diverged {
        /// Step whose loss was not finite.
        step: usize,
    },
    /// The trainer itself broke.
    #[error("{}", tr!("the trainer stopped unexpectedly ({reason})", reason))]
    Broken {
        /// Panic message or script error.
        reason: String,
    },
    /// Its program could not be started.
    #[error(transparent)]
    Worker(WorkerFailure),
    /// The run does not fit into the GPU's memory.
    #[error("{}", text!("the GPU has no memory left for this run: a smaller batch, fewer start filters or the CPU take less"))]
    DeviceMemory,
}

impl TrainError {
    /// Images that could not be had or read, for the given reason.
    pub fn images(reason: impl std::fmt::Display) -> Self {
        Self::Images { reason: reason.to_string() }
    }

    /// A setting that cannot be trained, for the given reason.
    pub fn settings(reason: impl std::fmt::Display) -> Self {
        Self::Settings { reason: reason.to_string() }
    }

    /// What a panic of the trainer comes to, by its message.
    pub fn of_panic(message: &str) -> Self {
        let lowercase = message.to_lowercase();
        if ["out of memory", "outofmemory", "out-of-memory"].iter().any(|words| lowercase.contains(words)) {
            return Self::DeviceMemory;
        }
        Self::Broken { reason: gist(message) }
    }

    /// A GPU that cannot be opened, by the words of a library.
    pub fn no_web_gpu(message: &str) -> Self {
        Self::NoWebGpu { reason: gist(message) }
    }

    /// A GPU that went away, by the words of a library.
    pub fn device_lost(message: &str) -> Self {
        Self::DeviceLost { reason: gist(message) }
    }

    /// Whether the same again may go well, with the same settings on the same page.
    pub fn can_be_retried(&self) -> bool {
        match self {
            Self::Images { .. } | Self::DeviceLost { .. } | Self::Broken { .. } | Self::NoWebGpu { .. } => true,
            // The same seed gives the same numbers, the same file the same reading.
            Self::Settings { .. } | Self::WeightsFile { .. } | Self::Diverged { .. } | Self::DeviceMemory => false,
            Self::Worker(failure) => failure.can_be_retried(),
        }
    }
}

/// The first line of a library's message. Where in the code it was, and what called it, are paths of the machine that built the program.
fn gist(message: &str) -> String {
    let is_path = |word: &&str| word.contains(".rs:") || word.starts_with('/');
    let line = message.lines().find(|line| !line.trim().is_empty()).unwrap_or(text!("without a word"));
    // The browser's own error, whose stack stands on the lines behind it, as its type in Rust shows it.
    let line = match line.split_once(JS_VALUE) {
        Some((before, error)) => {
            let is_closed = error.matches(')').count() > error.matches('(').count();
            format!("{before}{}", error.strip_suffix(')').filter(|_| is_closed).unwrap_or(error))
        }
        None => line.to_owned(),
    };
    line.split_whitespace().filter(|word| !is_path(word)).collect::<Vec<_>>().join(" ")
}

const JS_VALUE: &str = "JsValue(";

impl From<WorkerFailure> for TrainError {
    fn from(failure: WorkerFailure) -> Self {
        match failure {
            WorkerFailure::Stopped { reason } => Self::Broken { reason },
            failure => Self::Worker(failure),
        }
    }
}

impl From<UnusableImages> for TrainError {
    fn from(error: UnusableImages) -> Self {
        Self::images(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gpu_whose_memory_is_full_is_told_from_a_fault() {
        for message in ["wgpu error: Out of Memory\n", "buffer allocation failed: OutOfMemory", "GPUOutOfMemoryError: out-of-memory"] {
            assert_eq!(TrainError::of_panic(message), TrainError::DeviceMemory, "{message}");
        }
    }

    #[test]
    fn a_panic_shows_no_path_of_the_machine_that_built_the_program() {
        let broken = |reason: &str| TrainError::Broken { reason: reason.to_owned() };
        let message = "wgpu error: Validation Error\n\nCaused by:\n  In Device::create_shader_module";
        assert_eq!(TrainError::of_panic(message), broken("wgpu error: Validation Error"));
        let message = "called `unwrap()` on a `None` value at /home/builder/crate/src/lib.rs:3:7";
        assert_eq!(TrainError::of_panic(message), broken("called `unwrap()` on a `None` value at"));
        assert_eq!(TrainError::of_panic(""), broken("without a word"));
        let message = "device lost: destroyed\n   0: cubecl::stream::sync\n             at /home/builder/cubecl/src/stream.rs:7";
        assert_eq!(TrainError::device_lost(message), TrainError::DeviceLost { reason: "device lost: destroyed".to_owned() });
    }

    #[test]
    fn a_browsers_error_stands_in_its_sentence_without_types_and_stack() {
        let reason = |message: &str| match TrainError::no_web_gpu(message) {
            TrainError::NoWebGpu { reason } => reason,
            other => other.to_string(),
        };
        let told = reason("Unable to request a wgpu device: JsValue(OperationError: not today (busy)\nundefined)");
        assert_eq!(told, "Unable to request a wgpu device: OperationError: not today (busy)");
        assert_eq!(reason("JsValue(TypeError: no (really))"), "TypeError: no (really)");
        assert_eq!(reason("no adapter (at all)"), "no adapter (at all)");
    }
}
