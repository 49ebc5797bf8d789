//! `resnet-playground import` on archives as people pack them: what an upload of each would become.

use std::process::{Command, Output};

use serde_json::{Value, json};

fn run(words: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_resnet-playground"));
    program.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/imports")).arg("import").args(words);
    program.output().expect("the program starts")
}

/// What would become of it.
fn imported(words: &[&str]) -> Value {
    let output = run(&[&["--json"], words].concat());
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Names of the classes with all their images.
fn classes(words: &[&str]) -> Vec<(String, u64)> {
    let imported = imported(words);
    let class = |class: &Value| {
        let count = |side: &str| class[side].as_u64().expect("a number");
        (class["name"].as_str().expect("a name").to_owned(), count("train") + count("held_out"))
    };
    imported["classes"].as_array().expect("a list").iter().map(class).collect()
}

/// Why nothing would.
fn refused(words: &[&str]) -> String {
    let output = run(&[&["--json"], words].concat());
    assert_eq!(output.status.code(), Some(1), "{words:?}");
    let said = String::from_utf8_lossy(&output.stderr).trim_end().to_owned();
    let object: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(object, json!({ "error": said }), "the same sentence in both places");
    said
}

fn expected(classes: &[(&str, u64)]) -> Vec<(String, u64)> {
    classes.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
}

#[test]
fn names_in_old_encodings_are_read() {
    assert_eq!(classes(&["cp866.zip"]), expected(&[("кот", 3), ("пёс", 3)]));
    assert_eq!(classes(&["cp437.zip"]), expected(&[("Käse", 3), ("Kühe", 3), ("Möwe", 3)]));
    assert_eq!(classes(&["shift_jis.zip"]), expected(&[("犬", 3), ("猫", 3)]));
    assert_eq!(
        classes(&["unicode_field.zip"]),
        expected(&[("кот", 3), ("пёс", 3)]),
        "Info-ZIP's field tells files apart that share a name"
    );
}

#[test]
fn archives_are_known_without_their_endings_and_inside_of_others() {
    let pets = expected(&[("cats", 3), ("dogs", 3)]);
    assert_eq!(classes(&["pets_tar_without_ending"]), pets);
    assert_eq!(classes(&["pets.tar.gz"]), pets);
    assert_eq!(classes(&["archives.zip"]), expected(&[("cats", 3), ("dogs", 4)]), "a class each");
    assert_eq!(classes(&["cp866.zip", "pets.tar.gz"]).len(), 4, "two archives with classes of their own");
}

#[test]
fn what_is_not_read_is_named_with_a_remedy() {
    for (file, words) in [
        ("password.zip", "password.zip is protected with a password: unpack the archive and choose the folder"),
        ("lzma.zip", "lzma.zip is packed with LZMA"),
        ("bzip2.zip", "bzip2.zip is packed with bzip2"),
        ("pets.tar.xz", "pets.tar.xz is packed with xz"),
        ("pets.tar.bz2", "pets.tar.bz2 is packed with bzip2"),
        ("pets.7z", "pets.7z is a 7z archive"),
        ("pets.rar", "pets.rar is a RAR archive"),
    ] {
        let said = refused(&[file]);
        assert!(said.starts_with(&format!("Nothing was imported: {words}")) && !said.contains("damaged"), "{said}");
        let beside = imported(&[file, "pets.tar.gz"]);
        assert_eq!(beside["classes"].as_array().map(Vec::len), Some(2), "{file} beside an archive that is read: {beside}");
        assert!(beside["notices"][0].as_str().is_some_and(|notice| notice.contains(words)), "{beside}");
    }
    assert!(refused(&["make.py"]).contains("no image was found in make"));
    assert!(refused(&["nothing.zip"]).contains("nothing.zip: No such file"));
}

#[test]
fn choices_are_those_of_the_form() {
    let all = imported(&["archives.zip", "--held-out", "50", "--seed", "3"]);
    let class = |name: &str, train: u64, held_out: u64| json!({ "name": name, "train": train, "held_out": held_out });
    assert_eq!(all, json!({ "name": "archives", "classes": [class("cats", 1, 2), class("dogs", 2, 2)], "notices": [] }));
    let few = imported(&["archives.zip", "--images-per-class", "1"]);
    assert_eq!(few["classes"], json!([class("cats", 1, 1), class("dogs", 1, 1)]), "as many as asked for");
    assert!(refused(&["archives.zip", "--held-out", "100"]).contains("held out is a whole number of percent from 1 to 90, not “100”"));
    let output = run(&["archives.zip"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.starts_with("archives: 2 classes\n  cats: 2 to train on, 1 held out\n"), "{text}");
}

#[test]
fn a_folder_is_walked() {
    let found = classes(&["../uploads/../imports"]);
    // Everything in it together: what cannot be read is left out, and the classes of all archives are there.
    assert!(["кот", "Käse", "猫", "cats"].iter().all(|class| found.iter().any(|(name, _)| name == class)), "{found:?}");
    assert_eq!(run(&[]).status.code(), Some(2), "no path");
}
