//! Where the classes of whole uploads come from.

use super::made_up_files::{gzip, pickled_lists, pickled_names, picture, records, tar, upload, zip};
use super::tests::{read, sentence, usual};
use super::*;

/// Pictures of one colour under these paths.
fn pictures(paths: &[&str]) -> Vec<(String, Vec<u8>)> {
    paths.iter().enumerate().map(|(number, path)| ((*path).to_owned(), picture([number as u8, 7, 9]))).collect()
}

fn uploaded(files: &[(String, Vec<u8>)]) -> Vec<Upload> {
    vec![upload("x.zip", zip(files))]
}

/// Name, training and held-out images of each class.
fn counts(images: &ImportedImages) -> Vec<(&str, usize, usize)> {
    let count = |labels: &[u16], class: usize| labels.iter().filter(|label| usize::from(**label) == class).count();
    images
        .classes
        .iter()
        .enumerate()
        .map(|(class, name)| (name.as_str(), count(&images.training.labels, class), count(&images.held_out.labels, class)))
        .collect()
}

#[test]
fn folders_that_differ_in_case_or_spaces_are_one_class_and_it_is_said_once() {
    let mut paths = Vec::new();
    for folder in ["train/Cats", "train/Dogs", "val/cats", "val/dogs "] {
        paths.extend((0..3).map(|number| format!("x/{folder}/{number}.png")));
    }
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let images = usual(&uploaded(&pictures(&paths)));
    assert_eq!(counts(&images), [("Cats", 3, 3), ("Dogs", 3, 3)]);
    assert_eq!(images.notices, ["“Cats” and “cats”, “Dogs” and “dogs ” are one class each."]);
}

#[test]
fn folders_of_one_side_only_are_left_out_and_said() {
    let mut paths = Vec::new();
    for folder in ["train/a", "train/b", "train/c", "val/b", "val/c", "val/d"] {
        paths.extend((0..2).map(|number| format!("p/{folder}/{number}.png")));
    }
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let images = usual(&uploaded(&pictures(&paths)));
    assert_eq!(counts(&images), [("b", 2, 2), ("c", 2, 2)]);
    assert_eq!(images.notices, ["Left out for want of held-out images: a.", "Left out for want of training images: d."]);
}

#[test]
fn a_test_folder_without_classes_is_left_out_and_counted() {
    let files = pictures(&["train/a/1.png", "train/a/2.png", "train/b/1.png", "train/b/2.png", "test/1.png", "test/2.png"]);
    let images = usual(&uploaded(&files));
    assert_eq!(counts(&images), [("a", 1, 1), ("b", 1, 1)]);
    assert!(
        images.summary().sentences().contains("2 files were left out: 2 lie in no folder of a class (test/1.png, test/2.png)"),
        "{}",
        images.summary().sentences()
    );
}

/// Kaggle's form: numbers as names and a table beside.
fn numbered(table: &str, text: &str) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = (1..=8).map(|number| (format!("cifar/train/{number}.png"), picture([number, 0, 0]))).collect();
    files.push((format!("cifar/{table}"), text.as_bytes().to_vec()));
    files
}

#[test]
fn a_table_beside_the_pictures_gives_the_classes() {
    let rows: String = (1..=8).map(|number| format!("{number},{}\n", if number % 2 == 0 { "truck" } else { "frog" })).collect();
    for (table, text) in [
        ("trainLabels.csv", format!("id,label\n{rows}")),
        ("train.csv", format!("\u{feff}filename;label\r\n{}", rows.replace(',', ".png;").replace('\n', "\r\n"))),
        ("labels.tsv", rows.replace(',', "\t")),
    ] {
        let images = usual(&uploaded(&numbered(table, &text)));
        assert_eq!(counts(&images), [("frog", 3, 1), ("truck", 3, 1)], "{table}");
        assert_eq!(images.notices, [format!("The classes come from the table cifar/{table}.")]);
        let frogs = images.training.labels.iter().zip(images.training.pixels.chunks_exact(crate::dataset::IMAGE_BYTES));
        assert!(frogs.into_iter().all(|(label, image)| u16::from(image[0] % 2 == 0) == *label), "{table}: each picture has its own label");
    }
}

#[test]
fn what_a_table_does_not_name_and_what_it_names_in_vain_is_counted() {
    let table = "id,label\n1,frog\n2,truck\n3,frog\n4,truck\n5,Frog\n6,truck\n100,frog\n101,frog\n";
    let images = usual(&uploaded(&numbered("trainLabels.csv", table)));
    assert_eq!(counts(&images).iter().map(|(_, train, held_out)| train + held_out).sum::<usize>(), 6);
    let said = images.summary().sentences();
    assert!(said.contains("2 files were left out: 2 have no row in the table of labels (cifar/train/7.png, cifar/train/8.png)"), "{said}");
    assert!(said.contains("2 rows of it name pictures that are not there."), "{said}");
    assert!(said.contains("“Frog” and “frog” are one class."), "{said}");
}

#[test]
fn folders_count_more_than_a_table_unless_they_mix_its_labels() {
    let mut files = pictures(&["x/a/1.png", "x/a/2.png", "x/b/3.png", "x/b/4.png"]);
    let table =
        |labels: [&str; 4]| labels.iter().enumerate().map(|(number, label)| format!("{},{label}\n", number + 1)).collect::<String>();
    files.push(("x/labels.csv".into(), table(["cat", "cat", "dog", "dog"]).into_bytes()));
    assert_eq!(usual(&uploaded(&files)).classes, ["a", "b"], "they say the same");
    files.last_mut().unwrap().1 = table(["cat", "dog", "cat", "dog"]).into_bytes();
    let images = usual(&uploaded(&files));
    assert_eq!(
        (images.classes, images.notices),
        (vec!["cat".into(), "dog".into()], vec!["The classes come from the table x/labels.csv, not from the folders.".to_owned()])
    );
}

#[test]
fn classes_in_file_names_are_offered_and_taken_when_asked_for() {
    for paths in [
        ["cat.1.jpg", "cat.2.jpg", "dog.1.jpg", "dog.2.jpg"],
        ["dog_11.png", "dog_12.png", "cat_11.png", "cat_12.png"],
        ["cat-3.png", "cat-4.png", "dog-3.png", "dog-4.png"],
        ["0_dog.png", "1_cat.png", "2_dog.png", "3_cat.png"],
    ] {
        let paths = paths.map(|path| format!("train/{path}"));
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        let uploads = uploaded(&pictures(&paths));
        let refused = import(&uploads, &ImportChoices::default(), &mut |_| ()).unwrap_err();
        assert_eq!(refused, ImportError::ClassesInNames { found: "cat (2), dog (2)".into() }, "{paths:?}");
        let images = read(&uploads, &ImportChoices { classes_from_names: true, ..Default::default() }).unwrap();
        assert_eq!(counts(&images), [("cat", 1, 1), ("dog", 1, 1)], "{paths:?}");
        assert_eq!(images.notices, ["The classes come from the file names."]);
    }
}

#[test]
fn names_without_classes_are_refused_when_asked_for() {
    let choices = ImportChoices { classes_from_names: true, ..Default::default() };
    let flat = uploaded(&pictures(&["1.png", "2.png", "3.png"]));
    assert!(read(&flat, &choices).unwrap_err().ends_with("put each class into a folder of its own"));
    let sorted = uploaded(&pictures(&["cats/1.png", "cats/2.png", "dogs/1.png", "dogs/2.png"]));
    assert!(read(&sorted, &choices).unwrap_err().ends_with("let the folders give the classes, not the file names"));
}

#[test]
fn data_sets_for_other_tasks_are_told_apart() {
    let mut yolo = pictures(&["x/train/images/1.png", "x/train/images/2.png", "x/valid/images/3.png"]);
    yolo.push(("x/train/labels/1.txt".into(), b"0 0.5 0.5 0.1 0.1".to_vec()));
    assert!(sentence(&uploaded(&yolo)).starts_with("x/train/labels/1.txt says where things are"), "{}", sentence(&uploaded(&yolo)));
    let mut coco = pictures(&["x/1.png", "x/2.png"]);
    coco.push(("x/_annotations.coco.json".into(), b"{}".to_vec()));
    assert!(sentence(&uploaded(&coco)).starts_with("x/_annotations.coco.json says where things are"));
    let outlines = pictures(&["x/images/1.png", "x/images/2.png", "x/masks/1.png", "x/masks/2.png"]);
    assert!(sentence(&uploaded(&outlines)).starts_with("the folders “images” and “masks” hold pictures and answers for another task"));
}

#[test]
fn flat_pictures_without_any_label_are_refused_with_what_to_do() {
    let refused = sentence(&uploaded(&pictures(&["IMG_1.png", "IMG_2.png", "IMG_3.png"])));
    assert_eq!(
        refused,
        "no picture could be used: 3 lie in no folder of a class (IMG_1.png, IMG_2.png, IMG_3.png): put each class into a folder of its own"
    );
}

#[test]
fn cifar_100_comes_as_pickles_too_in_a_folder_or_an_archive() {
    let fine: Vec<u8> = (0..40).map(|number| number % 4).collect();
    let coarse: Vec<u8> = (0..40).map(|number| number % 2 + 10).collect();
    let both = pickled_lists(&[("fine_labels", &fine), ("coarse_labels", &coarse)]);
    let files = [("train", both.clone()), ("test", both), ("file.txt~", b"notes".to_vec())];
    let files: Vec<(String, Vec<u8>)> = files.map(|(name, bytes)| (format!("cifar-100-python/{name}"), bytes)).into();
    let folder: Vec<Upload> = files.iter().map(|(path, bytes)| upload(path, bytes.clone())).collect();
    for uploads in [folder, vec![upload("cifar-100-python.tar.gz", gzip(&tar(&files)))]] {
        let images = usual(&uploads);
        assert_eq!((images.name.as_str(), images.training.len(), images.held_out.len()), ("cifar-100", 40, 40));
        assert_eq!(images.classes, ["apple", "aquarium fish", "baby", "bear"]);
        let groups = read(&uploads, &ImportChoices { labels: CifarLabels::Coarse, ..Default::default() }).unwrap();
        assert_eq!(groups.classes, ["large natural outdoor scenes", "large omnivores and herbivores"]);
    }
}

#[test]
fn cifar_10_comes_from_a_folder_in_both_forms() {
    let labels: Vec<u8> = (0..20).map(|number| number % 10).collect();
    let rows: Vec<[u8; 1]> = labels.iter().map(|label| [*label]).collect();
    let rows: Vec<&[u8]> = rows.iter().map(<[u8; 1]>::as_slice).collect();
    let names = ["plane", "car", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];
    let python = [
        upload("cifar-10-batches-py/batches.meta", pickled_names(&names)),
        upload("cifar-10-batches-py/data_batch_1", pickled_lists(&[("labels", &labels)])),
        upload("cifar-10-batches-py/test_batch", pickled_lists(&[("labels", &labels)])),
    ];
    let binary = [
        upload("cifar-10-batches-bin/batches.meta.txt", names.join("\n").into_bytes()),
        upload("cifar-10-batches-bin/data_batch_1.bin", records(&rows)),
        upload("cifar-10-batches-bin/test_batch.bin", records(&rows)),
    ];
    assert!(usual(&python) == usual(&binary), "pixels, labels and names");
    assert_eq!(usual(&python).classes, names);
}

#[test]
fn cifars_version_for_matlab_is_named() {
    let files = ["data_batch_1.mat", "test_batch.mat", "batches.meta.mat"];
    let files: Vec<(String, Vec<u8>)> = files.map(|name| (format!("cifar-10-batches-mat/{name}"), b"MATLAB 5.0 MAT-file".to_vec())).into();
    let refused = sentence(&[upload("cifar-10-matlab.tar.gz", gzip(&tar(&files)))]);
    assert!(
        refused.starts_with(
            "no image was found in cifar-10-matlab, only 3 files .mat (of CIFAR the versions for Python and in binary are read"
        ),
        "{refused}"
    );
}

#[test]
fn cifar_as_folders_of_pictures_is_read_too() {
    // As fast.ai publishes it: labels in folders, in names and in a list.
    let mut paths = Vec::new();
    for part in ["train", "test"] {
        for class in ["airplane", "frog"] {
            paths.extend((1..=3).map(|number| format!("cifar10/{part}/{class}/{number}_{class}.png")));
        }
    }
    let mut files: Vec<(String, Vec<u8>)> = paths.into_iter().map(|path| (path, picture([1, 2, 3]))).collect();
    files.push(("cifar10/labels.txt".into(), b"airplane\nfrog\n".to_vec()));
    let images = usual(&[upload("cifar10.tgz", gzip(&tar(&files)))]);
    assert_eq!((images.name.as_str(), counts(&images)), ("cifar10", vec![("airplane", 3, 3), ("frog", 3, 3)]));
}
