//! Weights and checkpoints out and in, and the network as code.

mod code;
mod contents;
mod download;
mod picture;
mod start;

use crate::experiment::weight_init::WeightLayout;
use crate::export::Framework;
use crate::protocol::TrainCommand;
use crate::run::Activity;
use crate::ui::follow::{follow, listen};
use crate::ui::markup::{of_target, say};
use crate::ui::session::{Command, Session};
use crate::ui::{network_drawing, parts};

use code::mark_lines;
pub use code::save_dot;
use code::show_code;
pub use download::save_file;
pub use picture::{save_png, save_svg};

/// Saving, starting from a file, code.
pub const HTML: &str = r#"<h3 class=label>Files and code</h3><div class=files id=files>
<div class=more-fields>
<div class=field><span class=label>Save the run</span><div class=field-row>
<button class=quiet id=save-keras title="All weights as safetensors, axes as Keras has them">Weights for Keras</button>
<button class=quiet id=save-pytorch title="All weights as safetensors, axes and names as PyTorch has them">Weights for PyTorch</button>
<button class=quiet id=save-checkpoint title="The whole run, to go on with later: weights, optimizer, place in the epochs">Checkpoint</button>
</div><span class=caption id=save-note role=status></span></div>
<div class=field><label for=starting-file>Start from a file</label><div class=field-row>
<input id=starting-file type=file accept=.safetensors>
<select id=starting-use aria-label="What the file is used for">
<option value=weights>start with its weights</option>
<option value=checkpoint>go on with its run</option>
<option value=trunk>fine-tune: new head, trunk frozen</option>
<option value=stage>fine-tune: new head, first stage frozen</option>
<option value=two-stages>fine-tune: new head, first two stages frozen</option>
<option value=all>fine-tune: new head, nothing frozen</option>
</select>
<button class=quiet id=start-fresh title="Start with weights drawn from the seed again">No file</button>
<button class=quiet id=start-shipped title="Loads a network trained on the other eight classes, freezes its trunk, and lets a new head learn the two it has not seen">Try: fine-tune on ships and trucks</button>
</div><span class=caption id=starting-note role=status data-testid=starting-file></span></div>
</div>
<div class=field><span class=label>The network as code, with the lines that load saved weights</span><div class=field-row>
<button class=quiet id=copy-keras>Copy as Keras</button>
<button class=quiet id=copy-pytorch>Copy as PyTorch</button>
<button class=quiet id=copy-burn>Copy as Burn</button>
<label><input type=checkbox id=stages-only> residual stages only</label>
<span class=caption id=code-note role=status></span>
</div><pre class=code id=code tabindex=0 aria-label="Source code of the network" hidden></pre></div></div>"#;

/// Lets the buttons do what they say.
pub fn start(session: Session) {
    listen("files", &["click"], move |event| match of_target(event, "id").as_str() {
        "save-keras" => save(session, TrainCommand::WriteWeights(WeightLayout::Keras)),
        "save-pytorch" => save(session, TrainCommand::WriteWeights(WeightLayout::PyTorch)),
        "save-checkpoint" => save(session, TrainCommand::WriteCheckpoint),
        "start-fresh" => start::fresh(session),
        "start-shipped" => start::shipped(session),
        "copy-keras" => show_code(session, Framework::Keras, "code-note"),
        "copy-pytorch" => show_code(session, Framework::PyTorch, "code-note"),
        "copy-burn" => show_code(session, Framework::Burn, "code-note"),
        _ => {}
    });
    listen("files", &["change"], move |event| match of_target(event, "id").as_str() {
        "starting-file" => start::chosen(session, event),
        "starting-use" => start::use_as(session, &of_target(event, "value")),
        _ => {}
    });
    follow(move || start::show(session));
    // The lines of the code that make what is pointed at in the drawing.
    follow(move || {
        session.code_lines.track();
        mark_lines(network_drawing::chosen_lines(session));
    });
}

/// Says under the drawing whether a picture of it was saved.
pub fn picture_saved(saved: bool) {
    say("picture-note", if saved { "Saved" } else { "This browser did not make a picture of the drawing." });
}

/// Asks the run for a file, or says why there is none to be had.
fn save(session: Session, command: TrainCommand) {
    let lives = session.of_run(|run| run.device.is_some() && !matches!(run.activity, Activity::Failed(_))).unwrap_or(false);
    say("save-note", if lives { "" } else { "There is no run to save: press Play or Step first." });
    if lives {
        parts::run(Command::Ask(command));
    }
}
