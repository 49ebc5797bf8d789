//! The runs that a browser has saved: which are offered, which make room, what is left of others.

use std::collections::BTreeMap;

use super::autosave::{FileNames, KeptNote};
use crate::experiment::RunId;
use crate::language::format;
use crate::language::{text, tr};

/// So many runs stay that no tab has open.
pub const MOST_KEPT: usize = 6;

/// A page in a browser without locks notes this often that it lives.
pub const BEAT_EVERY_MS: u32 = 10_000;
/// After such a silence it does not live any more. Browsers let the clock of a hidden tab strike once a minute.
const LONGEST_SILENCE_MS: f64 = 150_000.0;

/// Whether a page lives that noted this time last. A time that is yet to come is none that it noted.
pub fn is_alive(beat_ms: f64, now_ms: f64) -> bool {
    (0.0..LONGEST_SILENCE_MS).contains(&(now_ms - beat_ms))
}

/// A run that is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedRun {
    /// Which it is.
    pub id: RunId,
    /// What is known of it.
    pub note: KeptNote,
}

/// What the storage holds of runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SavedRuns {
    /// Runs that no tab has open, newest first.
    pub closed: Vec<SavedRun>,
    /// Runs that a tab has open.
    pub open: Vec<SavedRun>,
    /// Files of runs that nobody can go on with: their note is gone, or was never written.
    pub leftovers: Vec<String>,
}

impl SavedRuns {
    /// Sorts the files of a storage. `notes` are the contents of those that can be read as one; `is_open` says whether a tab
    /// has a run open.
    pub fn new(files: &[String], notes: &BTreeMap<String, KeptNote>, is_open: impl Fn(RunId) -> bool) -> Self {
        let mut runs = Self::default();
        for file in files {
            let Some(id) = FileNames::owner(file) else { continue };
            let note_name = FileNames::of(id).note;
            if *file == note_name {
                if let Some(note) = notes.get(file) {
                    let list = if is_open(id) { &mut runs.open } else { &mut runs.closed };
                    list.push(SavedRun { id, note: note.clone() });
                }
            } else if !is_open(id) && !files.contains(&note_name) {
                runs.leftovers.push(file.clone());
            }
        }
        runs.closed.sort_by_key(|run| (std::cmp::Reverse(run.note.kept_at_ms), run.id));
        runs
    }

    /// The closed runs that go when another one begins: what is beyond [`MOST_KEPT`]. First those that this visit has ended
    /// itself, then the oldest.
    pub fn to_make_room(&self, of_this_visit: &[RunId]) -> Vec<RunId> {
        let (own, others): (Vec<_>, Vec<_>) = self.closed.iter().map(|run| run.id).rev().partition(|id| of_this_visit.contains(id));
        own.into_iter().chain(others).take(self.closed.len().saturating_sub(MOST_KEPT)).collect()
    }
}

/// What takes room in a storage that is full, as half a sentence: other runs, and imported images of so many bytes.
pub fn what_takes_room(others: &[KeptNote], image_bytes: u64) -> String {
    let run_bytes = others.iter().map(|note| 2 * note.bytes).sum::<u64>();
    let runs = (!others.is_empty()).then(|| {
        tr!(
            "another saved run takes about {size}" | "{n} other saved runs take about {size}" % others.len(),
            size = format::bytes(run_bytes)
        )
    });
    let images = (image_bytes > 0).then(|| tr!("imported images take {size}", size = format::bytes(image_bytes)));
    let taken: Vec<String> = runs.into_iter().chain(images).collect();
    if taken.is_empty() {
        return text!("this page keeps nothing else there, so other pages or the disk leave it no room").into();
    }
    tr!(
        "{taken}; delete what you no longer need (images under Data, runs where they are offered after Reset or a reload)",
        taken = taken.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(kept_at_ms: u64) -> KeptNote {
        let (link, name) = (String::new(), String::new());
        KeptNote { link, steps_done: 1, total_steps: 9, slot: 0, name, kept_at_ms, bytes: 1 << 20 }
    }

    /// Runs with all their files, each by its number and when it was kept.
    fn storage(runs: &[(u64, u64)]) -> (Vec<String>, BTreeMap<String, KeptNote>) {
        let (mut files, mut notes) = (vec!["whitening-1".to_owned()], BTreeMap::new());
        for (id, kept_at_ms) in runs {
            let names = FileNames::of(RunId::new(*id));
            files.extend([names.note.clone()].into_iter().chain(names.slots));
            notes.insert(names.note, note(*kept_at_ms));
        }
        (files, notes)
    }

    fn ids(runs: &[SavedRun]) -> Vec<RunId> {
        runs.iter().map(|run| run.id).collect()
    }

    #[test]
    fn every_run_is_offered_that_no_other_tab_has_open_newest_first() {
        let (mut files, mut notes) = storage(&[(1, 100), (2, 300), (3, 200)]);
        let former = FileNames::of(RunId::FORMER);
        files.extend([former.note.clone(), former.slots[0].clone()]);
        notes.insert(former.note, note(0));
        let runs = SavedRuns::new(&files, &notes, |id| id == RunId::new(3));
        assert_eq!(ids(&runs.closed), [RunId::new(2), RunId::new(1), RunId::FORMER], "that of a former page is the oldest");
        assert_eq!((ids(&runs.open), runs.leftovers), (vec![RunId::new(3)], vec![]));
    }

    #[test]
    fn files_without_a_note_are_left_over_unless_a_tab_is_about_to_write_it() {
        let (mut files, notes) = storage(&[(1, 100)]);
        for id in [2, 3] {
            files.push(FileNames::of(RunId::new(id)).slots[0].clone());
        }
        let runs = SavedRuns::new(&files, &notes, |id| id == RunId::new(3));
        assert_eq!(runs.leftovers, [FileNames::of(RunId::new(2)).slots[0].clone()], "what another tab writes is its own");
        // A note that another version of the page wrote.
        let unreadable = SavedRuns::new(&storage(&[(1, 100)]).0, &BTreeMap::new(), |_| false);
        assert_eq!(unreadable, SavedRuns::default(), "is neither offered nor taken for garbage");
    }

    #[test]
    fn the_oldest_make_room_and_runs_of_this_visit_before_them() {
        let all: Vec<(u64, u64)> = (1..=9).map(|id| (id, 100 * id)).collect();
        let (files, notes) = storage(&all);
        let runs = SavedRuns::new(&files, &notes, |_| false);
        assert_eq!(runs.to_make_room(&[]), [1, 2, 3].map(RunId::new), "six stay");
        assert_eq!(runs.to_make_room(&[RunId::new(9), RunId::new(7)]), [7, 9, 1].map(RunId::new), "what was ended just now goes first");
        let runs = SavedRuns::new(&files, &notes, |id| id <= RunId::new(3));
        assert_eq!(runs.to_make_room(&[]), [], "one that is open never goes");
    }

    #[test]
    fn a_page_lives_while_it_says_so() {
        assert!(is_alive(1000.0, 1000.0) && is_alive(1000.0, 62_000.0), "hidden tabs say it once a minute");
        assert!(!is_alive(1000.0, 200_000.0), "one that died says nothing");
        assert!(!is_alive(5000.0, 1000.0) && !is_alive(f64::NAN, 1000.0), "a clock that was put back holds no run for ever");
    }

    #[test]
    fn a_full_storage_is_told_with_what_takes_the_room() {
        let said = what_takes_room(&[note(1), note(2)], 5 << 20);
        assert!(said.starts_with("2 other saved runs take about 4.00 MiB, imported images take 5.00 MiB; delete"), "{said}");
        assert!(what_takes_room(&[note(1)], 0).starts_with("another saved run takes about 2.00 MiB; delete"), "one alone");
        assert!(what_takes_room(&[], 0).contains("keeps nothing else"), "where nothing can be deleted");
    }
}
