//! Which two runs are compared.

/// A run that can be chosen: its id and its words.
pub type Choice = (u64, String);

/// What stands in the two lists: what was chosen where it still exists, and otherwise the newest runs. `runs` are oldest
/// first. `None` while there are fewer than two.
pub fn pair(chosen: [Option<u64>; 2], runs: &[u64]) -> Option<[u64; 2]> {
    let there = |id: Option<u64>| id.filter(|id| runs.contains(id));
    let [first, second] = chosen.map(there);
    let newest = |other: Option<u64>| runs.iter().rev().copied().find(|id| Some(*id) != other);
    match (first, second) {
        (Some(first), Some(second)) => Some([first, second]).filter(|_| runs.len() > 1),
        (Some(first), None) => Some([first, newest(Some(first))?]),
        (None, Some(second)) => Some([newest(Some(second))?, second]),
        (None, None) => {
            let last = newest(None);
            Some([newest(last)?, last?])
        }
    }
}

/// The pair with another run in one of its places. A run is not compared with itself: the two change places.
pub fn with_choice(pair: [u64; 2], place: usize, id: u64) -> [u64; 2] {
    let [first, second] = pair;
    match place {
        0 => [id, if id == second { first } else { second }],
        _ => [if id == first { second } else { first }, id],
    }
}

#[cfg(test)]
mod tests {
    use super::{pair, with_choice};

    #[test]
    fn a_run_chosen_in_both_places_changes_them() {
        assert_eq!(with_choice([1, 2], 0, 3), [3, 2]);
        assert_eq!(with_choice([1, 2], 0, 2), [2, 1]);
        assert_eq!(with_choice([1, 2], 1, 1), [2, 1]);
    }

    #[test]
    fn the_newest_two_stand_there_until_others_are_chosen() {
        assert_eq!(pair([None, None], &[1, 2, 3]), Some([2, 3]));
        assert_eq!(pair([Some(1), Some(2)], &[1, 2, 3, 4]), Some([1, 2]), "whatever is newer");
        assert_eq!(pair([None, None], &[1]), None, "one run is no pair");
        assert_eq!(pair([Some(1), Some(1)], &[1]), None);
    }

    #[test]
    fn where_one_is_gone_the_other_stays() {
        assert_eq!(pair([Some(1), Some(2)], &[2, 4]), Some([4, 2]));
        assert_eq!(pair([Some(4), Some(9)], &[2, 4]), Some([4, 2]), "never with itself");
    }
}
