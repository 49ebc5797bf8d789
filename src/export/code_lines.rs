//! Which lines of the written code make which layer.

use serde::{Deserialize, Serialize};

use crate::drawing::escape::escape;
use crate::language::tr;

/// Lines of a piece of code, both counted from 1 and both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineRange {
    /// First line.
    pub first: usize,
    /// Last line.
    pub last: usize,
}

/// Marks that a writer left in its code. Blocks are made by one function that a loop calls, so all blocks share
/// its lines.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CodeLines(Vec<(String, LineRange)>);

/// Mark of the function that makes a block.
pub const BLOCK: &str = "block";
/// Mark of the function that makes all stages.
pub const STAGES: &str = "stages";
/// Mark of the line that says how the network is trained.
pub const COMPILE: &str = "compile";

impl CodeLines {
    /// Adds lines that make what `mark` names: a layer by its path, or of a block by its last word (`block.conv2`;
    /// `block.conv` for all convolutions of a block).
    pub(super) fn add(&mut self, mark: &str, lines: LineRange) {
        self.0.push((mark.into(), lines));
    }

    /// Lines that make the layer of that dotted path, such as `stages.1.blocks.0.conv2` or `stem.conv`.
    pub fn of_layer(&self, path: &str) -> Option<LineRange> {
        let Some(in_stages) = path.strip_prefix("stages.") else { return self.at(path) };
        let (_, layer) = in_stages.rsplit_once('.')?;
        // Some writers treat the last of its kind differently.
        self.at(&format!("{BLOCK}.{layer}"))
            .or_else(|| self.at(&format!("{BLOCK}.{}", layer.trim_end_matches(|letter: char| letter.is_ascii_digit()))))
    }

    /// Lines of the function that makes every block.
    pub fn of_block(&self) -> Option<LineRange> {
        self.at(BLOCK)
    }

    /// Lines of the function that makes all stages.
    pub fn of_stages(&self) -> Option<LineRange> {
        self.at(STAGES)
    }

    /// Lines that say how the network is trained.
    pub fn of_compile(&self) -> Option<LineRange> {
        self.at(COMPILE)
    }

    /// From the first line that makes one of these layers to the last.
    pub fn of_layers<'a>(&self, paths: impl Iterator<Item = &'a str>) -> Option<LineRange> {
        let ranges = paths.filter_map(|path| self.of_layer(path));
        ranges.reduce(|all, each| LineRange { first: all.first.min(each.first), last: all.last.max(each.last) })
    }

    fn at(&self, mark: &str) -> Option<LineRange> {
        self.0.iter().find(|(other, _)| other == mark).map(|(_, lines)| *lines)
    }
}

impl LineRange {
    /// `code` as HTML in which these lines are marked.
    pub fn marked_in(self, code: &str) -> String {
        let start_of = |line: usize| code.split_inclusive('\n').take(line).map(str::len).sum::<usize>();
        let begin = start_of(self.first.saturating_sub(1));
        let end = start_of(self.last).max(begin);
        let part = |range: std::ops::Range<usize>| escape(code.get(range).unwrap_or_default());
        format!("{}<mark>{}</mark>{}", part(0..begin), part(begin..end), part(end..code.len()))
    }

    /// `line 7` or `lines 7–12`.
    pub fn words(self) -> String {
        let Self { first, last } = self;
        if first == last { tr!("line {first}", first) } else { tr!("lines {first}–{last}", first, last) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_marked_and_code_stays_text() {
        let marked = |first, last| LineRange { first, last }.marked_in("a < b\nif c:\n    d\n");
        assert_eq!(marked(2, 3), "a &lt; b\n<mark>if c:\n    d\n</mark>", "from the first line to the last");
        assert_eq!(marked(1, 1), "<mark>a &lt; b\n</mark>if c:\n    d\n", "a single line");
        assert_eq!(marked(7, 9), "a &lt; b\nif c:\n    d\n<mark></mark>", "lines of other code mark nothing");
    }
}
