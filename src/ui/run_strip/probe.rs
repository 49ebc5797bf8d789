//! The button that says before Play how long the run will take: it trains a few steps and throws them away.

use std::time::Duration;

use crate::run_state::{GpuProbe, Probe, ProbeNext, Run, TrainerKind};
use crate::starting_point::StartingPoint;
use crate::ui::browser::later;
use crate::ui::follow::{follow, keep, listen};
use crate::ui::markup::say;
use crate::ui::session::Session;
use crate::ui::signals::{Kept, Signal, untrack};
use crate::ui::worker_client::{Heard, WorkerClient};

/// The button, and what went wrong.
pub const HTML: &str = "<div id=probe-row class=probe><button class=quiet id=probe \
    title=\"Trains three steps of this network here and throws them away\">How long will it take?</button>\
    <span class=caption id=probe-note role=status></span></div>";

#[derive(Clone, Copy)]
struct Measuring {
    session: Session,
    worker: Kept<Option<WorkerClient>>,
    under_way: Signal<Option<Probe>>,
}

/// Lets it do what it says; `measured` hears the speed in multiply-adds of the forward pass a second.
pub fn start(session: Session, measured: impl Fn(TrainerKind, f64) + Copy + 'static) {
    let measuring = Measuring { session, worker: Kept::new(None), under_way: Signal::new(None) };
    let is_idle = move || session.of_run(|_: &Run| ()).is_none();
    keep("probe-row", "hidden", move || !is_idle());
    keep("probe", "disabled", move || {
        let looks_for_gpu = session.gpu.with(|gpu| *gpu == GpuProbe::Pending);
        !session.can_begin() || looks_for_gpu || measuring.under_way.with(Option::is_some)
    });
    follow(move || {
        // Play wants the device for itself.
        if !is_idle() {
            measuring.end("");
        }
    });
    listen("probe", &["click"], move |_| measuring.begin(measured));
}

impl Measuring {
    fn begin(self, measured: impl Fn(TrainerKind, f64) + Copy + 'static) {
        let session = self.session;
        let (Some(plan), Some((trainer, _))) = (session.plan(StartingPoint::Fresh), untrack(|| session.trainer())) else { return };
        self.under_way.set(Some(Probe::new(plan.request)));
        say("probe-note", "Training three steps…");
        // From a timer: a worker that is done is dropped, and it may not be in the middle of telling so.
        let heard = move |heard| later(move || self.hear(heard, trainer, measured), Duration::ZERO);
        match WorkerClient::start(trainer, heard) {
            Ok(worker) => self.worker.set(Some(worker)),
            Err(reason) => self.end(&reason),
        }
    }

    fn hear(self, heard: Heard, trainer: TrainerKind, measured: impl Fn(TrainerKind, f64)) {
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
                measured(trainer, found.multiply_adds_per_second);
            }
            ProbeNext::Failed(reason) => self.end(&reason),
        }
    }

    /// Ends it, with what went wrong if anything did.
    fn end(self, reason: &str) {
        drop(self.worker.update(Option::take));
        if self.under_way.with_untracked(Option::is_some) {
            self.under_way.set(None);
            say("probe-note", &if reason.is_empty() { String::new() } else { format!("It could not be measured: {reason}.") });
        }
    }
}
