//! The lines that load weights and evaluate the network.

use super::NotebookRequest;
use super::cell::quoted;
use crate::export::Framework;
use crate::language::format::plain_grouped;

pub(super) fn loading(file: &str, framework: Framework) -> String {
    let label = if framework == Framework::Keras { "Weights for Keras" } else { "Weights for PyTorch" };
    format!(
        r#"WEIGHTS = {}
has_weights = Path(WEIGHTS).exists()
if has_weights:
    load_weights(model, WEIGHTS)
else:
    print(f"{{WEIGHTS}} is not here. Save it in the playground: Code & weights, {label}. Until then the network has learnt nothing.")"#,
        quoted(file)
    )
}

/// What the run itself came to.
pub(super) fn words(request: &NotebookRequest) -> String {
    let measured = match request.held_out.last() {
        Some(pass) => format!(
            "After {} steps the run got {:.1}\u{a0}% of its {} held-out images right, with a mean loss of {:.3}. On more images, as here, that is a little different.",
            plain_grouped(pass.step),
            f64::from(pass.accuracy) * 100.0,
            plain_grouped(pass.images),
            pass.loss
        ),
        None => "The run had not measured its held-out images.".to_owned(),
    };
    format!("## Evaluation\n\n{measured}")
}

pub(super) fn code(framework: Framework) -> String {
    let probabilities = match framework {
        Framework::Keras => "probabilities = model.predict(prepare(test_images), batch_size=100, verbose=0)",
        _ => {
            r"model.eval()
batches = torch.from_numpy(prepare(test_images)).permute(0, 3, 1, 2).split(100)
with torch.no_grad():
    probabilities = torch.cat([torch.softmax(model(batch), 1) for batch in batches]).numpy()"
        }
    };
    format!(
        r#"{probabilities}
right = probabilities.argmax(axis=1) == test_labels
loss = -np.log(np.maximum(probabilities[np.arange(len(test_labels)), test_labels], 1e-30)).mean()
print(f"{{right.sum()}} of {{len(right)}} test images are right ({{right.mean():.1%}}), mean loss {{loss:.4f}}")
if not are_real:
    print("These are random images: the numbers say nothing.")
if not has_weights:
    print("These are first weights: the network has learnt nothing yet.")
for place, name in enumerate(CLASSES):
    of_class = right[test_labels == place]
    print(f"{{name:>12}}: {{of_class.sum()}} of {{len(of_class)}}")"#
    )
}
