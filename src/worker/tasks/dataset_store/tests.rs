//! Data sets in memory that may be full, or shared with another tab.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::*;
use crate::dataset::import::{ImportedImages, LeftOut};
use crate::dataset::{IMAGE_BYTES, LabelledImages, name_in};

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

fn memory() -> Memory {
    Memory { files: RefCell::default(), room: usize::MAX }
}

fn kept(storage: &Memory, packing: Packing) -> Kept {
    at_once(keep(storage, packing, &mut |_, _| ())).unwrap()
}

fn names(storage: &Memory) -> Vec<String> {
    at_once(datasets(storage)).into_iter().map(|dataset| dataset.name).collect()
}

#[test]
fn a_data_set_is_kept_found_and_removed() {
    let storage = memory();
    let mut told = Vec::new();
    let pets = at_once(keep(&storage, packing("pets", 4, "x"), &mut |done, total| told.push((done, total)))).unwrap();
    let id = pets.dataset.id.as_str();
    assert_eq!((pets.is_new, name_in(id), pets.dataset.name.as_str()), (true, Some("pets"), "pets"), "{id}");
    kept(&storage, packing("cars", 6, "x"));
    assert_eq!(told, [(1, 2), (2, 2)], "a shard of each side");
    assert_eq!(names(&storage), ["cars", "pets"]);
    let manifest = storage.files.borrow()[&format!("data/imported/{id}/manifest.json")].clone();
    let manifest = DatasetManifest::parse(&String::from_utf8(manifest).unwrap()).unwrap();
    for shard in manifest.train.iter().chain(&manifest.test) {
        let kept = storage.files.borrow()[&format!("data/imported/{id}/{}", shard.file)].len();
        assert_eq!(kept as u64, shard.bytes, "{} is there as the manifest says", shard.file);
    }
    let manifest = at_once(remove(&storage, id)).unwrap();
    assert_eq!(names(&storage), ["cars"], "the other stays");
    at_once(restore(&storage, id, &manifest)).unwrap();
    at_once(purge(&storage, id));
    assert_eq!((names(&storage).len(), storage.files.borrow().len()), (2, 6), "it is back, and not purged");
    at_once(remove(&storage, id));
    at_once(purge(&storage, id));
    assert_eq!(storage.files.borrow().len(), 3, "and nothing of the first");
    assert_eq!(at_once(restore(&storage, id, &manifest)), Err(KeepError::Gone), "nor does it come back without its images");
    assert_eq!(storage.files.borrow().len(), 3);
}

#[test]
fn what_is_called_the_same_is_numbered_and_replaces_nothing() {
    let storage = memory();
    let all = [4, 6, 8].map(|images| kept(&storage, packing("pets", images, "x")).dataset);
    assert_eq!(all.each_ref().map(|dataset| dataset.name.as_str()), ["pets", "pets (2)", "pets (3)"]);
    assert!(all.iter().all(|dataset| name_in(&dataset.id) == Some("pets")), "links tell them by their hash: {all:?}");
    assert_eq!(storage.files.borrow().len(), 9, "all of each is there");
    at_once(remove(&storage, &all[1].id));
    assert_eq!(kept(&storage, packing("pets", 10, "x")).dataset.name, "pets (2)", "a number that is free again");
}

#[test]
fn the_very_same_images_are_not_kept_twice() {
    let storage = memory();
    let first = kept(&storage, packing("pets", 4, "x"));
    let before = storage.files.borrow().clone();
    for name in ["pets", "my-pets", "birds"] {
        let again = kept(&storage, packing(name, 4, "y"));
        assert_eq!(again, Kept { is_new: false, ..first.clone() }, "{name} is what is there");
        assert!(*storage.files.borrow() == before, "and nothing was written");
    }
    // A browser has lost a part of it.
    let shard = before.keys().find(|path| path.contains("train")).unwrap();
    storage.files.borrow_mut().remove(shard);
    let again = kept(&storage, packing("pets", 4, "z"));
    assert_eq!((again.is_new, &again.dataset.id), (true, &first.dataset.id), "what is not whole is kept again");
    at_once(purge_leftovers(&storage, &[]));
    assert_eq!(storage.files.borrow().len(), 3, "once");
}

#[test]
fn a_data_set_of_a_former_page_stays_and_keeps_its_name() {
    let storage = memory();
    let former = r#"{"name":"pets","image":[32,32,3],"classes":["a","b"],"channel_mean":[0.5,0.5,0.5],
        "channel_deviation":[0.2,0.2,0.2],"train":[{"file":"train-000-x.png","bytes":3,"labels":[0,1]}],"test":[]}"#;
    for (file, bytes) in [("manifest.json", former), ("train-000-x.png", "png")] {
        at_once(storage.write(&format!("data/imported/pets/{file}"), bytes.as_bytes())).unwrap();
    }
    assert_eq!(kept(&storage, packing("pets", 4, "x")).dataset.name, "pets (2)");
    at_once(purge_leftovers(&storage, &[]));
    let all = at_once(datasets(&storage));
    assert_eq!((all[0].id.as_str(), all[0].name.as_str(), all.len()), ("pets", "pets", 2));
    assert_eq!(storage.files.borrow().len(), 5, "all of both");
}

#[test]
fn a_full_disk_leaves_what_there_was_and_nothing_else() {
    // Room for the small set and half of the large one.
    let mut storage = Memory { room: 20 * IMAGE_BYTES, ..memory() };
    kept(&storage, packing("pets", 4, "x"));
    let before = storage.files.borrow().clone();
    for room in [9, 13, 20, 24] {
        storage.room = room * IMAGE_BYTES;
        let error = at_once(keep(&storage, packing("pets", 8, "y"), &mut |_, _| ())).unwrap_err();
        assert!(error.to_string().contains("has no room for these images"), "with room for {room}: {error}");
        assert!(*storage.files.borrow() == before, "with room for {room} images: all of the former set, nothing of the other");
    }
    assert!(!kept(&storage, packing("birds", 4, "y")).is_new, "what is there already needs no room");
}

#[test]
fn what_a_crash_leaves_is_removed_later() {
    let storage = memory();
    let id = kept(&storage, packing("pets", 4, "x")).dataset.id;
    kept(&storage, packing("cars", 6, "x"));
    let whole = storage.files.borrow().clone();
    // Crashes after the first shard, after all, and in the middle of an import of what is there already.
    let broken_off = ["birds-00c0ffee/train-000-y.png", "fish-3fa9c2d1/train-000-y.png", "fish-3fa9c2d1/test-000-y.png"];
    let of_same = format!("{id}/train-000-y.png");
    for path in broken_off.into_iter().chain([of_same.as_str()]) {
        at_once(storage.write(&format!("data/imported/{path}"), b"png")).unwrap();
    }
    assert_eq!(names(&storage), ["cars", "pets"], "nobody finds what is not whole");
    at_once(purge_leftovers(&storage, &["fish-3fa9c2d1".to_owned()]));
    assert_eq!(storage.files.borrow().len(), whole.len() + 2, "what was deleted and can be brought back stays");
    at_once(purge_leftovers(&storage, &[]));
    assert!(*storage.files.borrow() == whole, "and of whole data sets nothing goes");
    at_once(storage.write("data/imported/newer/manifest.json", b"of another version")).unwrap();
    at_once(storage.write("data/imported/newer/train.png", b"png")).unwrap();
    at_once(purge_leftovers(&storage, &[]));
    assert_eq!(storage.files.borrow().len(), whole.len() + 2, "what another version of the page keeps is its own");
}

#[test]
fn of_two_tabs_that_import_the_same_one_keeps_it() {
    /// Another tab is done with the same images when this one has written its first file.
    struct TwoTabs {
        memory: Memory,
        other: RefCell<Option<Packing>>,
    }
    impl Storage for TwoTabs {
        async fn write(&self, path: &str, bytes: &[u8]) -> Result<(), KeepError> {
            self.memory.write(path, bytes).await?;
            if let Some(other) = self.other.take() {
                keep(&self.memory, other, &mut |_, _| ()).await?;
            }
            Ok(())
        }

        async fn read(&self, path: &str) -> Option<Vec<u8>> {
            self.memory.read(path).await
        }

        async fn paths(&self) -> Vec<String> {
            self.memory.paths().await
        }

        async fn remove(&self, path: &str) {
            self.memory.remove(path).await;
        }
    }
    let storage = TwoTabs { memory: memory(), other: RefCell::new(Some(packing("pets", 4, "y"))) };
    let late = at_once(keep(&storage, packing("pets", 4, "x"), &mut |_, _| ())).unwrap();
    assert!(!late.is_new, "it is there");
    assert_eq!(storage.memory.files.borrow().len(), 3, "once: {:?}", storage.memory.files.borrow().keys());
    let storage = TwoTabs { memory: memory(), other: RefCell::new(Some(packing("pets", 6, "y"))) };
    assert_eq!(at_once(keep(&storage, packing("pets", 4, "x"), &mut |_, _| ())).unwrap().dataset.name, "pets (2)");
    assert_eq!(names(&storage.memory), ["pets", "pets (2)"], "and other images under the same name are both kept");
}
