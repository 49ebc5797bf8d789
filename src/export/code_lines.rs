//! Which lines of the written code make which layer.

use serde::{Deserialize, Serialize};

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
    /// `line 7` or `lines 7–12`.
    pub fn words(self) -> String {
        let Self { first, last } = self;
        if first == last { tr!("line {first}", first) } else { tr!("lines {first}–{last}", first, last) }
    }
}
