//! Pictures by class from the camera, made into a data set as if they lay in a folder for each class.

use std::sync::Arc;

use gloo::timers::future::TimeoutFuture;
use js_sys::Date;
use leptos::task::spawn_local;
use leptos::{html, prelude::*};

use crate::app::components::{CameraView, unique_id};
use crate::app::context::use_dataset_library;
use crate::app::services::camera::Camera;
use crate::app::services::square_image::{ImageSource, square_pixels};
use crate::dataset::snapshots::ClassName;
use crate::language::text;

use super::snapshot_table::SnapshotTable;

/// Pictures that one press of “Take ten” takes.
const SERIES: usize = 10;
/// Between two of them: time to turn the thing a little.
const APART_MS: u32 = 300;

/// The camera, the name of the class it looks at, and the pictures taken.
#[component]
pub fn CameraByClass() -> impl IntoView {
    let library = use_dataset_library();
    let snapshots = library.snapshots();
    let camera = RwSignal::new_local(None::<Camera>);
    let video = NodeRef::<html::Video>::new();
    let name = RwSignal::new(String::new());
    let name_field = NodeRef::<html::Input>::new();
    let note = RwSignal::new(String::new());
    // Whether the visitor is asked, or pictures are taken. A press changes nothing then.
    let is_busy = RwSignal::new(false);
    let is_on = Memo::new(move |_| camera.with(Option::is_some));
    let missing = Memo::new(move |_| snapshots.with(|snapshots| snapshots.missing()));
    let is_empty = Memo::new(move |_| snapshots.with(|snapshots| snapshots.classes().next().is_none()));
    let advice = move || {
        let note = note.get();
        if note.is_empty() && !is_empty.get() { missing.get().unwrap_or_default() } else { note }
    };
    let focus_name = move || {
        if let Some(field) = name_field.get_untracked() {
            // A field takes the focus.
            let _ = field.focus();
        }
    };
    let alone = move |work: std::pin::Pin<Box<dyn Future<Output = ()>>>| {
        if !is_busy.get_untracked() {
            is_busy.set(true);
            spawn_local(async move {
                work.await;
                // The tab may have been left meanwhile.
                is_busy.try_set(false);
            });
        }
    };
    let switch = move |_| {
        if is_on.get_untracked() {
            camera.set(None);
            return;
        }
        alone(Box::pin(async move {
            match Camera::turn_on().await {
                Ok(turned_on) => {
                    note.try_set(String::new());
                    // Where the tab was left meanwhile, it is turned off again.
                    drop(camera.try_set(Some(turned_on)));
                }
                Err(sentence) => drop(note.try_set(sentence)),
            }
        }));
    };
    let take = move |count: usize| {
        let Some(class) = ClassName::new(&name.get_untracked()) else {
            note.set(text!("Say first what it is: that is the name of its class.").into());
            return focus_name();
        };
        alone(Box::pin(async move {
            for place in 0..count {
                // The camera may have been turned off meanwhile, or the tab left.
                if !camera.try_with_untracked(Option::is_some).unwrap_or(false) {
                    return;
                }
                let Some(seen) = video.try_get_untracked().flatten() else { return };
                match square_pixels(ImageSource::Video(&seen)).await {
                    Ok(pixels) => snapshots.update(|snapshots| snapshots.add(class.clone(), Arc::new(pixels))),
                    Err(_) => return drop(note.try_set(text!("The camera shows nothing: turn it off and on again.").into())),
                }
                note.try_set(String::new());
                if place + 1 < count {
                    TimeoutFuture::new(APART_MS).await;
                }
            }
        }));
    };
    let can_finish = Memo::new(move |_| missing.with(Option::is_none) && !is_empty.get());
    let finish = move |_| {
        if can_finish.get_untracked() {
            library.import_snapshots(&data_set_name());
        }
    };
    let id = unique_id("snapshot-class");
    view! {
        <section class="data-section">
            <h3>{text!("From the camera")}</h3>
            <p class="data-text">
                {text!(
                    "Hold one kind of thing before the camera, name it and take some pictures; then another. The pictures stay in this \
                     browser."
                )}
            </p>
            <div class="data-camera">
                <CameraView camera node_ref=video />
                <div class="field">
                    <label for=id.clone()>{text!("What it is")}</label>
                    <div class="number">
                        <input
                            id=id
                            class="data-class-name"
                            type="text"
                            autocomplete="off"
                            maxlength="40"
                            node_ref=name_field
                            prop:value=name
                            on:input=move |event| name.set(event_target_value(&event))
                        />
                    </div>
                </div>
                <button type="button" class="quiet" on:click=switch>
                    {move || if is_on.get() { text!("Turn the camera off") } else { text!("Turn the camera on") }}
                </button>
                <button type="button" class="quiet" hidden=move || !is_on.get() on:click=move |_| take(1)>
                    {text!("Take a picture")}
                </button>
                <button type="button" class="quiet" hidden=move || !is_on.get() on:click=move |_| take(SERIES)>
                    {text!("Take ten")}
                </button>
            </div>
            <p class="data-note" role="status" aria-label=text!("Camera")>
                {advice}
            </p>
            <Show when=move || !is_empty.get()>
                <SnapshotTable on_class_gone=Callback::new(move |()| focus_name()) />
                <button type="button" class="quiet" aria-disabled=move || (!can_finish.get()).to_string() on:click=finish>
                    {text!("Make a data set of them")}
                </button>
            </Show>
        </section>
    }
}

/// Names the minute, so that a data set of another visit is not written over.
fn data_set_name() -> String {
    let now = String::from(Date::new_0().to_iso_string()).replace(['T', ':'], "-");
    format!("camera-{}", now.get(..16).unwrap_or_default())
}
