//! Why a worker's program could not be started, and what helps.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::WorkstationFailure;
use crate::language::{text, tr};

/// Why a worker's program could not be started. The message is half a sentence for the visitor: the cause, then the remedy where
/// it is none of the page's buttons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum WorkerFailure {
    /// Page and worker do not fit together.
    #[error("{}", text!("this page was updated since it was opened: reload it, its link keeps the settings"))]
    OtherBuild,
    /// The server does not have it.
    #[error(
        "{}",
        tr!("the page's server has no {file} ({answer}): the page was updated since it was opened, so reload it", file, answer)
    )]
    Missing {
        /// Name of the file.
        file: String,
        /// What the server answers.
        answer: String,
    },
    /// The server was not reached.
    #[error("{}", tr!("the file {file} did not arrive: check the connection and try again", file))]
    NotArrived {
        /// Its name.
        file: String,
    },
    /// Sent as something that browsers do not run.
    #[error(
        "{}",
        tr!(
            "the page's server sends {file} as {content_type}: whoever serves the page has to send it as text/javascript",
            file,
            content_type
        )
    )]
    WrongType {
        /// Name of the file.
        file: String,
        /// As what it is sent.
        content_type: String,
    },
    /// A policy of the page.
    #[error(
        "{}",
        tr!(
            "a policy of the page's host forbids workers (Content-Security-Policy, {directive}): whoever serves the page has to allow \
             worker-src 'self'",
            directive
        )
    )]
    WorkersForbidden {
        /// The part of the policy that does.
        directive: String,
    },
    /// A policy of the worker's script.
    #[error(
        "{}",
        text!(
            "a policy of the page's host forbids WebAssembly in workers (Content-Security-Policy): whoever serves the page has to allow \
             script-src 'wasm-unsafe-eval'"
        )
    )]
    WasmForbidden,
    /// The page has no origin, so nothing is of the same one.
    #[error(
        "{}",
        text!(
            "the frame around this page is sandboxed without allow-same-origin, so it starts no workers: open the page in a tab of its \
             own"
        )
    )]
    Sandboxed,
    /// No browser for this page.
    #[error("{}", text!("this browser starts no workers, in which a network trains: use another browser"))]
    NoWorkers,
    /// What arrived is no whole program.
    #[error("{}", tr!("the program arrived damaged or cut short ({reason}): try again, or reload the page", reason))]
    Damaged {
        /// The browser's words.
        reason: String,
    },
    /// There is no room for it.
    #[error("{}", tr!("the browser has no memory left for the program ({reason}): close other tabs and try again", reason))]
    OutOfMemory {
        /// The browser's words.
        reason: String,
    },
    /// Something else.
    #[error("{}", tr!("the program stopped unexpectedly ({reason})", reason))]
    Stopped {
        /// The browser's words.
        reason: String,
    },
    /// It says nothing any more: the system ended it, it hangs, or its device does.
    #[error("{}", tr!("the trainer has said nothing for {seconds} seconds", seconds))]
    Silent {
        /// How long, while the page was awake and seen.
        seconds: u32,
    },
    /// It is no worker, but a native program.
    #[error(transparent)]
    Workstation(WorkstationFailure),
}

impl From<WorkstationFailure> for WorkerFailure {
    fn from(failure: WorkstationFailure) -> Self {
        Self::Workstation(failure)
    }
}

/// What is known where a worker fails.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The page has no origin of its own: a sandboxed frame.
    pub is_sandboxed: bool,
    /// The part of the page's policy that forbade something meanwhile.
    pub forbidden_by: Option<String>,
    /// What the server answers to a request for the worker's files, first to last.
    pub files: Vec<FileAnswer>,
}

/// What a server answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileAnswer {
    /// Name of the file.
    pub file: String,
    /// Status and type; none where the server was not reached.
    pub answer: Option<(u16, String)>,
}

impl WorkerFailure {
    /// What the words of an error and its surroundings come to. A script that cannot be loaded fails without a word.
    pub fn of(words: &str, surroundings: &Surroundings) -> Self {
        let told = Self::of_words(words, surroundings);
        if !matches!(told, Self::NotArrived { .. } | Self::Damaged { .. }) {
            return told;
        }
        if let (Self::NotArrived { .. }, Some(directive)) = (&told, &surroundings.forbidden_by) {
            return Self::WorkersForbidden { directive: directive.clone() };
        }
        if surroundings.is_sandboxed {
            return Self::Sandboxed;
        }
        let failure = surroundings.files.iter().find_map(FileAnswer::failure);
        // All is there, and the browser says nothing.
        let is_unreadable = words.is_empty() && !surroundings.files.is_empty();
        failure.unwrap_or(if is_unreadable { Self::Damaged { reason: text!("its scripts cannot be read").into() } } else { told })
    }

    fn of_words(words: &str, surroundings: &Surroundings) -> Self {
        let has = |any: &[&str]| any.iter().any(|part| words.contains(part));
        let reason = || words.strip_prefix("Uncaught ").unwrap_or(words).to_owned();
        if is_of_other_build(words) {
            Self::OtherBuild
        } else if has(&["CompileError", "EvalError"]) && has(&["unsafe-eval", "Content Security Policy", "blocked by CSP"]) {
            Self::WasmForbidden
        } else if has(&["Content Security Policy", "violates CSP"]) {
            Self::WorkersForbidden { directive: surroundings.forbidden_by.clone().unwrap_or_else(|| "worker-src".into()) }
        } else if surroundings.is_sandboxed && has(&["origin 'null'", "SecurityError", "insecure"]) {
            Self::Sandboxed
        } else if has(&["Worker is not defined", "find variable: Worker"]) {
            Self::NoWorkers
        } else if has(&["out of memory", "Out of memory", "could not allocate", "allocation failed"]) {
            Self::OutOfMemory { reason: reason() }
        } else if has(&["CompileError", "SyntaxError"]) {
            Self::Damaged { reason: reason() }
        } else if words.is_empty()
            || has(&["fetch", "NetworkError", "Load failed", "dynamically imported module", "mporting a module script"])
        {
            let file = surroundings.files.first().map_or_else(|| text!("of the worker").into(), |first| first.file.clone());
            Self::NotArrived { file }
        } else {
            Self::Stopped { reason: reason() }
        }
    }

    /// Whether the server's answers for the files say more than these words alone.
    pub fn depends_on_files(words: &str) -> bool {
        matches!(Self::of(words, &Surroundings::default()), Self::NotArrived { .. } | Self::Damaged { .. })
    }

    /// Whether the same again may go well, with the page as it is.
    pub fn can_be_retried(&self) -> bool {
        match self {
            Self::NotArrived { .. } | Self::Damaged { .. } | Self::OutOfMemory { .. } | Self::Stopped { .. } | Self::Silent { .. } => true,
            Self::Workstation(failure) => failure.can_be_retried(),
            _ => false,
        }
    }
}

/// Names that one side asks for and the other does not have. A module without a name that another one imports is told as a
/// `SyntaxError`, an import of the program as a `LinkError` or a `TypeError`.
fn is_of_other_build(words: &str) -> bool {
    let of_program =
        words.contains("TypeError") && ["Import #", "import object", "must be an object"].iter().any(|part| words.contains(part));
    let of_script = words.contains("SyntaxError")
        && ["does not provide an export", "doesn't provide an export", "ambiguous indirect export"].iter().any(|part| words.contains(part));
    words.contains("LinkError") || of_program || of_script || words.contains("__wbindgen_start")
}

impl FileAnswer {
    /// Why a worker whose file it is will not start.
    pub fn failure(&self) -> Option<WorkerFailure> {
        let file = self.file.clone();
        let Some((status, content_type)) = &self.answer else { return Some(WorkerFailure::NotArrived { file }) };
        let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match status {
            400.. => Some(WorkerFailure::Missing { file, answer: status.to_string() }),
            // Hosts of pages with addresses of their own send their first page for everything that is not there.
            _ if kind == "text/html" => Some(WorkerFailure::Missing { file, answer: text!("it sends a web page in its place").into() }),
            _ if file.ends_with(".js") && !kind.contains("javascript") && !kind.contains("ecmascript") => {
                let content_type = if kind.is_empty() { text!("a file of no type").into() } else { kind };
                Some(WorkerFailure::WrongType { file, content_type })
            }
            _ => None,
        }
    }
}

/// Files that a script names between quotes: `./trainer_cpu.js`, `trainer_cpu_bg.wasm`. The `trainer_cpu_bg.js` of scripts that
/// wasm-bindgen makes is no file: it names what the program imports.
pub fn files_named_in(script: &str) -> Vec<String> {
    let mut files = Vec::new();
    for part in script.split(['\'', '"', '`']) {
        let name = part.strip_prefix("./").unwrap_or(part);
        let is_name = name.chars().all(|letter| letter.is_ascii_alphanumeric() || "._-".contains(letter));
        let is_file = name.strip_suffix(".js").or_else(|| name.strip_suffix(".wasm")).is_some_and(|stem| !stem.is_empty());
        if is_name && is_file && !name.ends_with("_bg.js") && !files.iter().any(|file| file == name) {
            files.push(name.to_owned());
        }
    }
    files
}
