//! Where the files of archives stand that come together, or inside of another: a folder of pictures, a tree of classes, one
//! part of a download.
//!
//! ```text
//! cats.zip, dogs.zip       pictures without a folder        cats/1.png        a class called like its archive
//! a.zip, b.zip             cats/…, dogs/… in each           cats/1.png        the classes that they have
//! train.zip, test.zip      cats/…, dogs/… in each           train/cats/1.png  a side called like its archive
//! x-001.zip, x-002.zip     parts of one download            as if they were one archive
//! ```

use std::collections::{BTreeMap, BTreeSet};

use super::part_of::shared_names;
use crate::dataset::import::labelling::Part;
use crate::language::tr;

/// An archive among others, or inside of another.
pub(super) struct Found {
    /// The archive around it, in the order in which they are found; nothing if it was chosen itself.
    pub parent: Option<usize>,
    /// Where it lies there.
    pub path: String,
    /// Paths of its pictures inside of it.
    pub pictures: Vec<String>,
}

/// Where the files of an archive stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Rule {
    /// Folders that are left away, where they are around a file.
    without: String,
    /// Folders that are put around.
    within: String,
}

impl Rule {
    fn path(&self, inner: &str) -> String {
        format!("{}{}", self.within, inner.strip_prefix(self.without.as_str()).unwrap_or(inner))
    }
}

/// Where the files of all archives stand.
#[derive(Default)]
pub(super) struct Arrangement {
    /// For each archive its parent and its rule.
    rules: Vec<(Option<usize>, Rule)>,
    /// What the visitor should know.
    pub notices: Vec<String>,
}

impl Arrangement {
    /// Looks at all archives together; each comes after the one around it.
    pub fn of(mut archives: Vec<Found>) -> Self {
        let mut siblings: BTreeMap<(Option<usize>, String), Vec<usize>> = BTreeMap::new();
        for (number, archive) in archives.iter().enumerate() {
            let folder = archive.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            siblings.entry((archive.parent, folder.into())).or_default().push(number);
        }
        let mut rules = vec![Rule::default(); archives.len()];
        let mut notices = Vec::new();
        // The innermost first: what stands in them decides about those around.
        for ((parent, folder), numbers) in siblings.into_iter().rev() {
            let of_these = rules_of(&folder, &numbers, &archives, &mut notices);
            for (number, rule) in numbers.into_iter().zip(of_these) {
                if let Some(parent) = parent {
                    let pictures: Vec<String> = archives[number].pictures.iter().map(|inner| rule.path(inner)).collect();
                    archives[parent].pictures.extend(pictures);
                }
                rules[number] = rule;
            }
        }
        Self { rules: archives.iter().map(|archive| archive.parent).zip(rules).collect(), notices }
    }

    /// Where a file of an archive stands.
    pub fn path(&self, archive: usize, inner: &str) -> String {
        let (mut archive, mut path) = (Some(archive), inner.to_owned());
        while let Some((parent, rule)) = archive.and_then(|archive| self.rules.get(archive)) {
            path = rule.path(&path);
            archive = *parent;
        }
        path
    }
}

/// What the pictures of one or several archives have in common.
struct Tree {
    /// Folders around all of them.
    outside: String,
    /// Folders below, none if pictures lie there themselves.
    folders: BTreeSet<String>,
}

impl Tree {
    fn of<'p>(pictures: impl Iterator<Item = &'p String>) -> Self {
        let paths: Vec<Vec<&str>> = pictures.map(|path| path.split('/').collect()).collect();
        let depth = folders_around(&paths);
        let outside = paths.first().map(|path| path.iter().take(depth).fold(String::new(), |all, folder| all + folder + "/"));
        let folders = paths.iter().filter(|path| path.len() > depth + 1).filter_map(|path| path.get(depth));
        Self { outside: outside.unwrap_or_default(), folders: folders.map(|folder| (*folder).to_owned()).collect() }
    }
}

/// How many folders hold all of the pictures and more folders.
fn folders_around(paths: &[Vec<&str>]) -> usize {
    let Some(first) = paths.first() else { return 0 };
    let is_around = |depth: &usize| {
        let all_in_it = paths.iter().all(|path| path.len() > depth + 1 && path.get(*depth) == first.get(*depth));
        all_in_it && paths.iter().any(|path| path.len() > depth + 2)
    };
    (0..first.len()).take_while(is_around).count()
}

/// Rules of archives that lie in one folder.
fn rules_of(folder: &str, numbers: &[usize], archives: &[Found], notices: &mut Vec<String>) -> Vec<Rule> {
    let of = |number: &usize| archives.get(*number);
    let stems: Vec<String> = numbers.iter().filter_map(of).map(|archive| stem(&archive.path).to_owned()).collect();
    let names = shared_names(&stems);
    let mut groups: BTreeMap<&str, Vec<&Found>> = BTreeMap::new();
    for (name, archive) in names.iter().zip(numbers.iter().filter_map(of)) {
        groups.entry(name).or_default().push(archive);
    }
    for (name, parts) in groups.iter().filter(|(_, parts)| parts.len() > 1) {
        notices.push(tr!("{count} archives are read as the parts of one, {name}.", count = parts.len(), name));
    }
    let trees: BTreeMap<&str, Tree> =
        groups.iter().map(|(name, parts)| (*name, Tree::of(parts.iter().flat_map(|part| &part.pictures)))).collect();
    let around = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let rule = |name: &String| {
        let Some(tree) = trees.get(name.as_str()) else { return Rule::default() };
        let is_flat = tree.folders.is_empty();
        let in_its_name = format!("{around}{name}/");
        if trees.len() == 1 {
            return Rule { without: String::new(), within: if is_flat { in_its_name } else { around.clone() } };
        }
        let has_sides = tree.folders.len() > 1 && tree.folders.iter().all(|folder| Part::of_name(folder).is_some());
        // Two archives with a folder "images" each are two classes, not one.
        let is_shared = |folder: &String| trees.iter().any(|(other, tree)| *other != name.as_str() && tree.folders.contains(folder));
        let is_one_of_many = tree.folders.len() == 1 && tree.folders.iter().all(is_shared);
        let is_side = Part::of_name(name).is_some() && !has_sides;
        let within = if is_flat || is_side || is_one_of_many { in_its_name } else { around.clone() };
        Rule { without: tree.outside.clone(), within }
    };
    names.iter().map(rule).collect()
}

/// The name of an archive without folders and endings.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let short = |name: &'_ str, ending: &str| {
        let length = name.len().checked_sub(ending.len()).filter(|length| *length > 0)?;
        name.get(length..).filter(|end| end.eq_ignore_ascii_case(ending)).map(|_| length)
    };
    let length = ENDINGS.iter().filter_map(|ending| short(name, ending)).min();
    length.and_then(|length| name.get(..length)).unwrap_or(name)
}

/// Endings of archives, those that are not read too.
const ENDINGS: [&str; 14] =
    [".zip", ".tar", ".gz", ".tgz", ".tar.gz", ".7z", ".rar", ".bz2", ".tar.bz2", ".xz", ".tar.xz", ".zst", ".tar.zst", ".iso"];

/// Whether a file is called like an archive.
pub(super) fn is_archive_name(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    stem(path).len() < name.len()
}

/// What archives are called together that are the parts of one; nothing if they are not.
pub(in crate::dataset::import) fn name_of_parts(paths: &[&str]) -> Option<String> {
    let stems: Vec<String> = paths.iter().filter(|path| is_archive_name(path)).map(|path| stem(path).to_owned()).collect();
    let names = shared_names(&stems);
    let first = names.first()?;
    (names.len() > 1 && stems.len() == paths.len() && names.iter().all(|name| name == first)).then(|| first.clone())
}
