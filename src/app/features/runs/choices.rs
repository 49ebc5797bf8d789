//! Runs to choose from.

use crate::language::tr;
use crate::run::RunState;

use super::pair::Choice;

/// All runs with their words, oldest first.
pub fn choices(state: &RunState) -> Vec<Choice> {
    let kept = state.history.runs().iter().map(|run| (run.id, format!("{}: {}", run.label(), run.name)));
    let now = state.current_as_kept(1).map(|run| (run.id, tr!("{run}: {name}, now", run = run.label(), name = run.name)));
    kept.chain(now).collect()
}
