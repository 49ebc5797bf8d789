//! What events of dragging and pasting carry.

use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, Event};

use crate::app::services::chosen_files::has_files;
use crate::app::services::event_target::comes_from;

use super::hint::Dragged;

/// What takes dropped and pasted things itself.
const FIELDS: &str = "input, textarea, select, [contenteditable]";

/// What a drag carries.
pub(super) fn of_drag(event: &Event) -> Option<DataTransfer> {
    event.dyn_ref::<DragEvent>()?.data_transfer()
}

/// What is pasted.
pub(super) fn of_paste(event: &Event) -> Option<DataTransfer> {
    event.dyn_ref::<ClipboardEvent>()?.clipboard_data()
}

/// Whether it goes to a field, which knows what to do with it.
pub(super) fn is_for_field(event: &Event) -> bool {
    comes_from(event, FIELDS)
}

/// Whether a piece of the page that is no link begins to be dragged: a text, a picture.
pub(super) fn began_in_page(event: &Event) -> bool {
    !comes_from(event, "a[href]")
}

/// Whether the pointer leaves the page, rather than one of its elements for another.
pub(super) fn leaves_page(event: &Event) -> bool {
    event.dyn_ref::<DragEvent>().is_none_or(|event| event.related_target().is_none())
}

/// What can be known of a drag before it ends.
pub(super) fn dragged(transfer: &DataTransfer) -> Dragged {
    let items = transfer.items();
    let files = (0..items.length()).filter_map(|place| items.get(place)).filter(|item| item.kind() == "file");
    Dragged {
        files: files.map(|item| item.type_()).collect(),
        has_files: has_files(transfer),
        is_link: transfer.types().includes(&"text/uri-list".into(), 0),
    }
}

/// The address that is carried, if any.
pub(super) fn address_in(transfer: &DataTransfer) -> Option<String> {
    let texts = ["text/uri-list", "text/plain"].into_iter().filter_map(|kind| transfer.get_data(kind).ok());
    let mut lines = texts.flat_map(|text| text.lines().map(|line| line.trim().to_owned()).collect::<Vec<_>>());
    // Lists of addresses may hold comments.
    lines.find(|line| !line.is_empty() && !line.starts_with("# "))
}
