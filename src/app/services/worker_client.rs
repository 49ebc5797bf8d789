//! Owner of a Web Worker: starts it, posts messages, hears what it says, ends it.
//!
//! Bindings by hand, because `gloo-worker` has neither transfer lists nor `terminate()` nor `onerror`.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{ErrorEvent, Event, MessageEvent, MessagePort, Worker, WorkerOptions, WorkerType};

use crate::protocol::{TrainCommand, TrainEvent, UnreadableMessage, decode, encode};
use crate::run::TrainerKind;

use super::location::absolute_url;
use super::worker_scripts;

/// What comes from a trainer.
#[derive(Debug)]
pub enum Heard {
    /// A message of the trainer.
    Event(TrainEvent),
    /// The worker failed in a way it cannot tell itself.
    Broken(String),
}

/// A running worker. Dropping it ends it at once, whatever it is doing.
pub struct WorkerClient {
    worker: Worker,
    /// Of threads of the worker, which say themselves how they end: the worker may be waiting for them, deaf.
    threads: Rc<RefCell<Vec<MessagePort>>>,
    on_message: Closure<dyn FnMut(MessageEvent)>,
    on_error: Closure<dyn FnMut(Event)>,
    on_message_error: Closure<dyn FnMut(Event)>,
}

impl WorkerClient {
    /// Starts a trainer's program. It hears nothing until it has said [`TrainEvent::Ready`].
    ///
    /// # Errors
    /// When the browser refuses to start a worker.
    pub fn start(kind: TrainerKind, heard: impl Fn(Heard) + 'static) -> Result<Self, String> {
        let read = |bytes: Vec<u8>| decode(&bytes).map_err(|error: UnreadableMessage| error.to_string());
        Self::start_program(
            &worker_scripts::trainer(kind),
            Box::new(move |said| heard(said.and_then(read).map_or_else(Heard::Broken, Heard::Event))),
        )
    }

    /// Starts the program that this script of the page's folder loads. `heard` gets the bytes of its messages, or a sentence
    /// about what is wrong with it.
    ///
    /// # Errors
    /// When the browser refuses to start a worker.
    pub fn start_program(loader: &str, heard: Box<dyn Fn(Result<Vec<u8>, String>)>) -> Result<Self, String> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker =
            Worker::new_with_options(&absolute_url(loader), &options).map_err(|_| "the browser did not start a worker".to_owned())?;
        let heard = Rc::new(heard);
        let threads = Rc::<RefCell<Vec<MessagePort>>>::default();
        let on_message = Closure::new({
            let (heard, worker, threads) = (heard.clone(), worker.clone(), threads.clone());
            move |message: MessageEvent| match message.data().dyn_into::<MessagePort>() {
                Ok(thread) => {
                    thread.set_onmessage(worker.onmessage().as_ref());
                    threads.borrow_mut().push(thread);
                }
                Err(data) => heard(bytes_of(data)),
            }
        });
        let on_error = Closure::new({
            let heard = heard.clone();
            move |event: Event| {
                event.prevent_default();
                heard(Err(error_words(&event)));
            }
        });
        let on_message_error = Closure::new(move |_| heard(Err("a message was damaged on its way".into())));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(on_message_error.as_ref().unchecked_ref()));
        Ok(Self { worker, threads, on_message, on_error, on_message_error })
    }

    /// Posts a command; its bytes move over without a copy.
    ///
    /// # Errors
    /// When the browser refuses the message.
    pub fn post(&self, command: &TrainCommand) -> Result<(), String> {
        let buffer = Uint8Array::from(encode(command).as_slice()).buffer();
        self.post_value(&buffer, &buffer)
    }

    /// Posts a message in which `buffer` moves over without a copy.
    ///
    /// # Errors
    /// When the browser refuses the message.
    pub fn post_value(&self, message: &JsValue, buffer: &ArrayBuffer) -> Result<(), String> {
        self.worker
            .post_message_with_transfer(message, &Array::of1(buffer))
            .map_err(|_| "a message could not be sent to the worker".to_owned())
    }
}

impl Drop for WorkerClient {
    fn drop(&mut self) {
        // Messages under way must not reach closures that are about to go.
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.set_onmessageerror(None);
        self.threads.borrow().iter().for_each(MessagePort::close);
        self.worker.terminate();
        let _ = (&self.on_message, &self.on_error, &self.on_message_error);
    }
}

fn bytes_of(data: JsValue) -> Result<Vec<u8>, String> {
    let buffer = data.dyn_into::<ArrayBuffer>().map_err(|data| data.as_string().unwrap_or_else(|| UnreadableMessage.to_string()))?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

fn error_words(event: &Event) -> String {
    // A script that could not be fetched gives a plain event without a word.
    let words = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).filter(|words| !words.is_empty());
    words.unwrap_or_else(|| "its program could not be fetched".into())
}
