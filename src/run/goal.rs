//! How near the run is to the goal of the link.

use std::collections::VecDeque;

use super::{Run, RunState};
use crate::evaluation::metrics::LAST_STEPS;
use crate::experiment::AuthorCurve;
use crate::experiment::goal::{Goal, GoalProgress, GoalQuantity, Measured, Spent};
use crate::language::tr;

impl Run {
    /// How near it is to a goal.
    pub fn goal_progress(&self, goal: &Goal) -> GoalProgress {
        let measured = match goal.quantity() {
            GoalQuantity::Accuracy => {
                let passes = self.held_out.iter();
                passes.map(|pass| Measured { value: f64::from(pass.accuracy) * 100.0, at: self.spent(pass.step) }).collect()
            }
            GoalQuantity::Loss => self.mean_losses(),
        };
        let now = Spent { training_ms: self.training_ms, ..self.spent(self.steps_done()) };
        goal.progress(measured, now, self.is_over())
    }

    /// The goal and how near it is, once that is decided; empty before. To be read aloud.
    pub fn goal_announcement(&self, goal: &Goal) -> String {
        let progress = self.goal_progress(goal);
        let decided = || tr!("Goal: {goal}: {progress}", goal = goal.words(), progress = goal.progress_words(&progress));
        progress.reached.map(|_| decided()).unwrap_or_default()
    }

    fn spent(&self, steps: usize) -> Spent {
        let steps_per_epoch = self.plan.experiment.hyperparameters.steps_per_epoch().max(1);
        Spent { steps, epochs: steps as f64 / steps_per_epoch as f64, training_ms: self.clock.at(steps) }
    }

    /// The mean loss of the last steps after each step, of all there are at the start.
    fn mean_losses(&self) -> Vec<Measured> {
        let mut last = VecDeque::with_capacity(LAST_STEPS + 1);
        let mean = |last: &VecDeque<f64>| last.iter().sum::<f64>() / last.len() as f64;
        let mut means = Vec::with_capacity(self.steps.len());
        for step in &self.steps {
            last.push_back(f64::from(step.loss));
            if last.len() > LAST_STEPS {
                last.pop_front();
            }
            means.push(Measured { value: mean(&last), at: self.spent(step.step + 1) });
        }
        means
    }
}

impl RunState {
    /// The curve of the run there is, for a link that has room for so many characters.
    pub fn own_curve(&self, most_characters: usize) -> Option<AuthorCurve> {
        self.run().and_then(|run| AuthorCurve::within(most_characters, &run.steps, &run.held_out))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ready, started, steps};
    use super::*;
    use crate::evaluation::metrics::HeldOutMetrics;
    use crate::protocol::{Phase, TrainEvent};
    use crate::run::TrainerKind;

    fn goal(text: &str) -> Goal {
        Goal::parse(text).unwrap()
    }

    /// A run of two hundred steps in two seconds, with a pass after a hundred of them.
    fn run() -> RunState {
        let mut state = started(TrainerKind::Cpu);
        drop(state.apply(ready()));
        drop(state.apply(steps(0..100, 1000.0)));
        drop(state.apply(TrainEvent::HeldOut(HeldOutMetrics { step: 100, loss: 1.0, accuracy: 0.562, images: 50 })));
        drop(state.apply(steps(100..200, 2000.0)));
        state
    }

    #[test]
    fn accuracies_count_at_the_moment_of_their_epoch() {
        let state = run();
        let at = |text: &str| state.run().unwrap().goal_progress(&goal(text));
        let reached = at("accuracy:55@1s");
        assert_eq!((reached.reached, reached.first.unwrap().at.training_ms), (Some(true), 1000.0), "the pass takes no training time");
        assert_eq!(at("accuracy:55@99steps").reached, Some(false));
        assert_eq!(at("accuracy:60@3s").reached, None);
        assert_eq!(state.run().unwrap().goal_announcement(&goal("accuracy:60@3s")), "");
        assert_eq!(
            state.run().unwrap().goal_announcement(&goal("accuracy:55@1s")),
            "Goal: 55 % of held-out images right in 1 s of training: reached after 1 s (56.2 %)"
        );
    }

    #[test]
    fn a_run_that_ended_or_failed_reaches_nothing_more() {
        let mut state = run();
        drop(state.apply(TrainEvent::Phase(Phase::Finished)));
        assert_eq!(state.run().unwrap().goal_progress(&goal("accuracy:60@300s")).reached, Some(false));
    }

    #[test]
    fn a_loss_is_the_mean_of_the_last_steps() {
        let state = run();
        let steps = &state.run().unwrap().steps;
        let mean = |range: std::ops::Range<usize>| {
            let count = range.len() as f64;
            steps[range].iter().map(|step| f64::from(step.loss)).sum::<f64>() / count
        };
        let means = state.run().unwrap().mean_losses();
        assert_eq!((means.len(), means[0].at.steps, means[199].at.training_ms), (200, 1, 2000.0));
        assert!((means[199].value - mean(190..200)).abs() < 1e-9 && (means[4].value - mean(0..5)).abs() < 1e-9);
    }

    #[test]
    fn a_run_gives_its_curve_to_a_link() {
        let curve = run().own_curve(500).unwrap();
        assert_eq!(curve.accuracies().collect::<Vec<_>>(), [(100, 0.562)]);
        assert_eq!(RunState::default().own_curve(500), None);
    }
}
