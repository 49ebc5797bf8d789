//! The program that trains for a page, as a page meets it: over a socket.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use resnet_playground::experiment::RunId;
use resnet_playground::experiment::weight_init::StartingPoint;
use resnet_playground::protocol::workstation::{Hello, PageMessage, ProgramMessage, Refusal};
use resnet_playground::protocol::{PROTOCOL_VERSION, Phase, TrainCommand, TrainEvent, decode, encode};
use tungstenite::client::IntoClientRequest;
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Error, Message, WebSocket, connect};

use crate::scripted_host::{Script, losses, prepare, request, starter};

const LOCAL_PAGE: &str = "http://localhost:8080";

/// The program, ended with this.
pub struct Program {
    child: Child,
    address: String,
}

impl Program {
    pub fn start(options: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_resnet-playground"));
        command.args(["train", "--serve", "--listen", "127.0.0.1:0"]).args(options.split_whitespace());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let address = line.split_whitespace().find(|word| word.starts_with("ws://")).unwrap_or_else(|| panic!("an address in {line:?}"));
        Self { address: address.to_owned(), child }
    }

    fn connect(&self, origin: Option<&str>) -> Result<WebSocket<MaybeTlsStream<TcpStream>>, Error> {
        let mut request = self.address.as_str().into_client_request().expect("an address");
        if let Some(origin) = origin {
            request.headers_mut().insert("origin", origin.parse().expect("a header"));
        }
        connect(request).map(|(socket, _)| socket)
    }

    /// A page of this machine and this version that was let in.
    pub fn page(&self, token: &str) -> Page {
        let mut page = self.caller();
        page.say(&Hello { protocol_version: PROTOCOL_VERSION, token: token.into() });
        page
    }

    /// The same before it has said a word.
    fn caller(&self) -> Page {
        let socket = self.connect(Some(LOCAL_PAGE)).expect("a page of this machine is let in");
        Page { socket, kept: BTreeMap::new(), fetched: Vec::new() }
    }

    /// What it has written for whoever started it.
    fn end(mut self) -> String {
        self.child.kill().expect("it runs until it is ended");
        let mut words = String::new();
        self.child.stderr.take().expect("its words").read_to_string(&mut words).expect("text");
        words
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A page with images and a storage.
pub struct Page {
    socket: WebSocket<MaybeTlsStream<TcpStream>>,
    kept: BTreeMap<String, Vec<u8>>,
    fetched: Vec<String>,
}

impl Page {
    fn say(&mut self, message: &impl serde::Serialize) {
        self.socket.send(Message::Binary(encode(message).into())).expect("it listens");
    }

    pub fn command(&mut self, command: TrainCommand) {
        self.say(&PageMessage::Command(command));
    }

    /// The next event; questions before it are answered.
    pub fn event(&mut self) -> TrainEvent {
        loop {
            let Message::Binary(bytes) = self.socket.read().expect("it speaks") else { continue };
            match decode(&bytes).expect("a message of the program") {
                ProgramMessage::Event(event) => return event,
                ProgramMessage::Fetch { question, url } => {
                    let file = std::fs::read(starter().join(&url)).map_err(|error| error.to_string());
                    self.fetched.push(url);
                    self.say(&PageMessage::Fetched { question, file });
                }
                ProgramMessage::Find { question, name } => {
                    let bytes = self.kept.get(&name).cloned();
                    self.say(&PageMessage::Found { question, bytes });
                }
                ProgramMessage::Keep { question, name, bytes } => {
                    self.kept.insert(name, bytes);
                    self.say(&PageMessage::Kept { question, outcome: Ok(()) });
                }
            }
        }
    }

    /// All events up to one like this.
    pub fn events_until(&mut self, is_last: impl Fn(&TrainEvent) -> bool) -> Vec<TrainEvent> {
        let mut events = Vec::new();
        while !events.last().is_some_and(&is_last) {
            events.push(self.event());
        }
        events
    }

    /// Why it was refused.
    fn refusal(&mut self) -> Option<Refusal> {
        match self.socket.read() {
            Ok(Message::Close(Some(frame))) => Refusal::of_code(frame.code.into()),
            Ok(message) => panic!("{message:?} in place of a refusal"),
            Err(error) => panic!("{error} in place of a refusal"),
        }
    }
}

pub fn is_finished(event: &TrainEvent) -> bool {
    *event == TrainEvent::Phase(Phase::Finished)
}

#[test]
fn a_page_gets_the_losses_that_it_would_have_trained_itself() {
    let program = Program::start("");
    let mut page = program.page("");
    let TrainEvent::Ready { protocol_version, device } = page.event() else { panic!("it says first that it is there") };
    assert_eq!(protocol_version, PROTOCOL_VERSION);
    assert!(device.starts_with("CPU of "), "{device}");
    page.command(prepare(request(6)));
    page.command(TrainCommand::Run);
    let events = page.events_until(is_finished);
    let own = Script::play(vec![prepare(request(6)), TrainCommand::Run], None);
    assert_eq!(losses(&events), losses(&own), "to the last bit");
    let held_out = |events: &[TrainEvent]| {
        events.iter().find_map(|event| if let TrainEvent::HeldOut(metrics) = event { Some(metrics.loss) } else { None })
    };
    assert_eq!(held_out(&events), held_out(&own));
    assert!(held_out(&own).is_some() && !page.fetched.is_empty(), "the images came from the page");
}

#[test]
fn a_run_that_lost_its_program_goes_on_with_another_from_where_the_page_kept_it() {
    let unbroken = losses(&Script::play(vec![prepare(request(8)), TrainCommand::Run], None));
    let (id, keep_work) = (RunId::new(7), |id| TrainCommand::KeepWork { id, name: "a run".into(), link: String::new() });
    let first = Program::start("");
    let mut page = first.page("");
    page.command(prepare(request(8)));
    page.command(keep_work(id));
    page.command(TrainCommand::Step);
    let before = page.events_until(|event| matches!(event, TrainEvent::Kept { .. }));
    assert_eq!((losses(&before), before.last()), (unbroken[..1].to_vec(), Some(&TrainEvent::Kept { steps_done: 1 })));
    drop(first);
    let program = Program::start("");
    let mut again = Page { kept: page.kept, ..program.page("") };
    let mut kept = request(8);
    kept.start = StartingPoint::Kept(id);
    again.command(prepare(kept));
    again.command(TrainCommand::Run);
    assert_eq!(losses(&again.events_until(is_finished)), unbroken, "as if nothing had been");
}

#[test]
fn two_pages_train_side_by_side_and_one_that_leaves_ends_its_own_run_alone() {
    let program = Program::start("");
    let (mut long, mut short) = (program.page(""), program.page(""));
    long.command(prepare(request(100)));
    long.command(TrainCommand::Run);
    drop(long.events_until(|event| matches!(event, TrainEvent::Steps { .. })));
    drop(long);
    short.command(prepare(request(2)));
    short.command(TrainCommand::Run);
    assert_eq!(losses(&short.events_until(is_finished)).len(), 2);
}

#[test]
fn only_pages_of_this_machine_and_those_that_were_named_are_let_in() {
    let program = Program::start("--allow-origin https://playground.example/");
    for origin in ["http://localhost", "https://localhost:8443", "http://127.0.0.1:8080", "http://[::1]:9", "https://playground.example"] {
        assert!(program.connect(Some(origin)).is_ok(), "{origin}");
    }
    let strangers = [
        "https://evil.example",
        "http://localhost.evil.example",
        "http://localhost:80.evil.example",
        "http://127.0.0.1.evil.example",
        "https://playground.example.evil.example",
        "http://playground.example",
        "null",
        "",
    ];
    for origin in strangers.map(Some).into_iter().chain([None]) {
        let Err(Error::Http(answer)) = program.connect(origin) else { panic!("{origin:?} was let in") };
        assert_eq!(answer.status(), 403, "{origin:?}");
    }
    let words = program.end();
    assert!(
        words.contains("refused a page of https://evil.example: to let it in, start with --allow-origin https://evil.example"),
        "{words}"
    );
}

#[test]
fn a_page_without_the_token_is_told_so_and_nothing_else() {
    let program = Program::start("--token correct-horse");
    for token in ["", "correct", "correct-horse-battery"] {
        assert_eq!(program.page(token).refusal(), Some(Refusal::WrongToken), "{token:?}");
    }
    let mut other = program.caller();
    other.say(&Hello { protocol_version: PROTOCOL_VERSION + 1, token: "wrong".into() });
    assert_eq!(other.refusal(), Some(Refusal::WrongToken), "the token is looked at before the version");
    assert!(matches!(program.page("correct-horse").event(), TrainEvent::Ready { .. }));
    let words = program.end();
    assert!(words.contains("token") && !words.contains("correct"), "the token is not written anywhere: {words}");
}

#[test]
fn a_page_of_another_version_is_told_so() {
    let program = Program::start("");
    for protocol_version in [PROTOCOL_VERSION - 1, PROTOCOL_VERSION + 1, u32::MAX] {
        let mut page = program.caller();
        page.say(&Hello { protocol_version, token: String::new() });
        assert_eq!(page.refusal(), Some(Refusal::OtherVersion), "{protocol_version}");
    }
}

#[test]
fn what_is_no_message_is_refused_and_the_program_goes_on() {
    let program = Program::start("");
    let hellos = [
        Message::Text("hello".into()),
        Message::Binary(vec![0xff; 40].into()),
        Message::Binary(Vec::new().into()),
        // More than a hello may have.
        Message::Binary(vec![0; 1 << 20].into()),
    ];
    for hello in hellos {
        let mut page = program.caller();
        let what = format!("{:.60}", format!("{hello:?}"));
        page.socket.send(hello).expect("it listens");
        assert_eq!(page.refusal(), Some(Refusal::Unreadable), "{what}");
    }
    for message in [Message::Text("{}".into()), Message::Binary(vec![0xff; 40].into())] {
        let mut page = program.page("");
        assert!(matches!(page.event(), TrainEvent::Ready { .. }));
        page.socket.send(message).expect("it listens");
        assert_eq!(page.refusal(), Some(Refusal::Unreadable));
    }
    let mut unasked = program.page("");
    unasked.say(&PageMessage::Fetched { question: 3, file: Ok(vec![1; 1000]) });
    assert!(matches!(unasked.event(), TrainEvent::Ready { .. }), "an answer to no question is dropped");
    unasked.command(prepare(request(1)));
    unasked.command(TrainCommand::Run);
    assert_eq!(losses(&unasked.events_until(is_finished)).len(), 1);
}

#[test]
fn images_that_the_page_cannot_have_are_told_as_its_own_trainer_would() {
    let program = Program::start("");
    let mut page = program.page("");
    let mut request = request(2);
    request.dataset_url = "nowhere/".into();
    page.command(prepare(request));
    let events = page.events_until(|event| matches!(event, TrainEvent::Failed(_)));
    assert!(page.fetched.iter().all(|url| url.starts_with("nowhere/")), "{:?}", page.fetched);
    assert!(!events.is_empty());
}

#[test]
fn what_would_let_strangers_in_is_refused_at_the_start() {
    let refused = |options: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_resnet-playground"));
        let output = command.args(["train", "--serve"]).args(options.split_whitespace()).output().expect("the program starts");
        assert!(!output.status.success(), "{options}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert!(refused("--listen 0.0.0.0:0").contains("--token"));
    assert!(refused("--listen 0.0.0.0:0 --token short").contains("8 characters"));
    assert!(refused("--allow-origin *").contains("https://example.org"));
    assert!(refused("depth=11").contains("--serve"), "a link has no place beside it");
}
