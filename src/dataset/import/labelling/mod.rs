//! Which class and part each picture belongs to: by its folder, a table of labels, or the name of its file.

mod class_names;
mod file_names;
mod folders;
mod label_table;

use std::collections::{BTreeSet, HashMap};

use super::ImportChoices;
use super::error::ImportError;
use super::left_out::Why;
use super::limits;
use super::survey::Survey;
use crate::format::grouped;
use class_names::ClassNames;
use folders::Folders;
use label_table::{LabelTable, Pictures};

pub(super) use folders::Part;

/// Folders that are named in a sentence.
const NAMED: usize = 3;

/// The classes of an upload of pictures.
pub(super) struct Labelling {
    /// Names of the classes in the order of the alphabet.
    pub classes: Vec<String>,
    /// Parts that have pictures of classes; none if a share is held out.
    pub parts: BTreeSet<Part>,
    /// What the visitor should know about them.
    pub notices: Vec<String>,
    places: HashMap<String, Result<(Part, usize), Why>>,
}

impl Labelling {
    /// Finds out how the pictures are meant.
    ///
    /// # Errors
    /// When they are meant for another task, there are too many classes, or the names of the files could give the classes and
    /// nobody said so.
    pub fn of(survey: &Survey, choices: &ImportChoices) -> Result<Self, ImportError> {
        let folders = Folders::of(&survey.pictures);
        let found = Self::find(survey, choices, folders)?;
        if found.classes.len() > limits::CLASSES {
            return Err(ImportError::TooManyClasses { found: found.classes.len() });
        }
        Ok(found)
    }

    fn find(survey: &Survey, choices: &ImportChoices, folders: Folders) -> Result<Self, ImportError> {
        let pictures = &survey.pictures;
        let has_classes = folders.classes.names.len() > 1;
        if choices.classes_from_names {
            let labels: Vec<Option<&str>> = pictures.iter().map(|path| file_names::class_in(path)).collect();
            let mut found = Self::by_labels(pictures, &folders, &labels, Why::NoClassInName);
            if found.classes.len() < 2 {
                return Err(ImportError::NoClassesInNames { has_folders: has_classes });
            }
            let instead = if has_classes { ", not from the folders" } else { "" };
            found.notices.insert(0, format!("The classes come from the file names{instead}."));
            return Ok(found);
        }
        if let Some(table) = table(survey, &folders).filter(|table| !has_classes || cuts_across(table, &folders, pictures)) {
            let labels: Vec<Option<&str>> = table.labels.iter().map(Option::as_deref).collect();
            let mut found = Self::by_labels(pictures, &folders, &labels, Why::NotInTable);
            found.notices.splice(0..0, table_notices(&table, has_classes));
            return Ok(found);
        }
        if folders.are_answers() {
            let names = folders.classes.names.iter().take(NAMED).map(|name| format!("“{name}”")).collect::<Vec<_>>().join(" and ");
            return Err(ImportError::NotClasses { folders: names });
        }
        if !has_classes {
            if let Some(path) = survey.boxes() {
                return Err(ImportError::Boxes { path: path.to_owned() });
            }
            if let Some(found) = file_names::offer(pictures) {
                return Err(ImportError::ClassesInNames { found });
            }
        }
        Ok(Self::by_folders(pictures, folders, &survey.empty_folders))
    }

    fn by_folders(pictures: &[String], folders: Folders, empty_folders: &[String]) -> Self {
        let places = pictures.iter().map(|path| (path.clone(), folders.place(path).ok_or(Why::NoClass))).collect();
        let mut notices: Vec<String> = folders.classes.notice().into_iter().collect();
        notices.extend(empty_notice(empty_folders));
        Self { classes: folders.classes.names, parts: folders.parts, notices, places }
    }

    /// `why` is what is said of pictures without a label.
    fn by_labels(pictures: &[String], folders: &Folders, labels: &[Option<&str>], why: Why) -> Self {
        let mut names = ClassNames::default();
        labels.iter().flatten().for_each(|label| names.add(label));
        let classes = names.classes();
        let mut parts = BTreeSet::new();
        let mut places = HashMap::new();
        for (path, label) in pictures.iter().zip(labels) {
            let part = folders.part_of(path);
            let class = label.and_then(|label| classes.number(label));
            parts.extend(part.filter(|_| class.is_some()));
            places.insert(path.clone(), class.map(|class| (part.unwrap_or(Part::Training), class)).ok_or(why));
        }
        if parts.len() < 2 {
            parts.clear();
        }
        Self { notices: classes.notice().into_iter().collect(), classes: classes.names, parts, places }
    }

    /// Part and class of a picture, or why it has none; nothing for what is no picture.
    pub fn place(&self, path: &str) -> Option<Result<(Part, usize), Why>> {
        self.places.get(path).copied()
    }
}

/// The table that labels most of the pictures, and others that say of more pictures which of these classes they are.
fn table(survey: &Survey, folders: &Folders) -> Option<LabelTable> {
    let pictures = Pictures::new(&survey.pictures);
    let read = |(path, bytes): &(String, Vec<u8>)| LabelTable::read(path, bytes, &pictures, folders);
    let mut tables: Vec<LabelTable> = survey.tables.iter().filter_map(read).collect();
    tables.sort_by_key(|table| std::cmp::Reverse(table.known()));
    let mut tables = tables.into_iter();
    let mut first = tables.next()?;
    for other in tables {
        let known: BTreeSet<&String> = first.labels.iter().flatten().collect();
        let has_same_classes = other.labels.iter().flatten().all(|label| known.contains(label));
        let is_of_others = !first.labels.iter().zip(&other.labels).any(|(label, other)| label.is_some() && other.is_some());
        if has_same_classes && is_of_others {
            first.add(other);
        }
    }
    Some(first)
}

/// Whether the folders are no classes, since most of them hold pictures of several labels.
fn cuts_across(table: &LabelTable, folders: &Folders, pictures: &[String]) -> bool {
    let mut labels: Vec<BTreeSet<&String>> = vec![BTreeSet::new(); folders.classes.names.len()];
    for (path, label) in pictures.iter().zip(&table.labels) {
        if let (Some((_, class)), Some(label)) = (folders.place(path), label) {
            labels.get_mut(class).map(|labels| labels.insert(label));
        }
    }
    let mixed = labels.iter().filter(|labels| labels.len() > 1).count();
    table.known() * 10 >= pictures.len() * 9 && mixed * 2 > labels.len()
}

fn table_notices(table: &LabelTable, has_folders: bool) -> Vec<String> {
    let LabelTable { path, rows_without_picture: rows, contradictions, .. } = table;
    let instead = if has_folders { ", not from the folders" } else { "" };
    let mut notices = vec![format!("The classes come from the table {path}{instead}.")];
    if *rows > 0 {
        let (names, it) = if *rows == 1 { ("row of it names", "a picture that is") } else { ("rows of it name", "pictures that are") };
        notices.push(format!("{} {names} {it} not there.", grouped(*rows)));
    }
    if *contradictions > 0 {
        let are = if *contradictions == 1 { "row gives" } else { "rows give" };
        notices.push(format!("{} {are} a picture a second class: the first counts.", grouped(*contradictions)));
    }
    notices
}

fn empty_notice(folders: &[String]) -> Option<String> {
    let named = folders.iter().take(NAMED).map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ");
    let more = if folders.len() > NAMED { ", …" } else { "" };
    let are = if folders.len() == 1 { "folder is" } else { "folders are" };
    (!folders.is_empty()).then(|| format!("{} {are} empty, and no class: {named}{more}.", grouped(folders.len())))
}
