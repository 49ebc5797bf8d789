//! The button that says before Play how long the run will take: it trains a few steps and throws them away.

use std::time::Duration;

use crate::experiment::weight_init::StartingPoint;
use crate::format::bytes;
use crate::run::{GpuProbe, Probe, ProbeNext, Run, TrainerKind};
use crate::ui::browser::later;
use crate::ui::follow::{follow, keep, listen};
use crate::ui::markup::say;
use crate::ui::parts;
use crate::ui::session::{Command, Session};
use crate::ui::signals::{Kept, untrack};
use crate::ui::worker_client::{Heard, WorkerClient};

use super::cost_summary;

/// The button, and what went wrong.
pub const HTML: &str = "<div id=probe-row class=probe><button class=quiet id=probe \
    title=\"Trains three steps of this network here and throws them away\">How long will it take?</button>\
    <span class=caption id=probe-note role=status></span></div>";

/// Keeps the button.
pub fn keep_button(session: Session) {
    keep("probe-row", "hidden", move || session.of_run(|_| ()).is_some());
    keep("probe", "disabled", move || {
        let looks_for_gpu = session.gpu.with(|gpu| *gpu == GpuProbe::Pending);
        !session.can_begin() || looks_for_gpu || session.is_measured.get()
    });
    listen("probe", &["click"], |_| parts::run(Command::Measure));
}

thread_local! {
    static MEASURING: Measuring = Measuring { session: Session::of_page(), worker: Kept::new(None), under_way: Kept::new(None) };
}

/// Does what the button says.
pub fn measure() {
    MEASURING.with(|measuring| *measuring).begin();
}

/// Ends it when a run begins: Play wants the device for itself.
pub fn start(session: Session) {
    follow(move || {
        if session.of_run(|_: &Run| ()).is_some() {
            MEASURING.with(|measuring| *measuring).end("");
        }
    });
}

#[derive(Clone, Copy)]
struct Measuring {
    session: Session,
    worker: Kept<Option<WorkerClient>>,
    under_way: Kept<Option<Probe>>,
}

impl Measuring {
    fn begin(self) {
        let session = self.session;
        if session.of_run(|_| ()).is_some() || self.under_way.with(Option::is_some) {
            return;
        }
        let (Some(plan), Some((trainer, _))) = (session.plan(StartingPoint::Fresh), untrack(|| session.trainer())) else { return };
        self.under_way.set(Some(Probe::new(plan.request)));
        session.is_measured.set(true);
        say("probe-note", "Training three steps…");
        // From a timer: a worker that is done is dropped, and it may not be in the middle of telling so.
        let heard = move |heard| later(move || self.hear(heard, trainer), Duration::ZERO);
        match WorkerClient::start(trainer, heard) {
            Ok(worker) => self.worker.set(Some(worker)),
            Err(reason) => self.end(&reason),
        }
    }

    fn hear(self, heard: Heard, trainer: TrainerKind) {
        let event = match heard {
            Heard::Event(event) => event,
            Heard::Broken(reason) => return self.end(&reason),
        };
        let mut next = ProbeNext::Wait;
        self.under_way.update(|probe| next = probe.as_mut().map_or(ProbeNext::Wait, |probe| probe.apply(event)));
        match next {
            ProbeNext::Wait => {}
            ProbeNext::Post(command) => {
                if let Some(Err(reason)) = self.worker.with(|worker| worker.as_ref().map(|worker| worker.post(&command))) {
                    self.end(&reason);
                }
            }
            ProbeNext::Measured(found) => {
                self.end("");
                if found.memory_bytes > 0 {
                    say("probe-note", &format!("The three steps held {} of memory.", bytes(found.memory_bytes)));
                }
                cost_summary::remember(trainer, found.multiply_adds_per_second);
                self.session.speed_measured.set(());
            }
            ProbeNext::Failed(reason) => self.end(&reason),
        }
    }

    /// Ends it, with what went wrong if anything did.
    fn end(self, reason: &str) {
        drop(self.worker.update(Option::take));
        if self.under_way.update(Option::take).is_some() {
            self.session.is_measured.set(false);
            say("probe-note", &if reason.is_empty() { String::new() } else { format!("It could not be measured: {reason}.") });
        }
    }
}
