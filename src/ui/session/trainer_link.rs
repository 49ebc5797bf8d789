//! Between the run and its worker: performs effects, and gathers events so that the page is redrawn
//! at most ten times a second however fast the steps come.

use std::time::Duration;

use crate::experiment::{RunRequest, TrainError};
use crate::protocol::TrainEvent;
use crate::protocol::tasks::{WorkbenchAnswer, WorkbenchRequest};
use crate::run::{Effect, GpuProbe, TrainerKind, WhiteningNews};

use super::Session;
use crate::ui::browser::{later, now_ms};
use crate::ui::files::save_file;
use crate::ui::signals::Kept;
use crate::ui::workbench;
use crate::ui::worker_client::{Heard, WorkerClient};

/// Between two redraws.
const REDRAW_MS: f64 = 100.0;
/// A trainer that has not said it is ready by then will not.
const READY_PATIENCE: Duration = Duration::from_secs(60);

#[derive(Default)]
struct Inbox {
    worker: Option<WorkerClient>,
    heard: Vec<Heard>,
    reading_planned: bool,
    last_reading_ms: f64,
    /// Counts workers, so that a timer knows whether its worker is still the one.
    started: u64,
}

thread_local! {
    static INBOX: Kept<Inbox> = Kept::new(Inbox { last_reading_ms: -REDRAW_MS, ..Inbox::default() });
}

fn inbox() -> Kept<Inbox> {
    INBOX.with(|inbox| *inbox)
}

impl Session {
    pub(super) fn perform(self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Start(trainer) => self.start_worker(trainer),
                Effect::Post(command) => {
                    let posted = inbox().with(|inbox| inbox.worker.as_ref().map(|worker| worker.post(&command)));
                    if let Some(Err(reason)) = posted {
                        self.hear(Heard::Broken(reason));
                    }
                }
                Effect::MeasureWhitening(request) => self.measure_whitening(*request),
                Effect::Stop => self.stop_worker(),
            }
        }
    }

    fn measure_whitening(self, request: RunRequest) {
        workbench::ask_for_long_work(WorkbenchRequest::MeasureWhitening(Box::new(request.clone())), move |answer| {
            let news = match answer {
                WorkbenchAnswer::Progress(words) => WhiteningNews::Progress(words),
                WorkbenchAnswer::Whitening { name } => WhiteningNews::Kept(name),
                WorkbenchAnswer::Refused { sentence } => WhiteningNews::Failed(sentence),
                _ => return,
            };
            if !matches!(news, WhiteningNews::Progress(_)) {
                // Gives back the hundreds of megabytes that a program on the web never gives back by itself.
                workbench::end_long_work();
            }
            self.change(|run| run.whitening_told(&request, news));
        });
    }

    fn stop_worker(self) {
        workbench::end_long_work();
        // The worker is dropped outside the lock on the inbox: its end may not touch what is borrowed.
        let worker = inbox().update(|inbox| {
            inbox.heard.clear();
            inbox.worker.take()
        });
        drop(worker);
    }

    fn start_worker(self, trainer: TrainerKind) {
        self.stop_worker();
        match WorkerClient::start(trainer, move |heard| self.hear(heard)) {
            Ok(worker) => {
                let started = inbox().update(|inbox| {
                    inbox.worker = Some(worker);
                    inbox.started += 1;
                    inbox.started
                });
                later(move || self.give_up_waiting(started), READY_PATIENCE);
            }
            Err(reason) => self.hear(Heard::Broken(reason)),
        }
    }

    fn give_up_waiting(self, started: u64) {
        let same_worker = inbox().with(|inbox| inbox.worker.is_some() && inbox.started == started);
        let silent = self.run.with_untracked(|state| state.run().is_some_and(|run| run.device.is_none()));
        if same_worker && silent {
            self.hear(Heard::Broken("it did not start within 60 seconds".into()));
        }
    }

    fn hear(self, heard: Heard) {
        let wait = inbox().update(|inbox| {
            inbox.heard.push(heard);
            let planned = std::mem::replace(&mut inbox.reading_planned, true);
            (!planned).then(|| (inbox.last_reading_ms + REDRAW_MS - now_ms()).max(0.0))
        });
        if let Some(wait) = wait {
            // A timer rather than an animation frame: those stop while the tab is hidden, and training goes on.
            later(move || self.read_inbox(), Duration::from_secs_f64(wait / 1000.0));
        }
    }

    fn read_inbox(self) {
        let heard = inbox().update(|inbox| {
            inbox.reading_planned = false;
            inbox.last_reading_ms = now_ms();
            std::mem::take(&mut inbox.heard)
        });
        if heard.is_empty() {
            return;
        }
        let no_gpu = heard.iter().find_map(|heard| match heard {
            Heard::Event(TrainEvent::Failed(TrainError::NoWebGpu { reason })) => Some(reason.clone()),
            _ => None,
        });
        self.change(|run| {
            let fold = |heard| match heard {
                Heard::Event(TrainEvent::File { name, bytes }) => {
                    save_file(&name, &bytes);
                    Vec::new()
                }
                Heard::Event(event) => run.apply(event),
                Heard::Broken(reason) => run.broken(reason),
            };
            heard.into_iter().flat_map(fold).collect()
        });
        if let Some(reason) = no_gpu {
            // The next run need not find out again.
            self.gpu.set(GpuProbe::Unusable(format!("WebGPU cannot be used here ({reason})")));
        }
    }
}
