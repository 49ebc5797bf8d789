//! The command loop inside a dedicated Web Worker.

use std::cell::RefCell;
use std::future::poll_fn;

use burn::tensor::Device;
use futures::StreamExt;
use futures::channel::mpsc::{UnboundedReceiver, unbounded};
use js_sys::{Array, ArrayBuffer, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{MessageChannel, MessageEvent, ReadableStreamDefaultReader, Response};

#[cfg(feature = "webgpu")]
use super::run_on_gpu;
use super::{Host, KeepFailure, module_constructors, run};
use crate::checkpoint::autosave::STORE;
use crate::dataset::{DatasetManifest, IMAGE_STORE, MANIFEST};
use crate::experiment::{TrainError, WorkerFailure};
use crate::language::tr;
#[cfg(feature = "webgpu")]
use crate::protocol::Phase;
use crate::protocol::{TrainCommand, TrainEvent, decode, encode};
use crate::worker::javascript::{words, worker_scope};
use crate::worker::language;
use crate::worker::storage::{keep_in, look_up, names_in, read_from};

/// Starts the trainer that computes on the CPU.
pub fn start_cpu() {
    start(async |worker| {
        run(&worker, Device::flex(), cpu_name()).await;
        Ok(())
    });
}

#[cfg(feature = "threads")]
fn cpu_name() -> String {
    tr!("CPU, {threads} threads", threads = rayon::current_num_threads())
}

#[cfg(not(feature = "threads"))]
fn cpu_name() -> String {
    "CPU".to_owned()
}

/// Starts the trainer that computes on WebGPU.
#[cfg(feature = "webgpu")]
pub fn start_webgpu() {
    start(async |worker| {
        worker.send(&TrainEvent::Phase(Phase::OpeningDevice));
        let (device, adapter) = super::webgpu_device::open().await?;
        run_on_gpu(&worker, device, &adapter).await
    });
}

/// `trainer` ends early when there is nothing it could compute on.
fn start(trainer: impl AsyncFnOnce(Worker) -> Result<(), TrainError> + 'static) {
    module_constructors::run();
    report_panics();
    let worker = Worker::new();
    spawn_local(async move {
        language::load().await;
        if let Err(error) = trainer(worker).await {
            post(&TrainEvent::Failed(error));
        }
    });
}

/// A panic ends the module; its last act is to tell the page why. Where in the code it was, the console alone says.
fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        post(&TrainEvent::Failed(TrainError::of_panic(panic.payload_as_str().unwrap_or_default())));
    }));
}

pub(super) fn post(event: &TrainEvent) {
    let bytes = Uint8Array::from(encode(event).as_slice());
    let buffer = bytes.buffer();
    // Posting fails only for values that cannot be cloned; a transferred buffer can.
    drop(worker_scope().post_message_with_transfer(&buffer, &Array::of1(&buffer)));
}

struct Worker {
    commands: RefCell<UnboundedReceiver<TrainCommand>>,
    /// A message to oneself lets other messages through without the 4 ms that `setTimeout` waits.
    to_myself: MessageChannel,
    performance: web_sys::Performance,
}

impl Worker {
    fn new() -> Self {
        let (queue, commands) = unbounded();
        let receive = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            let bytes = message.data().dyn_into::<ArrayBuffer>().map(|buffer| Uint8Array::new(&buffer).to_vec());
            match bytes.ok().map(|bytes| decode(&bytes)) {
                // Without its receiver the trainer has ended, and nobody waits for an answer.
                Some(Ok(command)) => drop(queue.unbounded_send(command)),
                _ => post(&TrainEvent::Failed(WorkerFailure::OtherBuild.into())),
            }
        });
        worker_scope().set_onmessage(Some(receive.as_ref().unchecked_ref()));
        receive.forget();
        let (Ok(to_myself), Some(performance)) = (MessageChannel::new(), worker_scope().performance()) else {
            wasm_bindgen::throw_str("this browser's workers have no MessageChannel or clock");
        };
        Self { commands: RefCell::new(commands), to_myself, performance }
    }
}

impl Host for Worker {
    fn send(&self, event: &TrainEvent) {
        post(event);
    }

    fn take_command(&self) -> Option<TrainCommand> {
        self.commands.borrow_mut().try_recv().ok()
    }

    async fn next_command(&self) -> Option<TrainCommand> {
        poll_fn(|context| self.commands.borrow_mut().poll_next_unpin(context)).await
    }

    async fn yield_now(&self) {
        let arrived = Promise::new(&mut |resolve, _reject| self.to_myself.port1().set_onmessage(Some(&resolve)));
        drop(self.to_myself.port2().post_message(&JsValue::NULL));
        drop(JsFuture::from(arrived).await);
    }

    async fn fetch(&self, url: &str, progress: &mut dyn FnMut(u64)) -> Result<Vec<u8>, String> {
        let failed = |error| not_arrived(url, &error);
        let Some(body) = response(url).await?.body() else { return Ok(Vec::new()) };
        let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
        let mut bytes = Vec::new();
        loop {
            let piece = JsFuture::from(reader.read()).await.map_err(failed)?;
            let value = Reflect::get(&piece, &"value".into()).map_err(failed)?;
            let Ok(value) = value.dyn_into::<Uint8Array>() else { return Ok(bytes) };
            let start = bytes.len();
            bytes.resize(start + value.length() as usize, 0);
            value.copy_to(&mut bytes[start..]);
            progress(bytes.len() as u64);
        }
    }

    /// In one piece: between two steps there is no time for many.
    async fn fetch_quietly(&self, url: &str) -> Result<Vec<u8>, String> {
        let failed = |error| not_arrived(url, &error);
        let bytes = response(url).await?.array_buffer().map_err(failed)?;
        Ok(Uint8Array::new(&JsFuture::from(bytes).await.map_err(failed)?).to_vec())
    }

    async fn keep(&self, name: &str, bytes: &[u8]) -> Result<(), KeepFailure> {
        keep_in(STORE, name, bytes).await
    }

    async fn kept(&self, name: &str) -> Option<Vec<u8>> {
        read_from(STORE, name).await
    }

    async fn kept_names(&self) -> Vec<String> {
        names_in(STORE).await
    }

    async fn image_bytes(&self) -> u64 {
        let mut bytes = 0;
        for file in names_in(IMAGE_STORE).await.iter().filter(|file| file.ends_with(MANIFEST)) {
            let json = read_from(IMAGE_STORE, file).await.unwrap_or_default();
            let Ok(manifest) = DatasetManifest::parse(&String::from_utf8_lossy(&json)) else { continue };
            bytes += manifest.train.iter().chain(&manifest.test).map(|shard| shard.bytes).sum::<u64>();
        }
        bytes
    }

    fn date_ms(&self) -> u64 {
        js_sys::Date::now() as u64
    }

    fn now_ms(&self) -> f64 {
        self.performance.now()
    }
}

fn not_arrived(url: &str, error: &JsValue) -> String {
    tr!("{url} did not arrive ({reason}): check the connection and try again", url, reason = words(error))
}

/// The answer to a request for a file that is there.
async fn response(url: &str) -> Result<Response, String> {
    let answer = look_up(url).unwrap_or_else(|| worker_scope().fetch_with_str(url));
    let answer = JsFuture::from(answer).await.map_err(|error| not_arrived(url, &error))?;
    let response: Response = answer.dyn_into().map_err(|_| tr!("{url} is no longer in this browser: import its data set again", url))?;
    if response.ok() { Ok(response) } else { Err(tr!("{url} is not there (status {status})", url, status = response.status())) }
}
