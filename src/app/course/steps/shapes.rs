//! Strides and shapes: one loop on paper.

use crate::experiment::Experiment;
use crate::language::{marked, text, tr, translated};
use crate::spec::{LayerKind, LayerSpec, ResNetSpec};

use crate::app::course::code_part::CodePart;
use crate::app::course::evidence::Evidence;
use crate::app::course::sheet::{Cell, Sheet, SheetRow};
use crate::app::course::step::{Exercise, Step};
use crate::app::course::verdict::Verdict;
use crate::app::spot::Spot;

const HINTS: [&str; 4] = [
    marked!("No layer changes the number of images in the batch."),
    marked!("Stride 2 halves the height, stride 1 keeps it: padding is “same”."),
    marked!("Stride 2 halves the width, stride 1 keeps it: padding is “same”."),
    marked!("A convolution gives as many channels as it has filters; a sum keeps them."),
];

pub(super) static STEP: Step = Step {
    title: marked!("Strides and shapes, on paper"),
    text: &[
        marked!(
            "“Write one loop down on paper” is the tutorial's advice to whoever gets lost in it. Here the page checks each number as you \
             go."
        ),
        marked!(
            "Take the first block of stage 2. What comes in is `[batch, height, width, channels]`. Its first convolution has a 1×1 kernel \
             and stride 2: it looks at every other pixel, so height and width are halved. The second, 3×3, and the third, 1×1, have \
             stride 1."
        ),
        marked!(
            "The first two convolutions have as many filters as `x` has channels. The third has as many as the stage gives, twice that. \
             The [projection shortcut] has the stride of the first and the filters of the third. Otherwise the sum would not work."
        ),
    ],
    spot: Spot::Network,
    tab: None,
    link: "v=1&depth=20&batch=16",
    code: CodePart::Stages,
    question: marked!("What shape does each layer of the loop give?"),
    task: marked!("Fill in the table, one line for each layer."),
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
        LayerKind::Convolution { kernel, stride } => match own.strip_prefix("conv") {
            Some(number) => tr!("conv {number}: {kernel}×{kernel}, stride {stride}", number, kernel, stride),
            None => tr!("shortcut: {kernel}×{kernel}, stride {stride}", kernel, stride),
        },
        _ => text!("sum").into(),
    }
}

fn sheet(experiment: &Experiment) -> Sheet {
    let layers = layers(experiment);
    let batch = experiment.hyperparameters.batch_size;
    let shape = |[height, width, channels]: [usize; 3]| [batch, height, width, channels];
    let given = layers.first().map(|layer| SheetRow::new("x", shape(layer.input).map(Cell::given).to_vec()));
    let row = |layer: &LayerSpec| {
        let blanks = shape(layer.output).into_iter().zip(HINTS).map(|(extent, hint)| Cell::blank(extent as f64, translated(hint)));
        SheetRow::new(name(layer), blanks.collect())
    };
    Sheet {
        columns: vec![text!("batch"), text!("height"), text!("width"), text!("channels")],
        rows: given.into_iter().chain(layers.iter().map(row)).collect(),
    }
}

fn check(evidence: &Evidence) -> Verdict {
    let layers = layers(&evidence.experiment);
    if layers.is_empty() {
        return Verdict::no_network();
    }
    if !layers.iter().any(|layer| layer.kind == LayerKind::Add) {
        return Verdict::NotYet(text!("This block has no skip connection, so there is no sum. Press “Set it up”.").into());
    }
    sheet(&evidence.experiment).judge(&evidence.typed, || {
        let [height, width, channels] = layers.last().map(|layer| layer.output).unwrap_or_default();
        tr!("Every shape is right. Both ways end at {height}×{width}×{channels}, so they can be added.", height, width, channels)
    })
}
