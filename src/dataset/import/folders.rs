//! Which class and part a picture belongs to, by the folders it lies in.
//!
//! ```text
//! pets/cats/1.png                  a folder for each class: a share is held out
//! pets/train/cats/1.png            separate folders to train on …
//! pets/validation/cats/2.png       … and to measure with: `validation` or `test`
//! ```

use std::collections::BTreeSet;

/// Endings of pictures, those that cannot be read too: whoever puts one in a folder should hear of it.
const ENDINGS: [&str; 13] = ["png", "jpg", "jpeg", "jpe", "jfif", "webp", "gif", "bmp", "tif", "tiff", "heic", "heif", "avif"];

/// What images are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// To train on.
    Training,
    /// To measure with while choosing settings.
    Validation,
    /// To measure with.
    Test,
}

impl Part {
    fn of_folder(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "train" | "training" => Some(Self::Training),
            "val" | "valid" | "validation" => Some(Self::Validation),
            "test" | "testing" => Some(Self::Test),
            _ => None,
        }
    }
}

/// Whether the name says that a file is a picture.
pub(super) fn is_picture_name(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// How the folders are meant.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Folders {
    /// Folders around everything.
    outside: usize,
    /// Parts that have folders of their own; none if a share is held out.
    pub parts: BTreeSet<Part>,
    /// Names of the classes in the order of the alphabet.
    pub classes: Vec<String>,
}

impl Folders {
    /// Looks at the paths of all pictures.
    pub fn of(paths: &[String]) -> Self {
        let paths: Vec<Vec<&str>> = paths.iter().map(|path| path.split('/').collect()).collect();
        let outside = folders_around(&paths);
        let inner = || paths.iter().filter_map(|path| path.get(outside..));
        let deep = || inner().filter(|path| path.len() > 2);
        let parts: Option<BTreeSet<Part>> = deep().map(|path| Part::of_folder(path[0])).collect();
        // A single one of them may be a class called "test"; two are no coincidence.
        let parts = parts.filter(|parts| parts.len() > 1).unwrap_or_default();
        let depth = if parts.is_empty() { 0 } else { 1 };
        let classes: BTreeSet<&str> = inner().filter(|path| path.len() > depth + 1).map(|path| path[depth]).collect();
        Self { outside, parts, classes: classes.into_iter().map(str::to_owned).collect() }
    }

    /// Part and class of a picture; nothing for one that lies in no class' folder.
    pub fn place(&self, path: &str) -> Option<(Part, usize)> {
        let mut folders = path.split('/').skip(self.outside);
        let part = if self.parts.is_empty() { Part::Training } else { Part::of_folder(folders.next()?)? };
        let class = folders.next()?;
        // The last name is the file's.
        folders.next()?;
        let class = self.classes.binary_search_by(|name| name.as_str().cmp(class)).ok()?;
        Some((part, class))
    }
}

/// Folders that hold all of the pictures and more folders.
fn folders_around(paths: &[Vec<&str>]) -> usize {
    let mut count = 0;
    while let Some(first) = paths.first().and_then(|path| path.get(count)) {
        let all_in_it = paths.iter().all(|path| path.len() > count + 1 && path.get(count) == Some(first));
        let holds_folders = paths.iter().any(|path| path.len() > count + 2);
        if !all_in_it || !holds_folders {
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
        assert_eq!(found.classes, ["cats", "dogs"]);
        assert_eq!(found.place("cats/old/2.png"), Some((Part::Training, 0)), "folders inside a class do not count");
        assert_eq!(found.place("dogs/1.png"), Some((Part::Training, 1)));
        assert_eq!(found.place("loose.png"), None, "it lies in no class' folder");
    }

    #[test]
    fn folders_around_everything_do_not_count() {
        let found = folders(&["download/pets/cats/1.png", "download/pets/dogs/1.png"]);
        assert_eq!(found.classes, ["cats", "dogs"]);
        let found = folders(&["pets/cats/1.png", "pets/dogs/1.png", "pets/cover.png"]);
        assert_eq!((found.classes.len(), found.place("pets/cover.png")), (2, None), "a picture beside the folders does no harm");
        let found = folders(&["cats/1.png", "cats/2.png"]);
        assert_eq!(found.classes, ["cats"], "a single class is one class, not two pictures");
    }

    #[test]
    fn separate_folders_to_train_and_to_measure_are_told_apart() {
        let found =
            folders(&["pets/train/cats/1.png", "pets/train/dogs/1.png", "pets/Validation/cats/1.png", "pets/Validation/dogs/1.png"]);
        assert_eq!(found.classes, ["cats", "dogs"]);
        assert_eq!(found.parts, [Part::Training, Part::Validation].into());
        assert_eq!(found.place("pets/Validation/dogs/1.png"), Some((Part::Validation, 1)));
        assert_eq!(found.place("pets/train/cats/1.png"), Some((Part::Training, 0)));
    }

    #[test]
    fn only_a_training_folder_is_a_folder_around_everything() {
        let found = folders(&["train/cats/1.png", "train/dogs/1.png"]);
        assert_eq!((found.classes.len(), found.parts.len()), (2, 0), "a share is held out of it");
    }

    #[test]
    fn classes_called_like_parts_stay_classes_unless_all_are() {
        let found = folders(&["test/a/1.png", "roads/1.png"]);
        assert_eq!(found.classes, ["roads", "test"], "a class may be called test");
    }
}
