//! The run's weights and the run itself as files.

use leptos::prelude::*;

use super::button;
use crate::protocol::TrainCommand;
use crate::starting_point::WeightLayout;
use crate::ui::session::Session;

pub fn saving() -> AnyView {
    let session = Session::of_page();
    let save = move |layout| move || session.ask(TrainCommand::WriteWeights(layout));
    view! {
        <div class="field">
            <span class="label">"Save the run"</span>
            <div class="field-row">
                {button("Weights for Keras", "All weights as safetensors, axes as Keras has them", save(WeightLayout::Keras))}
                {button("Weights for PyTorch", "All weights as safetensors, axes and names as PyTorch has them", save(WeightLayout::PyTorch))}
                {button("Checkpoint", "The whole run, to go on with later: weights, optimizer, place in the epochs", move || session.ask(TrainCommand::WriteCheckpoint))}
            </div>
        </div>
    }
    .into_any()
}
