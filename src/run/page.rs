//! A page of a long table.

use std::ops::Range;

/// Which rows of a table are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// First row shown.
    pub start: usize,
    /// Rows of the whole table.
    pub count: usize,
    /// Rows shown at most.
    pub size: usize,
}

impl Page {
    /// The page that begins at row `start`, or the newest rows without one.
    pub fn new(count: usize, size: usize, start: Option<usize>) -> Self {
        let last = count.saturating_sub(size);
        Self { start: start.unwrap_or(last).min(last), count, size }
    }

    /// The rows shown.
    pub fn range(self) -> Range<usize> {
        self.start..(self.start + self.size).min(self.count)
    }

    /// Whether there are rows before.
    pub fn has_earlier(self) -> bool {
        self.start > 0
    }

    /// Whether there are rows after.
    pub fn has_later(self) -> bool {
        self.range().end < self.count
    }

    /// Start of the page before.
    pub fn earlier(self) -> Option<usize> {
        Some(self.start.saturating_sub(self.size))
    }

    /// Start of the page after; none where that is the newest, which goes on with the table.
    pub fn later(self) -> Option<usize> {
        Some(self.start + self.size).filter(|start| start + self.size < self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_rows_are_shown_until_others_are_asked_for() {
        let page = Page::new(1200, 500, None);
        assert_eq!(page.range(), 700..1200);
        assert!(page.has_earlier() && !page.has_later());
        let before = Page::new(1200, 500, page.earlier());
        assert_eq!(before.range(), 200..700);
        assert_eq!(Page::new(1200, 500, before.earlier()).range(), 0..500, "the first page is full");
        assert_eq!(before.later(), None, "the newest page follows the run again");
    }

    #[test]
    fn every_row_is_on_some_page() {
        for count in [0, 1, 499, 500, 501, 2500] {
            let mut seen = vec![false; count];
            let mut page = Page::new(count, 500, Some(0));
            for _ in 0..count / 500 + 2 {
                page.range().for_each(|row| seen[row] = true);
                page = Page::new(count, 500, page.later());
            }
            page.range().for_each(|row| seen[row] = true);
            assert!(seen.iter().all(|seen| *seen), "{count} rows");
        }
    }

    #[test]
    fn a_short_table_is_one_page() {
        let page = Page::new(3, 500, Some(2));
        assert_eq!((page.range(), page.has_earlier(), page.has_later()), (0..3, false, false));
    }
}
