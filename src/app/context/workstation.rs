//! The native program that trains in the place of the page's own trainer, if the visitor has chosen one.

use leptos::prelude::*;

use crate::experiment::WorkerFailure;
use crate::protocol::{PROTOCOL_VERSION, TrainEvent};
use crate::run::{TrainerKind, Workstation};

use crate::app::services::{TrainerClient, TrainerMessage};

/// What came of the last try to connect.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Reached {
    /// Nothing was contacted.
    #[default]
    NotTried,
    /// The browser connects.
    Trying,
    /// The program is there; what it says it computes on.
    There(String),
    /// It is not.
    Not(WorkerFailure),
}

/// Handle to it. Nothing is contacted before [`WorkstationContext::connect`], or before something is trained there.
#[derive(Debug, Clone, Copy)]
pub struct WorkstationContext {
    entered: RwSignal<Workstation>,
    reached: RwSignal<Reached>,
    client: StoredValue<Option<TrainerClient>, LocalStorage>,
}

impl WorkstationContext {
    /// None is chosen.
    pub fn new() -> Self {
        let (entered, reached) = (RwSignal::new(Workstation::default()), RwSignal::new(Reached::NotTried));
        Self { entered, reached, client: StoredValue::new_local(None) }
    }

    /// What the visitor entered. Tracks.
    pub fn entered(self) -> Workstation {
        self.entered.get()
    }

    /// The same as a signal, for who starts trainers.
    pub fn signal(self) -> ReadSignal<Workstation> {
        self.entered.read_only()
    }

    /// Whether runs that begin are trained there. Tracks.
    pub fn is_chosen(self) -> bool {
        self.entered.with(|entered| entered.is_chosen)
    }

    /// What came of the last try to connect. Tracks.
    pub fn reached(self) -> Reached {
        self.reached.get()
    }

    /// Has runs that begin trained there, or in the page.
    pub fn choose(self, is_chosen: bool) {
        self.change(|entered| entered.is_chosen = is_chosen);
    }

    /// Takes what was entered. What was found out about something else holds no longer.
    pub fn change(self, change: impl FnOnce(&mut Workstation)) {
        self.entered.update(change);
        self.end(Reached::NotTried);
    }

    /// Finds out whether the program answers, and lets it go again.
    pub fn connect(self) {
        self.end(Reached::Trying);
        let started = self.entered.with_untracked(|entered| {
            TrainerClient::start(TrainerKind::Workstation, entered, move |heard| match heard {
                TrainerMessage::Event(TrainEvent::Ready { protocol_version: PROTOCOL_VERSION, device }) => self.end(Reached::There(device)),
                TrainerMessage::Event(_) => self.end(Reached::Not(WorkerFailure::OtherBuild)),
                TrainerMessage::Arriving(_) => {}
                TrainerMessage::Broken(failure) => self.end(Reached::Not(failure)),
            })
        });
        match started {
            Ok(client) => self.client.set_value(Some(client)),
            Err(failure) => self.end(Reached::Not(failure)),
        }
    }

    fn end(self, reached: Reached) {
        // The client is dropped outside the lock: its end may not touch what is borrowed.
        let client = self.client.try_update_value(Option::take);
        drop(client);
        self.reached.set(reached);
    }
}
