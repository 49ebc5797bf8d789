//! Files of the visitor's own that become a data set.

use leptos::{ev, html, prelude::*};

use crate::app::components::{FieldProblem, NumberField, NumberKind, ProgressBar, SelectField, SelectOption, Switch};
use crate::app::context::use_dataset_library;
use crate::app::services::chosen_files;
use crate::app::services::scrolling::scroll_into_view;
use crate::dataset::import::CifarLabels;
use crate::dataset::import::choice_texts::{read_held_out_percent, read_images_per_class, read_seed};
use crate::language::format;
use crate::language::text;
use crate::protocol::tasks::ImportProgress;

/// File choosers, how files become a data set, and what came of it.
#[component]
pub fn Import() -> impl IntoView {
    let library = use_dataset_library();
    let form = library.form();
    let (files, folder) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let chosen = move |input: NodeRef<html::Input>| {
        let Some(input) = input.get_untracked() else { return };
        let files = input.files().map(|files| chosen_files::of_list(&files)).unwrap_or_default();
        // The same files can be chosen again.
        input.set_value("");
        library.import(files);
    };
    let is_over = RwSignal::new(false);
    let labels = vec![SelectOption::new("fine", text!("100 classes")), SelectOption::new("coarse", text!("20 groups"))];
    let (progress, note) = (library.progress(), library.note());
    let outcome = NodeRef::<html::P>::new();
    // Files may have been dropped where this place cannot be seen.
    Effect::new(move |before: Option<()>| {
        note.track();
        if before.is_some() {
            request_animation_frame(move || {
                if let Some(outcome) = outcome.try_get_untracked().flatten() {
                    scroll_into_view(&outcome);
                }
            });
        }
    });
    view! {
        <section
            class="data-section data-import"
            class:is-over=move || is_over.get()
            on:dragover=move |_: ev::DragEvent| is_over.set(true)
            on:dragleave=move |_: ev::DragEvent| is_over.set(false)
            on:drop=move |_: ev::DragEvent| is_over.set(false)
        >
            <h3>{text!("Your own images")}</h3>
            <p class="data-text">
                {text!("Drop files anywhere on the page, or choose them: pictures in a folder for each class or with a table of labels (")}
                <code>"id,label"</code> {text!("), as a folder or a zip, or CIFAR-10 or CIFAR-100 as published (")} <code>".tar.gz"</code>
                {text!(" or ")} <code>".bin"</code>
                {text!(
                    "). PNG, JPEG, WebP, GIF, BMP and TIFF are read, AVIF and HEIC where the browser can. They stay in this browser."
                )}
            </p>
            <div class="data-fields">
                <label class="data-file">
                    <span class="label">{text!("Files")}</span>
                    <input type="file" multiple node_ref=files on:change=move |_| chosen(files) />
                </label>
                <label class="data-file">
                    <span class="label">{text!("Folder")}</span>
                    <input type="file" prop:webkitdirectory=true node_ref=folder on:change=move |_| chosen(folder) />
                </label>
                <ImportText
                    label=text!("Images per class")
                    help=text!("Most training images of each class that are kept. Empty keeps all.")
                    text=form.images_per_class
                    check=|text| read_images_per_class(text).err()
                    caption=text!("empty: all")
                />
                <ImportText
                    label=text!("Held out, %")
                    help=text!("Share of each class that is held out, where the files do not say which. Empty holds out 20\u{a0}%.")
                    text=form.held_out
                    check=|text| read_held_out_percent(text).err()
                    caption=text!("empty: 20")
                />
                <ImportText
                    label=text!("Seed of the choice")
                    help=text!("Decides which images are kept and which are held out. Empty is 1.")
                    text=form.seed
                    check=|text| read_seed(text).err()
                    caption=text!("empty: 1")
                />
                <SelectField
                    label=text!("Labels of CIFAR-100")
                    help=text!("Whether its 100 classes are told apart, or the 20 groups they form.")
                    options=Signal::stored(labels)
                    value=Signal::derive(move || label_value(form.labels.get()).to_owned())
                    on_change=Callback::new(move |value: String| {
                        form.labels.set(if value == label_value(CifarLabels::Coarse) { CifarLabels::Coarse } else { CifarLabels::Fine });
                    })
                />
                <Switch
                    label=text!("Take classes from file names")
                    help=text!("For pictures without folders: cat.1.jpg and 7_cat.png belong to the class cat.")
                    checked=form.classes_from_names
                    on_change=Callback::new(move |is_on| form.classes_from_names.set(is_on))
                />
            </div>
            <div class="data-progress" hidden=move || progress.with(Option::is_none)>
                <ProgressBar
                    label=text!("Import")
                    share=Signal::derive(move || progress.get().map(ImportProgress::share))
                    is_active=Signal::derive(move || progress.with(Option::is_some))
                />
                <p class="caption">{move || progress.get().map(ImportProgress::sentence)}</p>
            </div>
            <p class="data-note" role="status" aria-label=text!("Import") node_ref=outcome>
                {note}
            </p>
            <button type="button" class="quiet" hidden=move || !library.has_classes_in_names() on:click=move |_| library.import_by_names()>
                {text!("Take classes from file names")}
            </button>
        </section>
    }
}

/// A number of the form. Its text stays as it was typed.
#[component]
fn ImportText(
    /// Name of the number.
    label: &'static str,
    /// One sentence that explains it.
    help: &'static str,
    /// The text.
    text: RwSignal<String>,
    /// What is wrong with a text.
    check: fn(&str) -> Option<String>,
    /// What an empty text means.
    caption: &'static str,
) -> impl IntoView {
    let problem = Signal::derive(move || {
        let sentence = text.with(|text| check(text))?;
        Some(FieldProblem { sentence: format::sentence(&sentence), suggestions: Vec::new() })
    });
    let unreadable = Signal::derive(move || problem.with(Option::is_some));
    view! {
        <NumberField
            label
            help
            kind=NumberKind::Whole
            value=text
            on_change=Callback::new(move |typed| text.set(typed))
            problem
            unreadable
            caption=Some(Signal::stored(caption.to_owned()))
        />
    }
}

fn label_value(labels: CifarLabels) -> &'static str {
    match labels {
        CifarLabels::Fine => "fine",
        CifarLabels::Coarse => "coarse",
    }
}
