//! Strides and shapes: one loop on paper.

use crate::experiment::Experiment;
use crate::spec::{LayerKind, LayerSpec, ResNetSpec};

use super::super::code_part::CodePart;
use super::super::evidence::Evidence;
use super::super::sheet::{Cell, Sheet, SheetRow};
use super::super::step::{Exercise, Step};
use super::super::verdict::Verdict;
use crate::app::spot::Spot;

const HINTS: [&str; 4] = [
    "No layer changes the number of images in the batch.",
    "Stride 2 halves the height, stride 1 keeps it: padding is “same”.",
    "Stride 2 halves the width, stride 1 keeps it: padding is “same”.",
    "A convolution gives as many channels as it has filters; a sum keeps them.",
];

pub(super) static STEP: Step = Step {
    title: "Strides and shapes, on paper",
    text: &[
        "“Write one loop down on paper” is the tutorial's advice to whoever gets lost in it. Here the page checks each number as you go.",
        "Take the first block of stage 2. What comes in is `[batch, height, width, channels]`. Its first convolution has a 1×1 kernel and \
         stride 2: it looks at every other pixel, so height and width are halved. The second, 3×3, and the third, 1×1, have stride 1.",
        "The first two convolutions have as many filters as `x` has channels. The third has as many as the stage gives, twice that. \
         The [projection shortcut] has the stride of the first and the filters of the third. Otherwise the sum would not work.",
    ],
    spot: Spot::Network,
    tab: None,
    link: "v=1&depth=20&batch=16",
    code: CodePart::Stages,
    question: "What shape does each layer of the loop give?",
    task: "Fill in the table, one line for each layer.",
    exercise: Exercise::Sheet(sheet),
    check,
};

/// Layers of the first block of stage 2, or of stage 1 where there is no other, that change a shape or add.
fn layers(experiment: &Experiment) -> Vec<LayerSpec> {
    let Ok(spec) = ResNetSpec::new(experiment.network.clone()) else { return Vec::new() };
    let stage = 1.min(spec.choices().stages.saturating_sub(1));
    let block = format!("stages.{stage}.blocks.0.");
    let counts = |kind: LayerKind| matches!(kind, LayerKind::Convolution { .. } | LayerKind::Add);
    spec.layers().into_iter().filter(|layer| layer.name.starts_with(&block) && counts(layer.kind)).collect()
}

fn name(layer: &LayerSpec) -> String {
    let own = layer.name.rsplit('.').next().unwrap_or_default();
    match layer.kind {
        LayerKind::Convolution { kernel, stride } => {
            let what = own.strip_prefix("conv").map_or_else(|| "shortcut".to_owned(), |number| format!("conv {number}"));
            format!("{what}: {kernel}×{kernel}, stride {stride}")
        }
        _ => "sum".into(),
    }
}

fn sheet(experiment: &Experiment) -> Sheet {
    let layers = layers(experiment);
    let batch = experiment.hyperparameters.batch_size;
    let shape = |[height, width, channels]: [usize; 3]| [batch, height, width, channels];
    let given = layers.first().map(|layer| SheetRow::new("x", shape(layer.input).map(Cell::given).to_vec()));
    let row = |layer: &LayerSpec| {
        let blanks = shape(layer.output).into_iter().zip(HINTS).map(|(extent, hint)| Cell::blank(extent as f64, hint));
        SheetRow::new(name(layer), blanks.collect())
    };
    Sheet { columns: vec!["batch", "height", "width", "channels"], rows: given.into_iter().chain(layers.iter().map(row)).collect() }
}

fn check(evidence: &Evidence) -> Verdict {
    let layers = layers(&evidence.experiment);
    if layers.is_empty() {
        return Verdict::NotYet("This network cannot be built: see the field that says why.".into());
    }
    if !layers.iter().any(|layer| layer.kind == LayerKind::Add) {
        return Verdict::NotYet("This block has no skip connection, so there is no sum. Press “Set it up”.".into());
    }
    sheet(&evidence.experiment).judge(&evidence.typed, || {
        let ends: Vec<[usize; 3]> = layers.iter().rev().take(1).map(|layer| layer.output).collect();
        let [height, width, channels] = ends.first().copied().unwrap_or_default();
        format!("Every shape is right. Both ways end at {height}×{width}×{channels}, so they can be added.")
    })
}
