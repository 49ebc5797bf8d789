//! Which class and part a picture belongs to, by the folders it lies in.
//!
//! ```text
//! pets/cats/1.png                  a folder for each class: a share is held out
//! pets/train/cats/1.png            separate folders to train on …
//! pets/validation/cats/2.png       … and to measure with: `validation` or `test`
//! pets/train/images/cats/1.png     folders that hold everything do not count, wherever they are
//! pets/cats/train/1.png            nor does the order of the two
//! ```

use std::collections::{BTreeMap, BTreeSet};

use super::class_names::{ClassNames, Classes};

/// Folders that are searched for parts, counted from the outermost.
const DEEPEST_PART: usize = 5;

/// What people call a folder around pictures that says nothing about them.
const PLAIN: [&str; 14] =
    ["images", "image", "imgs", "img", "pictures", "pics", "photos", "jpegimages", "jpg", "jpeg", "jpegs", "png", "data", "dataset"];

/// What folders beside `images` are called that hold answers for other tasks: outlines, boxes.
const ANSWERS: [&str; 15] = [
    "labels",
    "label",
    "masks",
    "mask",
    "annotations",
    "annotation",
    "annots",
    "segmentations",
    "segmentation",
    "segmentationclass",
    "segmentationobject",
    "ground_truth",
    "groundtruth",
    "gt",
    "trimaps",
];

/// What images are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// To train on.
    Training,
    /// To measure with while choosing settings.
    Validation,
    /// To measure with.
    Test,
}

impl Part {
    /// The part that a folder or a table is for, by a word of its name: `Train`, `test_set`, `seg_val`, `test1`, `trainLabels.csv`.
    pub fn of_name(name: &str) -> Option<Self> {
        let mut words: Vec<String> = vec![String::new()];
        let mut was_small = false;
        for letter in name.chars() {
            let begins = !letter.is_alphabetic() || (letter.is_uppercase() && was_small);
            was_small = letter.is_lowercase();
            if begins {
                words.push(String::new());
            }
            if let (true, Some(word)) = (letter.is_alphabetic(), words.last_mut()) {
                word.extend(letter.to_lowercase());
            }
        }
        words.iter().find_map(|word| Self::of_word(word))
    }

    fn of_word(word: &str) -> Option<Self> {
        let plain = ["set", "data", "images", "imgs"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
        match plain {
            "train" | "training" | "trn" => Some(Self::Training),
            "val" | "valid" | "validate" | "validation" | "dev" => Some(Self::Validation),
            "test" | "testing" | "tst" | "eval" | "evaluation" | "holdout" => Some(Self::Test),
            _ => None,
        }
    }
}

/// How the folders are meant.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Folders {
    /// Which folder of a path, counted from the outermost, is that of its part.
    part_level: Option<usize>,
    /// Folders around everything, that of the part not counted.
    outside: usize,
    /// Folders around everything in one part.
    inside: BTreeMap<Part, usize>,
    /// The classes.
    pub classes: Classes,
    /// Parts that have folders of classes; none if a share is held out.
    pub parts: BTreeSet<Part>,
}

/// The folders of a path, without the name of the file.
fn folders_of(path: &str) -> Vec<&str> {
    let mut folders: Vec<&str> = path.split('/').collect();
    folders.pop();
    folders
}

impl Folders {
    /// Looks at the paths of all pictures.
    pub fn of(paths: &[String]) -> Self {
        let paths: Vec<Vec<&str>> = paths.iter().map(|path| folders_of(path)).collect();
        let mut folders = Self { part_level: (0..DEEPEST_PART).find(|level| is_level_of_parts(&paths, *level)), ..Self::default() };
        let rest: Vec<(Option<Part>, Vec<&str>)> = paths.iter().map(|path| folders.without_part(path)).collect();
        folders.outside = folders_around(&rest.iter().map(|(_, rest)| rest.as_slice()), |_| true);
        for part in [Part::Training, Part::Validation, Part::Test] {
            let of_part = rest.iter().filter(|(of, _)| *of == Some(part));
            let inside = of_part.map(|(_, rest)| rest.get(folders.outside..).unwrap_or_default());
            let says_nothing = |name: &str| Part::of_name(name) == Some(part) || PLAIN.contains(&name.to_lowercase().as_str());
            let inside = folders_around(&inside, says_nothing);
            folders.inside.insert(part, inside);
        }
        let mut names = ClassNames::default();
        for path in &paths {
            if let Some((part, name)) = folders.name_of(path) {
                names.add(name);
                folders.parts.extend(folders.part_level.map(|_| part));
            }
        }
        if folders.parts.len() < 2 {
            folders.parts.clear();
        }
        folders.classes = names.classes();
        folders
    }

    /// Part and class of a picture; nothing for one that lies in no class' folder.
    pub fn place(&self, path: &str) -> Option<(Part, usize)> {
        let (part, name) = self.name_of(&folders_of(path))?;
        Some((part, self.classes.number(name)?))
    }

    /// The part whose folder a picture lies in.
    pub fn part_of(&self, path: &str) -> Option<Part> {
        self.without_part(&folders_of(path)).0
    }

    /// Whether the folders are those of outlines or boxes beside pictures, not classes.
    pub fn are_answers(&self) -> bool {
        let is = |list: &[&str], name: &String| list.contains(&name.to_lowercase().as_str());
        let names = &self.classes.names;
        names.iter().any(|name| is(&ANSWERS, name)) && names.iter().all(|name| is(&ANSWERS, name) || is(&PLAIN, name))
    }

    fn without_part<'a>(&self, path: &[&'a str]) -> (Option<Part>, Vec<&'a str>) {
        let mut rest = path.to_vec();
        let part = self.part_level.filter(|level| *level < rest.len()).and_then(|level| Part::of_name(rest.remove(level)));
        (part, rest)
    }

    fn name_of<'a>(&self, path: &[&'a str]) -> Option<(Part, &'a str)> {
        let (part, rest) = self.without_part(path);
        // Beside the folders of the parts there are no classes.
        let part = if self.part_level.is_some() { part? } else { Part::Training };
        let inside = self.inside.get(&part).copied().unwrap_or_default();
        rest.get(self.outside + inside).map(|name| (part, *name))
    }
}

/// Whether the folders at that level are those of parts. A single one of them may be a class called "test"; two are no
/// coincidence.
fn is_level_of_parts(paths: &[Vec<&str>], level: usize) -> bool {
    let at_level = || paths.iter().filter_map(|path| Some((path.get(..level)?, *path.get(level)?)));
    let names: BTreeSet<&str> = at_level().map(|(_, name)| name).collect();
    let of_names: BTreeMap<&str, Part> = names.iter().filter_map(|name| Some((*name, Part::of_name(name)?))).collect();
    let parts: BTreeSet<Part> = of_names.values().copied().collect();
    // Pictures without labels may lie beside the two.
    if parts.len() < 2 || (of_names.len() < names.len() && !parts.contains(&Part::Training)) {
        return false;
    }
    let around: BTreeSet<&[&str]> = at_level().filter(|(_, name)| of_names.contains_key(name)).map(|(around, _)| around).collect();
    let elsewhere = paths.iter().filter(|path| !around.contains(path.get(..level).unwrap_or(path))).count();
    elsewhere * 10 <= paths.len()
}

/// Folders that hold all of the pictures that lie in a folder, and more folders.
fn folders_around<'p>(paths: &(impl Iterator<Item = &'p [&'p str]> + Clone), may_be: impl Fn(&str) -> bool) -> usize {
    let mut count = 0;
    loop {
        let mut names = paths.clone().filter_map(|path| path.get(count));
        let Some(first) = names.next() else { break };
        let is_only = names.all(|name| name == first);
        let holds_folders = paths.clone().any(|path| path.len() > count + 1);
        if !is_only || !holds_folders || !may_be(first) {
            break;
        }
        count += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folders(paths: &[&str]) -> Folders {
        Folders::of(&paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn each_folder_is_a_class_in_the_order_of_the_alphabet() {
        let found = folders(&["dogs/1.png", "cats/1.png", "cats/old/2.png"]);
        assert_eq!(found.classes.names, ["cats", "dogs"]);
        assert_eq!(found.place("cats/old/2.png"), Some((Part::Training, 0)), "folders inside a class do not count");
        assert_eq!(found.place("dogs/1.png"), Some((Part::Training, 1)));
        assert_eq!(found.place("loose.png"), None, "it lies in no class' folder");
    }

    #[test]
    fn folders_around_everything_do_not_count() {
        let found = folders(&["download/pets/cats/1.png", "download/pets/dogs/1.png"]);
        assert_eq!(found.classes.names, ["cats", "dogs"]);
        for beside in ["pets/cover.png", "cover.png"] {
            let found = folders(&[beside, "pets/cats/1.png", "pets/dogs/1.png"]);
            assert_eq!((found.classes.names.len(), found.place(beside)), (2, None), "{beside} beside the folders does no harm");
        }
        let found = folders(&["cats/1.png", "cats/2.png"]);
        assert_eq!(found.classes.names, ["cats"], "a single class is one class, not two pictures");
    }

    #[test]
    fn separate_folders_to_train_and_to_measure_are_told_apart() {
        let found =
            folders(&["pets/train/cats/1.png", "pets/train/dogs/1.png", "pets/Validation/cats/1.png", "pets/Validation/dogs/1.png"]);
        assert_eq!(found.classes.names, ["cats", "dogs"]);
        assert_eq!(found.parts, [Part::Training, Part::Validation].into());
        assert_eq!(found.place("pets/Validation/dogs/1.png"), Some((Part::Validation, 1)));
        assert_eq!(found.place("pets/train/cats/1.png"), Some((Part::Training, 0)));
    }

    #[test]
    fn every_usual_name_of_a_part_is_known() {
        use Part::*;
        for (name, part) in [
            ("Train", Training),
            ("TRAINING", Training),
            ("training_set", Training),
            ("seg_train", Training),
            ("trainLabels.csv", Training),
            ("val", Validation),
            ("valid", Validation),
            ("Validation", Validation),
            ("dev", Validation),
            ("imagenette-val", Validation),
            ("test", Test),
            ("test1", Test),
            ("TestSet", Test),
            ("eval", Test),
            ("holdout", Test),
            ("asl_alphabet_test", Test),
        ] {
            assert_eq!(Part::of_name(name), Some(part), "{name}");
        }
        for name in ["cats", "trains", "strainer", "contest", "device", "valley", "retraining", ""] {
            assert_eq!(Part::of_name(name), None, "{name}");
        }
    }

    #[test]
    fn parts_are_found_wherever_their_folder_is() {
        for [cat, dog] in [
            ["x/train/cats/1.png", "x/val/dogs/1.png"],
            ["x/images/train/cats/1.png", "x/images/val/dogs/1.png"],
            ["x/train/images/cats/1.png", "x/val/images/dogs/1.png"],
            ["x/train/images/cats/1.png", "x/val/dogs/1.png"],
            ["seg_train/seg_train/cats/1.png", "seg_test/seg_test/dogs/1.png"],
            ["x/cats/train/1.png", "x/dogs/test/1.png"],
        ] {
            let swapped = [cat.replace("cats", "dogs"), dog.replace("dogs", "cats")];
            let found = folders(&[cat, dog, &swapped[0], &swapped[1]]);
            assert_eq!((found.classes.names.join(" "), found.parts.len()), ("cats dogs".into(), 2), "{cat} and {dog}");
            assert_eq!(found.place(cat), Some((Part::Training, 0)), "{cat}");
            assert_eq!(found.place(dog).map(|(part, class)| (part > Part::Training, class)), Some((true, 1)), "{dog}");
        }
    }

    #[test]
    fn classes_are_one_whatever_the_case_of_their_folders() {
        let found = folders(&["train/Cats/1.png", "train/Dogs/1.png", "val/cats/1.png", "val/dogs /1.png"]);
        assert_eq!(found.classes.names.len(), 2, "{:?}", found.classes.names);
        assert_eq!(found.place("val/dogs /1.png"), Some((Part::Validation, 1)));
        assert!(found.classes.notice().is_some_and(|notice| notice.contains("“Cats” and “cats”")), "and it is said");
    }

    #[test]
    fn a_part_without_folders_of_classes_is_no_class() {
        let found = folders(&["train/cats/1.png", "train/dogs/1.png", "test/1.png", "test/2.png"]);
        assert_eq!(found.classes.names, ["cats", "dogs"]);
        assert_eq!((found.parts.len(), found.place("test/1.png")), (0, None), "a share of the others is held out");
        let found = folders(&["train/a/1.png", "train/b/1.png", "test/a/1.png", "test/b/2.png", "unlabeled/1.png"]);
        assert_eq!((found.classes.names.join(" "), found.place("unlabeled/1.png")), ("a b".into(), None), "nor is what lies beside them");
        let flat = folders(&["train/1.png", "train/2.png", "test/1.png"]);
        assert_eq!((flat.classes.names.len(), flat.part_of("test/1.png")), (0, Some(Part::Test)), "nor are the parts themselves");
    }

    #[test]
    fn only_a_training_folder_is_a_folder_around_everything() {
        let found = folders(&["train/cats/1.png", "train/dogs/1.png"]);
        assert_eq!((found.classes.names.len(), found.parts.len()), (2, 0), "a share is held out of it");
    }

    #[test]
    fn classes_called_like_parts_stay_classes_unless_all_are() {
        let found = folders(&["test/a/1.png", "roads/1.png"]);
        assert_eq!(found.classes.names, ["roads", "test"], "a class may be called test");
        let found = folders(&["dogs/1.png", "dogs/2.png", "cats/train/1.png", "cats/test/1.png"]);
        assert_eq!(found.classes.names, ["cats", "dogs"], "and one class may be divided in a way of its own");
    }

    #[test]
    fn outlines_beside_pictures_are_no_class() {
        assert!(folders(&["x/images/1.png", "x/masks/1.png"]).are_answers());
        assert!(folders(&["x/JPEGImages/1.jpg", "x/SegmentationClass/1.png"]).are_answers());
        assert!(!folders(&["x/images/1.png", "x/cats/1.png"]).are_answers());
        assert!(!folders(&["cats/1.png", "dogs/1.png"]).are_answers());
    }
}
