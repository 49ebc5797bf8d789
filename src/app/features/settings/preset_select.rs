//! Networks worth starting from.

use leptos::prelude::*;

use crate::app::components::{SelectField, SelectOption};
use crate::app::context::use_experiment;
use crate::language::text;
use crate::spec::{Named, Preset};

/// Value of the entry for a network that no preset has.
const CUSTOM: &str = "custom";

/// The list of presets. “Custom” is shown while the network is none of them, and cannot be chosen.
#[component]
pub fn PresetSelect() -> impl IntoView {
    let experiment = use_experiment();
    let value = Memo::new(move |_| {
        let network = experiment.network().get();
        let of = |preset: &&Preset| preset.choices(network.classes) == network;
        Preset::ALL.iter().find(of).map_or(CUSTOM, |preset| preset.name()).to_owned()
    });
    let options: Vec<SelectOption> = Preset::ALL
        .iter()
        .map(|preset| SelectOption::new(preset.name(), preset.label()))
        .chain([SelectOption::only_shown(CUSTOM, text!("Custom"))])
        .collect();
    let choose = Callback::new(move |name: String| {
        if let Some(preset) = Preset::from_name(&name) {
            experiment.update(|experiment| experiment.network = preset.choices(experiment.network.classes));
        }
    });
    view! {
        <div class="setting">
            <SelectField
                label=text!("Preset")
                help=text!("A network to begin with. It changes the settings below, and nothing of the training.")
                options=Signal::stored(options)
                value
                on_change=choose
                help_shown=true
            />
        </div>
    }
}
