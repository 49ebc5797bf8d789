//! Whole uploads, from bytes to a data set.

use super::made_up_files::{gzip, pets, pickled_batch, pickled_names, picture, records, tar, upload, zip};
use super::*;
use crate::dataset::{IMAGE_BYTES, LabelledImages, decode_shard};

pub fn read(uploads: &[Upload], choices: &ImportChoices) -> Result<ImportedImages, String> {
    import(uploads, choices, &mut |_| ()).map_err(|error| error.to_string())
}

pub fn usual(uploads: &[Upload]) -> ImportedImages {
    read(uploads, &ImportChoices::default()).unwrap()
}

pub fn sentence(uploads: &[Upload]) -> String {
    read(uploads, &ImportChoices::default()).unwrap_err()
}

/// First bytes of the images with their labels, sorted.
pub fn first_bytes(images: &LabelledImages) -> Vec<(u16, [u8; 3])> {
    let first = |image: &[u8]| [image[0], image[1], image[2]];
    let mut all: Vec<_> = images.labels.iter().copied().zip(images.pixels.chunks_exact(IMAGE_BYTES).map(first)).collect();
    all.sort_unstable();
    all
}

fn batches() -> Vec<(String, Vec<u8>)> {
    let labels: Vec<[u8; 1]> = (0..20).map(|index| [index % 10]).collect();
    let labels: Vec<&[u8]> = labels.iter().map(<[u8; 1]>::as_slice).collect();
    vec![
        ("cifar-10-batches-bin/batches.meta.txt".into(), b"plane\ncar\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n".to_vec()),
        ("cifar-10-batches-bin/data_batch_1.bin".into(), records(&labels)),
        ("cifar-10-batches-bin/test_batch.bin".into(), records(&labels[..10])),
        ("cifar-10-batches-bin/readme.html".into(), b"<html>".to_vec()),
    ]
}

#[test]
fn a_zip_of_folders_becomes_a_data_set() {
    let files = pets(10);
    let images = usual(&[upload("My pets.zip", zip(&files))]);
    assert_eq!((images.name.as_str(), images.classes.as_slice()), ("my-pets", &["cats".to_owned(), "dogs".into()][..]));
    assert_eq!((images.training.len(), images.held_out.len()), (16, 4), "a fifth of each class is held out");
    let mut all = first_bytes(&images.training);
    all.extend(first_bytes(&images.held_out));
    all.sort_unstable();
    let expected: Vec<_> = [(0, 10), (1, 200)].into_iter().flat_map(|(class, red)| (0..10).map(move |n| (class, [red, n, 7]))).collect();
    assert_eq!(all, expected, "every picture once, in its class");
    assert_eq!(images.summary().sentences(), "my-pets: 2 classes, 16 training images, 4 held-out images.");
}

#[test]
fn a_folder_a_zip_and_a_tar_of_the_same_files_give_the_same_data_set() {
    let files = pets(10);
    let mut folder: Vec<Upload> = files.iter().map(|(path, bytes)| upload(path, bytes.clone())).collect();
    folder.reverse();
    let from_folder = usual(&folder);
    for archive in [upload("pets.zip", zip(&files)), upload("pets.tar", tar(&files)), upload("pets.tar.gz", gzip(&tar(&files)))] {
        let path = archive.path.clone();
        assert!(usual(&[archive]) == from_folder, "{path} and the folder, whose files come in another order");
    }
}

#[test]
fn separate_folders_keep_their_sides() {
    let mut files = Vec::new();
    for (part, blue) in [("train", 1), ("validation", 2)] {
        for class in ["cats", "dogs"] {
            files.extend((0..3).map(|n| (format!("pets/{part}/{class}/{n}.png"), picture([n, 0, blue]))));
        }
    }
    let images = usual(&[upload("pets.zip", zip(&files))]);
    assert!(first_bytes(&images.training).iter().all(|(_, colour)| colour[2] == 1), "training images come from their folder");
    assert!(first_bytes(&images.held_out).iter().all(|(_, colour)| colour[2] == 2), "and held-out ones from theirs");
    assert_eq!((images.training.len(), images.held_out.len()), (6, 6), "all of them");
    files.extend(["cats", "dogs"].map(|class| (format!("pets/test/{class}/1.png"), picture([0, 0, 3]))));
    let images = usual(&[upload("pets.zip", zip(&files))]);
    assert!(first_bytes(&images.held_out).iter().all(|(_, colour)| colour[2] == 3), "with a test folder too, that one is held out");
    assert_eq!(images.training.len(), 12, "the other two are trained on");
    assert!(images.summary().sentences().ends_with("are trained on with the others."), "and it is said: {}", images.summary().sentences());
}

#[test]
fn pictures_that_cannot_be_read_are_left_out_and_counted() {
    let mut files = pets(3);
    files.push(("pets/cats/photo.psd".into(), b"8BPS\0\x01".to_vec()));
    files.push(("pets/dogs/cut.png".into(), picture([1, 2, 3])[..50].to_vec()));
    files.push(("pets/notes.txt".into(), b"not a picture, and does not say that it is one".to_vec()));
    let images = usual(&[upload("pets.zip", zip(&files))]);
    assert_eq!(images.training.len() + images.held_out.len(), 6, "the others are there");
    let summary = images.summary().sentences();
    assert!(
        summary.contains("2 files were left out: pets/dogs/cut.png is damaged or cut short (")
            && summary.contains("; pets/cats/photo.psd is a Photoshop document: export as PNG."),
        "{summary}"
    );
}

#[test]
fn a_zip_with_a_damaged_picture_gives_the_others() {
    let files = pets(3);
    let mut bytes = zip(&files);
    // Somewhere in the packed bytes of the first picture.
    bytes[80] ^= 0xff;
    let images = usual(&[upload("pets.zip", bytes)]);
    assert_eq!(
        (images.left_out.count(), images.training.len() + images.held_out.len()),
        (1, 5),
        "one is left out: {}",
        images.summary().sentences()
    );
}

#[test]
fn what_cannot_be_used_is_refused_with_its_place() {
    let one_class: Vec<_> = pets(3).into_iter().filter(|(path, _)| path.contains("cats")).collect();
    assert!(sentence(&[upload("cats.zip", zip(&one_class))]).starts_with("1 of 1 classes could be used, 3 images were read"));
    assert!(sentence(&[upload("notes.txt", b"hello".to_vec())]).starts_with("no image was found in notes"));
    assert!(sentence(&[upload("pets.zip", b"PK\x03\x04 but then nothing".to_vec())]).starts_with("pets.zip is damaged or cut short"));
    assert!(sentence(&[upload("empty.zip", Vec::new())]).starts_with("empty.zip is damaged or cut short"));
    assert!(sentence(&[]).starts_with("no image was found"));
    let unreadable = vec![("a/1.heic".to_owned(), vec![0; 9]), ("b/1.heic".into(), vec![0; 9])];
    assert_eq!(
        sentence(&[upload("x.zip", zip(&unreadable))]),
        "no picture could be used: 2 are no pictures that are known here (a/1.heic, b/1.heic): save as PNG or JPEG"
    );
}

#[test]
fn cifar_comes_out_of_its_archive() {
    let images = usual(&[upload("cifar-10-binary.tar.gz", gzip(&tar(&batches())))]);
    assert_eq!(images.name, "cifar-10");
    assert_eq!((images.classes.len(), images.classes[0].as_str()), (10, "plane"), "names come from the file");
    assert_eq!((images.training.len(), images.held_out.len()), (20, 10), "training and test images keep their sides");
    assert_eq!(first_bytes(&images.training)[2], (1, [3, 4, 5]), "record 1 has label 1, and red, green and blue of its own");
}

#[test]
fn loose_batches_without_test_images_hold_a_share_out() {
    let (_, batch) = batches().swap_remove(1);
    let images = usual(&[upload("data_batch_1.bin", batch)]);
    assert_eq!((images.training.len(), images.held_out.len()), (10, 10), "one of two of each class");
    assert_eq!(images.classes[0], "airplane", "the published names");
}

#[test]
fn cifar_100_has_classes_or_groups() {
    let labels: Vec<[u8; 2]> = (0..40).map(|index| [index % 20, index % 20 + 50]).collect();
    let labels: Vec<&[u8]> = labels.iter().map(<[u8; 2]>::as_slice).collect();
    let files = || [upload("train.bin", records(&labels)), upload("test.bin", records(&labels[..20]))];
    let coarse = read(&files(), &ImportChoices { labels: CifarLabels::Coarse, ..Default::default() }).unwrap();
    assert_eq!((coarse.name.as_str(), coarse.classes.len(), coarse.training.len()), ("cifar-100-coarse", 20, 40));
    let fine = usual(&files());
    assert_eq!((fine.name.as_str(), fine.classes.len()), ("cifar-100", 20), "the classes that have no image are left away");
    assert_eq!(fine.classes[0], usual_name(50), "the others keep their names");
    assert!(
        fine.summary().sentences().contains("Left out for want of images to train on or to hold out: apple, aquarium fish, baby, …."),
        "{}",
        fine.summary().sentences()
    );
}

fn usual_name(number: usize) -> String {
    super::cifar::usual_names(super::cifar::CifarSet::Hundred, CifarLabels::Fine).swap_remove(number)
}

#[test]
fn the_python_version_gives_the_same_images_as_the_binary_one() {
    let labels: Vec<u8> = (0..20).map(|index| index % 10).collect();
    let names = ["plane", "car", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];
    let files = vec![
        ("cifar-10-batches-py/batches.meta".to_owned(), pickled_names(&names)),
        ("cifar-10-batches-py/data_batch_1".into(), pickled_batch(&labels)),
        ("cifar-10-batches-py/test_batch".into(), pickled_batch(&labels[..10])),
    ];
    let python = usual(&[upload("cifar-10-python.tar.gz", gzip(&tar(&files)))]);
    let binary = usual(&[upload("cifar-10-binary.tar.gz", gzip(&tar(&batches())))]);
    assert!(python == binary, "pixels, labels and names");
}

#[test]
fn pickles_of_newer_pythons_are_read_by_rows_and_by_columns() {
    let newer: [&[u8]; 2] = [
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/uploads/data_batch_protocol4")),
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/uploads/data_batch_by_columns")),
    ];
    for pickle in newer {
        let mut found = Vec::new();
        let set = super::cifar::CifarSet::Ten;
        super::cifar::read_batch(set, CifarLabels::Fine, 10, "data_batch_1", pickle, &mut |class, image| {
            found.push((class, image[..3].to_vec()));
        })
        .unwrap();
        assert_eq!(found, [(6, vec![10, 20, 30]), (9, vec![40, 50, 60])]);
    }
}

#[test]
fn a_pickle_of_something_else_is_refused() {
    let of = |bytes: &[u8]| sentence(&[upload("data_batch_1", bytes.to_vec())]);
    assert!(of(b"\x80\x02]q\x01.").ends_with("it has no list `labels`"), "a list");
    assert!(of(b"\x80\x02cos\nsystem\n(U\x02lstR.").ends_with("it has no list `labels`"), "nothing is called");
    assert!(of(b"\x80\x02G").contains("byte 2 is not what CIFAR's files have there"), "a number with a point");
    assert!(of(&pickled_batch(&[1, 2])[..4000]).contains("it ends early, at byte 4000"), "cut short");
    assert!(of(&pickled_batch(&[1, 12])).contains("record 2 in data_batch_1 has label 12"), "a label without a class");
}

#[test]
fn cut_short_files_of_cifar_are_refused_with_their_place() {
    let whole = gzip(&tar(&batches()));
    assert!(sentence(&[upload("cifar-10-binary.tar.gz", whole[..whole.len() / 2].to_vec())]).contains("is damaged or cut short"));
    let (_, batch) = batches().swap_remove(1);
    let cut = sentence(&[upload("data_batch_1.bin", batch[..3073 * 7 + 5].to_vec())]);
    assert_eq!(cut, "record 8 of 8 is cut short in data_batch_1.bin: it has 5 of 3,073 bytes");
    let mixed = [upload("data_batch_1.bin", batch), upload("train.bin", records(&[&[1, 2]]))];
    assert!(sentence(&mixed).contains("data_batch_1.bin belongs to CIFAR-10 and train.bin to CIFAR-100"), "two sets");
}

#[test]
fn an_archive_that_unpacks_to_far_more_than_it_is_is_refused() {
    let bomb = gzip(&tar(&[("data_batch_1.bin".to_owned(), vec![0; 3073 * 4000])]));
    assert!(bomb.len() < 100_000, "12 MB in {} bytes", bomb.len());
    assert!(sentence(&[upload("bomb.tar.gz", bomb)]).contains("unpacks to more than 100 times its size"));
    let mut files = pets(3);
    files.push(("pets/cats/bomb.png".into(), vec![0; 8 << 20]));
    let images = usual(&[upload("pets.zip", zip(&files))]);
    assert!(
        images.summary().sentences().contains("unpacks to more than 100 times its size"),
        "in a zip it is that file alone: {}",
        images.summary().sentences()
    );
}

#[test]
fn as_many_of_each_class_are_kept_as_asked_for() {
    let choices = ImportChoices { images_per_class: Some(5), ..Default::default() };
    let images = read(&[upload("pets.zip", zip(&pets(40)))], &choices).unwrap();
    assert_eq!(images.name, "pets-5-per-class", "the name says it");
    for class in 0..2 {
        let count = |images: &LabelledImages| images.labels.iter().filter(|label| **label == class).count();
        assert_eq!((count(&images.training), count(&images.held_out)), (5, 1), "of class {class}");
    }
    let other = read(&[upload("pets.zip", zip(&pets(40)))], &ImportChoices { seed: 2, ..choices }).unwrap();
    assert_ne!(first_bytes(&images.training), first_bytes(&other.training), "another seed keeps others");
}

#[test]
fn a_class_of_more_images_than_are_kept_is_said() {
    // A hundred classes have room for 500 training images each; one has 501.
    let labels: Vec<[u8; 2]> = (0..100).map(|class| [0, class]).chain((0..500).map(|_| [0, 7])).collect();
    let labels: Vec<&[u8]> = labels.iter().map(<[u8; 2]>::as_slice).collect();
    let files = [upload("train.bin", records(&labels)), upload("test.bin", records(&labels[..100]))];
    let images = usual(&files);
    assert_eq!((images.training.len(), images.held_out.len()), (599, 100), "one is left away");
    assert!(images.summary().sentences().contains("more images than are kept: 50,000 training"), "{}", images.summary().sentences());
}

#[test]
fn shards_and_manifest_give_back_every_image() {
    let images = usual(&[upload("pets.zip", zip(&pets(10)))]);
    let mut packing = Packing::new(images.clone(), 1, "k3");
    let mut shards = Vec::new();
    while let Some(shard) = packing.next_shard().unwrap() {
        shards.push(shard);
    }
    assert_eq!((shards.len(), packing.shards()), (2, 2), "one of each side");
    let manifest = packing.manifest();
    assert_eq!(manifest.check(), Ok(()), "a manifest that can be used");
    for (side, shard, imported) in [(&manifest.train, &shards[0], &images.training), (&manifest.test, &shards[1], &images.held_out)] {
        assert_eq!((side[0].file.as_str(), side[0].bytes), (shard.file.as_str(), shard.bytes.len() as u64));
        let pixels = decode_shard(&shard.file, &shard.bytes, side[0].labels.len()).unwrap();
        let packed = LabelledImages { pixels, labels: side[0].labels.clone() };
        assert_eq!(first_bytes(&packed), first_bytes(imported), "the same images with the same labels");
        assert_ne!(
            packed.labels,
            {
                let mut sorted = packed.labels.clone();
                sorted.sort_unstable();
                sorted
            },
            "classes are mixed"
        );
    }
    let mean: f64 = images.training.pixels.chunks_exact(3).map(|pixel| f64::from(pixel[0])).sum::<f64>() / (16.0 * 1024.0) / 255.0;
    assert!((f64::from(manifest.channel_mean[0]) - mean).abs() < 1e-6, "the mean is that of the training images");
}

#[test]
fn progress_ends_at_the_whole() {
    let mut told = Vec::new();
    import(&[upload("pets.zip", zip(&pets(4)))], &ImportChoices::default(), &mut |progress| told.push(progress)).unwrap();
    let last = told.last().unwrap();
    assert_eq!((told.len(), last.images, last.done_bytes), (8, 8, last.total_bytes), "once a picture, to the end");
}
