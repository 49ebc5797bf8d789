//! A private port to the page around. That page says hello and gets it; hellos of other windows and of other origins are not
//! heard.

use js_sys::JSON;
use leptos::prelude::*;
use serde::Serialize;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{MessageChannel, MessageEvent, MessagePort};

use super::parent_window::{self, ANYBODY};
use crate::protocol::embed::{Answer, Call, Word, read_call, read_hello};

/// What the browser says for a page without an origin, such as one in a sandbox.
const NO_ORIGIN: &str = "null";

struct Open {
    port: MessagePort,
    /// Of the hello that it answers.
    id: String,
    _heard: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.port.set_onmessage(None);
        self.port.close();
    }
}

/// Handle to the port, once there is one.
#[derive(Clone, Copy)]
pub struct HostPort {
    open: StoredValue<Option<Open>, LocalStorage>,
    /// Of the page that said hello first.
    origin: StoredValue<Option<String>>,
}

impl HostPort {
    /// Nobody has said hello.
    pub fn new() -> Self {
        Self { open: StoredValue::new_local(None), origin: StoredValue::new(None) }
    }

    /// Waits for hellos. `opened` is called whenever there is a new port; `called` gets its commands.
    pub fn listen(self, opened: Callback<()>, called: Callback<Call>) {
        parent_window::listen(move |text, origin| {
            let Some(hello) = read_hello(text) else { return };
            if self.origin.with_value(|first| first.as_deref().is_some_and(|first| first != origin)) {
                return;
            }
            self.origin.set_value(Some(origin.to_owned()));
            // Said again before the answer came: the port on its way is the one.
            if self.open.with_value(|open| open.as_ref().is_some_and(|open| open.id == hello.id)) {
                return;
            }
            let Ok(channel) = MessageChannel::new() else { return };
            self.open(channel.port1(), hello.id.clone(), called);
            let target = if origin == NO_ORIGIN { ANYBODY } else { origin };
            parent_window::say(&Word::port(&hello), target, Some(&channel.port2()));
            opened.run(());
        });
        parent_window::say(&Word::here(), ANYBODY, None);
    }

    fn open(self, port: MessagePort, id: String, called: Callback<Call>) {
        let heard = Closure::new(move |message: MessageEvent| {
            // What is no object is answered as any other message that is no command: not at all, since it has no number.
            let text = parent_window::text_of(&message.data()).unwrap_or_default();
            match read_call(&text) {
                Ok(call) => called.run(call),
                Err(refusal) => {
                    if let Some(answer) = Answer::to_refused(refusal) {
                        self.say(&answer);
                    }
                }
            }
        });
        port.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        let before = self.open.try_update_value(|open| open.replace(Open { port, id, _heard: heard }));
        drop(before);
    }

    /// Says something to the page around; nothing without a port.
    pub fn say(self, message: &impl Serialize) {
        let text = serde_json::to_string(message).unwrap_or_default();
        let Ok(message) = JSON::parse(&text) else { return };
        self.open.with_value(|open| {
            if let Some(open) = open {
                // Plain data is never refused.
                let _ = open.port.post_message(&message);
            }
        });
    }
}
