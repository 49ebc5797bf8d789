//! Trains for a page: listens for WebSockets, lets pages in, and is to each of them what its Web Worker would be.
//!
//! A page that connects is not trusted before its origin, its token and its version are known ([`door`]). The images come from
//! the page, so the program reads no file and asks no server on behalf of anybody ([`page`]).

mod door;
mod origins;
mod page;

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use door::Door;
use origins::Origins;
use page::Page;

use crate::engine::Engine;

/// Connections at a time: each run, measurement and one-click experiment of a page has one.
const MOST_CONNECTIONS: usize = 32;
/// A shorter token could be tried out.
const SHORTEST_TOKEN: usize = 8;

/// How a page is let in.
#[derive(clap::Args)]
#[group(id = "serving")]
pub struct Options {
    /// Trains for a page: listens for it until this program is ended (docs/workstation.md)
    #[arg(long, conflicts_with_all = ["link", "config", "data", "save", "notebook", "test", "explain_gap", "experiment"])]
    serve: bool,
    /// Where to listen. Other machines reach 0.0.0.0 and need a --token
    #[arg(long, value_name = "ADDRESS:PORT", requires = "serve", default_value = "127.0.0.1:8765")]
    listen: SocketAddr,
    /// What the page has to know
    #[arg(long, requires = "serve")]
    token: Option<String>,
    /// A page beside those of this machine that is let in, as in https://example.org; as often as there are such
    #[arg(long, value_name = "ORIGIN", requires = "serve")]
    allow_origin: Vec<String>,
}

impl Options {
    /// Whether to train for a page rather than a link.
    pub fn is_asked_for(&self) -> bool {
        self.serve
    }
}

/// Listens until the program is ended.
pub fn run(options: Options, engine: Engine) -> Result<(), String> {
    let Options { listen, token, allow_origin, .. } = options;
    match &token {
        None if !listen.ip().is_loopback() => {
            return Err(format!("other machines can reach {listen}: give a token that the page has to know by --token"));
        }
        Some(token) if token.chars().count() < SHORTEST_TOKEN => {
            return Err(format!("--token takes {SHORTEST_TOKEN} characters or more: a shorter token could be guessed"));
        }
        _ => {}
    }
    let machine = gethostname::gethostname().to_string_lossy().into_owned();
    let program = Arc::new(Program { door: Door { origins: Origins::new(&allow_origin)?, token }, engine, machine });
    let listener = TcpListener::bind(listen).map_err(|error| format!("{listen} cannot be listened at: {error}"))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    println!("Listening at ws://{address} for the page's “All settings”, Device, “A program on my computer”.");
    let connections = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming() {
        match stream {
            Ok(stream) => begin(stream, &program, &connections),
            Err(error) => eprintln!("a connection failed: {error}"),
        }
    }
    Ok(())
}

/// What all connections share.
struct Program {
    door: Door,
    engine: Engine,
    /// Its name, for the page's badge.
    machine: String,
}

/// Gives a connection a thread of its own.
fn begin(stream: TcpStream, program: &Arc<Program>, connections: &Arc<AtomicUsize>) {
    let place = Place::take(connections);
    if place.number > MOST_CONNECTIONS {
        eprintln!("refused a connection: there are {MOST_CONNECTIONS} already");
        return;
    }
    let program = program.clone();
    let started = thread::Builder::new().spawn(move || {
        let _place = place;
        let trained = program.door.let_in(stream).and_then(|socket| Page::new(socket).train(&program.engine, &program.machine));
        if let Err(reason) = trained {
            eprintln!("{reason}");
        }
    });
    if let Err(error) = started {
        eprintln!("a connection got no thread: {error}");
    }
}

/// One of the connections there may be, given back however its thread ends.
struct Place {
    number: usize,
    taken: Arc<AtomicUsize>,
}

impl Place {
    fn take(taken: &Arc<AtomicUsize>) -> Self {
        Self { number: taken.fetch_add(1, Ordering::Relaxed) + 1, taken: taken.clone() }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.taken.fetch_sub(1, Ordering::Relaxed);
    }
}
