//! What the runs of a report were made with.

use super::ReportedRun;
use crate::experiment::Experiment;
use crate::experiment::options::options;
use crate::experiment::permalink::experiment_of;
use crate::language::translated;

/// A setting and its value in each run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SettingRow {
    pub label: &'static str,
    pub values: Vec<String>,
}

/// Settings of some runs.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Settings {
    /// Those in which the runs differ.
    pub different: Vec<SettingRow>,
    /// Those that all have alike and the tutorial has otherwise; a single value each.
    pub alike: Vec<SettingRow>,
}

impl Settings {
    pub fn of(runs: &[ReportedRun]) -> Self {
        let experiments: Vec<Experiment> = runs.iter().map(|run| experiment_of(&run.link)).collect();
        let usual = Experiment::default();
        let mut settings = Self::default();
        for option in options() {
            let mut values: Vec<String> = experiments.iter().map(|experiment| option.readable(experiment)).collect();
            let Some(first) = values.first() else { return settings };
            if values.iter().any(|value| value != first) {
                settings.different.push(SettingRow { label: translated(option.label), values });
            } else if *first != option.readable(&usual) {
                values.truncate(1);
                settings.alike.push(SettingRow { label: translated(option.label), values });
            }
        }
        settings
    }
}
