//! Runs that the browser has saved, to go on with.

use std::time::Duration;

use gloo::events::EventListener;
use leptos::task::spawn_local;
use leptos::{ev, prelude::*};

use crate::checkpoint::autosave::FileNames;
use crate::checkpoint::saved_runs::SavedRun;
use crate::experiment::RunId;
use crate::language::{marked, translated};

use super::Notices;
use crate::app::services::open_runs::{self, Hold};
use crate::app::services::saved_run_storage::{list, purge, put_back, take_away};

const OPEN_ELSEWHERE: &str = marked!("This run is open in another tab: go on there, or close that tab first.");
const NOT_PUT_BACK: &str = marked!("The saved run could not be brought back: this browser's storage for the page is full or switched off.");

/// A tab that was just closed, or this one before a reload, has let go of its run by then.
const LET_GO: Duration = Duration::from_secs(2);

#[derive(Default)]
struct Holds {
    /// The run there is.
    run: Option<(RunId, Option<Hold>)>,
    /// The run that was deleted last, while it can be brought back.
    deleted: Option<Hold>,
}

/// Handle to the saved runs. Nobody changes files of a run that this page does not hold.
#[derive(Clone, Copy)]
pub struct SavedRunsContext {
    notices: Notices,
    offered: RwSignal<Vec<SavedRun>>,
    deleted: RwSignal<Option<SavedRun>>,
    holds: StoredValue<Holds, LocalStorage>,
    /// They are not offered before the next visit.
    of_this_visit: StoredValue<Vec<RunId>>,
}

impl SavedRunsContext {
    /// Not looked for yet.
    pub fn new(notices: Notices) -> Self {
        Self {
            notices,
            offered: RwSignal::new(Vec::new()),
            deleted: RwSignal::new(None),
            holds: StoredValue::new_local(Holds::default()),
            of_this_visit: StoredValue::new(Vec::new()),
        }
    }

    /// Looks for them now and whenever the page is seen again. The page lives as long as the listeners.
    pub fn start(self) {
        spawn_local(self.look());
        set_timeout(move || spawn_local(self.look()), LET_GO);
        let seen = move |_: &web_sys::Event| {
            if !document().hidden() {
                spawn_local(self.look());
            }
        };
        EventListener::new(&document(), "visibilitychange", seen).forget();
        window_event_listener(ev::pagehide, move |_| self.finish_deletion());
    }

    /// Runs that can be gone on with, newest first. Tracks.
    pub fn offered(self) -> Vec<SavedRun> {
        self.offered.get()
    }

    /// The run that was deleted last and can be brought back. Tracks.
    pub fn deleted(self) -> Option<SavedRun> {
        self.deleted.get()
    }

    /// Takes a saved run for this page. Whether no other tab has it.
    pub async fn take(self, id: RunId) -> bool {
        let hold = open_runs::hold(id).await;
        let is_mine = hold.is_some();
        if is_mine {
            self.holds.update_value(|holds| holds.run = Some((id, hold)));
        } else {
            self.notices.push(translated(OPEN_ELSEWHERE));
            self.look().await;
        }
        is_mine
    }

    /// A run begins, a new one or one that was taken.
    pub fn begin(self, id: RunId) {
        self.of_this_visit.update_value(|ids| ids.push(id));
        self.offered.update(|offered| offered.retain(|run| run.id != id));
        self.finish_deletion();
        let is_taken = self.holds.with_value(|holds| holds.run.as_ref().is_some_and(|(held, _)| *held == id));
        if !is_taken {
            self.holds.update_value(|holds| holds.run = Some((id, None)));
        }
        spawn_local(async move {
            if !is_taken {
                let hold = open_runs::hold(id).await;
                self.holds.update_value(|holds| {
                    // Unless another one has begun meanwhile.
                    if let Some((_, place)) = holds.run.as_mut().filter(|(held, _)| *held == id) {
                        *place = hold;
                    }
                });
            }
            let own = self.of_this_visit.get_value();
            for old in list().await.to_make_room(&own) {
                self.remove(old).await;
            }
        });
    }

    /// The run there was has ended, or the one that was taken did not begin.
    pub fn let_go(self) {
        let ended = self.holds.try_update_value(|holds| holds.run.take());
        drop(ended);
    }

    /// Deletes a saved run. [`Self::restore`] brings it back.
    pub fn delete(self, run: SavedRun) {
        spawn_local(async move {
            let Some(hold) = open_runs::hold(run.id).await else {
                self.notices.push(translated(OPEN_ELSEWHERE));
                return self.look().await;
            };
            self.finish_deletion();
            take_away(run.id).await;
            self.holds.update_value(|holds| holds.deleted = Some(hold));
            self.offered.update(|offered| offered.retain(|other| other.id != run.id));
            self.deleted.set(Some(run));
        });
    }

    /// Brings back the run that was deleted last.
    pub fn restore(self) {
        let Some(run) = self.deleted.get_untracked() else { return };
        spawn_local(async move {
            if put_back(run.id, &run.note).await.is_none() {
                return self.notices.push(translated(NOT_PUT_BACK));
            }
            // It was asked for twice.
            if self.deleted.get_untracked().is_none_or(|deleted| deleted.id != run.id) {
                return;
            }
            self.deleted.set(None);
            let hold = self.holds.try_update_value(|holds| holds.deleted.take());
            drop(hold);
            self.offered.update(|offered| {
                let place = offered.partition_point(|other| other.note.kept_at_ms > run.note.kept_at_ms);
                offered.insert(place, run);
            });
        });
    }

    /// What was deleted cannot be brought back any more. Where the page ends first, the next one does it.
    fn finish_deletion(self) {
        let Some(run) = self.deleted.get_untracked() else { return };
        self.deleted.set(None);
        let hold = self.holds.try_update_value(|holds| holds.deleted.take());
        spawn_local(async move {
            purge(run.id).await;
            drop(hold);
        });
    }

    async fn look(self) {
        let runs = list().await;
        let own = self.of_this_visit.get_value();
        let deleted = self.deleted.get_untracked().map(|run| run.id);
        let mut offered = runs.closed;
        offered.retain(|run| !own.contains(&run.id) && Some(run.id) != deleted);
        if self.offered.with_untracked(|before| *before != offered) {
            self.offered.set(offered);
        }
        let mut left_over: Vec<RunId> = runs.leftovers.iter().filter_map(|file| FileNames::owner(file)).collect();
        left_over.dedup();
        for id in left_over {
            self.remove(id).await;
        }
    }

    /// Removes a run unless a tab has it open.
    async fn remove(self, id: RunId) {
        let Some(hold) = open_runs::hold(id).await else { return };
        purge(id).await;
        drop(hold);
        self.offered.update(|offered| offered.retain(|run| run.id != id));
    }
}
