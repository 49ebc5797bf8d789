//! When something that changes often is told.

/// Least time between two tellings.
const PAUSE_MS: f64 = 15_000.0;

/// Tells the newest, and not more often than every 15 seconds: a screen reader that is given more reads nothing to its end.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Pace {
    told_ms: Option<f64>,
    is_planned: bool,
}

impl Pace {
    /// There is something new. Milliseconds to wait before the newest is told; none if that is planned already.
    pub fn changed(&mut self, now_ms: f64) -> Option<f64> {
        if self.is_planned {
            return None;
        }
        self.is_planned = true;
        Some(self.told_ms.map_or(0.0, |told| (told + PAUSE_MS - now_ms).max(0.0)))
    }

    /// The newest is told now.
    pub fn told(&mut self, now_ms: f64) {
        *self = Self { told_ms: Some(now_ms), is_planned: false };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// When what changes every `step_ms` for a minute is told.
    fn told_in_a_minute(step_ms: f64) -> Vec<f64> {
        let (mut pace, mut due, mut told) = (Pace::default(), None, Vec::new());
        let mut now = 0.0;
        while now < 60_000.0 {
            if due.is_some_and(|due| due <= now) {
                pace.told(now);
                told.push(now);
                due = None;
            }
            if let Some(wait) = pace.changed(now) {
                due = Some(now + wait);
            }
            now += step_ms;
        }
        told
    }

    #[test]
    fn what_changes_all_the_time_is_told_at_once_and_then_every_fifteen_seconds() {
        for step_ms in [1.0, 100.0, 950.0] {
            let told = told_in_a_minute(step_ms);
            assert!(told[0] <= step_ms, "{step_ms}: {told:?}");
            assert!(told.windows(2).all(|pair| pair[1] - pair[0] >= PAUSE_MS), "{step_ms}: {told:?}");
            assert!((4..=5).contains(&told.len()), "{step_ms}: {told:?}");
        }
    }

    #[test]
    fn what_changes_seldom_is_told_at_once() {
        let mut pace = Pace::default();
        assert_eq!(pace.changed(5_000.0), Some(0.0), "the first");
        assert_eq!(pace.changed(5_000.0), None, "it is on its way");
        pace.told(5_001.0);
        assert_eq!(pace.changed(9_001.0), Some(11_000.0), "four seconds later it waits for the rest of the pause");
        assert_eq!(pace.changed(12_000.0), None, "what comes meanwhile is told with it");
        pace.told(20_001.0);
        assert_eq!(pace.changed(90_000.0), Some(0.0));
    }
}
