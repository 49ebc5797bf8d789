//! How many lines of a file were what.

use crate::language::format::grouped;
use crate::language::{text, tr};

/// Lines by what they were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LineCounts {
    /// Results, those that take the place of others among them.
    pub results: usize,
    /// Results of runs that were there already: the later counts.
    pub repeated: usize,
    /// Cut off.
    pub torn: usize,
    /// Results of another version.
    pub other_version: usize,
    /// Results that say what cannot be.
    pub damaged: usize,
    /// No results.
    pub foreign: usize,
    /// More than can be kept.
    pub too_many: usize,
}

impl LineCounts {
    /// What was read and what was left out, for people.
    pub fn sentences(&self) -> Vec<String> {
        let results = match self.results {
            0 => text!("No results of a sweep were found: a file of `resnet-playground sweep` has one in each line.").into(),
            count => tr!("1 result was read." | "{results} results were read." % count, results = grouped(count)),
        };
        let told = |count: usize, words: fn(usize) -> String| (count > 0).then(|| words(count));
        let left_out = [
            told(self.repeated, |n| {
                tr!(
                    "1 run was there before: the later result counts." | "{lines} runs were there before: the later result counts." % n,
                    lines = grouped(n)
                )
            }),
            told(self.torn, |n| {
                tr!(
                    "1 line was cut off and is left out: the same sweep makes its run again where it is missing."
                        | "{lines} lines were cut off and are left out: the same sweep makes their runs again where they are missing." % n,
                    lines = grouped(n)
                )
            }),
            told(self.other_version, |n| {
                tr!(
                    "1 result is of another version of this program and is left out."
                        | "{lines} results are of other versions of this program and are left out." % n,
                    lines = grouped(n)
                )
            }),
            told(self.damaged, |n| {
                tr!(
                    "1 result says what cannot be, or a setting that is not known here, and is left out."
                        | "{lines} results say what cannot be, or settings that are not known here, and are left out." % n,
                    lines = grouped(n)
                )
            }),
            told(self.foreign, |n| {
                tr!(
                    "1 line is no result of a sweep and is left out." | "{lines} lines are no results of a sweep and are left out." % n,
                    lines = grouped(n)
                )
            }),
            told(self.too_many, |n| {
                tr!(
                    "1 result is more than can be shown and is left out: import fewer files at once."
                        | "{lines} results are more than can be shown and are left out: import fewer files at once." % n,
                    lines = grouped(n)
                )
            }),
        ];
        [results].into_iter().chain(left_out.into_iter().flatten()).collect()
    }
}

impl std::ops::AddAssign for LineCounts {
    fn add_assign(&mut self, more: Self) {
        self.results += more.results;
        self.repeated += more.repeated;
        self.torn += more.torn;
        self.other_version += more.other_version;
        self.damaged += more.damaged;
        self.foreign += more.foreign;
        self.too_many += more.too_many;
    }
}
