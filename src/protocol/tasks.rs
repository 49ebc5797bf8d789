//! Messages between the page and the workbench, encoded as those of the [trainer](crate::protocol) are.

use serde::{Deserialize, Serialize};

use crate::evaluation::View;
use crate::experiment::RunRequest;
use crate::export::CodeLines;
use crate::export::CodeRequest;
use crate::spec::NetworkChoices;

use crate::protocol::ImportFields;

/// Raised whenever a message changes its shape; see [`crate::protocol::PROTOCOL_VERSION`].
pub const WORKBENCH_VERSION: u32 = 4;

/// A message and the number of the request that it belongs to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Numbered<M> {
    /// Given by the page, anew for each request.
    pub number: u32,
    /// What is said.
    pub message: M,
}

/// Page to workbench.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum WorkbenchRequest {
    /// Write the network as source code: a [`WorkbenchAnswer::File`], then the [`WorkbenchAnswer::CodeLines`] of it.
    WriteCode(CodeRequest),
    /// Write the network's layer graph in the DOT language: a [`WorkbenchAnswer::File`].
    WriteDot(Box<NetworkChoices>),
    /// Report on predictions: [`WorkbenchAnswer::Html`] or a [`WorkbenchAnswer::File`], as is wanted.
    Report(ReportRequest),
    /// Show the data sets there are and what is in one of them: a [`WorkbenchAnswer::Html`].
    ShowImages {
        /// Its name in a link.
        chosen: String,
        /// Address of the folder that holds its manifest, ending in `/`.
        url: String,
    },
    /// Show what a run makes of training images before its network sees them: a [`WorkbenchAnswer::Html`].
    ShowAugmented(Box<RunRequest>),
    /// Make a data set of the attached files and keep it: [`WorkbenchAnswer::Progress`], then [`WorkbenchAnswer::Images`].
    ImportImages {
        /// What stands in the panel's fields.
        fields: ImportFields,
        /// The path of each file, in the order of the attachments.
        paths: Vec<String>,
    },
    /// Delete an imported data set: [`WorkbenchAnswer::Images`].
    DeleteImages {
        /// Its name.
        name: String,
    },
    /// Measure the matrix that [whitens](crate::dataset::whitening) the training images of this request, unless it is kept already:
    /// [`WorkbenchAnswer::Progress`], then [`WorkbenchAnswer::Whitening`].
    MeasureWhitening(Box<RunRequest>),
}

/// Workbench to page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum WorkbenchAnswer {
    /// First message of all, whatever its number: it listens.
    Ready {
        /// Its [`WORKBENCH_VERSION`].
        version: u32,
    },
    /// A file.
    File {
        /// Name to save it under.
        name: String,
        /// What is in it.
        bytes: Vec<u8>,
    },
    /// Which lines of the code that was just sent make which layer.
    CodeLines(CodeLines),
    /// What to show.
    Html(String),
    /// How far it is, in words.
    Progress(String),
    /// A data set was made and kept, or deleted.
    Images {
        /// Name in a link of the one to go on with.
        name: String,
        /// What was done, for the user.
        sentence: String,
    },
    /// A matrix that whitens is kept.
    Whitening {
        /// Under this name.
        name: String,
    },
    /// It cannot be done.
    Refused {
        /// Why, for the user.
        sentence: String,
    },
    /// Last answer to a request.
    Done,
}

/// What is to be reported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportRequest {
    /// [`Predictions`](crate::evaluation::Predictions) as the trainer encoded them.
    pub predictions: Vec<u8>,
    /// Names of the classes that take part.
    pub names: Vec<String>,
    /// Which of the network's answers count.
    pub view: View,
    /// What is wanted of it.
    pub part: ReportPart,
}

/// A part of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReportPart {
    /// All that is shown at first.
    Whole,
    /// The images of one class that are taken for one; classes counted from 0.
    Cell {
        /// What the images show.
        label: usize,
        /// What they are taken for.
        predicted: usize,
    },
    /// Scores of the classes as a CSV file.
    Csv,
    /// The whole report as a text file.
    Text,
}
