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
use crate::language::format::grouped;
use crate::language::{text, tr};
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
            let notice = match has_classes {
                true => text!("The classes come from the file names, not from the folders."),
                false => text!("The classes come from the file names."),
            };
            found.notices.insert(0, notice.into());
            return Ok(found);
        }
        if let Some(table) = table(survey, &folders).filter(|table| !has_classes || cuts_across(table, &folders, pictures)) {
            let labels: Vec<Option<&str>> = table.labels.iter().map(Option::as_deref).collect();
            let mut found = Self::by_labels(pictures, &folders, &labels, Why::NotInTable);
            found.notices.splice(0..0, table_notices(&table, has_classes));
            return Ok(found);
        }
        if folders.are_answers() {
            let names: Vec<String> = folders.classes.names.iter().take(NAMED).map(|name| tr!("“{name}”", name)).collect();
            return Err(ImportError::NotClasses { folders: names.join(text!(" and ")) });
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
    let mut notices = vec![match has_folders {
        true => tr!("The classes come from the table {path}, not from the folders.", path),
        false => tr!("The classes come from the table {path}.", path),
    }];
    if *rows > 0 {
        notices.push(tr!(
            "{rows} row of it names a picture that is not there." | "{rows} rows of it name pictures that are not there." % *rows,
            rows = grouped(*rows)
        ));
    }
    if *contradictions > 0 {
        notices.push(tr!(
            "{rows} row gives a picture a second class: the first counts."
                | "{rows} rows give a picture a second class: the first counts." % *contradictions,
            rows = grouped(*contradictions)
        ));
    }
    notices
}

fn empty_notice(folders: &[String]) -> Option<String> {
    let named = folders.iter().take(NAMED).map(|name| tr!("“{name}”", name)).collect::<Vec<_>>().join(", ");
    let more = if folders.len() > NAMED { ", …" } else { "" };
    (!folders.is_empty()).then(|| {
        tr!(
            "{folders} folder is empty, and no class: {named}." | "{folders} folders are empty, and no class: {named}." % folders.len(),
            folders = grouped(folders.len()),
            named = named + more
        )
    })
}
