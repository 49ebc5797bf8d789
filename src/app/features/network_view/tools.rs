//! How close the network is drawn and seen, which path is shown, and the drawing as a file.

use leptos::prelude::*;

use super::explorer::{Explorer, ShownPath};
use super::picture;
use super::search::Search;
use crate::app::components::{Menu, MenuItem};
use crate::app::services::download::save_file;
use crate::drawing::network::{Detail, Unfolding};
use crate::export::write_dot;
use crate::spec::ResNetSpec;

/// Factor of one press.
const CLOSER: f64 = 1.6;
const NO_PICTURE: &str = "This browser did not make a picture of the drawing.";

/// The tools at the drawing's edge.
#[component]
pub fn DrawingTools(
    /// State of the drawing.
    explorer: Explorer,
) -> impl IntoView {
    view! {
        <div class="network-tools">
            <DetailButtons explorer />
            <PathsMenu explorer />
            <div class="network-tools-end">
                <Search explorer />
                <button
                    type="button"
                    class="quiet icon-button"
                    aria-label="Zoom out"
                    title="Zoom out"
                    on:click=move |_| explorer.zoom(1.0 / CLOSER)
                >
                    "−"
                </button>
                <button type="button" class="quiet icon-button" aria-label="Zoom in" title="Zoom in" on:click=move |_| explorer.zoom(CLOSER)>
                    "+"
                </button>
                <button type="button" class="quiet" title="Shows the whole drawing" on:click=move |_| explorer.fit()>
                    "Fit"
                </button>
                <SaveMenu explorer />
            </div>
        </div>
    }
}

/// How close the whole network is drawn.
#[component]
fn DetailButtons(
    /// State of the drawing.
    explorer: Explorer,
) -> impl IntoView {
    let button = move |detail: Detail, label: &'static str, help: &'static str| {
        let is_on = move || explorer.unfolding.with(Unfolding::detail) == detail;
        view! {
            <button
                type="button"
                class="quiet"
                title=help
                aria-pressed=move || is_on().to_string()
                on:click=move |_| explorer.set_detail(detail)
            >
                {label}
            </button>
        }
    };
    view! {
        <div class="network-choice" role="group" aria-label="Draw every">
            {button(Detail::Stages, "Stages", "Long stages are folded")}
            {button(Detail::Blocks, "Blocks", "Every block by itself")}
            {button(Detail::Layers, "Layers", "Every layer of every block")}
        </div>
    }
}

/// The path that is shown.
#[component]
fn PathsMenu(
    /// State of the drawing.
    explorer: Explorer,
) -> impl IntoView {
    let item = move |label: &'static str, path: ShownPath| MenuItem {
        label,
        on_choose: Callback::new(move |()| explorer.path.set(path)),
        checked: Some(Signal::derive(move || explorer.path.get() == path)),
    };
    let items =
        vec![item("No path", ShownPath::None), item("Shortest path", ShownPath::Shortest), item("Longest path", ShownPath::Longest)];
    view! { <Menu label="Paths" help="Shows the shortest or the longest way through the network, and counts all ways" items /> }
}

/// The drawing as a file.
#[component]
fn SaveMenu(
    /// State of the drawing.
    explorer: Explorer,
) -> impl IntoView {
    let save = move |as_file: fn(Explorer) -> Result<(), wasm_bindgen::JsValue>| {
        Callback::new(move |()| explorer.note.set(if as_file(explorer).is_ok() { "" } else { NO_PICTURE }))
    };
    let item = |label: &'static str, on_choose: Callback<()>| MenuItem { label, on_choose, checked: None };
    let dot = Callback::new(move |()| {
        explorer.spec.with_untracked(|spec| save_file(&file_name(spec, "dot"), write_dot(spec).as_bytes()));
    });
    let items = vec![item("SVG", save(save_svg)), item("PNG", save(save_png)), item("DOT of all layers", dot)];
    view! { <Menu label="Save" help="The drawing as it is seen, in light colours, or every layer and connection for Graphviz" items /> }
}

fn save_svg(explorer: Explorer) -> Result<(), wasm_bindgen::JsValue> {
    picture::save_svg(explorer.picture, &explorer.spec.with_untracked(|spec| file_name(spec, "svg")))
}

fn save_png(explorer: Explorer) -> Result<(), wasm_bindgen::JsValue> {
    picture::save_png(explorer.picture, explorer.spec.with_untracked(|spec| file_name(spec, "png")))
}

fn file_name(spec: &ResNetSpec, extension: &str) -> String {
    format!("resnet-{}.{extension}", spec.depth().layers())
}
