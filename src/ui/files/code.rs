//! The network as source code or as a graph in text. The workbench writes it: the page is smaller without.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use crate::drawing::escape::escape;
use crate::export::LineRange;
use crate::export::{CodeRequest, Framework, Part};
use crate::protocol::tasks::{WorkbenchAnswer, WorkbenchRequest};
use crate::ui::address;
use crate::ui::files::save_file;
use crate::ui::markup::{element, say, set};
use crate::ui::session::Session;
use crate::ui::workbench;

/// Code that stays in view above the marked lines.
const MARGIN_PX: i32 = 40;

/// Shows and copies the code of the network that the controls describe; what there is to say about it goes into the
/// element of the id `note`.
pub fn show_code(session: Session, framework: Framework, note: &'static str) {
    let checked = element("stages-only").and_then(|element| js_sys::Reflect::get(&element, &"checked".into()).ok());
    let part = if checked == Some(JsValue::TRUE) { Part::ResidualStages } else { Part::WholeNetwork };
    let request = session.experiment.with_untracked(|experiment| CodeRequest {
        network: experiment.network.clone(),
        framework,
        part,
        l2: experiment.hyperparameters.l2,
    });
    ask(session, WorkbenchRequest::WriteCode(request), note);
}

/// Saves the layer graph of that network in the DOT language.
pub fn save_dot(session: Session, note: &'static str) {
    let network = session.experiment.with_untracked(|experiment| experiment.network.clone());
    ask(session, WorkbenchRequest::WriteDot(Box::new(network)), note);
}

fn ask(session: Session, request: WorkbenchRequest, note: &'static str) {
    say(note, "Writing…");
    workbench::ask(request, &[], move |answer| match answer {
        WorkbenchAnswer::CodeLines(lines) => session.code_lines.set(lines),
        WorkbenchAnswer::File { name, bytes } if name.ends_with(".dot") => {
            save_file(&name, &bytes);
            say(note, "Saved");
        }
        WorkbenchAnswer::File { bytes, .. } => show(note, String::from_utf8(bytes).unwrap_or_default()),
        WorkbenchAnswer::Refused { sentence } => say(note, &sentence),
        _ => {}
    });
}

/// Marks lines of the code that is shown, and brings them into its view.
pub fn mark_lines(lines: Option<LineRange>) {
    let Some(code) = element("code") else { return };
    let text = code.text_content().unwrap_or_default();
    code.set_inner_html(&lines.map_or_else(|| escape(&text), |lines| lines.marked_in(&text)));
    if let Some(mark) = code.first_element_child() {
        // Only the code scrolls: the page stays where the visitor looks.
        let above = mark.get_bounding_client_rect().top() - code.get_bounding_client_rect().top();
        code.set_scroll_top(code.scroll_top() + above as i32 - MARGIN_PX);
    }
}

fn show(note: &'static str, code: String) {
    say("code", &code);
    set("code", "hidden", &JsValue::FALSE);
    spawn_local(async move { say(note, if address::copy(&code).await { "Copied" } else { "Copy it from here" }) });
}
