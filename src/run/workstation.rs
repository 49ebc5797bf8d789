//! A native program that trains in the place of the page's own trainer: where it is, and what it may ask the page for.

use crate::checkpoint::autosave::FileNames;
use crate::experiment::WorkstationFailure;
use crate::experiment::weight_init::StartingPoint;
use crate::protocol::TrainCommand;
use crate::protocol::workstation::DEFAULT_PORT;

/// What the visitor entered. It stands in no link and is not remembered: an address of somebody else's choice could be anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workstation {
    /// Whether runs that begin are trained there.
    pub is_chosen: bool,
    /// As it was typed.
    pub address: String,
    /// What the program was started with; empty where it was started without one.
    pub token: String,
}

impl Default for Workstation {
    fn default() -> Self {
        Self { is_chosen: false, address: format!("ws://127.0.0.1:{DEFAULT_PORT}"), token: String::new() }
    }
}

impl Workstation {
    /// The address that a browser connects to: `ws://` and the usual port need not be typed.
    ///
    /// # Errors
    /// When the text is none.
    pub fn url(&self) -> Result<String, WorkstationFailure> {
        let text = self.address.trim();
        let (scheme, rest) = text.split_once("://").unwrap_or(("ws", text));
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        // An address of version 6 has colons of its own, in brackets.
        let (host, port) = match authority.rfind(':').filter(|place| !authority[*place..].contains(']')) {
            Some(place) => (&authority[..place], authority[place + 1..].parse::<u16>().ok()),
            None => (authority, Some(DEFAULT_PORT)),
        };
        let is_name = |name: &str| !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-._".contains(letter));
        let is_version_6 = |host: &str| {
            let inside = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
            inside.is_some_and(|inside| inside.parse::<std::net::Ipv6Addr>().is_ok())
        };
        match (scheme, port) {
            ("ws" | "wss", Some(port)) if is_name(host) || is_version_6(host) => Ok(format!("{scheme}://{host}:{port}")),
            _ => Err(WorkstationFailure::NoAddress { text: text.to_owned() }),
        }
    }

    /// What starts a program that lets pages of this origin in.
    pub fn command(origin: &str) -> String {
        let authority = origin.split_once("://").map_or(origin, |(_, authority)| authority);
        let is_local = ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| authority.strip_suffix(port_of(authority)) == Some(*name));
        let allowance = if is_local { String::new() } else { format!(" --allow-origin {origin}") };
        format!("resnet-playground train --serve{allowance}")
    }
}

/// `:8080`, or nothing.
fn port_of(authority: &str) -> &str {
    let place = authority.rfind(':').filter(|place| !authority[*place..].contains(']'));
    place.map_or("", |place| &authority[place..])
}

/// What commands of the page have named. The program may ask the page for that and for nothing else: not for other files of the
/// page's server, and not for other runs that the browser keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Granted {
    folders: Vec<String>,
    names: Vec<String>,
}

impl Granted {
    /// The page posts this command.
    pub fn note(&mut self, command: &TrainCommand) {
        match command {
            TrainCommand::Prepare(request) => {
                self.folders.push(request.dataset_url.clone());
                self.names.extend(Some(request.whitening.clone()).filter(|name| !name.is_empty()));
                if let StartingPoint::Kept(id) = request.start {
                    self.grant_run(FileNames::of(id));
                }
            }
            TrainCommand::RunExperiment { request, .. } => self.folders.push(request.dataset_url.clone()),
            TrainCommand::Compare { folder_url } => self.folders.push(folder_url.clone()),
            TrainCommand::KeepWork { id, .. } => self.grant_run(FileNames::of(*id)),
            _ => {}
        }
    }

    fn grant_run(&mut self, files: FileNames) {
        self.names.extend(files.slots);
        self.names.push(files.note);
    }

    /// Whether this is the address of a file in one of the folders.
    pub fn has_file(&self, url: &str) -> bool {
        let is_file = |name: &str| {
            !name.is_empty() && !name.starts_with('.') && name.chars().all(|letter| letter.is_alphanumeric() || "-._".contains(letter))
        };
        self.folders.iter().any(|folder| url.strip_prefix(folder.as_str()).is_some_and(is_file))
    }

    /// Whether something is kept under this name that the program has to do with.
    pub fn has_name(&self, name: &str) -> bool {
        self.names.iter().any(|granted| granted == name)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::plan_of;
    use super::*;
    use crate::experiment::{Experiment, RunId};

    fn url(address: &str) -> Option<String> {
        Workstation { address: address.into(), ..Workstation::default() }.url().ok()
    }

    #[test]
    fn an_address_is_read_with_and_without_what_goes_without_saying() {
        assert_eq!(Workstation::default().url().as_deref(), Ok("ws://127.0.0.1:8765"));
        for (typed, meant) in [
            (" studio.local ", "ws://studio.local:8765"),
            ("localhost:9000", "ws://localhost:9000"),
            ("wss://gpu.example/", "wss://gpu.example:8765"),
            ("wss://gpu.example:443", "wss://gpu.example:443"),
            ("[::1]", "ws://[::1]:8765"),
            ("ws://[fe80::1]:80", "ws://[fe80::1]:80"),
        ] {
            assert_eq!(url(typed).as_deref(), Some(meant), "{typed}");
        }
        for typed in ["", "ws://", ":80", "http://a:1", "a:b", "a:99999", "a b", "ws://user@a:1", "a:1/path", "[::1", "[x]:1"] {
            assert_eq!(url(typed), None, "{typed}");
        }
    }

    #[test]
    fn the_command_lets_this_page_in() {
        for origin in ["http://localhost:8080", "http://127.0.0.1", "http://[::1]:9", "https://localhost"] {
            assert_eq!(Workstation::command(origin), "resnet-playground train --serve", "{origin}");
        }
        for origin in ["https://example.org", "http://localhost.example.org:80"] {
            assert_eq!(Workstation::command(origin), format!("resnet-playground train --serve --allow-origin {origin}"));
        }
    }

    #[test]
    fn a_program_gets_what_the_commands_named_and_nothing_else() {
        let mut request = plan_of(Experiment::default()).request;
        request.dataset_url = "https://page.example/data/starter/".into();
        request.whitening = "whitening-1".into();
        let mut granted = Granted::default();
        assert!(!granted.has_file("https://page.example/data/starter/train-000.png"), "nothing was named");
        granted.note(&TrainCommand::Prepare(Box::new(request)));
        assert!(granted.has_file("https://page.example/data/starter/train-000.png") && granted.has_name("whitening-1"));
        for other in ["", "../secret", "..", "a/b", "%2e%2e/secret", "a?b", "a#b", "a\\b"] {
            assert!(!granted.has_file(&format!("https://page.example/data/starter/{other}")), "{other}");
        }
        assert!(!granted.has_file("https://page.example/") && !granted.has_file("https://elsewhere.example/train-000.png"));
        let (own, other) = (FileNames::of(RunId::new(7)), FileNames::of(RunId::new(8)));
        assert!(!granted.has_name(&own.note), "not kept yet");
        granted.note(&TrainCommand::KeepWork { id: RunId::new(7), name: String::new(), link: String::new() });
        assert!(own.slots.iter().chain([&own.note]).all(|name| granted.has_name(name)));
        assert!(!granted.has_name(&other.note) && !granted.has_name(""), "another run is none of its business");
    }
}
