//! Numbers to fill in.

use super::number_text::means;
use super::verdict::Verdict;
use crate::language::format::localised;
use crate::language::tr;

/// A table with blanks.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Heads of its columns, without that of the rows' names.
    pub columns: Vec<&'static str>,
    /// Its rows.
    pub rows: Vec<SheetRow>,
}

/// A row: its name, and a cell for each column.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetRow {
    /// What it is about.
    pub name: String,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Stands there.
    Given(String),
    /// To be filled in.
    Blank {
        /// The number that belongs there.
        wanted: f64,
        /// How one comes to it.
        hint: &'static str,
    },
}

/// What stands in a blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Nothing.
    Empty,
    /// The number.
    Right,
    /// Something else.
    Wrong,
}

/// A blank with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Blank {
    /// Row and column.
    pub name: String,
    wanted: f64,
    hint: &'static str,
}

impl SheetRow {
    /// A row of that name.
    pub fn new(name: impl Into<String>, cells: Vec<Cell>) -> Self {
        Self { name: name.into(), cells }
    }
}

impl Cell {
    /// A number that stands there.
    pub fn given(number: impl std::fmt::Display) -> Self {
        Self::Given(localised(&number.to_string()).replace('-', "−"))
    }

    /// A number to fill in.
    pub fn blank(wanted: f64, hint: &'static str) -> Self {
        Self::Blank { wanted, hint }
    }
}

impl Sheet {
    /// Row by row.
    pub fn blanks(&self) -> Vec<Blank> {
        let cells = self.rows.iter().flat_map(|row| row.cells.iter().zip(&self.columns).map(move |(cell, column)| (row, column, cell)));
        let blank = |(row, column, cell): (&SheetRow, &&'static str, &Cell)| {
            let Cell::Blank { wanted, hint } = cell else { return None };
            Some(Blank { name: format!("{}, {column}", row.name), wanted: *wanted, hint })
        };
        cells.filter_map(blank).collect()
    }

    /// What stands in each blank.
    pub fn marks(&self, typed: &[String]) -> Vec<Mark> {
        let mark = |(place, blank): (usize, Blank)| match typed.get(place).map(|text| text.trim()).unwrap_or_default() {
            "" => Mark::Empty,
            text if means(text, blank.wanted) => Mark::Right,
            _ => Mark::Wrong,
        };
        self.blanks().into_iter().enumerate().map(mark).collect()
    }

    /// Whether all are right, with `seen` as what was seen; else what to look at next.
    pub fn judge(&self, typed: &[String], seen: impl FnOnce() -> String) -> Verdict {
        let (marks, blanks) = (self.marks(typed), self.blanks());
        let first =
            |wanted: Mark| marks.iter().position(|mark| *mark == wanted).and_then(|place| Some((blanks.get(place)?, typed.get(place))));
        if let Some((blank, text)) = first(Mark::Wrong) {
            let text: String = text.map(|text| text.trim().chars().take(12).collect()).unwrap_or_default();
            return Verdict::NotYet(tr!("“{name}”: {text} is not it. {hint}", name = blank.name, text, hint = blank.hint));
        }
        match first(Mark::Empty) {
            Some((blank, _)) => {
                let right = marks.iter().filter(|mark| **mark == Mark::Right).count();
                Verdict::NotYet(tr!("{right} of {all} are filled in. The next is “{next}”.", right, all = marks.len(), next = blank.name))
            }
            None => Verdict::Done(seen()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let row = SheetRow::new;
        Sheet {
            columns: vec!["x", "sum"],
            rows: vec![
                row("one", vec![Cell::given(-1), Cell::blank(2.5, "Add them.")]),
                row("two", vec![Cell::blank(0.0, "Nothing."), Cell::blank(4.0, "Add these.")]),
            ],
        }
    }

    fn judged(typed: &[&str]) -> Verdict {
        let typed: Vec<String> = typed.iter().map(|text| (*text).to_owned()).collect();
        sheet().judge(&typed, || "seen".into())
    }

    #[test]
    fn blanks_are_named_by_row_and_column() {
        let sheet = sheet();
        let names: Vec<String> = sheet.blanks().into_iter().map(|blank| blank.name).collect();
        assert_eq!(names, ["one, sum", "two, x", "two, sum"]);
        assert_eq!(sheet.rows[0].cells[0], Cell::Given("−1".into()), "with a minus sign");
    }

    #[test]
    fn a_wrong_number_gets_its_hint_before_an_empty_field_is_asked_for() {
        assert_eq!(judged(&[]), Verdict::NotYet("0 of 3 are filled in. The next is “one, sum”.".into()));
        assert_eq!(judged(&["", "0", "5"]), Verdict::NotYet("“two, sum”: 5 is not it. Add these.".into()));
        assert_eq!(judged(&["2,5", "", ""]), Verdict::NotYet("1 of 3 are filled in. The next is “two, x”.".into()));
        let long = "9".repeat(500);
        assert!(judged(&[&long]).sentence().len() < 60, "nothing long is repeated");
    }

    #[test]
    fn it_is_done_when_all_are_right() {
        assert_eq!(judged(&["2.5", "0", "4", "more"]), Verdict::Done("seen".into()));
        let marks = sheet().marks(&["2.5".into(), "  ".into(), "x".into()]);
        assert_eq!(marks, [Mark::Right, Mark::Empty, Mark::Wrong]);
    }
}
