//! Owner of a Web Worker: starts it, posts messages, hears what it says, ends it.
//!
//! Bindings by hand, because `gloo-worker` has neither transfer lists nor `terminate()` nor `onerror`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, ArrayBuffer, Uint8Array};
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{ErrorEvent, Event, MessageEvent, MessagePort, Worker, WorkerOptions, WorkerType};

use crate::experiment::WorkerFailure;
use crate::experiment::worker_failure::Surroundings;
use crate::language::{text, tr};
use crate::protocol::{TrainCommand, encode};
use crate::worker::javascript::words;

use super::language;
use super::location::{absolute_url, is_sandboxed};
use super::worker_diagnosis::{PolicyWatch, diagnose, failing_file};

/// What a worker says.
pub enum WorkerMessage {
    /// A message of its program.
    Message(Vec<u8>),
    /// So many bytes of its program have arrived.
    Arriving(u64),
}

/// A running worker. Dropping it ends it at once, whatever it is doing.
pub struct WorkerClient {
    worker: Worker,
    /// The script that loads its program.
    loader: String,
    /// Of threads of the worker, which say themselves how they end: the worker may be waiting for them, deaf.
    threads: Rc<RefCell<Vec<MessagePort>>>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
    _on_message_error: Closure<dyn FnMut(Event)>,
    /// Heard by what still finds out why it failed.
    is_wanted: Rc<Cell<bool>>,
    _policy: PolicyWatch,
}

impl WorkerClient {
    /// Starts the program that this script of the page's folder loads. `heard` gets what it says, or what is
    /// wrong with it.
    ///
    /// # Errors
    /// When the browser refuses to start a worker.
    pub fn start_program(loader: &str, heard: Box<dyn Fn(Result<WorkerMessage, WorkerFailure>)>) -> Result<Self, WorkerFailure> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        // It speaks the page's language.
        if let Some(name) = language::name_of_workers() {
            options.set_name(&name);
        }
        let policy = PolicyWatch::new();
        let worker = Worker::new_with_options(&address_of(loader), &options).map_err(|error| refused(&error))?;
        let heard = Rc::new(heard);
        let is_wanted = Rc::new(Cell::new(true));
        let threads = Rc::<RefCell<Vec<MessagePort>>>::default();
        let on_message = Closure::new({
            let (heard, worker, threads) = (heard.clone(), worker.clone(), threads.clone());
            move |message: MessageEvent| match message.data().dyn_into::<MessagePort>() {
                Ok(thread) => {
                    thread.set_onmessage(worker.onmessage().as_ref());
                    threads.borrow_mut().push(thread);
                }
                Err(data) => heard(said_by(data)),
            }
        });
        let on_error = Closure::new({
            let (heard, is_wanted, forbidden_by, loader) = (heard.clone(), is_wanted.clone(), policy.forbidden_by(), loader.to_owned());
            move |event: Event| {
                event.prevent_default();
                // A script that could not be loaded gives a plain event without a word.
                let words = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).unwrap_or_default();
                let (heard, is_wanted, forbidden_by, loader) = (heard.clone(), is_wanted.clone(), forbidden_by.clone(), loader.clone());
                spawn_local(async move {
                    let failure = diagnose(&words, &loader, &forbidden_by).await;
                    if is_wanted.get() {
                        heard(Err(failure));
                    }
                });
            }
        });
        let on_message_error = Closure::new(move |_| heard(Err(stopped(text!("a message was damaged on its way")))));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(on_message_error.as_ref().unchecked_ref()));
        Ok(Self {
            worker,
            loader: loader.to_owned(),
            threads,
            _on_message: on_message,
            _on_error: on_error,
            _on_message_error: on_message_error,
            is_wanted,
            _policy: policy,
        })
    }

    /// Asks the server for the files of a program that has not arrived yet: why it will not, if so.
    pub fn check_arrival(&self) -> impl Future<Output = Option<WorkerFailure>> + use<> {
        let (loader, is_wanted) = (self.loader.clone(), self.is_wanted.clone());
        async move { failing_file(&loader).await.filter(|_| is_wanted.get()) }
    }

    /// Posts a command; its bytes move over without a copy.
    ///
    /// # Errors
    /// When the browser refuses the message.
    pub fn post(&self, command: &TrainCommand) -> Result<(), WorkerFailure> {
        let buffer = Uint8Array::from(encode(command).as_slice()).buffer();
        self.post_value(&buffer, &buffer)
    }

    /// Posts a message in which `buffer` moves over without a copy.
    ///
    /// # Errors
    /// When the browser refuses the message.
    pub fn post_value(&self, message: &JsValue, buffer: &ArrayBuffer) -> Result<(), WorkerFailure> {
        self.worker
            .post_message_with_transfer(message, &Array::of1(buffer))
            .map_err(|error| stopped(&tr!("a message could not be sent to it: {reason}", reason = words(&error))))
    }
}

impl Drop for WorkerClient {
    fn drop(&mut self) {
        self.is_wanted.set(false);
        // Messages under way must not reach closures that are about to go.
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.set_onmessageerror(None);
        self.threads.borrow().iter().for_each(MessagePort::close);
        self.worker.terminate();
    }
}

/// Where a worker finds the script.
///
/// A page without an origin, in a sandboxed frame without `allow-same-origin`, may start no script of a server as a worker, but
/// one of its own that imports it: the server has to allow that, as it allowed the page's own program. The script stands in the
/// address itself: as a `blob:`, Chromium starts no module without an origin.
fn address_of(loader: &str) -> String {
    let address = absolute_url(loader);
    if !is_sandboxed() {
        return address;
    }
    let import = format!("import {}", js_sys::JSON::stringify(&address.into()).map(String::from).unwrap_or_default());
    format!("data:text/javascript,{}", js_sys::encode_uri_component(&import))
}

fn said_by(data: JsValue) -> Result<WorkerMessage, WorkerFailure> {
    // The script that loads the program counts its bytes.
    if let Some(received_bytes) = data.as_f64() {
        return Ok(WorkerMessage::Arriving(received_bytes as u64));
    }
    // A thread says in words how it ended.
    let buffer =
        data.dyn_into::<ArrayBuffer>().map_err(|data| data.as_string().map_or(WorkerFailure::OtherBuild, |said| stopped(&said)))?;
    Ok(WorkerMessage::Message(Uint8Array::new(&buffer).to_vec()))
}

fn stopped(reason: &str) -> WorkerFailure {
    WorkerFailure::Stopped { reason: reason.to_owned() }
}

/// No worker at all: thrown at once, before anything is fetched.
fn refused(error: &JsValue) -> WorkerFailure {
    let name = crate::worker::javascript::get(error, "name").as_string().unwrap_or_default();
    let surroundings = Surroundings { is_sandboxed: is_sandboxed(), ..Surroundings::default() };
    WorkerFailure::of(&format!("{name}: {}", words(error)), &surroundings)
}
