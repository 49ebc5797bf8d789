//! Whether the browser slows training down while nobody looks at the tab.

use crate::language::format::decimals;
use crate::language::tr;

/// Shorter stretches say nothing about a speed.
const LONG_ENOUGH_MS: f64 = 8000.0;
/// Slower than this share of the speed before is slowed down; a device that does something else as well is not.
const SLOWED: f64 = 0.5;

/// How far a run is that trains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Done {
    /// Training steps.
    pub steps: usize,
    /// Passes over the held-out images, which take time of their own.
    pub passes: usize,
}

/// Steps against the clock on the wall: what a browser takes away lies between the steps as well as in them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct HiddenTab {
    /// When the tab was last shown or hidden, and what was done by then.
    turned: Option<(f64, Done)>,
    /// What was done while it was seen, and in how many seconds.
    seen: Option<(f64, Done)>,
}

impl HiddenTab {
    /// Notes that the tab is hidden or seen from now on, with what the run has done that trains; none while none does.
    /// The sentence that the page shows, where training was slowed down.
    pub fn turn(&mut self, hidden: bool, now_ms: f64, done: Option<Done>) -> Option<String> {
        let stretch = self.turned.zip(done).and_then(|((then_ms, before), after)| {
            let steps = after.steps.checked_sub(before.steps)?;
            let passes = after.passes.checked_sub(before.passes)?;
            (now_ms - then_ms >= LONG_ENOUGH_MS).then_some(((now_ms - then_ms) / 1000.0, Done { steps, passes }))
        });
        self.turned = done.map(|done| (now_ms, done));
        if hidden {
            self.seen = stretch;
            return None;
        }
        let ((seconds, done), (seen_seconds, seen)) = (stretch?, self.seen?);
        // Where only the hidden stretch had a pass, fewer steps are no wonder.
        let fair = done.passes == 0 || seen.passes > 0;
        let expected = seen.steps as f64 * seconds / seen_seconds;
        (fair && (done.steps as f64) < expected * SLOWED).then(|| {
            tr!(
                "While this tab was hidden the browser slowed training down: {steps} steps in {seconds} seconds, about {expected} before. \
                 In a window of its own that stays in sight it trains at full speed.",
                steps = done.steps,
                seconds = decimals(seconds, 0),
                expected = decimals(expected, 0)
            )
        })
    }

    /// Begins to count when a run plays.
    pub fn begin(&mut self, now_ms: f64, done: Done) {
        *self = Self { turned: Some((now_ms, done)), seen: None };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(steps: usize, passes: usize) -> Option<Done> {
        Some(Done { steps, passes })
    }

    /// A tab that was seen for ten seconds and a hundred steps.
    fn hidden() -> HiddenTab {
        let mut tab = HiddenTab::default();
        tab.begin(0.0, Done::default());
        assert_eq!(tab.turn(true, 10_000.0, done(100, 0)), None, "nobody looks");
        tab
    }

    #[test]
    fn a_browser_that_slows_a_hidden_tab_is_told() {
        let said = hidden().turn(false, 40_000.0, done(130, 0)).unwrap();
        assert!(said.contains("30 steps in 30 seconds, about 300 before"), "{said}");
    }

    #[test]
    fn a_hidden_tab_at_full_speed_is_not_worth_a_word() {
        assert_eq!(hidden().turn(false, 40_000.0, done(360, 0)), None, "a little slower is nothing");
    }

    #[test]
    fn a_pass_over_the_held_out_images_is_not_taken_for_the_browser() {
        assert_eq!(hidden().turn(false, 40_000.0, done(130, 1)), None, "it may have taken most of the time");
        let mut tab = HiddenTab::default();
        tab.begin(0.0, Done::default());
        tab.turn(true, 10_000.0, done(100, 3));
        assert!(tab.turn(false, 40_000.0, done(130, 4)).is_some(), "they were part of the speed before as well");
    }

    #[test]
    fn what_was_not_measured_is_not_told() {
        assert_eq!(hidden().turn(false, 12_000.0, done(100, 0)), None, "two seconds");
        assert_eq!(hidden().turn(false, 40_000.0, None), None, "paused or over");
        assert_eq!(hidden().turn(false, 40_000.0, done(3, 0)), None, "another run");
        let mut tab = HiddenTab::default();
        tab.begin(0.0, Done::default());
        tab.turn(true, 1000.0, done(0, 0));
        assert_eq!(tab.turn(false, 40_000.0, done(1, 0)), None, "no speed to compare with");
    }
}
