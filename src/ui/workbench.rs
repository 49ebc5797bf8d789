//! Asks the [workbench](crate::worker::tasks), which is fetched when it is first asked.
//!
//! There are two: what takes minutes has one of its own, so that nothing waits behind it and it can be ended.

use std::cell::RefCell;
use std::rc::Rc;
use std::thread::LocalKey;
use std::time::Duration;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;

use super::browser::later;
use super::worker_client::WorkerClient;
use crate::protocol::tasks::{Numbered, WORKBENCH_VERSION, WorkbenchAnswer, WorkbenchRequest};
use crate::protocol::{decode, encode};

type Listener = Rc<dyn Fn(WorkbenchAnswer)>;

#[derive(Default)]
struct Workbench {
    worker: Option<WorkerClient>,
    is_ready: bool,
    last_number: u32,
    /// Requests that it is not ready for yet.
    waiting: Vec<Array>,
    /// Who hears the answers to which request.
    listeners: Vec<(u32, Listener)>,
}

thread_local! {
    static SOON: RefCell<Workbench> = RefCell::default();
    static LONG: RefCell<Workbench> = RefCell::default();
}

type Place = &'static LocalKey<RefCell<Workbench>>;

/// Asks for something that is answered soon. `attachments` are files of the visitor, which go along as they are. `heard` gets
/// all answers but the last, [`WorkbenchAnswer::Done`]; whatever goes wrong arrives as [`WorkbenchAnswer::Refused`].
pub fn ask(request: WorkbenchRequest, attachments: &[JsValue], heard: impl Fn(WorkbenchAnswer) + 'static) {
    ask_at(&SOON, request, attachments, Rc::new(heard));
}

/// Asks for something that takes minutes, unless it is [ended](end_long_work) before.
pub fn ask_for_long_work(request: WorkbenchRequest, heard: impl Fn(WorkbenchAnswer) + 'static) {
    ask_at(&LONG, request, &[], Rc::new(heard));
}

/// Ends what takes minutes; nobody hears of it any more.
pub fn end_long_work() {
    drop(end(&LONG));
}

fn ask_at(place: Place, message: WorkbenchRequest, attachments: &[JsValue], heard: Listener) {
    let refused = place.with_borrow_mut(|bench| {
        bench.last_number += 1;
        let number = bench.last_number;
        bench.listeners.push((number, heard));
        let bytes = Uint8Array::from(encode(&Numbered { number, message }).as_slice());
        let parts = Array::of1(&bytes.buffer());
        attachments.iter().for_each(|file| {
            parts.push(file);
        });
        bench.waiting.push(parts);
        if bench.worker.is_none() {
            bench.worker = Some(WorkerClient::start_program("tasks_loader.js", Box::new(move |said| hear(place, said)))?);
        }
        bench.post_waiting()
    });
    refused.unwrap_or_else(|sentence| give_up(place, &sentence));
}

impl Workbench {
    fn post_waiting(&mut self) -> Result<(), String> {
        let Some(worker) = self.worker.as_ref().filter(|_| self.is_ready) else { return Ok(()) };
        self.waiting.drain(..).try_for_each(|parts| worker.post_value(&parts, &parts.get(0).into()))
    }
}

fn hear(place: Place, said: Result<Vec<u8>, String>) {
    let answer = said.and_then(|bytes| decode::<Numbered<WorkbenchAnswer>>(&bytes).map_err(|error| error.to_string()));
    match answer {
        Err(sentence) => give_up(place, &sentence),
        Ok(Numbered { message: WorkbenchAnswer::Ready { version }, .. }) if version != WORKBENCH_VERSION => {
            give_up(place, "the page and its workbench are of different versions: reload the page");
        }
        Ok(Numbered { message: WorkbenchAnswer::Ready { .. }, .. }) => {
            let posted = place.with_borrow_mut(|bench| {
                // Unless it comes from one that was ended a moment ago.
                bench.is_ready = bench.worker.is_some();
                bench.post_waiting()
            });
            posted.unwrap_or_else(|sentence| give_up(place, &sentence));
        }
        Ok(Numbered { number, message: WorkbenchAnswer::Done }) => {
            place.with_borrow_mut(|bench| bench.listeners.retain(|(other, _)| *other != number));
        }
        Ok(Numbered { number, message }) => {
            // Called while nothing is borrowed: it may ask again.
            let listener = place.with_borrow(|bench| bench.listeners.iter().find(|(other, _)| *other == number).map(|(_, it)| it.clone()));
            if let Some(listener) = listener {
                listener(message);
            }
        }
    }
}

/// Ends it, and tells everyone who waits. The next request starts it anew.
fn give_up(place: Place, sentence: &str) {
    for (_, listener) in end(place) {
        listener(WorkbenchAnswer::Refused { sentence: sentence.to_owned() });
    }
}

/// Ends it. Who waits for an answer of it.
fn end(place: Place) -> Vec<(u32, Listener)> {
    let mut bench = place.take();
    // Its number goes on: a listener of the new one must not hear what is meant for another.
    place.with_borrow_mut(|new| new.last_number = bench.last_number);
    let listeners = std::mem::take(&mut bench.listeners);
    // From a timer: its worker may be in the middle of telling something.
    later(move || drop(bench), Duration::ZERO);
    listeners
}
