//! The file that the next run starts from.

use js_sys::{Function, Promise, Reflect, Uint8Array};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::button;
use crate::figures::grouped;
use crate::ui::browser::absolute_url;
use crate::ui::session::{Session, StartingFile, Use};
use crate::ui::shown::text;

/// A network trained on the first eight classes, shipped with the page.
const SHIPPED: &str = "data/trained/cifar-8-classes.safetensors";

pub fn start() -> AnyView {
    let session = Session::of_page();
    let file = session.starting_file;
    let keep = move |name: String, source: Promise| {
        spawn_local(async move {
            if let Ok(buffer) = JsFuture::from(source).await {
                let bytes = Uint8Array::new(&buffer).to_vec();
                file.update(|start| start.file = Some((name, bytes)));
            }
        });
    };
    let chosen = move |event: web_sys::Event| {
        if let Ok((name, source)) = first_file(&event_target::<JsValue>(&event)) {
            keep(name, source);
        }
    };
    let shipped = move || {
        file.update(|start| start.used_as = Use::TrunkFrozen);
        session.experiment.update(|experiment| {
            experiment.network = crate::spec::NetworkChoices { classes: 2, ..Default::default() };
            experiment.classes = crate::dataset::ClassChoice(vec![8, 9]);
        });
        let fetched = window().fetch_with_str(&absolute_url(SHIPPED));
        let bytes = async move { call(&JsFuture::from(fetched).await?, "arrayBuffer") };
        spawn_local(async move {
            if let Ok(source) = bytes.await {
                keep("cifar-8-classes.safetensors".into(), source);
            }
        });
    };
    let what = text(move || {
        file.with(|start| match &start.file {
            Some((name, bytes)) => format!("{name}, {} bytes", grouped(bytes.len())),
            None => "The next run starts with weights drawn from the seed.".into(),
        })
    });
    let used_as =
        text(move || file.with(|start| Use::ALL.iter().find(|(each, ..)| *each == start.used_as).map_or("", |(_, word, _)| word)));
    let choose = move |word: String| {
        if let Some((chosen, ..)) = Use::ALL.iter().find(|(_, each, _)| *each == word) {
            file.update(|start| start.used_as = *chosen);
        }
    };
    let options = Use::ALL.iter().map(|(_, word, label)| view! { <option value=*word>{*label}</option> }).collect_view();
    view! {
        <div class="field">
            <label for="starting-file">"Start from a file"</label>
            <div class="field-row">
                <input id="starting-file" type="file" accept=".safetensors" on:change=chosen />
                <select id="starting-use" aria-label="What the file is used for" prop:value=used_as on:change=move |event| choose(event_target_value(&event))>
                    {options}
                </select>
                {button("No file", "Start with weights drawn from the seed again", move || file.set(StartingFile::default()))}
                {button(
                    "Try: fine-tune on ships and trucks",
                    "Loads a network trained on the other eight classes, freezes its trunk, and lets a new head learn the two it has not seen",
                    shipped,
                )}
            </div>
            <span class="caption" role="status" data-testid="starting-file">{what}</span>
        </div>
    }
    .into_any()
}

/// Name and contents of the file that an input holds. By reflection: the bindings would be more code than this.
fn first_file(input: &JsValue) -> Result<(String, Promise), JsValue> {
    let file = Reflect::get_u32(&Reflect::get(input, &"files".into())?, 0)?;
    let name = Reflect::get(&file, &"name".into())?.as_string().unwrap_or_default();
    Ok((name, call(&file, "arrayBuffer")?))
}

fn call(object: &JsValue, method: &str) -> Result<Promise, JsValue> {
    Ok(Reflect::get(object, &method.into())?.unchecked_into::<Function>().call0(object)?.unchecked_into())
}
