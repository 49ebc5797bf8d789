//! Which images are trained on: those of the page, or the visitor's own. A fold that the workbench fills once it is opened.

mod dropped;
mod panel;
mod snapshots;

use wasm_bindgen::JsValue;

use super::browser::listen_to_window;
use super::follow::{keep_text, listen};
use super::markup::element;
use super::parts;
use super::session::{Dataset, Session};
use crate::format::grouped;

pub use panel::start_part;

/// A place for it, and for what there is to say about an import.
pub const HTML: &str = "<details class=panel id=images-panel><summary id=images-summary><h2>Images</h2><span class=panel-lead id=data-set></span>\
    </summary><div class=message id=part-images></div><p class=finding id=images-note role=status data-testid=images-note></p>\
    <div id=images></div><div id=images-augmented></div><div id=images-camera></div></details>";

/// What the rest of the page wants of it.
#[derive(Debug, PartialEq)]
pub enum ImagesWish {
    /// What there is, for the panel was opened.
    Show,
    /// A data set of what was dropped on the page.
    Import(Vec<JsValue>),
}

/// Keeps its summary, and hears what it is wanted for.
pub fn start(session: Session) {
    keep_text("data-set", move || {
        session.dataset.with(|dataset| match dataset {
            Dataset::Loaded(source) => {
                let manifest = &source.manifest;
                let (training, held_out) = (grouped(manifest.training_images()), grouped(manifest.held_out_images()));
                format!("{}: {training} training images, {held_out} held-out images, {} classes", manifest.name, manifest.classes.len())
            }
            _ => String::new(),
        })
    });
    listen("images-panel", &["toggle"], |_| {
        if is_open() {
            parts::images(ImagesWish::Show);
        }
    });
    // Without this the browser would leave the page for the file.
    listen_to_window("dragover", |event| {
        if dropped::has_files(event) {
            event.prevent_default();
        }
    });
    listen_to_window("drop", |event| {
        // A panel that takes a single image has had its turn.
        if dropped::has_files(event) && !event.default_prevented() {
            event.prevent_default();
            parts::images(ImagesWish::Import(dropped::entries(event)));
        }
    });
}

fn is_open() -> bool {
    element("images-panel").is_some_and(|panel| panel.has_attribute("open"))
}
