//! Data sets in a storage that may be full.

use std::future::Future;

use thiserror::Error;

use crate::dataset::import::Packing;
use crate::dataset::{DatasetManifest, IMPORTED, KeptDataset, MANIFEST, identified_name, imported_folder};
use crate::language::format;
use crate::language::{text, tr};

/// Files by path: the browser's storage, or memory in tests.
pub trait Storage {
    /// Keeps a file, in the place of one of the same path if there is one; that one stays when this fails.
    fn write(&self, path: &str, bytes: &[u8]) -> impl Future<Output = Result<(), KeepError>>;

    /// A file; nothing if it is not there.
    fn read(&self, path: &str) -> impl Future<Output = Option<Vec<u8>>>;

    /// Paths of all files.
    fn paths(&self) -> impl Future<Output = Vec<String>>;

    /// Removes a file, if it is there.
    fn remove(&self, path: &str) -> impl Future<Output = ()>;
}

/// A data set that could not be kept. The message is shown to the user as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeepError {
    /// The browser gives the page no more room.
    #[error(
        "{}",
        tr!(
            "the browser has no room for these images ({bytes} so far): delete an imported data set or keep fewer images per class; \
             what was there before is unchanged",
            bytes
        )
    )]
    Full {
        /// Bytes tried.
        bytes: String,
    },
    /// It refused for another reason.
    #[error("{}", tr!("the browser could not keep the images ({reason}); what was there before is unchanged", reason))]
    Refused {
        /// The browser's words.
        reason: String,
    },
    /// What was removed was purged since.
    #[error("{}", text!("its images are gone: another tab has freed their room"))]
    Gone,
}

/// What a data set is kept as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its names.
    pub dataset: KeptDataset,
    /// Whether it is new. The very same images were here before otherwise, and nothing was written.
    pub is_new: bool,
}

/// Writes all files of a data set, the manifest last: until then nobody finds it. Others stay as they are; one that would be
/// called as another is numbered. `progress` is told shards done and shards in all.
///
/// # Errors
/// When a file cannot be written. Nothing of it is left then.
pub async fn keep<S: Storage>(storage: &S, mut packing: Packing, progress: &mut dyn FnMut(usize, usize)) -> Result<Kept, KeepError> {
    if let Some(dataset) = same_images(storage, packing.content()).await {
        return Ok(Kept { dataset, is_new: false });
    }
    let id = identified_name(&packing.images().name, packing.content());
    let folder = imported_folder(&id);
    let mut written = Vec::new();
    let kept = write_all(storage, &mut packing, &folder, &mut written, progress).await;
    if !matches!(&kept, Ok(Kept { is_new: true, .. })) {
        for path in &written {
            storage.remove(path).await;
        }
    }
    kept
}

async fn write_all<S: Storage>(
    storage: &S,
    packing: &mut Packing,
    folder: &str,
    written: &mut Vec<String>,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Kept, KeepError> {
    let mut bytes = 0;
    let total = packing.shards();
    let sized = |error, bytes: usize| match error {
        KeepError::Full { .. } => KeepError::Full { bytes: format::bytes(bytes as u64) },
        other => other,
    };
    while let Some(shard) = packing.next_shard().map_err(|error| KeepError::Refused { reason: error.to_string() })? {
        let path = format!("{folder}{}", shard.file);
        bytes += shard.bytes.len();
        written.push(path.clone());
        storage.write(&path, &shard.bytes).await.map_err(|error| sized(error, bytes))?;
        progress(written.len(), total);
    }
    // Another tab may have imported the same meanwhile, or something of the same name.
    if let Some(dataset) = same_images(storage, packing.content()).await {
        return Ok(Kept { dataset, is_new: false });
    }
    let name = free_name(&packing.images().name, &datasets(storage).await);
    packing.rename(name.clone());
    let manifest = serde_json::to_vec(&packing.manifest()).map_err(|error| KeepError::Refused { reason: error.to_string() })?;
    storage.write(&format!("{folder}{MANIFEST}"), &manifest).await.map_err(|error| sized(error, bytes + manifest.len()))?;
    let id = id_of(folder).unwrap_or_default().to_owned();
    Ok(Kept { dataset: KeptDataset { id, name }, is_new: true })
}

/// `pets`, or `pets (2)` where another data set is called so.
fn free_name(wanted: &str, kept: &[KeptDataset]) -> String {
    let is_free = |name: &String| kept.iter().all(|dataset| dataset.name != *name);
    let numbered = (2..).map(|number| format!("{wanted} ({number})"));
    std::iter::once(wanted.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}

/// The data set of these images, if all of it is there.
async fn same_images<S: Storage>(storage: &S, content: &str) -> Option<KeptDataset> {
    let paths = storage.paths().await;
    let found = manifests(storage, &paths).await;
    let is_same = |id: &str, manifest: &DatasetManifest| manifest.content.as_deref() == Some(content) && is_whole(&paths, id, manifest);
    found.into_iter().find(|(id, manifest)| is_same(id, manifest)).map(|(id, manifest)| KeptDataset { id, name: manifest.name })
}

/// Whether every file is there that a manifest names.
fn is_whole(paths: &[String], id: &str, manifest: &DatasetManifest) -> bool {
    let folder = imported_folder(id);
    manifest.train.iter().chain(&manifest.test).all(|shard| paths.contains(&format!("{folder}{}", shard.file)))
}

/// The manifests that can be read, with the ids of their data sets.
async fn manifests<S: Storage>(storage: &S, paths: &[String]) -> Vec<(String, DatasetManifest)> {
    let mut found = Vec::new();
    for path in paths.iter().filter(|path| path.ends_with(&format!("/{MANIFEST}"))) {
        let Some(id) = id_of(path) else { continue };
        let json = storage.read(path).await.unwrap_or_default();
        if let Ok(manifest) = DatasetManifest::parse(&String::from_utf8_lossy(&json)) {
            found.push((id.to_owned(), manifest));
        }
    }
    found
}

/// The data set that a file belongs to.
fn id_of(path: &str) -> Option<&str> {
    path.strip_prefix(IMPORTED)?.split_once('/').map(|(id, _)| id)
}

/// The data sets there are, in the order of the alphabet.
pub async fn datasets<S: Storage>(storage: &S) -> Vec<KeptDataset> {
    let found = manifests(storage, &storage.paths().await).await;
    let mut datasets: Vec<_> = found.into_iter().map(|(id, manifest)| KeptDataset { id, name: manifest.name }).collect();
    datasets.sort_by(|one, other| (&one.name, &one.id).cmp(&(&other.name, &other.id)));
    datasets
}

/// Removes the manifest of a data set and gives it: nobody finds the data set any more, and [`restore`] brings it back.
pub async fn remove<S: Storage>(storage: &S, id: &str) -> Option<Vec<u8>> {
    let path = format!("{}{MANIFEST}", imported_folder(id));
    let manifest = storage.read(&path).await;
    storage.remove(&path).await;
    manifest
}

/// Brings back a data set that was removed but not purged.
///
/// # Errors
/// When its images are gone, or its manifest cannot be written.
pub async fn restore<S: Storage>(storage: &S, id: &str, manifest: &[u8]) -> Result<(), KeepError> {
    let is_there = DatasetManifest::parse(&String::from_utf8_lossy(manifest));
    let paths = storage.paths().await;
    if !is_there.is_ok_and(|manifest| is_whole(&paths, id, &manifest)) {
        return Err(KeepError::Gone);
    }
    storage.write(&format!("{}{MANIFEST}", imported_folder(id)), manifest).await
}

/// Frees the room that a removed data set takes. A data set with a manifest stays as it is.
pub async fn purge<S: Storage>(storage: &S, id: &str) {
    let folder = imported_folder(id);
    let paths = storage.paths().await;
    if paths.iter().any(|path| *path == format!("{folder}{MANIFEST}")) {
        return;
    }
    for path in paths.iter().filter(|path| path.starts_with(&folder)) {
        storage.remove(path).await;
    }
}

/// Removes what an import has left that was broken off: files that no manifest names. Data sets that were `removed` and can be
/// brought back stay. Only while nothing is imported.
pub async fn purge_leftovers<S: Storage>(storage: &S, removed: &[String]) {
    let paths = storage.paths().await;
    let found = manifests(storage, &paths).await;
    for path in &paths {
        let Some(id) = id_of(path).filter(|id| removed.iter().all(|other| other != id)) else { continue };
        let folder = imported_folder(id);
        let file = path.strip_prefix(&folder).unwrap_or_default();
        let manifest = found.iter().find(|(other, _)| other == id).map(|(_, manifest)| manifest);
        let is_left_over = match manifest {
            Some(manifest) => file != MANIFEST && manifest.train.iter().chain(&manifest.test).all(|shard| shard.file != file),
            // A manifest that cannot be read may be one of another version of the page.
            None => !paths.contains(&format!("{folder}{MANIFEST}")),
        };
        if is_left_over {
            storage.remove(path).await;
        }
    }
}

#[cfg(test)]
mod tests;
