//! Tables for other programs, as RFC 4180 has them.

use csv::{Terminator, Writer, WriterBuilder};

/// A table in memory. A field that would be taken apart is put into quotation marks.
pub struct CsvTable(Writer<Vec<u8>>);

impl CsvTable {
    /// A table whose columns have these names.
    pub fn new<'a>(columns: impl IntoIterator<Item = &'a str>) -> Self {
        let mut table = Self(WriterBuilder::new().terminator(Terminator::CRLF).flexible(true).from_writer(Vec::new()));
        table.row(columns);
        table
    }

    /// Adds a row, with a field for each column.
    pub fn row(&mut self, fields: impl IntoIterator<Item = impl AsRef<[u8]>>) {
        // Writing to memory cannot fail, and a flexible writer takes rows of any length.
        let _ = self.0.write_record(fields);
    }

    /// The whole table.
    pub fn into_text(self) -> String {
        self.0.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_one_field() {
        let mut table = CsvTable::new(["name", "value"]);
        table.row(["depth 20, \"plain\"", ""]);
        table.row(["two\r\nlines".to_owned(), 0.1.to_string()]);
        assert_eq!(table.into_text(), "name,value\r\n\"depth 20, \"\"plain\"\"\",\r\n\"two\r\nlines\",0.1\r\n");
    }
}
