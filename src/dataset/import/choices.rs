//! What the visitor decides about an import.

use serde::{Deserialize, Serialize};

use super::CifarLabels;

/// How an upload becomes a data set. The same choices on the same files give the same data set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportChoices {
    /// Most training images of each class, and as many held-out ones; nothing keeps all.
    pub images_per_class: Option<usize>,
    /// Share of each class that is held out where the upload does not say which, in percent.
    pub held_out_percent: u32,
    /// Decides which images those are, and in which order all come.
    pub seed: u64,
    /// Which labels of CIFAR-100 count.
    pub labels: CifarLabels,
    /// Whether the classes of pictures are taken from the names of their files, such as `cat.1.jpg`.
    pub classes_from_names: bool,
}

impl Default for ImportChoices {
    fn default() -> Self {
        Self { images_per_class: None, held_out_percent: 20, seed: 1, labels: CifarLabels::Fine, classes_from_names: false }
    }
}
