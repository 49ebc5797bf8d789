//! Every layer with its costs.

use leptos::prelude::*;

use crate::app::components::{Column, DataTable};
use crate::app::context::use_experiment;
use crate::format::{bytes, grouped};
use crate::spec::{BYTES_PER_NUMBER, LayerSpec};

use super::parts::shape;

/// Rows that are built at a time: a network of a thousand layers would hold the page up.
const PAGE: usize = 100;

const COLUMNS: &[Column] = &[
    Column::words("Layer"),
    Column::words("Operation"),
    Column::number("Output", "Height, width and channels of what goes out"),
    Column::number("Parameters", "Weights, and the moving statistics of batch normalization"),
    Column::number("Multiply-adds", "For one image on its way forward; convolutions and dense layers only, as papers count"),
    Column::number("Memory", "Its output for one image, as 32-bit numbers"),
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
        <DataTable name="Every layer" columns=COLUMNS rows />
        <button type="button" class="quiet" hidden=move || more.get() == 0 on:click=move |_| pages.update(|pages| *pages += 1)>
            {move || format!("Show {} more of {} layers", more.get().min(PAGE), count.get())}
        </button>
    }
}

fn row(layer: &LayerSpec) -> Vec<String> {
    vec![
        layer.name.clone(),
        layer.kind.operation().replace('_', " "),
        shape(layer.output),
        grouped((layer.trainable_parameters() + layer.moving_statistics()) as usize),
        grouped(layer.multiply_adds() as usize),
        bytes(layer.output_elements() * BYTES_PER_NUMBER),
    ]
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
