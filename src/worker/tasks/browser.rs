//! The workbench inside a dedicated Web Worker.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::{answer, browser_images, browser_whitening};
use crate::protocol::tasks::{Numbered, WORKBENCH_VERSION, WorkbenchAnswer, WorkbenchRequest};
use crate::protocol::{UnreadableMessage, decode, encode};

/// Listens for requests, from now on. A request is a list: its bytes, and behind them files of the visitor if any.
pub fn start() {
    std::panic::set_hook(Box::new(console_error_panic_hook::hook));
    let receive = Closure::<dyn FnMut(MessageEvent)>::new(|message: MessageEvent| receive(&message.data()));
    scope().set_onmessage(Some(receive.as_ref().unchecked_ref()));
    receive.forget();
    post(0, WorkbenchAnswer::Ready { version: WORKBENCH_VERSION });
}

fn receive(message: &JsValue) {
    let parts = Array::from(message);
    let bytes = parts.get(0).dyn_into::<ArrayBuffer>().map(|buffer| Uint8Array::new(&buffer).to_vec()).unwrap_or_default();
    let Ok(Numbered { number, message }) = decode::<Numbered<WorkbenchRequest>>(&bytes) else {
        return post(0, WorkbenchAnswer::Refused { sentence: UnreadableMessage.to_string() });
    };
    let refused = |sentence| WorkbenchAnswer::Refused { sentence };
    match message {
        WorkbenchRequest::ShowImages { chosen, url } => finish_later(number, browser_images::show(chosen, url)),
        WorkbenchRequest::ShowAugmented(request) => finish_later(number, browser_images::show_augmented(*request)),
        WorkbenchRequest::DeleteImages { name } => finish_later(number, browser_images::delete(name)),
        WorkbenchRequest::ImportImages { fields, paths } => {
            let tell = move |sentence| post(number, WorkbenchAnswer::Progress(sentence));
            match browser_images::import_files(&fields, paths, &parts, tell) {
                Ok(keeping) => finish_later(number, keeping),
                Err(sentence) => finish(number, vec![refused(sentence)]),
            }
        }
        WorkbenchRequest::MeasureWhitening(request) => {
            let tell = move |words| post(number, WorkbenchAnswer::Progress(words));
            finish_later(number, browser_whitening::measure(*request, tell));
        }
        request => finish(number, answer(request)),
    }
}

fn finish_later(number: u32, answer: impl Future<Output = Result<WorkbenchAnswer, String>> + 'static) {
    spawn_local(async move {
        let answer = answer.await.unwrap_or_else(|sentence| WorkbenchAnswer::Refused { sentence });
        finish(number, vec![answer]);
    });
}

fn finish(number: u32, answers: Vec<WorkbenchAnswer>) {
    answers.into_iter().for_each(|answer| post(number, answer));
    post(number, WorkbenchAnswer::Done);
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn post(number: u32, message: WorkbenchAnswer) {
    let buffer = Uint8Array::from(encode(&Numbered { number, message }).as_slice()).buffer();
    // Posting fails only for values that cannot be cloned; a transferred buffer can.
    drop(scope().post_message_with_transfer(&buffer, &Array::of1(&buffer)));
}
