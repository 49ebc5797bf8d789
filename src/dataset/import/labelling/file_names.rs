//! Classes in the names of files: `cat.1.jpg`, `dog_12.png`, `0_truck.png`, `cat (3).jpg`.

use super::class_names::{ClassNames, Classes};
use crate::dataset::import::limits;
use crate::language::format::grouped;

/// What cameras, scanners and programs call their files: no classes.
const GENERIC: [&str; 34] = [
    "img",
    "image",
    "images",
    "photo",
    "picture",
    "pic",
    "dsc",
    "dscn",
    "dscf",
    "dcim",
    "pxl",
    "mvi",
    "gopr",
    "imag",
    "scan",
    "screenshot",
    "screen shot",
    "bildschirmfoto",
    "whatsapp image",
    "frame",
    "untitled",
    "unnamed",
    "download",
    "file",
    "sample",
    "train",
    "val",
    "test",
    "data",
    "copy",
    "thumb",
    "tile",
    "patch",
    "snapshot",
];
/// Classes that are named in an offer.
const NAMED: usize = 4;

/// The class in the name of a file, if there may be one: what is left without its ending and the numbers at its ends.
pub fn class_in(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut class = stem.trim_matches(separates);
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    while let Some((rest, _)) = class.rsplit_once(separates).filter(|(_, last)| is_number(last)) {
        class = rest.trim_end_matches(separates);
    }
    while let Some((_, rest)) = class.split_once(separates).filter(|(first, _)| is_number(first)) {
        class = rest.trim_start_matches(separates);
    }
    if class.len() == stem.trim_matches(separates).len() {
        // No separator between class and number: cat12, 12cat.
        class = class.trim_matches(|letter: char| letter.is_ascii_digit());
    }
    (!class.is_empty() && !is_number(class)).then_some(class)
}

fn separates(letter: char) -> bool {
    matches!(letter, ' ' | '_' | '-' | '.' | '(' | ')' | '#' | '[' | ']' | ',' | '~')
}

/// The class of each file that has one in its name.
pub fn classes_in<'p>(paths: impl Iterator<Item = &'p String>) -> Classes {
    let mut names = ClassNames::default();
    paths.filter_map(|path| class_in(path)).for_each(|name| names.add(name));
    names.classes()
}

/// The classes in the names with their counts, if they look like classes: a few that recur and cover nearly all of the files.
pub fn offer(paths: &[String]) -> Option<String> {
    let classes = classes_in(paths.iter());
    let mut counts = vec![0usize; classes.names.len()];
    for path in paths {
        if let Some(count) = class_in(path).and_then(|name| classes.number(name)).and_then(|number| counts.get_mut(number)) {
            *count += 1;
        }
    }
    let is_class = |name: &String| !GENERIC.contains(&name.to_lowercase().as_str());
    let mut recurring: Vec<(usize, &String)> =
        counts.into_iter().zip(&classes.names).filter(|(count, name)| *count > 1 && is_class(name)).collect();
    let covered: usize = recurring.iter().map(|(count, _)| count).sum();
    if !(2..=limits::CLASSES).contains(&recurring.len()) || covered * 10 < paths.len() * 9 {
        return None;
    }
    recurring.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let named: Vec<String> = recurring.iter().take(NAMED).map(|(count, name)| format!("{name} ({})", grouped(*count))).collect();
    let more = if recurring.len() > NAMED { ", …" } else { "" };
    Some(named.join(", ") + more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_at_the_ends_of_a_name_are_taken_off() {
        for (path, expected) in [
            ("train/cat.1.jpg", Some("cat")),
            ("dog_12.png", Some("dog")),
            ("cat-3.jpeg", Some("cat")),
            ("train/0_truck.png", Some("truck")),
            ("cat (3).jpg", Some("cat")),
            ("cat12.jpg", Some("cat")),
            ("american_bulldog_100.jpg", Some("american_bulldog")),
            ("n01440764_10026.JPEG", Some("n01440764")),
            ("cat_2024-01-31_17.jpg", Some("cat")),
            ("cat.png", Some("cat")),
            ("12.png", None),
            ("2024-01-31.png", None),
            (".png", None),
        ] {
            assert_eq!(class_in(path), expected, "{path}");
        }
    }

    fn offered(names: &[&str]) -> Option<String> {
        offer(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn names_that_recur_are_offered_with_their_counts() {
        assert_eq!(offered(&["cat.1.jpg", "cat.2.jpg", "cat.3.jpg", "dog.1.jpg", "dog.2.jpg"]).as_deref(), Some("cat (3), dog (2)"));
        assert_eq!(offered(&["0_truck.png", "1_frog.png", "2_truck.png", "3_frog.png"]).as_deref(), Some("frog (2), truck (2)"));
        assert_eq!(offered(&["Cat1.jpg", "cat2.jpg", "dog1.jpg", "dog2.jpg"]).as_deref(), Some("Cat (2), dog (2)"), "in any case");
        let many: Vec<String> =
            ["a", "b", "c", "d", "e"].iter().flat_map(|name| [format!("{name}_1.png"), format!("{name}_2.png")]).collect();
        assert_eq!(offer(&many).as_deref(), Some("a (2), b (2), c (2), d (2), …"));
    }

    #[test]
    fn names_that_say_nothing_are_not_offered() {
        for (kind, names) in [
            ("cameras", ["IMG_1.jpg", "IMG_2.jpg", "DSC_1.jpg", "DSC_2.jpg"]),
            ("numbers", ["1.jpg", "2.jpg", "3.jpg", "4.jpg"]),
            ("one class", ["cat1.jpg", "cat2.jpg", "cat3.jpg", "cat4.jpg"]),
            ("all different", ["beach.jpg", "garden.jpg", "aunt.jpg", "lake.jpg"]),
            ("hashes", ["a3f1.jpg", "b771.jpg", "c902.jpg", "d111.jpg"]),
        ] {
            assert_eq!(offered(&names), None, "{kind}");
        }
    }
}
