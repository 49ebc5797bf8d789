//! The worker for tasks inside a dedicated Web Worker.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::MessageEvent;

use crate::worker::javascript::worker_scope;

use super::{answer, browser_images, browser_whitening};
use crate::protocol::tasks::{Numbered, TASKS_VERSION, TaskAnswer, TaskRequest};
use crate::protocol::{UnreadableMessage, decode, encode};
use crate::worker::language;

/// Listens for requests, from now on. A request is a list: its bytes, and behind them what is attached to it, files of the
/// visitor or bytes.
pub fn start() {
    std::panic::set_hook(Box::new(console_error_panic_hook::hook));
    let receive = Closure::<dyn FnMut(MessageEvent)>::new(|message: MessageEvent| receive(&message.data()));
    worker_scope().set_onmessage(Some(receive.as_ref().unchecked_ref()));
    receive.forget();
    spawn_local(async {
        language::load().await;
        post(0, TaskAnswer::Ready { version: TASKS_VERSION });
    });
}

fn receive(message: &JsValue) {
    let parts = Array::from(message);
    let bytes = parts.get(0).dyn_into::<ArrayBuffer>().map(|buffer| Uint8Array::new(&buffer).to_vec()).unwrap_or_default();
    let Ok(Numbered { number, message }) = decode::<Numbered<TaskRequest>>(&bytes) else {
        return post(0, TaskAnswer::Refused { sentence: UnreadableMessage.to_string() });
    };
    match message {
        TaskRequest::ListDatasets { removed } => finish_later(number, async { Ok(browser_images::list(removed).await) }),
        TaskRequest::ShowClasses { url } => finish_later(number, browser_images::show_classes(url)),
        TaskRequest::ShowAugmented(request) => finish_later(number, browser_images::show_augmented(*request)),
        TaskRequest::DeleteDataset { name } => finish_later(number, browser_images::delete(name)),
        TaskRequest::RestoreDataset { name, manifest } => finish_later(number, browser_images::undelete(name, manifest)),
        TaskRequest::PurgeDataset { name } => finish_later(number, browser_images::free(name)),
        TaskRequest::Import { choices, paths } => {
            let tell = move |progress| post(number, TaskAnswer::Importing(progress));
            match browser_images::import_files(&choices, paths, &parts, tell) {
                Ok(keeping) => finish_later(number, keeping),
                Err(refusal) => finish(number, vec![refusal]),
            }
        }
        TaskRequest::MeasureWhitening(request) => {
            let tell = move |words| post(number, TaskAnswer::Progress(words));
            finish_later(number, browser_whitening::measure(*request, tell));
        }
        request => {
            let attached = parts.get(1).dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec()).unwrap_or_default();
            finish(number, answer(request, &attached));
        }
    }
}

fn finish_later(number: u32, answer: impl Future<Output = Result<TaskAnswer, String>> + 'static) {
    spawn_local(async move {
        let answer = answer.await.unwrap_or_else(|sentence| TaskAnswer::Refused { sentence });
        finish(number, vec![answer]);
    });
}

fn finish(number: u32, answers: Vec<TaskAnswer>) {
    answers.into_iter().for_each(|answer| post(number, answer));
    post(number, TaskAnswer::Done);
}

fn post(number: u32, message: TaskAnswer) {
    let buffer = Uint8Array::from(encode(&Numbered { number, message }).as_slice()).buffer();
    // Posting fails only for values that cannot be cloned; a transferred buffer can.
    drop(worker_scope().post_message_with_transfer(&buffer, &Array::of1(&buffer)));
}
