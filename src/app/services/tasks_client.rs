//! Asks the [tasks](crate::worker::tasks) worker, which is fetched when it is first asked.
//!
//! There are two: what takes minutes has a worker of its own, so that nothing waits behind it and it can be ended.

use std::rc::Rc;
use std::time::Duration;

use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::experiment::{RunRequest, WorkerFailure};
use crate::protocol::tasks::{Numbered, TASKS_VERSION, TaskAnswer, TaskRequest};
use crate::protocol::{decode, encode};
use crate::run::WhiteningNews;

use super::worker_client::WorkerMessage;
use super::{WorkerClient, worker_scripts};

type Listener = Rc<dyn Fn(TaskAnswer)>;

#[derive(Default)]
struct Worker {
    client: Option<WorkerClient>,
    is_ready: bool,
    last_number: u32,
    /// Requests that it is not ready for yet.
    waiting: Vec<Array>,
    /// Who hears the answers to which request.
    listeners: Vec<(u32, Listener)>,
}

type Place = StoredValue<Worker, LocalStorage>;

/// Handle to the two workers.
#[derive(Clone, Copy)]
pub struct TasksClient {
    soon: Place,
    long: Place,
}

impl TasksClient {
    /// Nothing is fetched yet.
    pub fn new() -> Self {
        Self { soon: StoredValue::new_local(Worker::default()), long: StoredValue::new_local(Worker::default()) }
    }

    /// Asks for something that is answered soon. `attachments` are files of the visitor or bytes, which go along as they are.
    /// `heard` gets all answers but the last, [`TaskAnswer::Done`]; whatever goes wrong arrives as [`TaskAnswer::Refused`].
    pub fn ask(self, request: TaskRequest, attachments: &[JsValue], heard: impl Fn(TaskAnswer) + 'static) {
        ask_at(self.soon, request, attachments, Rc::new(heard));
    }

    /// Measures the matrix that whitens the images of `request`. It takes minutes, and can be [ended](Self::end_long_work).
    pub fn measure_whitening(self, request: RunRequest, heard: impl Fn(WhiteningNews) + 'static) {
        let answered = move |answer| {
            let news = match answer {
                TaskAnswer::Progress(words) => WhiteningNews::Progress(words),
                TaskAnswer::Whitening { name } => WhiteningNews::Kept(name),
                TaskAnswer::Refused { sentence } => WhiteningNews::Failed(sentence),
                _ => return,
            };
            if !matches!(news, WhiteningNews::Progress(_)) {
                // Gives back the hundreds of megabytes that a program on the web never gives back by itself.
                self.end_long_work();
            }
            heard(news);
        };
        ask_at(self.long, TaskRequest::MeasureWhitening(Box::new(request)), &[], Rc::new(answered));
    }

    /// Ends both; whoever waits for an answer is told nothing. The next request starts them anew.
    pub fn end_all(self) {
        drop(end(self.soon));
        self.end_long_work();
    }

    /// Ends what takes minutes; nobody hears of it any more.
    pub fn end_long_work(self) {
        drop(end(self.long));
    }
}

fn ask_at(place: Place, message: TaskRequest, attachments: &[JsValue], heard: Listener) {
    let posted = place.try_update_value(|worker| {
        worker.last_number += 1;
        let number = worker.last_number;
        worker.listeners.push((number, heard));
        let bytes = Uint8Array::from(encode(&Numbered { number, message }).as_slice());
        let parts = Array::of1(&bytes.buffer());
        attachments.iter().for_each(|file| {
            parts.push(file);
        });
        worker.waiting.push(parts);
        if worker.client.is_none() {
            worker.client = Some(WorkerClient::start_program(&worker_scripts::tasks(), Box::new(move |said| hear(place, said)))?);
        }
        worker.post_waiting()
    });
    if let Some(Err(failure)) = posted {
        give_up(place, &failure);
    }
}

impl Worker {
    fn post_waiting(&mut self) -> Result<(), WorkerFailure> {
        let Some(client) = self.client.as_ref().filter(|_| self.is_ready) else { return Ok(()) };
        self.waiting.drain(..).try_for_each(|parts| client.post_value(&parts, &parts.get(0).into()))
    }
}

fn hear(place: Place, said: Result<WorkerMessage, WorkerFailure>) {
    let said = match said {
        Ok(WorkerMessage::Arriving(_)) => return,
        Ok(WorkerMessage::Message(bytes)) => Ok(bytes),
        Err(failure) => Err(failure),
    };
    let answer = said.and_then(|bytes| decode::<Numbered<TaskAnswer>>(&bytes).map_err(|_| WorkerFailure::OtherBuild));
    match answer {
        Err(failure) => give_up(place, &failure),
        Ok(Numbered { message: TaskAnswer::Ready { version }, .. }) if version != TASKS_VERSION => {
            give_up(place, &WorkerFailure::OtherBuild);
        }
        Ok(Numbered { message: TaskAnswer::Ready { .. }, .. }) => {
            let posted = place.try_update_value(|worker| {
                // Unless it comes from one that was ended a moment ago.
                worker.is_ready = worker.client.is_some();
                worker.post_waiting()
            });
            if let Some(Err(failure)) = posted {
                give_up(place, &failure);
            }
        }
        Ok(Numbered { number, message: TaskAnswer::Done }) => {
            place.update_value(|worker| worker.listeners.retain(|(other, _)| *other != number));
        }
        Ok(Numbered { number, message }) => {
            // Called while nothing is borrowed: it may ask again.
            let listener = place.with_value(|worker| worker.listeners.iter().find(|(other, _)| *other == number).map(|(_, it)| it.clone()));
            if let Some(listener) = listener {
                listener(message);
            }
        }
    }
}

/// Ends the worker, and tells everyone who waits. The next request starts it anew.
fn give_up(place: Place, failure: &WorkerFailure) {
    for (_, listener) in end(place) {
        listener(TaskAnswer::Refused { sentence: failure.to_string() });
    }
}

/// Ends the worker. Who waits for an answer of it.
fn end(place: Place) -> Vec<(u32, Listener)> {
    let ended = place.try_update_value(|worker| {
        // Its number goes on: a listener of the new one must not hear what is meant for another.
        let last_number = worker.last_number;
        std::mem::replace(worker, Worker { last_number, ..Worker::default() })
    });
    let Some(mut ended) = ended else { return Vec::new() };
    let listeners = std::mem::take(&mut ended.listeners);
    // From a timer: its worker may be in the middle of telling something.
    set_timeout(move || drop(ended), Duration::ZERO);
    listeners
}
