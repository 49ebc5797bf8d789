//! Runs to choose from.

use crate::run::RunState;

use super::pair::Choice;

/// All runs with their words, oldest first.
pub fn choices(state: &RunState) -> Vec<Choice> {
    let kept = state.history.runs().iter().map(|run| (run.id, format!("{}: {}", run.label(), run.name)));
    let now = state.current_as_kept(1).map(|run| (run.id, format!("{}: {}, now", run.label(), run.name)));
    kept.chain(now).collect()
}
