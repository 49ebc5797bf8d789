//! How close the network is drawn and seen, which path is shown, and the drawing as a file.

use leptos::prelude::*;

use super::explorer::Explorer;
use super::gradients::MeasuredGradients;
use super::picture::picture;
use super::search::Search;
use crate::app::components::{Menu, MenuItem, NO_PICTURE, picture_items};
use crate::app::services::download::save_file;
use crate::drawing::network::{Detail, ShownPath, Unfolding};
use crate::drawing::palette::Palette;
use crate::export::write_dot;
use crate::language::{text, translated};

/// Factor of one press.
const CLOSER: f64 = 1.6;

/// The tools at the drawing's edge.
#[component]
pub fn DrawingTools(
    /// State of the drawing.
    explorer: Explorer,
    /// What colours the convolutions.
    gradients: MeasuredGradients,
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
                    aria-label=text!("Zoom out")
                    title=text!("Zoom out")
                    on:click=move |_| explorer.zoom(1.0 / CLOSER)
                >
                    "−"
                </button>
                <button
                    type="button"
                    class="quiet icon-button"
                    aria-label=text!("Zoom in")
                    title=text!("Zoom in")
                    on:click=move |_| explorer.zoom(CLOSER)
                >
                    "+"
                </button>
                <button type="button" class="quiet" title=text!("Shows the whole drawing") on:click=move |_| explorer.fit()>
                    {text!("Fit")}
                </button>
                <SaveMenu explorer gradients />
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
        <div class="network-choice" role="group" aria-label=text!("Draw every")>
            {button(Detail::Stages, text!("Stages"), text!("Long stages are folded"))}
            {button(Detail::Blocks, text!("Blocks"), text!("Every block by itself"))}
            {button(Detail::Layers, text!("Layers"), text!("Every layer of every block"))}
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
    let items = vec![
        item(text!("No path"), ShownPath::None),
        item(text!("Shortest path"), ShownPath::Shortest),
        item(text!("Longest path"), ShownPath::Longest),
    ];
    let help = text!("Shows the shortest or the longest way through the network, and counts all ways");
    view! { <Menu label=text!("Paths") help items /> }
}

/// The drawing as a file.
#[component]
fn SaveMenu(
    /// State of the drawing.
    explorer: Explorer,
    /// What colours the convolutions.
    gradients: MeasuredGradients,
) -> impl IntoView {
    let name = move || explorer.spec.with(|spec| format!("resnet-{}", spec.depth().layers()));
    let draw = move |palette: &Palette| {
        explorer.note.set("");
        picture(explorer, gradients, palette)
    };
    let mut items = picture_items(name, draw, move || explorer.note.set(translated(NO_PICTURE)));
    let dot = Callback::new(move |()| save_file(&format!("{}.dot", untrack(name)), explorer.spec.with_untracked(write_dot).as_bytes()));
    items.push(MenuItem { label: text!("DOT of all layers"), on_choose: dot, checked: None });
    let help = text!("The drawing as it is seen, on white or in dark colours, or every layer and connection for Graphviz");
    view! { <Menu label=text!("Save") help items /> }
}
