//! Owner of a connection to a native program that trains for the page: connects, posts commands, hears what it says, and answers
//! its questions for images and kept work from what the page has.

use std::cell::{Cell, RefCell};
use std::future::pending;
use std::pin::pin;
use std::rc::Rc;

use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures::future::{AbortHandle, abortable, select};
use futures::{SinkExt, StreamExt};
use gloo::net::websocket::futures::WebSocket;
use gloo::net::websocket::{Message, WebSocketError};
use leptos::prelude::window;
use leptos::task::spawn_local;

use crate::checkpoint::autosave::STORE;
use crate::experiment::{WorkerFailure, WorkstationFailure};
use crate::language::tr;
use crate::protocol::workstation::{Hello, KeepFailure, PageMessage, ProgramMessage, Refusal};
use crate::protocol::{PROTOCOL_VERSION, TrainCommand, decode, encode};
use crate::run::{Granted, Workstation};
use crate::worker::storage::{keep_in, read_from};

use super::TrainerMessage;
use super::page_files::read_bytes;

/// A connection. Dropping it closes it, which ends what the program does for it.
pub struct WorkstationClient {
    shared: Rc<Shared>,
    talk: AbortHandle,
}

/// What the connection and whoever owns it both use.
struct Shared {
    address: String,
    /// Messages to be sent.
    outgoing: UnboundedSender<Vec<u8>>,
    granted: RefCell<Granted>,
    /// Whether the browser has connected, or given up.
    is_decided: Cell<bool>,
    /// Whether the program has said anything.
    has_spoken: Cell<bool>,
}

impl WorkstationClient {
    /// Connects to the program and says hello.
    ///
    /// # Errors
    /// When there is no address, or the browser does not connect this page to it.
    pub fn start(workstation: &Workstation, heard: impl Fn(TrainerMessage) + 'static) -> Result<Self, WorkerFailure> {
        let address = workstation.url()?;
        let socket = WebSocket::open(&address).map_err(|_| WorkstationFailure::Forbidden { address: address.clone() })?;
        let (outgoing, to_send) = unbounded();
        let hello = encode(&Hello { protocol_version: PROTOCOL_VERSION, token: workstation.token.trim().to_owned() });
        let shared =
            Rc::new(Shared { address, outgoing, granted: RefCell::default(), is_decided: Cell::new(false), has_spoken: Cell::new(false) });
        let (talk, handle) = abortable({
            let shared = shared.clone();
            async move {
                let failure = shared.clone().talk(socket, hello, to_send, &heard).await;
                heard(TrainerMessage::Broken(failure.into()));
            }
        });
        spawn_local(async move {
            // Ended by its owner, it has nothing left to tell.
            let _ = talk.await;
        });
        Ok(Self { shared, talk: handle })
    }

    /// Posts a command.
    pub fn post(&self, command: &TrainCommand) {
        self.shared.granted.borrow_mut().note(command);
        self.shared.say(&PageMessage::Command(command.clone()));
    }

    /// Why it will not come, where it could have been there by now. While the browser connects, it says itself when it gives up: it
    /// may be asking the visitor.
    pub fn check_arrival(&self) -> Option<WorkerFailure> {
        self.shared.is_decided.get().then(|| self.shared.broken_off().into())
    }
}

impl Drop for WorkstationClient {
    fn drop(&mut self) {
        self.talk.abort();
    }
}

impl Shared {
    fn say(&self, message: &PageMessage) {
        // What cannot be sent any more is of no use: the end of the connection is told by those who listen.
        let _ = self.outgoing.unbounded_send(encode(message));
    }

    /// Sends and hears until the connection ends; why it did.
    async fn talk(
        self: Rc<Self>,
        socket: WebSocket,
        hello: Vec<u8>,
        mut to_send: UnboundedReceiver<Vec<u8>>,
        heard: &impl Fn(TrainerMessage),
    ) -> WorkstationFailure {
        let (mut write, mut read) = socket.split();
        let speak = async {
            let mut next = Some(hello);
            while let Some(bytes) = next {
                if write.send(Message::Bytes(bytes)).await.is_err() {
                    break;
                }
                self.is_decided.set(true);
                next = to_send.next().await;
            }
            // Why nothing can be sent any more is heard.
            pending::<WorkstationFailure>().await
        };
        let hear = async {
            loop {
                match read.next().await {
                    Some(Ok(Message::Bytes(bytes))) => match decode(&bytes) {
                        Ok(message) => self.take(message, heard),
                        Err(_) => return WorkstationFailure::OtherVersion { address: self.address.clone() },
                    },
                    Some(Ok(Message::Text(_))) => return WorkstationFailure::OtherVersion { address: self.address.clone() },
                    Some(Err(WebSocketError::ConnectionClose(close))) => return self.closed_with(close.code),
                    // The end follows, with its reason.
                    Some(Err(_)) => {}
                    None => return self.broken_off(),
                }
            }
        };
        select(pin!(speak), pin!(hear)).await.factor_first().0
    }

    fn take(self: &Rc<Self>, message: ProgramMessage, heard: &impl Fn(TrainerMessage)) {
        self.has_spoken.set(true);
        match message {
            ProgramMessage::Event(event) => heard(TrainerMessage::Event(event)),
            ProgramMessage::Fetch { question, url } => {
                let shared = self.clone();
                spawn_local(async move {
                    let is_granted = shared.granted.borrow().has_file(&url);
                    let file = if is_granted {
                        read_bytes(&url)
                            .await
                            .map_err(|reason| tr!("{url} did not arrive ({reason}): check the connection and try again", url, reason))
                    } else {
                        Err(tr!("the program asked this page for {url}, which is none of the run's images", url))
                    };
                    shared.say(&PageMessage::Fetched { question, file });
                });
            }
            ProgramMessage::Find { question, name } => {
                let shared = self.clone();
                spawn_local(async move {
                    let is_granted = shared.granted.borrow().has_name(&name);
                    let bytes = if is_granted { read_from(STORE, &name).await } else { None };
                    shared.say(&PageMessage::Found { question, bytes });
                });
            }
            ProgramMessage::Keep { question, name, bytes } => {
                let shared = self.clone();
                spawn_local(async move {
                    let is_granted = shared.granted.borrow().has_name(&name);
                    let outcome = if is_granted {
                        keep_in(STORE, &name, &bytes).await
                    } else {
                        Err(KeepFailure::Refused(tr!("{name} is no file of this run", name)))
                    };
                    shared.say(&PageMessage::Kept { question, outcome });
                });
            }
        }
    }

    fn closed_with(&self, code: u16) -> WorkstationFailure {
        let address = self.address.clone();
        match Refusal::of_code(code) {
            Some(Refusal::WrongToken) => WorkstationFailure::WrongToken { address },
            Some(Refusal::OtherVersion | Refusal::Unreadable) => WorkstationFailure::OtherVersion { address },
            None => self.broken_off(),
        }
    }

    fn broken_off(&self) -> WorkstationFailure {
        let address = self.address.clone();
        if self.has_spoken.get() {
            WorkstationFailure::Lost { address }
        } else {
            WorkstationFailure::NotReached { address, command: Workstation::command(&window().origin()) }
        }
    }
}
