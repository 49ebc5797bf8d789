//! What the author of a link gives beside the experiment. It stays when a reader changes the settings.

use super::keys;
use super::reader::Reader;
use crate::experiment::AuthorCurve;
use crate::experiment::goal::Goal;

/// A goal, and a curve to compare with.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FromAuthor {
    /// How far a run should come.
    pub goal: Option<Goal>,
    /// How the author's run went.
    pub curve: Option<AuthorCurve>,
}

impl FromAuthor {
    /// Its parts of a query.
    pub(super) fn parts(&self) -> impl Iterator<Item = String> {
        let goal = self.goal.map(|goal| format!("{}={goal}", keys::GOAL));
        let curve = self.curve.as_ref().map(|curve| format!("{}={curve}", keys::CURVE));
        goal.into_iter().chain(curve)
    }

    /// What a link says of it.
    pub(super) fn read(reader: &mut Reader) -> Self {
        let goal = reader.text(keys::GOAL).map(Goal::parse);
        let curve = reader.text(keys::CURVE).map(str::parse::<AuthorCurve>);
        let goal = goal.and_then(|goal| {
            goal.map(Some).unwrap_or_else(|problem| {
                reader.notices.push(problem.sentence);
                problem.nearest
            })
        });
        let curve = curve.and_then(|curve| curve.map_err(|unreadable| reader.notices.push(unreadable.to_string())).ok());
        Self { goal, curve }
    }
}
