//! A page that the program trains for: commands from its socket, events and questions to it.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::future::{pending, poll_fn};
use std::io::ErrorKind;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use resnet_playground::protocol::workstation::{KeepFailure, PageMessage, ProgramMessage, Refusal};
use resnet_playground::protocol::{TrainCommand, TrainEvent, decode, encode};
use resnet_playground::worker::trainer::Host;
use tungstenite::{Error, Message};

use super::door::{Socket, refuse};
use crate::engine::Engine;

/// Between two looks at a device that has not answered yet.
const A_MOMENT: Duration = Duration::from_millis(1);
/// A page that has said nothing for so long is asked whether it is there.
const ASK_AFTER: Duration = Duration::from_secs(30);

/// A page.
pub struct Page {
    socket: RefCell<Socket>,
    inbox: RefCell<Inbox>,
    /// Whether the training waits for the page alone.
    awaited: Cell<bool>,
    is_lost: Cell<bool>,
    started: Instant,
}

/// What has come from it.
#[derive(Default)]
struct Inbox {
    commands: VecDeque<TrainCommand>,
    /// Questions so far.
    asked: u32,
    /// Those that somebody waits for an answer to. Other answers are dropped: they can be large.
    open: BTreeSet<u32>,
    answers: BTreeMap<u32, PageMessage>,
}

impl Page {
    /// One that was let in.
    pub fn new(socket: Socket) -> Self {
        Self {
            socket: RefCell::new(socket),
            inbox: RefCell::default(),
            awaited: Cell::new(false),
            is_lost: Cell::new(false),
            started: Instant::now(),
        }
    }

    /// Follows its commands until it is gone.
    ///
    /// # Errors
    /// In a sentence, when the device was lost before the first.
    pub fn train(self, engine: &Engine, machine: &str) -> Result<(), String> {
        let mut training = pin!(engine.follow(&self, Some(machine)));
        let waker = Waker::from(Arc::new(PolledAgain));
        loop {
            self.awaited.set(false);
            let polled = training.as_mut().poll(&mut Context::from_waker(&waker));
            if let Poll::Ready(outcome) = polled {
                return outcome;
            }
            if self.is_lost.get() {
                return Ok(());
            }
            self.listen(Some(if self.awaited.get() { ASK_AFTER } else { A_MOMENT }));
        }
    }

    /// Takes in a message that comes within the time, or one that is there already. Whether there was one.
    fn listen(&self, within: Option<Duration>) -> bool {
        if self.is_lost.get() {
            return false;
        }
        let mut socket = self.socket.borrow_mut();
        let stream = socket.get_ref();
        if stream.set_nonblocking(within.is_none()).and_then(|()| stream.set_read_timeout(within)).is_err() {
            self.is_lost.set(true);
            return false;
        }
        match socket.read() {
            Ok(Message::Binary(bytes)) => match decode(&bytes) {
                Ok(message) => self.inbox.borrow_mut().take(message),
                Err(_) => self.lose(&mut socket, Some(Refusal::Unreadable)),
            },
            Ok(Message::Ping(_) | Message::Pong(_)) => {}
            Ok(Message::Text(_)) | Err(Error::Capacity(_)) => self.lose(&mut socket, Some(Refusal::Unreadable)),
            Err(Error::Io(error)) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted) => {
                if within == Some(ASK_AFTER) && socket.send(Message::Ping(Default::default())).is_err() {
                    self.lose(&mut socket, None);
                }
                return false;
            }
            Ok(Message::Close(_) | Message::Frame(_)) | Err(_) => self.lose(&mut socket, None),
        }
        true
    }

    fn lose(&self, socket: &mut Socket, refusal: Option<Refusal>) {
        self.is_lost.set(true);
        if let Some(refusal) = refusal {
            eprintln!("{}", refusal.sentence());
            // What is refused waits for an answer.
            if socket.get_ref().set_nonblocking(false).is_ok() {
                refuse(socket, refusal);
            }
        }
    }

    fn post(&self, message: &ProgramMessage) {
        if self.is_lost.get() {
            return;
        }
        let mut socket = self.socket.borrow_mut();
        // What is written without waiting may be written in part.
        let sent = socket.get_ref().set_nonblocking(false).map_err(Error::Io);
        if sent.and_then(|()| socket.send(Message::Binary(encode(message).into()))).is_err() {
            self.lose(&mut socket, None);
        }
    }

    /// Asks the page, and waits for its answer while others may be waited for.
    async fn ask(&self, question: impl FnOnce(u32) -> ProgramMessage) -> PageMessage {
        let open = Question::new(&self.inbox);
        self.post(&question(open.number));
        poll_fn(|context| {
            while self.listen(None) {}
            self.awaits(self.inbox.borrow_mut().answers.remove(&open.number), context)
        })
        .await
    }

    /// Notes that nothing goes on before the page has sent it, unless somebody only looks whether it is there.
    fn awaits<T>(&self, arrived: Option<T>, context: &Context<'_>) -> Poll<T> {
        self.awaited.set(arrived.is_none() && !context.waker().will_wake(Waker::noop()));
        arrived.map_or(Poll::Pending, Poll::Ready)
    }
}

/// What waits for something else than the page is polled every [`A_MOMENT`].
struct PolledAgain;

impl Wake for PolledAgain {
    fn wake(self: Arc<Self>) {}
}

impl Inbox {
    fn take(&mut self, message: PageMessage) {
        match message {
            PageMessage::Command(command) => self.commands.push_back(command),
            PageMessage::Fetched { question, .. } | PageMessage::Found { question, .. } | PageMessage::Kept { question, .. } => {
                if self.open.contains(&question) {
                    self.answers.insert(question, message);
                }
            }
        }
    }
}

/// A question that an answer is waited for, until this is dropped.
struct Question<'a> {
    number: u32,
    inbox: &'a RefCell<Inbox>,
}

impl<'a> Question<'a> {
    fn new(inbox: &'a RefCell<Inbox>) -> Self {
        let mut of_page = inbox.borrow_mut();
        let number = of_page.asked;
        of_page.asked = number.wrapping_add(1);
        of_page.open.insert(number);
        Self { number, inbox }
    }
}

impl Drop for Question<'_> {
    fn drop(&mut self) {
        let mut inbox = self.inbox.borrow_mut();
        inbox.open.remove(&self.number);
        inbox.answers.remove(&self.number);
    }
}

impl Host for Page {
    fn send(&self, event: &TrainEvent) {
        self.post(&ProgramMessage::Event(event.clone()));
    }

    fn take_command(&self) -> Option<TrainCommand> {
        self.inbox.borrow_mut().commands.pop_front()
    }

    async fn next_command(&self) -> Option<TrainCommand> {
        Some(poll_fn(|context| self.awaits(self.take_command(), context)).await)
    }

    async fn yield_now(&self) {
        while self.listen(None) {}
        if self.is_lost.get() {
            // There is nobody left to train for: `train` ends what waits here.
            pending::<()>().await;
        }
    }

    async fn fetch(&self, url: &str, progress: &mut dyn FnMut(u64)) -> Result<Vec<u8>, String> {
        let bytes = self.fetch_quietly(url).await?;
        progress(bytes.len() as u64);
        Ok(bytes)
    }

    async fn fetch_quietly(&self, url: &str) -> Result<Vec<u8>, String> {
        match self.ask(|question| ProgramMessage::Fetch { question, url: url.to_owned() }).await {
            PageMessage::Fetched { file, .. } => file,
            _ => Err(format!("the page sent something else than {url}: reload it")),
        }
    }

    async fn keep(&self, name: &str, bytes: &[u8]) -> Result<(), KeepFailure> {
        match self.ask(|question| ProgramMessage::Keep { question, name: name.to_owned(), bytes: bytes.to_vec() }).await {
            PageMessage::Kept { outcome, .. } => outcome,
            _ => Err(KeepFailure::Refused("the page did not answer".into())),
        }
    }

    async fn kept(&self, name: &str) -> Option<Vec<u8>> {
        match self.ask(|question| ProgramMessage::Find { question, name: name.to_owned() }).await {
            PageMessage::Found { bytes, .. } => bytes,
            _ => None,
        }
    }

    fn date_ms(&self) -> u64 {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64)
    }

    fn now_ms(&self) -> f64 {
        self.started.elapsed().as_secs_f64() * 1000.0
    }
}
