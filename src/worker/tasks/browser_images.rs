//! Requests about data sets, inside the worker.

use std::future::Future;

use js_sys::Array;

use super::browser_decoder::square_pixels;
use super::browser_files::uploads;
use super::browser_storage::{BrowserStorage, read};
use super::browser_whitening;
use super::class_pictures::class_pictures;
use super::dataset_store::{Kept, datasets, keep, purge, purge_leftovers, remove, restore};
use crate::dataset::augmentation::{AugmentedImages, Changes, InputNormalisation};
use crate::dataset::import::{ImportChoices, ImportError, Packing, Progress, UnfinishedImport, begin_import};
use crate::dataset::{DatasetManifest, MANIFEST, decode_shard, is_name};
use crate::experiment::RunRequest;
use crate::experiment::hyperparameters::Hyperparameters;
use crate::language::text;
use crate::protocol::tasks::{ImportProgress, TaskAnswer};
use crate::worker::locks::{self, Ask, Asked};

/// Between two messages about how far it is.
const TELL_EVERY_MS: f64 = 150.0;

/// Held by whoever imports, so that nobody takes what is half written for garbage.
const IMPORT_LOCK: &str = "resnet-playground-import";

/// The imported data sets; none where this browser keeps nothing. What an import has left that was broken off goes; of those
/// `removed` that can be brought back nothing does.
pub async fn list(removed: Vec<String>) -> TaskAnswer {
    let Ok(storage) = BrowserStorage::open().await else { return TaskAnswer::Datasets(Vec::new()) };
    // Browsers without locks keep the garbage: it takes room, no more.
    if let Asked::Held(lock) = locks::ask(IMPORT_LOCK, Ask::AloneIfFree).await {
        purge_leftovers(&storage, &removed).await;
        drop(lock);
    }
    TaskAnswer::Datasets(datasets(&storage).await)
}

/// Some training images of each class.
pub async fn show_classes(url: String) -> Result<TaskAnswer, String> {
    let (manifest, first_shard) = data_set(&url).await?;
    Ok(TaskAnswer::ClassPictures(class_pictures(&manifest, &first_shard)))
}

/// What a run makes of its images.
pub async fn show_augmented(request: RunRequest) -> Result<TaskAnswer, String> {
    let (manifest, first_shard) = data_set(&request.dataset_url).await?;
    let Hyperparameters { augmentation, seed, normalisation, .. } = request.hyperparameters;
    let is_whitened = normalisation == InputNormalisation::Whitened;
    let kept = if is_whitened { browser_whitening::kept(&request).await } else { None };
    let whitening = kept.as_ref().map(|(matrix, mean)| (matrix.as_slice(), *mean));
    let changes = Changes { augmentation: &augmentation, seed, channel_mean: manifest.channel_mean, whitening, is_whitened };
    Ok(TaskAnswer::Augmented(Box::new(AugmentedImages::new(&first_shard, changes))))
}

/// Its manifest and the first shard of training images, nothing where that cannot be had: training says what is wrong with
/// the file.
async fn data_set(url: &str) -> Result<(DatasetManifest, Vec<u8>), String> {
    let manifest = read(&format!("{url}{MANIFEST}")).await;
    let manifest = manifest.ok_or_else(|| text!("the data set could not be read: choose another or reload the page"))?;
    let manifest = DatasetManifest::parse(&String::from_utf8_lossy(&manifest)).map_err(|error| error.to_string())?;
    let mut first_shard = Vec::new();
    if let Some(shard) = manifest.train.first() {
        let bytes = read(&format!("{url}{}", shard.file)).await.unwrap_or_default();
        first_shard = decode_shard(&shard.file, &bytes, shard.labels.len()).unwrap_or_default();
    }
    Ok((manifest, first_shard))
}

/// Reads the files at once: what goes wrong then reaches the page as an error of its worker. What is left is to have the
/// browser decode some pictures, and to keep the images.
pub fn import_files<Tell: Fn(ImportProgress) + 'static>(
    choices: &ImportChoices,
    paths: Vec<String>,
    files: &Array,
    tell: Tell,
) -> Result<impl Future<Output = Result<TaskAnswer, String>> + use<Tell>, TaskAnswer> {
    let uploads = uploads(paths, files.iter().skip(1)).map_err(|sentence| TaskAnswer::Refused { sentence })?;
    let mut told_at_ms = f64::NEG_INFINITY;
    let mut progress = |progress: Progress| {
        let now = js_sys::Date::now();
        if now - told_at_ms >= TELL_EVERY_MS {
            told_at_ms = now;
            let share = progress.done_bytes as f64 / progress.total_bytes.max(1) as f64;
            tell(ImportProgress::Reading { images: progress.images, share });
        }
    };
    let import = begin_import(&uploads, choices, &mut progress).map_err(|error| refusal(&error))?;
    Ok(keep_images(import, choices.seed, tell))
}

fn refusal(error: &ImportError) -> TaskAnswer {
    let sentence = error.to_string();
    match error {
        ImportError::ClassesInNames { .. } => TaskAnswer::ClassesInNames { sentence },
        _ => TaskAnswer::Refused { sentence },
    }
}

async fn keep_images(mut import: UnfinishedImport, seed: u64, tell: impl Fn(ImportProgress)) -> Result<TaskAnswer, String> {
    decode_waiting(&mut import, &tell).await;
    let images = import.finish().map_err(|error| error.to_string())?;
    let mut summary = images.summary();
    let storage = BrowserStorage::open().await?;
    let lock = locks::ask(IMPORT_LOCK, Ask::Shared).await;
    let stamp = format!("{:x}", js_sys::Date::now() as u64);
    let mut progress = |done, total| tell(ImportProgress::Keeping { done, total });
    let kept = keep(&storage, Packing::new(images, seed, &stamp), &mut progress).await;
    drop(lock);
    let Kept { dataset, is_new } = kept.map_err(|error| error.to_string())?;
    summary.name.clone_from(&dataset.name);
    Ok(TaskAnswer::Imported { summary: Box::new(summary), id: dataset.id, is_new })
}

/// Has the browser decode the pictures that nothing else here can.
async fn decode_waiting(import: &mut UnfinishedImport, tell: &impl Fn(ImportProgress)) {
    let waiting = import.take_waiting();
    let total = waiting.len();
    let mut told_at_ms = f64::NEG_INFINITY;
    for (done, picture) in waiting.into_iter().enumerate() {
        let now = js_sys::Date::now();
        if now - told_at_ms >= TELL_EVERY_MS {
            told_at_ms = now;
            tell(ImportProgress::Decoding { done, total });
        }
        // What the browser says of a picture that it cannot read helps nobody.
        let square = square_pixels(picture.bytes(), picture.media_type()).await.ok();
        import.decoded(&picture, square);
    }
}

/// Deletes an imported data set. Its images stay until it is purged, so that it can be restored.
pub async fn delete(name: String) -> Result<TaskAnswer, String> {
    let storage = storage_of(&name).await?;
    let manifest = remove(&storage, &name).await.unwrap_or_default();
    Ok(TaskAnswer::Deleted { name, manifest })
}

/// Brings back a deleted data set.
pub async fn undelete(name: String, manifest: Vec<u8>) -> Result<TaskAnswer, String> {
    let storage = storage_of(&name).await?;
    restore(&storage, &name, &manifest).await.map_err(|error| error.to_string())?;
    Ok(TaskAnswer::Restored { name })
}

/// Frees the room that a deleted data set takes.
pub async fn free(name: String) -> Result<TaskAnswer, String> {
    purge(&storage_of(&name).await?, &name).await;
    Ok(TaskAnswer::Purged { name })
}

async fn storage_of(name: &str) -> Result<BrowserStorage, String> {
    if is_name(name) { BrowserStorage::open().await } else { Err(text!("only imported data sets can be deleted").into()) }
}
