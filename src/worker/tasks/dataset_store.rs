//! Data sets in a storage that may be full.

use std::future::Future;

use thiserror::Error;

use crate::dataset::import::Packing;
use crate::dataset::{IMPORTED, imported_folder};
use crate::format;

/// The file that makes a folder a data set.
pub const MANIFEST: &str = "manifest.json";

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
        "the browser has no room for these images ({bytes} so far): delete an imported data set or keep fewer images per class; what was there before is unchanged"
    )]
    Full {
        /// Bytes tried.
        bytes: String,
    },
    /// It refused for another reason.
    #[error("the browser could not keep the images ({reason}); what was there before is unchanged")]
    Refused {
        /// The browser's words.
        reason: String,
    },
}

/// Writes all files of a data set, the manifest last: until then the former data set of that name is what is found.
/// `progress` is told shards done and shards in all.
///
/// # Errors
/// When a file cannot be written. Nothing of it is left then, and the former data set is as it was.
pub async fn keep<S: Storage>(storage: &S, mut packing: Packing, progress: &mut dyn FnMut(usize, usize)) -> Result<String, KeepError> {
    let name = packing.images().name.clone();
    let folder = imported_folder(&name);
    let former: Vec<String> = storage.paths().await.into_iter().filter(|path| path.starts_with(&folder)).collect();
    let mut written = Vec::new();
    let kept = write_all(storage, &mut packing, &folder, &mut written, progress).await;
    let manifest = format!("{folder}{MANIFEST}");
    let (goes, stays) = if kept.is_ok() { (&former, &written) } else { (&written, &former) };
    for path in goes.iter().filter(|path| !stays.contains(path) && **path != manifest) {
        storage.remove(path).await;
    }
    kept.map(|()| name)
}

async fn write_all<S: Storage>(
    storage: &S,
    packing: &mut Packing,
    folder: &str,
    written: &mut Vec<String>,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<(), KeepError> {
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
    let manifest = serde_json::to_vec(&packing.manifest()).map_err(|error| KeepError::Refused { reason: error.to_string() })?;
    storage.write(&format!("{folder}{MANIFEST}"), &manifest).await.map_err(|error| sized(error, bytes + manifest.len()))
}

/// Names of the data sets there are, in the order of the alphabet.
pub async fn names<S: Storage>(storage: &S) -> Vec<String> {
    let name = |path: &String| Some(path.strip_prefix(IMPORTED)?.strip_suffix(MANIFEST)?.strip_suffix('/')?.to_owned());
    let mut names: Vec<String> = storage.paths().await.iter().filter_map(name).collect();
    names.sort();
    names
}

/// Removes the manifest of a data set and gives it: nobody finds the data set any more, and [`restore`] brings it back.
pub async fn remove<S: Storage>(storage: &S, name: &str) -> Option<Vec<u8>> {
    let path = format!("{}{MANIFEST}", imported_folder(name));
    let manifest = storage.read(&path).await;
    storage.remove(&path).await;
    manifest
}

/// Brings back a data set that was removed but not purged.
///
/// # Errors
/// When its manifest cannot be written.
pub async fn restore<S: Storage>(storage: &S, name: &str, manifest: &[u8]) -> Result<(), KeepError> {
    storage.write(&format!("{}{MANIFEST}", imported_folder(name)), manifest).await
}

/// Frees the room that a removed data set takes. A data set with a manifest stays as it is.
pub async fn purge<S: Storage>(storage: &S, name: &str) {
    let folder = imported_folder(name);
    let paths = storage.paths().await;
    if paths.iter().any(|path| *path == format!("{folder}{MANIFEST}")) {
        return;
    }
    for path in paths.iter().filter(|path| path.starts_with(&folder)) {
        storage.remove(path).await;
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::BTreeMap;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::*;
    use crate::dataset::import::{ImportedImages, LeftOut};
    use crate::dataset::{DatasetManifest, IMAGE_BYTES, LabelledImages};

    /// Memory with room for so many bytes.
    struct Memory {
        files: RefCell<BTreeMap<String, Vec<u8>>>,
        room: usize,
    }

    impl Storage for Memory {
        async fn write(&self, path: &str, bytes: &[u8]) -> Result<(), KeepError> {
            let mut files = self.files.borrow_mut();
            let others: usize = files.iter().filter(|(other, _)| *other != path).map(|(_, bytes)| bytes.len()).sum();
            if others + bytes.len() > self.room {
                return Err(KeepError::Full { bytes: String::new() });
            }
            files.insert(path.into(), bytes.into());
            Ok(())
        }

        async fn read(&self, path: &str) -> Option<Vec<u8>> {
            self.files.borrow().get(path).cloned()
        }

        async fn paths(&self) -> Vec<String> {
            self.files.borrow().keys().cloned().collect()
        }

        async fn remove(&self, path: &str) {
            self.files.borrow_mut().remove(path);
        }
    }

    /// Memory never makes anyone wait.
    fn at_once<T>(future: impl Future<Output = T>) -> T {
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => value,
            Poll::Pending => panic!("memory made someone wait"),
        }
    }

    /// Noise, so that its size is known: it cannot be compressed.
    fn packing(name: &str, images: usize, stamp: &str) -> Packing {
        let mut random = crate::random::RandomStream::new(images as u64, crate::random::Purpose::Import, 0);
        let mut pixels = vec![0; images * IMAGE_BYTES];
        random.fill_bytes(&mut pixels);
        let side = LabelledImages { pixels, labels: (0..images as u16).map(|index| index % 2).collect() };
        let classes = vec!["a".into(), "b".into()];
        let imported = ImportedImages {
            name: name.into(),
            classes,
            training: side.clone(),
            held_out: side,
            left_out: LeftOut::default(),
            notices: Vec::new(),
        };
        Packing::new(imported, 1, stamp)
    }

    #[test]
    fn a_data_set_is_kept_found_and_removed() {
        let storage = Memory { files: RefCell::default(), room: usize::MAX };
        let mut told = Vec::new();
        at_once(keep(&storage, packing("pets", 4, "x"), &mut |done, total| told.push((done, total)))).unwrap();
        at_once(keep(&storage, packing("cars", 4, "x"), &mut |_, _| ())).unwrap();
        assert_eq!(told, [(1, 2), (2, 2)], "a shard of each side");
        assert_eq!(at_once(names(&storage)), ["cars", "pets"]);
        let manifest = storage.files.borrow()["data/imported/pets/manifest.json"].clone();
        let manifest = DatasetManifest::parse(&String::from_utf8(manifest).unwrap()).unwrap();
        for shard in manifest.train.iter().chain(&manifest.test) {
            let kept = storage.files.borrow()[&format!("data/imported/pets/{}", shard.file)].len();
            assert_eq!(kept as u64, shard.bytes, "{} is there as the manifest says", shard.file);
        }
        let manifest = at_once(remove(&storage, "pets")).unwrap();
        assert_eq!(at_once(names(&storage)), ["cars"], "the other stays");
        at_once(restore(&storage, "pets", &manifest)).unwrap();
        at_once(purge(&storage, "pets"));
        assert_eq!((at_once(names(&storage)).len(), storage.files.borrow().len()), (2, 6), "it is back, and not purged");
        at_once(remove(&storage, "pets"));
        at_once(purge(&storage, "pets"));
        assert_eq!(storage.files.borrow().len(), 3, "and nothing of the first");
    }

    #[test]
    fn a_full_disk_leaves_the_former_data_set_as_it_was() {
        // Room for the small set and half of the large one.
        let mut storage = Memory { files: RefCell::default(), room: 20 * IMAGE_BYTES };
        at_once(keep(&storage, packing("pets", 4, "x"), &mut |_, _| ())).unwrap();
        let before = storage.files.borrow().clone();
        for room in [9, 13, 20, 24] {
            storage.room = room * IMAGE_BYTES;
            let error = at_once(keep(&storage, packing("pets", 8, "y"), &mut |_, _| ())).unwrap_err();
            assert!(error.to_string().contains("has no room for these images"), "with room for {room}: {error}");
            assert!(*storage.files.borrow() == before, "with room for {room} images: all of the former set, nothing of the other");
        }
    }

    #[test]
    fn a_data_set_takes_the_place_of_one_of_its_name() {
        let storage = Memory { files: RefCell::default(), room: usize::MAX };
        at_once(keep(&storage, packing("pets", 8, "x"), &mut |_, _| ())).unwrap();
        at_once(keep(&storage, packing("pets", 4, "y"), &mut |_, _| ())).unwrap();
        let paths = at_once(storage.paths());
        assert_eq!(paths.len(), 3, "no file of the former one is left: {paths:?}");
        at_once(keep(&storage, packing("pets", 4, "y"), &mut |_, _| ())).unwrap();
        assert_eq!(at_once(storage.paths()), paths, "nor is anything lost when the files have the same names");
    }
}
