//! Asks the [workbench](crate::workbench), which is fetched when it is first asked.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;

use super::browser::later;
use super::worker_client::WorkerClient;
use crate::protocol::{decode, encode};
use crate::workbench::{Numbered, WORKBENCH_VERSION, WorkbenchAnswer, WorkbenchRequest};

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
    static OF_PAGE: RefCell<Workbench> = RefCell::default();
}

/// Asks for something. `attachments` are files of the visitor, which go along as they are. `heard` gets all answers but
/// the last, [`WorkbenchAnswer::Done`]; whatever goes wrong arrives as [`WorkbenchAnswer::Refused`].
pub fn ask(request: WorkbenchRequest, attachments: &[JsValue], heard: impl Fn(WorkbenchAnswer) + 'static) {
    fn boxed(message: WorkbenchRequest, attachments: &[JsValue], heard: Listener) {
        let refused = OF_PAGE.with_borrow_mut(|bench| {
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
                bench.worker = Some(WorkerClient::start_program("workbench_loader.js", Box::new(hear))?);
            }
            bench.post_waiting()
        });
        refused.unwrap_or_else(|sentence| give_up(&sentence));
    }
    boxed(request, attachments, Rc::new(heard));
}

impl Workbench {
    fn post_waiting(&mut self) -> Result<(), String> {
        let Some(worker) = self.worker.as_ref().filter(|_| self.is_ready) else { return Ok(()) };
        self.waiting.drain(..).try_for_each(|parts| worker.post_value(&parts, &parts.get(0).into()))
    }
}

fn hear(said: Result<Vec<u8>, String>) {
    let answer = said.and_then(|bytes| decode::<Numbered<WorkbenchAnswer>>(&bytes).map_err(|error| error.to_string()));
    match answer {
        Err(sentence) => give_up(&sentence),
        Ok(Numbered { message: WorkbenchAnswer::Ready { version }, .. }) if version != WORKBENCH_VERSION => {
            give_up("the page and its workbench are of different versions: reload the page");
        }
        Ok(Numbered { message: WorkbenchAnswer::Ready { .. }, .. }) => {
            let posted = OF_PAGE.with_borrow_mut(|bench| {
                bench.is_ready = true;
                bench.post_waiting()
            });
            posted.unwrap_or_else(|sentence| give_up(&sentence));
        }
        Ok(Numbered { number, message: WorkbenchAnswer::Done }) => {
            OF_PAGE.with_borrow_mut(|bench| bench.listeners.retain(|(other, _)| *other != number));
        }
        Ok(Numbered { number, message }) => {
            // Called while nothing is borrowed: it may ask again.
            let listener =
                OF_PAGE.with_borrow(|bench| bench.listeners.iter().find(|(other, _)| *other == number).map(|(_, it)| it.clone()));
            if let Some(listener) = listener {
                listener(message);
            }
        }
    }
}

/// Ends it, and tells everyone who waits. The next request starts it anew.
fn give_up(sentence: &str) {
    let bench = OF_PAGE.take();
    // Its number goes on: a listener of the new one must not hear what is meant for another.
    OF_PAGE.with_borrow_mut(|new| new.last_number = bench.last_number);
    for (_, listener) in &bench.listeners {
        listener(WorkbenchAnswer::Refused { sentence: sentence.to_owned() });
    }
    // From a timer: its worker may be in the middle of telling this.
    later(move || drop(bench), Duration::ZERO);
}
