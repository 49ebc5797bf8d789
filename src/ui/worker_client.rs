//! Sole owner of the trainer's Web Worker: starts it, posts commands, hears events, ends it.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{ErrorEvent, Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::protocol::{TrainCommand, TrainEvent, decode, encode};
use crate::run_state::TrainerKind;

use super::browser::absolute_url;

/// What comes from a worker.
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
    on_message: Closure<dyn FnMut(MessageEvent)>,
    on_error: Closure<dyn FnMut(Event)>,
    on_message_error: Closure<dyn FnMut(Event)>,
}

impl WorkerClient {
    /// Starts the trainer's program. It hears nothing until it has said [`TrainEvent::Ready`].
    ///
    /// # Errors
    /// When the browser refuses to start a worker.
    pub fn start(kind: TrainerKind, heard: impl Fn(Heard) + Clone + 'static) -> Result<Self, String> {
        let loader = match kind {
            TrainerKind::Cpu => "trainer_cpu_loader.js",
            TrainerKind::WebGpu => "trainer_webgpu_loader.js",
        };
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker =
            Worker::new_with_options(&absolute_url(loader), &options).map_err(|_| "the browser did not start a worker".to_owned())?;
        let on_message = Closure::new({
            let heard = heard.clone();
            move |message: MessageEvent| heard(read(&message))
        });
        let on_error = Closure::new({
            let heard = heard.clone();
            move |event: Event| {
                event.prevent_default();
                heard(Heard::Broken(error_words(&event)));
            }
        });
        let on_message_error = Closure::new(move |_| heard(Heard::Broken("a message was damaged on its way".into())));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(on_message_error.as_ref().unchecked_ref()));
        Ok(Self { worker, on_message, on_error, on_message_error })
    }

    /// Posts a command; its bytes move over without a copy.
    ///
    /// # Errors
    /// When the browser refuses the message.
    pub fn post(&self, command: &TrainCommand) -> Result<(), String> {
        let buffer = Uint8Array::from(encode(command).as_slice()).buffer();
        self.worker
            .post_message_with_transfer(&buffer, &Array::of1(&buffer))
            .map_err(|_| "a command could not be sent to the trainer".to_owned())
    }
}

impl Drop for WorkerClient {
    fn drop(&mut self) {
        // Messages under way must not reach closures that are about to go.
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.set_onmessageerror(None);
        self.worker.terminate();
        let _ = (&self.on_message, &self.on_error, &self.on_message_error);
    }
}

fn read(message: &MessageEvent) -> Heard {
    let unreadable = || Heard::Broken("a message of the trainer could not be read: reload the page to get matching versions".into());
    let Ok(buffer) = message.data().dyn_into::<ArrayBuffer>() else { return unreadable() };
    decode(&Uint8Array::new(&buffer).to_vec()).map_or_else(|_| unreadable(), Heard::Event)
}

fn error_words(event: &Event) -> String {
    // A script that could not be fetched gives a plain event without a word.
    let words = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).filter(|words| !words.is_empty());
    words.unwrap_or_else(|| "its program could not be fetched".into())
}
