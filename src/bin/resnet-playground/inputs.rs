//! What commands that train begin with: a link, and a folder of images.

use std::path::{Path, PathBuf};

use resnet_playground::dataset::{DatasetManifest, STARTER};
use resnet_playground::experiment::Experiment;

use crate::files;

/// A link, or what the file holds that is named in its place.
pub fn link_text(source: String) -> Result<String, String> {
    if source.ends_with(".json") { files::read_text(Path::new(&source)) } else { Ok(source) }
}

/// The folder of the images, which has to be named for those of a visitor of the page.
pub fn folder(named: Option<PathBuf>, experiment: &Experiment) -> Result<PathBuf, String> {
    if named.is_none() && !experiment.data.is_empty() && experiment.data != STARTER {
        return Err(format!("the data set “{}” is in somebody's browser: name a folder with the same images by --data", experiment.data));
    }
    Ok(named.unwrap_or_else(|| "www/data/starter".into()))
}

/// What the folder says of its images.
pub fn manifest(folder: &Path) -> Result<DatasetManifest, String> {
    let manifest = files::read_text(&folder.join("manifest.json"))?;
    DatasetManifest::parse(&manifest).map_err(|error| error.to_string())
}
