//! Pictures taken by class with the camera, until a data set is made of them.

use crate::language::{text, tr};

/// Longest name of a class, in characters.
const LONGEST_NAME: usize = 40;
/// A data set needs as many classes, and as many pictures of each: one of every class is held out.
const LEAST: usize = 2;

/// Pictures by class, in the order in which the classes were begun.
#[derive(Debug)]
pub struct Snapshots<Picture> {
    classes: Vec<(String, Vec<Picture>)>,
}

impl<Picture> Default for Snapshots<Picture> {
    fn default() -> Self {
        Self { classes: Vec::new() }
    }
}

impl<Picture> Snapshots<Picture> {
    /// Adds a picture to the class of that name, beginning it if it is new.
    pub fn add(&mut self, class: ClassName, picture: Picture) {
        match self.classes.iter_mut().find(|(name, _)| *name == class.0) {
            Some((_, pictures)) => pictures.push(picture),
            None => self.classes.push((class.0, vec![picture])),
        }
    }

    /// Takes the last picture of a class away, and the class with its last picture.
    pub fn remove_last(&mut self, class: usize) {
        let Some((_, pictures)) = self.classes.get_mut(class) else { return };
        pictures.pop();
        if pictures.is_empty() {
            self.classes.remove(class);
        }
    }

    /// Names and pictures.
    pub fn classes(&self) -> impl Iterator<Item = (&str, &[Picture])> {
        self.classes.iter().map(|(name, pictures)| (name.as_str(), pictures.as_slice()))
    }

    /// What is still needed for a data set, in a sentence; nothing if it is enough.
    pub fn missing(&self) -> Option<String> {
        if self.classes.len() < LEAST {
            return Some(text!("A network tells classes apart: take pictures of a second one.").into());
        }
        let (name, _) = self.classes.iter().find(|(_, pictures)| pictures.len() < LEAST)?;
        Some(tr!("One picture of each class is held out: take another of “{name}”.", name))
    }

    /// Each picture with the path that a folder of them would give it, below `folder`.
    pub fn files<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (String, &'a Picture)> {
        self.classes.iter().flat_map(move |(name, pictures)| {
            let path = move |place: usize| format!("{folder}/{name}/{:04}.png", place + 1);
            pictures.iter().enumerate().map(move |(place, picture)| (path(place), picture))
        })
    }
}

/// A name that can be that of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassName(String);

impl ClassName {
    /// What was typed, without what would be another folder; nothing where no name is left.
    pub fn new(typed: &str) -> Option<Self> {
        let name: String = typed.chars().map(|char| if matches!(char, '/' | '\\') || char.is_control() { ' ' } else { char }).collect();
        let name: String = name.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST_NAME).collect();
        // Files whose name begins with a dot are left out of a folder, as those that systems hide there.
        let name = name.trim_start_matches(|char: char| char == '.' || char.is_whitespace());
        (!name.is_empty()).then(|| Self(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(classes: &[&str]) -> Snapshots<usize> {
        let mut snapshots = Snapshots::default();
        for (place, class) in classes.iter().enumerate() {
            snapshots.add(ClassName::new(class).unwrap(), place);
        }
        snapshots
    }

    #[test]
    fn pictures_gather_under_their_class() {
        let snapshots = taken(&["cup", "pen", " cup "]);
        assert_eq!(snapshots.classes().collect::<Vec<_>>(), [("cup", &[0, 2][..]), ("pen", &[1])]);
        let files: Vec<_> = snapshots.files("camera").collect();
        assert_eq!(files[1], ("camera/cup/0002.png".to_owned(), &2), "as in a folder for each class");
        assert_eq!(files.len(), 3);
    }

    #[test]
    fn it_says_what_a_data_set_still_needs() {
        assert!(taken(&["cup", "cup"]).missing().unwrap().contains("a second one"));
        assert!(taken(&["cup", "cup", "pen"]).missing().unwrap().contains("another of “pen”"));
        assert_eq!(taken(&["cup", "pen", "cup", "pen"]).missing(), None);
    }

    #[test]
    fn a_class_goes_with_its_last_picture() {
        let mut snapshots = taken(&["cup", "pen", "cup"]);
        snapshots.remove_last(0);
        assert_eq!(snapshots.classes().next(), Some(("cup", &[0][..])), "the last one");
        snapshots.remove_last(0);
        assert_eq!(snapshots.classes().next(), Some(("pen", &[1][..])));
        snapshots.remove_last(7);
    }

    #[test]
    fn a_name_stays_one_folder() {
        assert_eq!(ClassName::new("a/b\\c\n d"), Some(ClassName("a b c d".into())));
        assert_eq!(ClassName::new("../.."), None, "nothing but dots and slashes is no name");
        assert_eq!(ClassName::new(" . "), None);
        assert_eq!(ClassName::new(&"ä".repeat(50)), Some(ClassName("ä".repeat(40))));
    }
}
