//! What the page around may ask for. Everything comes from outside: what is no command gets a sentence that says why.

use serde_json::{Map, Value};

use crate::language::format::excerpt;

/// Longest link, in bytes.
pub const MOST_LINK: usize = 10_000;
/// Longest state, in bytes: the checkpoint of the largest network that a browser can train fits.
pub const MOST_STATE: usize = 256 << 20;
/// Largest whole number that JavaScript counts exactly.
const MOST_ID: u64 = (1 << 53) - 1;

/// Names of all commands.
pub const COMMANDS: [&str; 10] = ["play", "pause", "step", "reset", "setLink", "getLink", "getMetrics", "getState", "setState", "park"];

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Begin, or go on.
    Play,
    /// Wait.
    Pause,
    /// Train one step.
    Step,
    /// End the run.
    Reset,
    /// Take the experiment of a link.
    SetLink {
        /// A query or an address.
        link: String,
    },
    /// Say the link of the experiment.
    GetLink,
    /// Say the numbers of the run.
    GetMetrics,
    /// Say everything that another frame needs to go on with the run.
    GetState,
    /// Take what [`Command::GetState`] said.
    SetState {
        /// As it was said.
        state: String,
    },
    /// The same as [`Command::GetState`]; the workers are ended.
    Park,
}

/// A command with the number that its answer carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Chosen by the page around.
    pub id: u64,
    /// What is asked for.
    pub command: Command,
}

/// A message that is no command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Its number; without one nobody can be answered.
    pub id: Option<u64>,
    /// Why it is none: a sentence.
    pub sentence: String,
}

/// Reads any text as a command.
///
/// # Errors
/// When it is none: why not.
pub fn read_call(text: &str) -> Result<Call, Refusal> {
    let refused = |id, sentence: String| Err(Refusal { id, sentence });
    let Ok(Value::Object(message)) = serde_json::from_str::<Value>(text) else {
        return refused(None, "A message is an object with an id and a command.".into());
    };
    let Some(id) = message.get("id").and_then(Value::as_u64).filter(|id| *id <= MOST_ID) else {
        return refused(None, format!("A command has an id: a whole number from 0 to {MOST_ID}."));
    };
    match read_command(&message) {
        Ok(command) => Ok(Call { id, command }),
        Err(sentence) => refused(Some(id), sentence),
    }
}

fn read_command(message: &Map<String, Value>) -> Result<Command, String> {
    let named = || {
        let (last, first) = COMMANDS.split_last().unwrap_or((&"", &[]));
        format!("{} and {last}", first.join(", "))
    };
    let Some(name) = message.get("command") else { return Err(format!("A message has a command, one of {}.", named())) };
    let Some(name) = name.as_str() else { return Err(format!("The command is a text, one of {}.", named())) };
    let params = match message.get("params") {
        None => &Map::new(),
        Some(Value::Object(params)) => params,
        Some(_) => return Err(format!("The params of {} are an object.", quote(name))),
    };
    let text = |key: &str, most: usize| match params.get(key) {
        Some(Value::String(text)) if text.len() <= most => Ok(text.clone()),
        Some(Value::String(text)) => Err(format!("The {key} has {} bytes; {name} takes at most {most}.", text.len())),
        Some(_) => Err(format!("The {key} of {name} is a text.")),
        None => Err(format!("The command {name} needs params with a {key}.")),
    };
    Ok(match name {
        "play" => Command::Play,
        "pause" => Command::Pause,
        "step" => Command::Step,
        "reset" => Command::Reset,
        "setLink" => Command::SetLink { link: text("link", MOST_LINK)? },
        "getLink" => Command::GetLink,
        "getMetrics" => Command::GetMetrics,
        "getState" => Command::GetState,
        "setState" => Command::SetState { state: text("state", MOST_STATE)? },
        "park" => Command::Park,
        other => return Err(format!("No command is called {}. Commands are {}.", quote(other), named())),
    })
}

/// A piece of a message, made fit to be shown.
fn quote(text: &str) -> String {
    format!("“{}”", excerpt(text))
}
