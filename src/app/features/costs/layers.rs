//! Every layer with its costs.

use leptos::prelude::*;

use crate::app::components::{Column, DataTable};
use crate::app::context::use_experiment;
use crate::language::format::{bytes, grouped};
use crate::language::{marked, text, tr};
use crate::spec::{BYTES_PER_NUMBER, LayerKind, LayerSpec};

use super::parts::shape;

/// Rows that are built at a time: a network of a thousand layers would hold the page up.
const PAGE: usize = 100;

const COLUMNS: &[Column] = &[
    Column::words(marked!("Layer")),
    Column::words(marked!("Operation")),
    Column::number(marked!("Output"), marked!("Height, width and channels of what goes out")),
    Column::number(marked!("Parameters"), marked!("Weights, and the moving statistics of batch normalization")),
    Column::number(
        marked!("Multiply-adds"),
        marked!("For one image on its way forward; convolutions and dense layers only, as papers count"),
    ),
    Column::number(marked!("Memory"), marked!("Its output for one image, as 32-bit numbers")),
];

/// The table, a hundred layers at a time.
#[component]
pub(super) fn Layers() -> impl IntoView {
    let spec = use_experiment().spec();
    let pages = RwSignal::new(1_usize);
    let count = Memo::new(move |_| spec.with(|spec| spec.layers().len()));
    let rows = Memo::new(move |_| {
        let most = pages.get() * PAGE;
        spec.with(|spec| spec.layers().iter().take(most).map(row).collect::<Vec<_>>())
    });
    let more = Memo::new(move |_| count.get().saturating_sub(pages.get() * PAGE));
    view! {
        <DataTable name=text!("Every layer") columns=COLUMNS rows />
        <button type="button" class="quiet" hidden=move || more.get() == 0 on:click=move |_| pages.update(|pages| *pages += 1)>
            {move || tr!("Show {more} more of {count} layers", more = more.get().min(PAGE), count = count.get())}
        </button>
    }
}

fn row(layer: &LayerSpec) -> Vec<String> {
    vec![
        layer.name.clone(),
        operation(layer.kind).to_owned(),
        shape(layer.output),
        grouped((layer.trainable_parameters() + layer.moving_statistics()) as usize),
        grouped(layer.multiply_adds() as usize),
        bytes(layer.output_elements() * BYTES_PER_NUMBER),
    ]
}

/// What the layer does, in words.
fn operation(kind: LayerKind) -> &'static str {
    match kind {
        LayerKind::Convolution { .. } => text!("convolution"),
        LayerKind::BatchNorm => text!("batch norm"),
        LayerKind::Activation(_) => text!("activation"),
        LayerKind::Dropout => text!("dropout"),
        LayerKind::Add => text!("add"),
        LayerKind::AveragePool { .. } => text!("average pool"),
        LayerKind::Flatten => text!("flatten"),
        LayerKind::Dense { .. } => text!("dense"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::ResNetSpec;

    #[test]
    fn a_layer_is_a_row() {
        let layers = ResNetSpec::default().layers();
        assert_eq!(row(&layers[0]), ["stem.conv", "convolution", "32×32×8", "224", "221,184", "32.0 KiB"], "3×3 kernels of three colours");
    }
}
