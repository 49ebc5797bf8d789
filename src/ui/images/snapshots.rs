//! Pictures by class from the camera, made into a data set as if they lay in a folder for each class.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use js_sys::{Array, Date, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::{dropped, is_open, panel};
use crate::dataset::snapshots::{ClassName, Snapshots};
use crate::drawing::escape::escape;
use crate::ui::browser::{later, window};
use crate::ui::camera::{REFUSED, turn_off, turn_on};
use crate::ui::follow::listen;
use crate::ui::markup::{button_of, element, focus_again, mark, say, set, value_of};
use crate::ui::session::Session;
use crate::ui::square::picture_url;
use crate::worker::javascript::{call, get};

/// Pictures that one press of “Take ten” takes, and how long it waits between them: time to turn the thing a little.
const SERIES: usize = 10;
const APART: Duration = Duration::from_millis(300);
/// Pictures shown of a class, the newest.
const SHOWN: usize = 8;

const HTML: &str = "<h3 class=label>From the camera</h3><p class=caption>Hold one kind of thing before the camera, name it and take some \
pictures; then another. The pictures stay in this browser.</p><div class=snapshot-tools><span id=snapshot-live></span>\
<div class=field><label for=snapshot-class>What it is</label><div class=number><input id=snapshot-class autocomplete=off maxlength=40></div></div>\
<button class=quiet id=snapshot-camera>Turn the camera on</button><button class=quiet id=snapshot-one hidden>Take a picture</button>\
<button class=quiet id=snapshot-series hidden>Take ten</button></div><p class=finding id=snapshot-note role=status></p>\
<div id=snapshot-classes></div><button class=quiet id=snapshot-finish hidden>Make a data set of them</button>";

thread_local! {
    static SNAPSHOTS: RefCell<Snapshots<String>> = RefCell::default();
    /// The picture that moves, while the camera is on.
    static CAMERA: RefCell<Option<JsValue>> = const { RefCell::new(None) };
    /// Whether the visitor is asked, or pictures are taken. A press changes nothing then.
    static BUSY: Cell<bool> = const { Cell::new(false) };
    /// Name of the data set. One of another visit is not written over.
    static NAME: String = format!("camera-{}", String::from(Date::new_0().to_iso_string()).replace(['T', ':'], "-").get(..16).unwrap_or_default());
}

/// Shows the tools and hears them.
pub fn start() {
    set("images-camera", "innerHTML", &HTML.into());
    listen("images-camera", &["click"], |event| clicked(&button_of(event)));
    listen("images-panel", &["toggle"], |_| {
        if !is_open() {
            end_camera();
        }
    });
}

fn clicked(button: &str) {
    match button {
        "snapshot-camera" if CAMERA.with_borrow(Option::is_some) => end_camera(),
        "snapshot-camera" => alone(async {
            let outcome = turn_on("snapshot-live").await;
            say("snapshot-note", if outcome.is_ok() { "" } else { REFUSED });
            CAMERA.set(outcome.ok());
            show_camera();
        }),
        "snapshot-one" => alone(take(1)),
        "snapshot-series" => alone(take(SERIES)),
        "snapshot-finish" => finish(),
        other => {
            if let Some(class) = other.strip_prefix("snapshot-remove-").and_then(|class| class.parse().ok()) {
                SNAPSHOTS.with_borrow_mut(|snapshots| snapshots.remove_last(class));
                show_classes();
                // The button has gone with the last picture of its class.
                focus_again(if element(other).is_some() { other } else { "snapshot-class" }.to_owned());
            }
        }
    }
}

/// Does it unless something of the kind is under way.
fn alone(work: impl Future<Output = ()> + 'static) {
    if !BUSY.replace(true) {
        spawn_local(async move {
            work.await;
            BUSY.set(false);
        });
    }
}

fn end_camera() {
    if let Some(video) = CAMERA.take() {
        turn_off(&video);
    }
    show_camera();
}

fn show_camera() {
    let on = CAMERA.with_borrow(Option::is_some);
    say("snapshot-camera", if on { "Turn the camera off" } else { "Turn the camera on" });
    for button in ["snapshot-one", "snapshot-series"] {
        set(button, "hidden", &(!on).into());
    }
}

async fn take(count: usize) {
    let Some(class) = ClassName::new(&value_of("snapshot-class")) else {
        say("snapshot-note", "Say first what it is: that is the name of its class.");
        focus_again("snapshot-class".into());
        return;
    };
    for place in 0..count {
        // It may have been turned off meanwhile.
        let Some(video) = CAMERA.with_borrow(Clone::clone) else { return };
        match picture_url(&video).await {
            Ok(url) => SNAPSHOTS.with_borrow_mut(|snapshots| snapshots.add(class.clone(), url)),
            Err(_) => return say("snapshot-note", "The camera shows nothing: turn it off and on again."),
        }
        show_classes();
        if place + 1 < count {
            wait(APART).await;
        }
    }
}

async fn wait(time: Duration) {
    let over = Promise::new(&mut |resolve, _| later(move || drop(resolve.call0(&JsValue::NULL)), time));
    // It is never refused.
    drop(JsFuture::from(over).await);
}

/// A row for each class, and what is still needed.
fn show_classes() {
    SNAPSHOTS.with_borrow(|snapshots| {
        let row = |(place, (name, pictures)): (usize, (&str, &[String]))| {
            let name = escape(name);
            let count = pictures.len();
            let newest: String = pictures[count.saturating_sub(SHOWN)..].iter().map(|url| format!("<img width=32 height=32 alt=\"\" src=\"{url}\">")).collect();
            format!(
                "<tr><th scope=row>{name}</th><td class=number-cell>{count}</td><td><button class=quiet id=snapshot-remove-{place} \
                 aria-label=\"Remove the last picture of {name}\">Remove the last</button></td><td><span class=snapshots role=img \
                 aria-label=\"the newest pictures of {name}\">{newest}</span></td></tr>"
            )
        };
        let rows: String = snapshots.classes().enumerate().map(row).collect();
        let table = if rows.is_empty() {
            String::new()
        } else {
            format!(
                "<div class=table-frame><table class=images-of-classes data-testid=snapshots><thead><tr><th scope=col>class</th>\
                 <th scope=col class=number-cell>pictures</th><th scope=col></th><th scope=col>the newest</th></tr></thead><tbody>{rows}</tbody></table></div>"
            )
        };
        set("snapshot-classes", "innerHTML", &table.into());
        set("snapshot-finish", "hidden", &snapshots.classes().next().is_none().into());
        let missing = snapshots.missing();
        mark("snapshot-finish", "disabled", missing.as_ref().map(|_| ""));
        say("snapshot-note", if rows.is_empty() { "" } else { missing.as_deref().unwrap_or_default() });
    });
}

/// Hands them on as files. They are kept, so that more can be added and the data set made again.
fn finish() {
    alone(async {
        let named: Vec<(String, String)> =
            SNAPSHOTS.with_borrow(|snapshots| NAME.with(|name| snapshots.files(name).map(|(path, url)| (path, url.clone())).collect()));
        let files = Array::new();
        for (path, url) in named {
            // They are PNGs that this page made.
            let Ok(file) = file(&path, &url) else { continue };
            files.push(&file);
        }
        panel::import(Session::of_page(), &files);
    });
}

/// A file with these contents, as if it had been dropped with its folder.
fn file(path: &str, url: &str) -> Result<JsValue, JsValue> {
    let encoded = url.split_once(',').map_or("", |(_, encoded)| encoded);
    let text = call(&window(), "atob", &[encoded.into()])?.as_string().unwrap_or_default();
    let bytes: Vec<u8> = text.chars().map(|char| char as u8).collect();
    let file = get(&window(), "File").unchecked_into::<js_sys::Function>();
    let file = Reflect::construct(&file, &Array::of2(&Array::of1(&Uint8Array::from(&bytes[..])), &path.into()))?;
    Reflect::set(&file, &dropped::PATH.into(), &path.into())?;
    Ok(file)
}
