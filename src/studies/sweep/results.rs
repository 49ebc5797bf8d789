//! Results of files: of one sweep or several, of all their shards, in any order.

use std::collections::HashMap;

use crate::dataset::import::text_of_file;
use crate::experiment::Experiment;

use super::line::{Outcome, SweepLine, Unreadable};
use super::line_counts::LineCounts;

/// Results that are kept.
const MOST_RESULTS: usize = 20_000;

/// A result and the experiment that its link says.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepResult {
    /// The line.
    pub line: SweepLine,
    /// What was trained how.
    pub experiment: Experiment,
}

/// Results, each run once.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SweepResults {
    results: Vec<SweepResult>,
    /// Place of each link.
    places: HashMap<String, usize>,
}

impl SweepResults {
    /// Takes in the lines of a file, and says what they were. Of a run that comes again the later result counts.
    pub fn add(&mut self, bytes: &[u8]) -> LineCounts {
        let mut counts = LineCounts::default();
        // What a shell of Windows redirects into a file has two bytes a letter and a mark of their order.
        for line in text_of_file(bytes).lines().filter(|line| !line.trim().is_empty()) {
            match SweepLine::read(line) {
                Ok((line, experiment)) => self.take(SweepResult { line, experiment }, &mut counts),
                Err(Unreadable::Foreign) => counts.foreign += 1,
                Err(Unreadable::Torn) => counts.torn += 1,
                Err(Unreadable::OtherVersion) => counts.other_version += 1,
                Err(Unreadable::Damaged) => counts.damaged += 1,
            }
        }
        counts
    }

    fn take(&mut self, result: SweepResult, counts: &mut LineCounts) {
        if let Some(before) = self.places.get(&result.line.link).and_then(|place| self.results.get_mut(*place)) {
            *before = result;
            counts.repeated += 1;
        } else if self.results.len() < MOST_RESULTS {
            self.places.insert(result.line.link.clone(), self.results.len());
            self.results.push(result);
        } else {
            counts.too_many += 1;
            return;
        }
        counts.results += 1;
    }

    /// All of them, in the order in which they first came.
    pub fn all(&self) -> &[SweepResult] {
        &self.results
    }

    /// Whether the run of that canonical link need not be made again. One that failed may go well next time.
    pub fn has(&self, link: &str) -> bool {
        let result = self.places.get(link).and_then(|place| self.results.get(*place));
        result.is_some_and(|result| result.line.outcome != Outcome::Failed)
    }
}
