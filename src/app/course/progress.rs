//! How far a reader is.

use serde::{Deserialize, Serialize};

use crate::experiment::permalink::LessonStep;
use crate::spec::Named;

/// What is remembered of the course from visit to visit. Steps are remembered by their words, so that a later course with other
/// steps can read it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    /// Steps whose question was answered.
    done: Vec<String>,
    /// The step that was open last.
    last: String,
}

impl Progress {
    /// Whether the question of a step was answered.
    pub fn is_done(&self, step: LessonStep) -> bool {
        self.done.iter().any(|word| word == step.name())
    }

    /// How many were.
    pub fn count(&self) -> usize {
        LessonStep::ALL.iter().copied().filter(|step| self.is_done(*step)).count()
    }

    /// Notes that a question was answered.
    pub fn note(&mut self, step: LessonStep) {
        if !self.is_done(step) {
            self.done.push(step.name().to_owned());
        }
    }

    /// Notes which step is open.
    pub fn open(&mut self, step: LessonStep) {
        step.name().clone_into(&mut self.last);
    }

    /// Where the course goes on: the step that was open last.
    pub fn resume(&self) -> LessonStep {
        LessonStep::from_name(&self.last).unwrap_or(LessonStep::ALL[0])
    }

    /// Begins again.
    pub fn restart(&mut self) {
        self.done.clear();
        self.last.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_on_where_it_was_left() {
        let mut progress = Progress::default();
        assert_eq!(progress.resume(), LessonStep::Depth, "a newcomer begins at the beginning");
        progress.open(LessonStep::Sum);
        progress.note(LessonStep::Sum);
        progress.note(LessonStep::Sum);
        assert_eq!((progress.resume(), progress.count()), (LessonStep::Sum, 1), "counted once");
        progress.restart();
        assert_eq!((progress.resume(), progress.count()), (LessonStep::Depth, 0));
    }

    #[test]
    fn what_other_courses_remember_is_read_as_far_as_it_goes() {
        let read = |text| serde_json::from_str::<Progress>(text).unwrap_or_default();
        let other = read(r#"{"done":["sum","no-such-step","sum"],"last":"no-such-step","own":"v=1&depth=29"}"#);
        assert_eq!((other.count(), other.resume()), (1, LessonStep::Depth));
        assert_eq!(read("{}"), Progress::default());
        assert_eq!(read("[1]"), Progress::default(), "anything else is nothing");
        let kept = serde_json::to_string(&other).unwrap();
        assert_eq!(read(&kept), other, "and comes back");
    }
}
