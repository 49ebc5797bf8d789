//! What is in the fold: fetched when it is first opened, or when something is dropped on the page.

use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::{ImagesWish, dropped, is_open, snapshots};
use crate::experiment::RunRequest;
use crate::experiment::hyperparameters::{Hyperparameters, Watching};
use crate::experiment::weight_init::StartingPoint;
use crate::protocol::ImportFields;
use crate::protocol::tasks::{WorkbenchAnswer, WorkbenchRequest};
use crate::run::{DatasetSource, RunPlan};
use crate::spec::NetworkChoices;
use crate::ui::follow::{follow, listen};
use crate::ui::markup::{element, focus_again, of_target, say, set, value_of};
use crate::ui::session::Session;
use crate::ui::signals::Memo;
use crate::ui::workbench;
use crate::worker::javascript::get;

/// Keeps it, and gives what does as it is told.
pub fn start_part() -> fn(ImagesWish) {
    let session = Session::of_page();
    follow(move || {
        session.dataset.track();
        show(session);
    });
    let changes = Memo::new(move |_| {
        let measured = session.of_run(|run| run.plan.request.whitening.clone()).unwrap_or_default();
        (session.experiment.with(|it| seen(&it.hyperparameters)), measured)
    });
    follow(move || {
        let _ = changes.get();
        session.dataset.track();
        show_augmented(session);
    });
    listen("images-panel", &["toggle"], move |_| {
        show(session);
        show_augmented(session);
    });
    listen("images-panel", &["click"], move |event| {
        if of_target(event, "id") == "images-delete" {
            ask(session, WorkbenchRequest::DeleteImages { name: chosen(session) }, &[]);
        }
    });
    listen("images-panel", &["change"], move |event| match of_target(event, "id").as_str() {
        "images-set" => {
            session.choose_data_set(&of_target(event, "value"));
            focus_again("images-set".into());
        }
        "images-file" | "images-folder" => {
            let input = event.target().map(JsValue::from).unwrap_or_default();
            import(session, &Array::from(&get(&input, "files")));
        }
        _ => {}
    });
    snapshots::start();
    |wish| match wish {
        // Beginning to follow has shown it, and opening it again does.
        ImagesWish::Show => {}
        ImagesWish::Import(entries) => spawn_local(async { import(Session::of_page(), &dropped::files(entries).await) }),
    }
}

/// Where the data set lies, while the panel is open and it is known.
fn shown_url(session: Session) -> Option<String> {
    session.dataset.with_untracked(|dataset| dataset.source().map(|source| source.url.clone())).filter(|_| is_open())
}

/// What augmentation makes of the images. In a place of its own: fields that someone fills in stay.
fn show_augmented(session: Session) {
    let Some(request) = request(session) else { return };
    workbench::ask(WorkbenchRequest::ShowAugmented(request.clone()), &[], move |answer| match answer {
        // Something else may have been asked for since.
        WorkbenchAnswer::Html(html) if self::request(session).is_some_and(|now| now == request) => {
            set("images-augmented", "innerHTML", &html.into());
        }
        _ => {}
    });
}

/// What the network sees of training images depends on this.
fn seen(hyperparameters: &Hyperparameters) -> Hyperparameters {
    let Hyperparameters { augmentation, seed, normalisation, whitening_epsilon, training_images, ref watching, .. } = *hyperparameters;
    let watching = Watching { validation_images: watching.validation_images, ..Watching::default() };
    Hyperparameters { augmentation, seed, normalisation, whitening_epsilon, training_images, watching, ..Hyperparameters::default() }
}

/// A run of what is shown, while the panel is open and its data set is known.
fn request(session: Session) -> Option<Box<RunRequest>> {
    let plan = |source: &DatasetSource| RunPlan::new(session.experiment.get_untracked(), source, StartingPoint::Fresh);
    let mut request = session.dataset.with_untracked(|dataset| dataset.source().map(plan)).filter(|_| is_open())?.request;
    request.hyperparameters = seen(&request.hyperparameters);
    request.network = NetworkChoices::default();
    Some(Box::new(request))
}

fn show(session: Session) {
    if let Some(url) = shown_url(session) {
        ask(session, WorkbenchRequest::ShowImages { chosen: chosen(session), url }, &[]);
    }
}

fn chosen(session: Session) -> String {
    session.experiment.with_untracked(|experiment| experiment.data.clone())
}

/// Makes a data set of files and chooses it.
pub(super) fn import(session: Session, files: &Array) {
    let Some(panel) = element("images-panel").filter(|_| files.length() > 0) else { return };
    set("images-panel", "open", &true.into());
    panel.scroll_into_view();
    say("images-note", "Reading…");
    let path = |file: &JsValue| {
        let mut paths = [dropped::PATH, "webkitRelativePath", "name"].into_iter().filter_map(|key| get(file, key).as_string());
        paths.find(|path| !path.is_empty()).unwrap_or_default()
    };
    let files = files.to_vec();
    let paths = files.iter().map(path).collect();
    let fields = ["images-per-class", "images-held-out", "images-seed", "images-labels"].map(value_of);
    ask(session, WorkbenchRequest::ImportImages { fields: ImportFields(fields), paths }, &files);
}

fn ask(session: Session, request: WorkbenchRequest, files: &[JsValue]) {
    let asked = chosen(session);
    workbench::ask(request, files, move |answer| match answer {
        // Another data set may have been chosen since, and shown already.
        WorkbenchAnswer::Html(html) if chosen(session) == asked => set("images", "innerHTML", &html.into()),
        WorkbenchAnswer::Progress(sentence) | WorkbenchAnswer::Refused { sentence } => say("images-note", &sentence),
        WorkbenchAnswer::Images { name, sentence } => {
            say("images-note", &sentence);
            session.choose_data_set(&name);
        }
        _ => {}
    });
}
