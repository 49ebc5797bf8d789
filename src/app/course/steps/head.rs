//! From maps to class scores.

use crate::drawing::network::{NetworkEnd, Part};
use crate::experiment::Experiment;
use crate::language::{marked, text, tr};
use crate::spec::{LayerSpec, ResNetSpec};

use crate::app::course::code_part::CodePart;
use crate::app::course::evidence::Evidence;
use crate::app::course::sheet::{Cell, Sheet, SheetRow};
use crate::app::course::step::{Exercise, Step};
use crate::app::course::verdict::Verdict;
use crate::app::spot::Spot;

pub(super) static STEP: Step = Step {
    title: marked!("The head"),
    text: &[
        marked!(
            "The last stage gives small maps with many channels. The head makes class scores of them. First batch normalization and ReLU, \
             which in a [pre-activation] network no block has done behind the last sum."
        ),
        marked!(
            "Then the average pool: each window of 8×8 pixels becomes one number, their mean. With a map of 8×8 that is one number for \
             each channel, whatever it was and wherever it was seen. Flatten writes them in a row."
        ),
        marked!(
            "The tutorial adds a dense layer of 512 units, batch normalization and dropout. The last dense layer gives one score for each \
             class, the [logits]; softmax makes probabilities of them."
        ),
    ],
    spot: Spot::Network,
    tab: None,
    link: "v=1&depth=20",
    code: CodePart::Layers(&["head.pool", "head.flatten", "head.dense1", "head.dense_bn", "head.dropout", "head.dense2"]),
    question: marked!("How many numbers go from layer to layer?"),
    task: marked!("Point at the last part of the drawing, the class scores (the End key leads to it), and fill in the numbers."),
    exercise: Exercise::Sheet(sheet),
    check,
};

fn layer(experiment: &Experiment, name: &str) -> Option<LayerSpec> {
    let spec = ResNetSpec::new(experiment.network.clone()).ok()?;
    spec.layers().into_iter().find(|layer| layer.name == name)
}

fn sheet(experiment: &Experiment) -> Sheet {
    let (Some(pool), Some(flat), Some(scores)) =
        (layer(experiment, "head.pool"), layer(experiment, "head.flatten"), layer(experiment, "head.dense2"))
    else {
        return Sheet { columns: Vec::new(), rows: Vec::new() };
    };
    let [height, width, channels] = pool.input;
    let [.., flattened] = flat.output;
    let [.., into_last] = scores.input;
    let [.., classes] = scores.output;
    let row = |name: &str, cell| SheetRow::new(name, vec![cell]);
    Sheet {
        columns: vec![text!("numbers")],
        rows: vec![
            row(text!("maps that come in"), Cell::given(format!("{height}×{width}×{channels}"))),
            row(
                text!("behind pool and flatten"),
                Cell::blank(flattened as f64, text!("One number for each channel and each window of the pool.")),
            ),
            row(text!("into the last dense layer"), Cell::given(into_last)),
            row(text!("class scores"), Cell::blank(classes as f64, text!("One for each class."))),
            row(
                text!("parameters of the last layer"),
                Cell::blank(
                    scores.trainable_parameters() as f64,
                    text!("A weight from each number to each score, and a bias for each score."),
                ),
            ),
        ],
    }
}

fn check(evidence: &Evidence) -> Verdict {
    if evidence.spec().is_none() {
        return Verdict::no_network();
    }
    if !evidence.parts.contains(&Part::End(NetworkEnd::Scores)) {
        return Verdict::NotYet(text!("Point at the class scores in the drawing first: their layer is told under it.").into());
    }
    sheet(&evidence.experiment).judge(&evidence.typed, || {
        let last = layer(&evidence.experiment, "head.dense2").map(|layer| layer.trainable_parameters()).unwrap_or_default();
        tr!(
            "All three are right: the last layer has {parameters} parameters.",
            parameters = crate::language::format::grouped(last as usize)
        )
    })
}
