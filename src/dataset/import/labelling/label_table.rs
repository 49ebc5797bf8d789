//! A table that says which class each picture belongs to: CSV beside pictures that lie in one folder.
//!
//! Which column names the pictures is found by comparing it with the pictures that are there, with or without folders and
//! ending. Which column names the class is found by its title, else by how often its values recur.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use csv::{ReaderBuilder, StringRecord};

use super::folders::{Folders, Part};
use crate::dataset::import::{limits, text_of_file};
use crate::language::text;

/// Titles of a column of classes, the likeliest first.
const TITLES: [&str; 25] = [
    "label",
    "labels",
    "class",
    "classes",
    "class_name",
    "classname",
    "class name",
    "label_name",
    "labelname",
    "category",
    "breed",
    "species",
    "target",
    "diagnosis",
    "dx",
    "level",
    "variety",
    "type",
    "tag",
    "genre",
    "sub_category",
    "subcategory",
    "articletype",
    "class_id",
    "label_id",
];
/// What separates cells.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];
/// Rows in which the column that names the pictures is looked for.
const SAMPLE_ROWS: usize = 2000;
/// Most columns that are looked at: one for each class and more.
const COLUMNS: usize = 1100;

/// What a table says.
#[derive(Debug, PartialEq, Eq)]
pub struct LabelTable {
    /// Where it lies.
    pub path: String,
    /// The class of each picture, in the order of the pictures.
    pub labels: Vec<Option<String>>,
    /// Rows that name no picture.
    pub rows_without_picture: usize,
    /// Pictures of which it says two things.
    pub contradictions: usize,
}

impl LabelTable {
    /// Reads a table of labels of these pictures; nothing if it is none.
    pub fn read(path: &str, bytes: &[u8], pictures: &Pictures<'_>, folders: &Folders) -> Option<Self> {
        let part = Part::of_name(path.rsplit('/').next().unwrap_or(path));
        let rows = rows(bytes);
        let columns = rows.iter().map(StringRecord::len).max()?.min(COLUMNS);
        let found = |cell: &str| pictures.find(cell, part, folders);
        let column = |number: usize, most: usize| -> Vec<Option<usize>> {
            rows.iter().take(most).map(|row| row.get(number).and_then(found)).collect()
        };
        let distinct = |column: &[Option<usize>]| column.iter().flatten().collect::<BTreeSet<_>>().len();
        // The first among equals.
        let key = (0..columns).rev().max_by_key(|number| distinct(&column(*number, SAMPLE_ROWS)))?;
        let places = column(key, usize::MAX);
        let named = distinct(&places);
        if named < 2 || (named * 2 < rows.len() && named * 2 < pictures.count()) {
            return None;
        }
        let has_titles = places.first().is_some_and(Option::is_none);
        let titles: Vec<String> =
            rows.first().filter(|_| has_titles).map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect()).unwrap_or_default();
        let body: Vec<(&StringRecord, Option<usize>)> = rows.iter().zip(places).skip(usize::from(has_titles)).collect();
        let known: Vec<&StringRecord> = body.iter().filter(|(_, place)| place.is_some()).map(|(row, _)| *row).collect();
        let class = class_column(&titles, &known, key, columns)?;
        let mut table = Self { path: path.to_owned(), labels: vec![None; pictures.count()], rows_without_picture: 0, contradictions: 0 };
        for (row, place) in body {
            let Some(slot) = place.and_then(|place| table.labels.get_mut(place)) else {
                table.rows_without_picture += 1;
                continue;
            };
            let Some(label) = class.of(row).filter(|label| !label.is_empty()) else { continue };
            match slot {
                Some(known) => table.contradictions += usize::from(*known != label),
                None => *slot = Some(label),
            }
        }
        Some(table)
    }

    /// How many pictures it gives a class.
    pub fn known(&self) -> usize {
        self.labels.iter().flatten().count()
    }

    /// Adds what another table says of pictures that have no class yet.
    pub fn add(&mut self, other: Self) {
        self.path += text!(" and ");
        self.path += &other.path;
        self.labels.iter_mut().zip(other.labels).for_each(|(label, other)| *label = label.take().or(other));
        self.rows_without_picture += other.rows_without_picture;
        self.contradictions += other.contradictions;
    }
}

/// Pictures by their names.
pub struct Pictures<'p> {
    paths: &'p [String],
    /// Places of the pictures of a name in small letters, with and without its ending.
    by_name: HashMap<String, Vec<usize>>,
}

impl<'p> Pictures<'p> {
    /// Of these paths.
    pub fn new(paths: &'p [String]) -> Self {
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, path) in paths.iter().enumerate() {
            let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
            if let Some((stem, _)) = name.rsplit_once('.') {
                by_name.entry(stem.to_owned()).or_default().push(place);
            }
            by_name.entry(name).or_default().push(place);
        }
        Self { paths, by_name }
    }

    fn count(&self) -> usize {
        self.paths.len()
    }

    /// The picture that a cell names. Of several with that name it is the one whose folders the cell gives too, or the only one
    /// in the part that the table is for.
    fn find(&self, cell: &str, part: Option<Part>, folders: &Folders) -> Option<usize> {
        let cell = cell.trim().replace('\\', "/").to_lowercase();
        let name = cell.rsplit('/').next().filter(|name| !name.is_empty())?;
        let candidates = self.by_name.get(name)?;
        let path_of = |place: &usize| self.paths.get(*place).map(|path| path.to_lowercase()).unwrap_or_default();
        let alike = |place: &usize| common_folders(&path_of(place), &cell);
        let part_of = |place: &usize| self.paths.get(*place).and_then(|path| folders.part_of(path));
        let most = candidates.iter().map(alike).max()?;
        let mut left: Vec<usize> = candidates.iter().copied().filter(|place| alike(place) == most).collect();
        // A table for training says nothing of a test picture that has the same number.
        if part.is_some() && left.iter().any(|place| part_of(place).is_some()) {
            left.retain(|place| part_of(place) == part);
        } else if left.len() > 1 {
            left.retain(|place| part_of(place) == Some(Part::Training));
        }
        if let [place] = left[..] { Some(place) } else { None }
    }
}

/// Folders in front of the name that two paths have in common.
fn common_folders(left: &str, right: &str) -> usize {
    left.rsplit('/').skip(1).zip(right.rsplit('/').skip(1)).take_while(|(left, right)| left == right).count()
}

/// The cells. What is no CSV gives rows of one cell.
fn rows(bytes: &[u8]) -> Vec<StringRecord> {
    let text = text_of_file(bytes);
    let first = text.lines().next().unwrap_or_default();
    let count = |separator: &u8| first.bytes().filter(|byte| byte == separator).count();
    let separator = SEPARATORS.into_iter().rev().max_by_key(count).unwrap_or(b',');
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    reader.records().map_while(Result::ok).take(limits::FILES).collect()
}

/// Where the class stands.
enum ClassColumn {
    /// In that column.
    Named(usize),
    /// Each class has a column, which is 1 in the rows of its pictures.
    OneHot(BTreeMap<usize, String>),
}

impl ClassColumn {
    fn of(&self, row: &StringRecord) -> Option<String> {
        match self {
            Self::Named(column) => row.get(*column).map(|cell| cell.trim().to_owned()),
            Self::OneHot(columns) => columns.iter().find(|(column, _)| is_one(row, **column)).map(|(_, name)| name.clone()),
        }
    }
}

fn number_of(row: &StringRecord, column: usize) -> Option<f32> {
    row.get(column).and_then(|cell| cell.trim().parse().ok())
}

fn is_one(row: &StringRecord, column: usize) -> bool {
    number_of(row, column) == Some(1.0)
}

fn class_column(titles: &[String], rows: &[&StringRecord], key: usize, columns: usize) -> Option<ClassColumn> {
    let others = || (0..columns).filter(|column| *column != key);
    let distinct = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(str::trim).filter(|cell| !cell.is_empty()).collect::<BTreeSet<_>>().len()
    };
    let title = |column: usize| titles.get(column).map(String::as_str).unwrap_or_default();
    let titled =
        TITLES.iter().find_map(|wanted| others().find(|column| title(*column).eq_ignore_ascii_case(wanted) && distinct(*column) > 1));
    if let Some(column) = titled {
        return Some(ClassColumn::Named(column));
    }
    let is_flag = |column: &usize| rows.iter().all(|row| matches!(number_of(row, *column), Some(0.0 | 1.0)));
    let flags: Vec<usize> = others().filter(is_flag).collect();
    let is_one_hot =
        flags.len() > 1 && !titles.is_empty() && rows.iter().all(|row| flags.iter().filter(|column| is_one(row, **column)).count() == 1);
    if is_one_hot {
        return Some(ClassColumn::OneHot(flags.into_iter().map(|column| (column, title(column).to_owned())).collect()));
    }
    // Classes recur.
    let recurs = |column: &usize| (2..=limits::CLASSES.min(rows.len() / 2)).contains(&distinct(*column));
    others().find(recurs).map(ClassColumn::Named)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels_of(paths: &[&str], name: &str, table: impl AsRef<[u8]>) -> Option<(Vec<String>, usize)> {
        let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
        let found = LabelTable::read(name, table.as_ref(), &Pictures::new(&paths), &Folders::of(&paths))?;
        Some((found.labels.into_iter().map(Option::unwrap_or_default).collect(), found.rows_without_picture))
    }

    const FLAT: [&str; 4] = ["train/1.png", "train/2.png", "train/3.png", "train/4.png"];

    #[test]
    fn tables_of_every_usual_form_are_read() {
        let latin: Vec<u8> = "1;K\u{e4}se\n2;K\u{f6}se\n3;K\u{e4}se\n4;K\u{f6}se\n".chars().map(|letter| letter as u8).collect();
        let utf_16: Vec<u8> = "\u{feff}id\tlabel\n1\tcat\n2\tdog\n3\tcat\n4\tdog\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (form, table, [odd, even]) in [
            ("Kaggle's", b"id,label\n1,frog\n2,truck\n3,frog\n4,truck\n".to_vec(), ["frog", "truck"]),
            ("with endings", b"filename,label\n1.png,cat\n2.png,dog\n3.png,cat\n4.png,dog\n".to_vec(), ["cat", "dog"]),
            (
                "with folders",
                b"image_path,breed\n./train/1.png,cat\ntrain/2.png,dog\n/data/train/3.png,cat\ntrain\\4.png,dog\n".to_vec(),
                ["cat", "dog"],
            ),
            ("without titles", b"1,cat\n2,dog\n3,cat\n4,dog".to_vec(), ["cat", "dog"]),
            (
                "semicolons and quotes",
                b"\"id\";\"label\"\r\n\"1\";\"cat; big\"\r\n\"2\";\"dog\"\r\n3;\"cat; big\"\r\n4;dog\r\n".to_vec(),
                ["cat; big", "dog"],
            ),
            ("tabs", b"id\tspecies\n1\tcat\n2\tdog\n3\tcat\n4\tdog\n".to_vec(), ["cat", "dog"]),
            ("a byte-order mark", b"\xef\xbb\xbfid,label\n1,cat\n2,dog\n3,cat\n4,dog\n".to_vec(), ["cat", "dog"]),
            ("numbers as labels", b"image,target\n1.png,0\n2.png,1\n3.png,0\n4.png,1\n".to_vec(), ["0", "1"]),
            ("the label first", b"label,image\ncat,1\ndog,2\ncat,3\ndog,4\n".to_vec(), ["cat", "dog"]),
            (
                "more columns",
                b"x,lesion_id,image_id,dx,age\n9,H1,1,nv,80\n9,H2,2,mel,75\n9,H3,3,nv,80\n9,H4,4,mel,70\n".to_vec(),
                ["nv", "mel"],
            ),
            ("one column a class", b"image,MEL,NV\n1,1.0,0.0\n2,0.0,1.0\n3,1.0,0.0\n4,0.0,1.0\n".to_vec(), ["MEL", "NV"]),
            ("Latin letters", latin, ["K\u{e4}se", "K\u{f6}se"]),
            ("UTF-16", utf_16, ["cat", "dog"]),
        ] {
            let expected: Vec<String> = [odd, even, odd, even].map(str::to_owned).into();
            assert_eq!(labels_of(&FLAT, "labels.csv", table), Some((expected, 0)), "{form}");
        }
    }

    #[test]
    fn what_labels_nothing_is_no_table_of_labels() {
        for (kind, table) in [
            ("numbers without pictures", "a,b\n100,2\n200,4\n"),
            ("names alone", "id\n1\n2\n3\n4\n"),
            ("positions", "id,x\n1,0.25\n2,0.5\n3,0.75\n4,1.5\n"),
            ("a text", "These pictures were taken in 2024,\nall of them.\n"),
            ("nothing", ""),
        ] {
            assert_eq!(labels_of(&FLAT, "labels.csv", table), None, "{kind}");
        }
    }

    #[test]
    fn rows_without_a_picture_and_pictures_without_a_row_are_counted() {
        let table = "id,label\n1,cat\n2,dog\n3,cat\n77,dog\n78,cat\n";
        let expected = ["cat", "dog", "cat", ""].map(str::to_owned).into();
        assert_eq!(labels_of(&FLAT, "labels.csv", table), Some((expected, 2)));
    }

    #[test]
    fn a_table_of_training_labels_says_nothing_of_test_pictures_with_the_same_numbers() {
        let paths = ["train/1.png", "train/2.png", "train/3.png", "train/4.png", "test/1.png", "test/2.png"];
        let expected: Vec<String> = ["cat", "dog", "cat", "dog", "", ""].map(str::to_owned).into();
        for name in ["trainLabels.csv", "train.csv", "labels.csv"] {
            let table = "id,label\n1,cat\n2,dog\n3,cat\n4,dog\n";
            assert_eq!(labels_of(&paths, name, table), Some((expected.clone(), 0)), "{name}");
        }
        let with_folders = "path,label\ntest/1.png,cat\ntest/2.png,dog\ntrain/3.png,cat\ntrain/4.png,dog\n";
        let expected = ["", "", "cat", "dog", "cat", "dog"].map(str::to_owned).into();
        assert_eq!(labels_of(&paths, "labels.csv", with_folders), Some((expected, 0)), "folders in the table decide");
    }
}
