//! Whether the browser slows training down while nobody looks at the tab.

/// Shorter stretches say nothing about a speed.
const LONG_ENOUGH_MS: f64 = 8000.0;
/// Slower than this share of the speed before is slowed down; a device that does something else as well is not.
const SLOWED: f64 = 0.5;

/// Steps against the clock on the wall: what a browser takes away lies between the steps as well as in them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct HiddenTab {
    /// When the tab was last shown or hidden, and the steps done by then.
    turned: Option<(f64, usize)>,
    /// Steps a second while it was seen.
    seen: Option<f64>,
}

impl HiddenTab {
    /// Notes that the tab is hidden or seen from now on; `steps` are those done while a run plays, none while it does not.
    /// The sentence that the page shows, where training was slowed down.
    pub fn turn(&mut self, hidden: bool, now_ms: f64, steps: Option<usize>) -> Option<String> {
        let stretch = self.turned.zip(steps).and_then(|((then_ms, before), after)| {
            let seconds = (now_ms - then_ms) / 1000.0;
            let done = after.checked_sub(before)?;
            (now_ms - then_ms >= LONG_ENOUGH_MS).then_some((seconds, done))
        });
        self.turned = steps.map(|steps| (now_ms, steps));
        if hidden {
            self.seen = stretch.map(|(seconds, done)| done as f64 / seconds);
            return None;
        }
        let (seconds, done) = stretch?;
        let expected = self.seen? * seconds;
        ((done as f64) < expected * SLOWED).then(|| {
            format!(
                "While this tab was hidden the browser slowed training down: {done} steps in {seconds:.0} seconds, about {expected:.0} before. \
                 In a window of its own that stays in sight it trains at full speed."
            )
        })
    }

    /// Begins to count when a run plays.
    pub fn begin(&mut self, now_ms: f64, steps: usize) {
        *self = Self { turned: Some((now_ms, steps)), seen: None };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tab that was seen for ten seconds and a hundred steps.
    fn hidden() -> HiddenTab {
        let mut tab = HiddenTab::default();
        tab.begin(0.0, 0);
        assert_eq!(tab.turn(true, 10_000.0, Some(100)), None, "nobody looks");
        tab
    }

    #[test]
    fn a_browser_that_slows_a_hidden_tab_is_told() {
        let said = hidden().turn(false, 40_000.0, Some(130)).unwrap();
        assert!(said.contains("30 steps in 30 seconds, about 300 before"), "{said}");
    }

    #[test]
    fn a_hidden_tab_at_full_speed_is_not_worth_a_word() {
        assert_eq!(hidden().turn(false, 40_000.0, Some(360)), None, "a little slower is nothing");
    }

    #[test]
    fn what_was_not_measured_is_not_told() {
        assert_eq!(hidden().turn(false, 12_000.0, Some(100)), None, "two seconds");
        assert_eq!(hidden().turn(false, 40_000.0, None), None, "paused or over");
        assert_eq!(hidden().turn(false, 40_000.0, Some(3)), None, "another run");
        let mut tab = HiddenTab::default();
        tab.begin(0.0, 0);
        tab.turn(true, 1000.0, Some(0));
        assert_eq!(tab.turn(false, 40_000.0, Some(1)), None, "no speed to compare with");
    }
}
