//! How long a run had trained when a step was done.

/// Marks that are kept: one every few seconds of a run of hours.
const MOST_MARKS: usize = 4096;

/// Steps done and the training time they took, whenever the trainer says it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct TrainingClock {
    marks: Vec<(usize, f64)>,
}

impl TrainingClock {
    /// Notes that so many steps took `training_ms` so far.
    pub fn mark(&mut self, steps_done: usize, training_ms: f64) {
        // Steps that come again, of a run that is taken up, have the time that they have now.
        self.marks.retain(|(steps, _)| *steps < steps_done);
        self.marks.push((steps_done, training_ms));
        if self.marks.len() > MOST_MARKS {
            let newest = self.marks.len() - 1;
            let mut place = 0;
            self.marks.retain(|_| {
                place += 1;
                place % 2 == 0 || place > newest
            });
        }
    }

    /// Training time in milliseconds after so many steps. Between two marks all steps take the same time.
    pub fn at(&self, steps_done: usize) -> f64 {
        let place = self.marks.partition_point(|(steps, _)| *steps < steps_done);
        let before = place.checked_sub(1).and_then(|place| self.marks.get(place)).copied().unwrap_or((0, 0.0));
        let Some((steps, ms)) = self.marks.get(place).copied() else { return before.1 };
        let share = (steps_done - before.0) as f64 / (steps - before.0).max(1) as f64;
        before.1 + share * (ms - before.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_between_marks_are_shared_among_the_steps() {
        let mut clock = TrainingClock::default();
        assert_eq!(clock.at(5), 0.0, "nothing was measured");
        clock.mark(10, 1000.0);
        clock.mark(20, 1500.0);
        assert_eq!([0, 5, 10, 15, 20, 30].map(|steps| clock.at(steps)), [0.0, 500.0, 1000.0, 1250.0, 1500.0, 1500.0]);
    }

    #[test]
    fn a_long_run_keeps_few_marks_and_the_newest() {
        let mut clock = TrainingClock::default();
        for step in 1..=100_000 {
            clock.mark(step, step as f64);
        }
        assert!(clock.marks.len() <= MOST_MARKS);
        assert!((clock.at(50_000) - 50_000.0).abs() < 1.0 && clock.at(100_000) == 100_000.0, "steps of the same length are exact");
    }
}
