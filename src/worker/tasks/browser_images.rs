//! Requests about data sets, inside the worker.

use std::future::Future;

use js_sys::Array;

use super::browser_files::uploads;
use super::browser_storage::{BrowserStorage, read};
use super::browser_whitening;
use super::data_sets::{Changes, MANIFEST, PanelContents, Whitened, augmented, keep, names, panel, remove};
use crate::dataset::augmentation::InputNormalisation;
use crate::dataset::import::{ImportedImages, Packing, Progress, import};
use crate::dataset::{DatasetManifest, FOLDERS, decode_shard, is_name};
use crate::experiment::RunRequest;
use crate::experiment::hyperparameters::Hyperparameters;
use crate::format::grouped;
use crate::protocol::ImportFields;
use crate::protocol::tasks::WorkbenchAnswer;

/// Between two sentences about how far it is.
const TELL_EVERY_MS: f64 = 150.0;

/// The panel.
pub async fn show(chosen: String, url: String) -> Result<WorkbenchAnswer, String> {
    let (manifest, first_shard) = data_set(&url).await?;
    // Where nothing can be kept, the page's own are shown all the same.
    let imported = match BrowserStorage::open().await {
        Ok(storage) => names(&storage).await,
        Err(_) => Vec::new(),
    };
    let page_has_full =
        url.ends_with(FOLDERS[0]) || read(&format!("{}{MANIFEST}", FOLDERS[0])).await.is_some_and(|json| json.starts_with(b"{"));
    let contents = PanelContents { chosen: &chosen, page_has_full, imported: &imported, manifest: &manifest, first_shard: &first_shard };
    Ok(WorkbenchAnswer::Html(panel(&contents)))
}

/// What a run makes of its images.
pub async fn show_augmented(request: RunRequest) -> Result<WorkbenchAnswer, String> {
    let (manifest, first_shard) = data_set(&request.dataset_url).await?;
    let Hyperparameters { augmentation, seed, normalisation, .. } = request.hyperparameters;
    let kept = match normalisation {
        InputNormalisation::Whitened => browser_whitening::kept(&request).await,
        _ => None,
    };
    let whitening = match &kept {
        Some((matrix, mean)) => Whitened::By(matrix, *mean),
        None if normalisation == InputNormalisation::Whitened => Whitened::NotYet,
        None => Whitened::Not,
    };
    let changes = Changes { augmentation: &augmentation, seed, whitening };
    Ok(WorkbenchAnswer::Html(augmented(&manifest, &first_shard, changes)))
}

/// Its manifest and the first shard of training images, nothing where that cannot be had: counts and statistics are shown
/// without pictures too, and training says what is wrong with the file.
async fn data_set(url: &str) -> Result<(DatasetManifest, Vec<u8>), String> {
    let manifest = read(&format!("{url}{MANIFEST}")).await.ok_or("the data set could not be read: choose another or reload the page")?;
    let manifest = DatasetManifest::parse(&String::from_utf8_lossy(&manifest)).map_err(|error| error.to_string())?;
    let mut first_shard = Vec::new();
    if let Some(shard) = manifest.train.first() {
        let bytes = read(&format!("{url}{}", shard.file)).await.unwrap_or_default();
        first_shard = decode_shard(&shard.file, &bytes, shard.labels.len()).unwrap_or_default();
    }
    Ok((manifest, first_shard))
}

/// Reads the files at once: what goes wrong then reaches the page as an error of its worker. What is left is to keep the
/// images.
pub fn import_files<Tell: Fn(String) + 'static>(
    fields: &ImportFields,
    paths: Vec<String>,
    files: &Array,
    tell: Tell,
) -> Result<impl Future<Output = Result<WorkbenchAnswer, String>> + use<Tell>, String> {
    let choices = fields.choices().map_err(|reason| refused(&reason))?;
    let uploads = uploads(paths, files.iter().skip(1))?;
    let mut told_at_ms = f64::NEG_INFINITY;
    let mut progress = |progress: Progress| {
        let now = js_sys::Date::now();
        if now - told_at_ms >= TELL_EVERY_MS {
            told_at_ms = now;
            let percent = progress.done_bytes.saturating_mul(100) / progress.total_bytes.max(1);
            tell(format!("Reading: {} images, {} % of the files", grouped(progress.images), percent.min(100)));
        }
    };
    let images = import(&uploads, &choices, &mut progress).map_err(|error| refused(&error.to_string()))?;
    Ok(keep_images(images, choices.seed, tell))
}

async fn keep_images(images: ImportedImages, seed: u64, tell: impl Fn(String)) -> Result<WorkbenchAnswer, String> {
    let sentence = images.summary();
    let storage = BrowserStorage::open().await.map_err(|reason| refused(&reason))?;
    let stamp = format!("{:x}", js_sys::Date::now() as u64);
    let mut progress = |done, total| tell(format!("Keeping: part {done} of {total}"));
    let name = keep(&storage, Packing::new(images, seed, &stamp), &mut progress).await.map_err(|error| refused(&error.to_string()))?;
    Ok(WorkbenchAnswer::Images { name, sentence })
}

fn refused(reason: &str) -> String {
    format!("Nothing was imported: {reason}.")
}

/// Deletes an imported data set.
pub async fn delete(name: String) -> Result<WorkbenchAnswer, String> {
    if !is_name(&name) {
        return Err("only imported data sets can be deleted".into());
    }
    remove(&BrowserStorage::open().await?, &name).await;
    let sentence = format!("{name} is deleted.");
    Ok(WorkbenchAnswer::Images { name: String::new(), sentence })
}
