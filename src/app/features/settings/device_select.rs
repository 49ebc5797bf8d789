//! Where the network trains: the devices of a link, and a program of the visitor's, which no link holds.

use leptos::prelude::*;

use crate::app::components::{SelectField, SelectOption};
use crate::app::context::{use_device, use_experiment};
use crate::experiment::options::{Choice, OptionDefinition};
use crate::language::{text, translated};

use super::workstation_fields::WorkstationFields;

/// Key of the option.
pub const DEVICE: &str = "device";
/// Stands for the program in the list.
const WORKSTATION: &str = "workstation";

/// The list of devices, and what has to be entered for a program.
#[component]
pub fn DeviceSelect(
    /// The option of the devices that a link can name.
    option: &'static OptionDefinition,
    /// Those.
    choices: Vec<Choice>,
) -> impl IntoView {
    let (experiment, workstation) = (use_experiment(), use_device().workstation());
    let mut options: Vec<SelectOption> = choices.into_iter().map(|choice| SelectOption::new(choice.value, choice.label)).collect();
    options.push(SelectOption::new(WORKSTATION, text!("A program on my computer")));
    let is_chosen = Memo::new(move |_| workstation.is_chosen());
    let value = Memo::new(move |_| if is_chosen.get() { WORKSTATION.to_owned() } else { option.text(&experiment.get()) });
    let change = Callback::new(move |chosen: String| {
        workstation.choose(chosen == WORKSTATION);
        if chosen != WORKSTATION {
            experiment.set_option(option, &chosen);
        }
    });
    view! {
        <SelectField
            label=translated(option.label)
            help=translated(option.help)
            options=Signal::stored(options)
            value
            on_change=change
            help_shown=true
        />
        <Show when=move || is_chosen.get()>
            <WorkstationFields />
        </Show>
    }
}
