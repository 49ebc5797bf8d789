//! Messages between the page and the worker for tasks, encoded as those of the [trainer](crate::protocol) are.

use serde::{Deserialize, Serialize};

use crate::dataset::KeptDataset;
use crate::dataset::augmentation::AugmentedImages;
use crate::dataset::import::{ImportChoices, ImportSummary};
use crate::drawing::picture::Picture;
use crate::evaluation::{Cell, Evaluation, SeenImage, View};
use crate::experiment::RunRequest;
use crate::export::notebook::NotebookRequest;
use crate::export::report::ReportRequest;
use crate::language::format::{decimals, grouped};
use crate::language::tr;

/// Raised whenever a message changes its shape; see [`crate::protocol::PROTOCOL_VERSION`].
pub const TASKS_VERSION: u32 = 9;

/// A message and the number of the request that it belongs to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Numbered<M> {
    /// Given by the page, anew for each request.
    pub number: u32,
    /// What is said.
    pub message: M,
}

/// Page to worker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum TaskRequest {
    /// Evaluate the attached [`Predictions`](crate::evaluation::Predictions), encoded as the trainer sent them: a
    /// [`TaskAnswer::Evaluation`].
    Evaluate,
    /// Find the images of a cell of the confusion matrix in the attached predictions: [`TaskAnswer::CellImages`].
    ShowCell {
        /// Which of the network's answers count.
        view: View,
        /// The cell.
        cell: Cell,
    },
    /// Name the data sets that this browser keeps, and remove what broken-off imports have left: [`TaskAnswer::Datasets`].
    ListDatasets {
        /// Data sets that were deleted and can be restored.
        removed: Vec<String>,
    },
    /// Show some training images of each class: [`TaskAnswer::ClassPictures`].
    ShowClasses {
        /// Address of the folder that holds the manifest, ending in `/`.
        url: String,
    },
    /// Show what a run makes of training images before its network sees them: [`TaskAnswer::Augmented`].
    ShowAugmented(Box<RunRequest>),
    /// Make a data set of the attached files and keep it: [`TaskAnswer::Importing`], then [`TaskAnswer::Imported`].
    Import {
        /// How the files become a data set.
        choices: ImportChoices,
        /// The path of each file, in the order of the attachments.
        paths: Vec<String>,
    },
    /// Delete an imported data set, so that it can be restored: [`TaskAnswer::Deleted`].
    DeleteDataset {
        /// Its name in links.
        name: String,
    },
    /// Bring back a data set that was deleted: [`TaskAnswer::Restored`].
    RestoreDataset {
        /// Its name.
        name: String,
        /// What [`TaskAnswer::Deleted`] gave.
        manifest: Vec<u8>,
    },
    /// Free the room that a deleted data set takes: [`TaskAnswer::Purged`].
    PurgeDataset {
        /// Its name.
        name: String,
    },
    /// Measure the matrix that [whitens](crate::dataset::whitening) the training images of this request, unless it is kept
    /// already: [`TaskAnswer::Progress`], then [`TaskAnswer::Whitening`].
    MeasureWhitening(Box<RunRequest>),
    /// Write a run as a Jupyter notebook: a [`TaskAnswer::File`].
    WriteNotebook(Box<NotebookRequest>),
    /// Write runs as an HTML file to hand in: a [`TaskAnswer::File`].
    WriteReport(Box<ReportRequest>),
}

/// Worker to page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum TaskAnswer {
    /// First message of all, whatever its number: it listens.
    Ready {
        /// Its [`TASKS_VERSION`].
        version: u32,
    },
    /// A file.
    File {
        /// Name to save it under.
        name: String,
        /// What is in it.
        bytes: Vec<u8>,
    },
    /// How good the predictions are.
    Evaluation(Box<Evaluation>),
    /// Images of a cell, in their order.
    CellImages(Vec<SeenImage>),
    /// The imported data sets, in the order of the alphabet.
    Datasets(Vec<KeptDataset>),
    /// Training images of each class side by side, in the order of the classes. A class without images has an empty picture.
    ClassPictures(Vec<Picture>),
    /// Training images as the network would see them.
    Augmented(Box<AugmentedImages>),
    /// How far an import is.
    Importing(ImportProgress),
    /// A data set was made and kept.
    Imported {
        /// What is in it, under the name that this browser calls it.
        summary: Box<ImportSummary>,
        /// Its name in links.
        id: String,
        /// Whether it is new; the very same images were kept before otherwise.
        is_new: bool,
    },
    /// No data set was made. It can be if the classes are taken from the file names: [`ImportChoices::classes_from_names`].
    ClassesInNames {
        /// The same for the visitor: half a sentence without its full stop.
        sentence: String,
    },
    /// A data set was deleted.
    Deleted {
        /// Its name.
        name: String,
        /// Its manifest, with which it can be restored.
        manifest: Vec<u8>,
    },
    /// A data set is back.
    Restored {
        /// Its name.
        name: String,
    },
    /// Nothing is left of a deleted data set.
    Purged {
        /// Its name.
        name: String,
    },
    /// How far something else is, in words.
    Progress(String),
    /// A matrix that whitens is kept.
    Whitening {
        /// Under this name.
        name: String,
    },
    /// It cannot be done.
    Refused {
        /// Why, for the visitor: half a sentence without its full stop.
        sentence: String,
    },
    /// Last answer to a request.
    Done,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum ImportProgress {
    /// Files are read.
    Reading {
        /// Images found so far.
        images: usize,
        /// Share of the files' bytes that is read, from 0 to 1.
        share: f64,
    },
    /// The browser decodes pictures that nothing else here can.
    Decoding {
        /// Pictures done.
        done: usize,
        /// Pictures in all.
        total: usize,
    },
    /// Images are written into the browser's storage.
    Keeping {
        /// Parts written.
        done: usize,
        /// Parts in all.
        total: usize,
    },
}

impl ImportProgress {
    /// Share of what is under way, from 0 to 1.
    pub fn share(self) -> f64 {
        match self {
            Self::Reading { share, .. } => share.clamp(0.0, 1.0),
            Self::Decoding { done, total } | Self::Keeping { done, total } => done as f64 / total.max(1) as f64,
        }
    }

    /// The same in words.
    pub fn sentence(self) -> String {
        match self {
            Self::Reading { images, share } => {
                let percent = decimals(share.clamp(0.0, 1.0) * 100.0, 0);
                tr!("Reading: {images} images, {percent}\u{a0}% of the files", images = grouped(images), percent)
            }
            Self::Decoding { done, total } => {
                tr!("Decoding by the browser: picture {done} of {total}", done = grouped(done), total = grouped(total))
            }
            Self::Keeping { done, total } => tr!("Saving in this browser: part {done} of {total}", done, total),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{decode, encode};

    #[test]
    fn an_answer_survives_the_wire() {
        let answer = TaskAnswer::ClassPictures(vec![Picture::of_image(&[7; 48], 4), Picture::default()]);
        let numbered = Numbered { number: 3, message: answer };
        assert_eq!(decode(&encode(&numbered)), Ok(numbered), "what was sent arrives");
    }

    #[test]
    fn progress_is_told_with_its_share() {
        let reading = ImportProgress::Reading { images: 1200, share: 0.25 };
        assert_eq!((reading.share(), reading.sentence()), (0.25, "Reading: 1,200 images, 25\u{a0}% of the files".to_owned()));
        let decoding = ImportProgress::Decoding { done: 1, total: 2000 };
        assert_eq!((decoding.share(), decoding.sentence()), (0.0005, "Decoding by the browser: picture 1 of 2,000".to_owned()));
        let keeping = ImportProgress::Keeping { done: 1, total: 4 };
        assert_eq!((keeping.share(), keeping.sentence()), (0.25, "Saving in this browser: part 1 of 4".to_owned()));
    }
}
