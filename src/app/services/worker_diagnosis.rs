//! Finds out why a worker's program could not be started: the browser itself often says nothing.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::net::http::{Method, RequestBuilder};
use leptos::prelude::document;

use super::location::{absolute_url, is_sandboxed};
use crate::experiment::WorkerFailure;
use crate::experiment::worker_failure::{FileAnswer, Surroundings, files_named_in};
use crate::worker::javascript::get;

/// Files of a worker that are asked for at most.
const MOST_FILES: usize = 12;

/// Hears what the page's policy forbids for as long as it lives.
pub struct PolicyWatch {
    forbidden_by: Rc<RefCell<Option<String>>>,
    _listener: EventListener,
}

impl PolicyWatch {
    /// From now on.
    pub fn new() -> Self {
        let forbidden_by = Rc::<RefCell<Option<String>>>::default();
        let told = forbidden_by.clone();
        let listener = EventListener::new(&document(), "securitypolicyviolation", move |event| {
            let text = |key| get(event, key).as_string().unwrap_or_default();
            let directive = text("effectiveDirective");
            let is_of_workers = ["worker-src", "child-src", "script-src"].iter().any(|start| directive.starts_with(start));
            if is_of_workers && text("disposition") != "report" {
                *told.borrow_mut() = Some(directive);
            }
        });
        Self { forbidden_by, _listener: listener }
    }

    /// What tells, later, which part of the policy forbade something.
    pub fn forbidden_by(&self) -> Rc<RefCell<Option<String>>> {
        self.forbidden_by.clone()
    }
}

/// Why the worker of this script failed with these words.
pub async fn diagnose(words: &str, script: &str, forbidden_by: &RefCell<Option<String>>) -> WorkerFailure {
    let is_sandboxed = is_sandboxed();
    let files = if WorkerFailure::depends_on_files(words) && !is_sandboxed { answers(script).await } else { Vec::new() };
    let forbidden_by = forbidden_by.borrow().clone();
    WorkerFailure::of(words, &Surroundings { is_sandboxed, forbidden_by, files })
}

/// What is wrong with the first file of this script's worker that the server does not send.
pub async fn failing_file(script: &str) -> Option<WorkerFailure> {
    answers(script).await.iter().find_map(FileAnswer::failure)
}

/// What the server answers for a script and the files that it names, and they.
async fn answers(script: &str) -> Vec<FileAnswer> {
    let mut left = VecDeque::from([script.to_owned()]);
    let mut answers = Vec::<FileAnswer>::new();
    while let Some(file) = left.pop_front() {
        if answers.len() >= MOST_FILES || answers.iter().any(|answer| answer.file == file) {
            continue;
        }
        let (answer, named) = ask(&file).await;
        left.extend(named);
        answers.push(FileAnswer { file, answer });
    }
    answers
}

/// What the server answers for a file, and the files that it names.
async fn ask(file: &str) -> (Option<(u16, String)>, Vec<String>) {
    let is_script = file.ends_with(".js");
    let method = if is_script { Method::GET } else { Method::HEAD };
    let Ok(response) = RequestBuilder::new(&absolute_url(file)).method(method).send().await else { return (None, Vec::new()) };
    let kind = response.headers().get("content-type").unwrap_or_default();
    let named = if is_script && response.ok() { response.text().await.map(|text| files_named_in(&text)) } else { Ok(Vec::new()) };
    // A script whose end does not arrive has not arrived.
    named.map_or((None, Vec::new()), |named| (Some((response.status(), kind)), named))
}
