//! Offers the run that this browser kept when the tab was closed.

use wasm_bindgen_futures::spawn_local;

use super::browser::window;
use super::follow::{keep_html, listen};
use super::markup::button_of;
use super::parts;
use super::session::{Command, Session};
use super::signals::Signal;
use crate::checkpoint::autosave::{KeptNote, NOTE, STORE};
use crate::experiment::permalink;
use crate::format::grouped;
use crate::protocol::decode;
use crate::worker::storage::read_from;

/// A place for the offer.
pub const HTML: &str = "<div class=message id=kept-work></div>";

/// Looks whether there is one.
pub fn look() {
    spawn_local(async {
        if read_from(STORE, NOTE).await.is_some() {
            parts::run(Command::BeThere);
        }
    });
}

/// Offers it until a run begins.
pub fn start(session: Session) {
    let offered = Signal::new(None::<KeptNote>);
    spawn_local(async move { offered.set(kept().await) });
    keep_html("kept-work", move || {
        let busy = session.of_run(|_| ()).is_some();
        let can_begin = session.dataset.with(|dataset| dataset.source().is_some());
        offered.with(|note| note.as_ref().filter(|_| !busy).map(|note| html(note, can_begin))).unwrap_or_default()
    });
    listen("kept-work", &["click"], move |event| match button_of(event).as_str() {
        "kept-go-on" => {
            if let Some(note) = offered.with_untracked(Clone::clone) {
                session.take_up_kept(&note.link);
            }
            offered.set(None);
        }
        "kept-forget" => {
            offered.set(None);
            // Nothing is lost where the browser does not delete it: the next run takes its place.
            let _ = window().caches().map(|caches| caches.delete(STORE));
        }
        _ => {}
    });
}

fn html(note: &KeptNote, can_begin: bool) -> String {
    let depth = permalink::read_kept(&note.link).network.depth;
    let (done, total) = (grouped(note.steps_done), grouped(note.total_steps));
    let whole = note.steps_done >= note.total_steps;
    let (far, button) =
        if whole { ("trained to its end".to_owned(), "Open it") } else { (format!("at step {done} of {total}"), "Go on with it") };
    let disabled = if can_begin { "" } else { "disabled" };
    format!(
        "<div class=notice role=status data-testid=kept-work><p>This browser has kept a run of yours: depth {depth}, {far}. \
         The next run takes its place.</p><button class=quiet id=kept-go-on {disabled}>{button}</button>\
         <button class=quiet id=kept-forget>Throw it away</button></div>"
    )
}

async fn kept() -> Option<KeptNote> {
    decode(&read_from(STORE, NOTE).await?).ok()
}
