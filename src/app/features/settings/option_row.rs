//! One setting of the sheet: its control, its sentence, and the way back to the recipe.

use leptos::prelude::*;

use crate::app::components::{SelectField, SelectOption, Switch};
use crate::app::context::use_experiment;
use crate::app::features::data::{ClassChips, DatasetChoice};
use crate::experiment::options::{OptionDefinition, OptionKind};
use crate::language::{text, tr, translated};

use super::device_select::{DEVICE, DeviceSelect};
use super::option_number::OptionNumber;

/// A setting with the control that fits its kind.
#[component]
pub fn OptionRow(
    /// The setting.
    option: &'static OptionDefinition,
) -> impl IntoView {
    let experiment = use_experiment();
    let changed = Memo::new(move |_| experiment.changed_options().with(|changed| changed.contains(&option.key)));
    view! {
        <div class="setting" class:setting-changed=move || changed.get()>
            <Control option />
            <div class="setting-back">
                <Show when=move || changed.get()>
                    <span class="setting-mark">
                        <span class="changed-dot" aria-hidden="true"></span>
                        {text!("changed")}
                    </span>
                    <button
                        type="button"
                        class="quiet"
                        aria-label=tr!("Put back {setting}", setting = translated(option.label))
                        on:click=move |_| experiment.put_back(option)
                    >
                        {text!("Put back")}
                    </button>
                </Show>
            </div>
        </div>
    }
}

/// Keys of the settings that depend on which images there are.
const DATA: &str = "data";
const CLASSES: &str = "classes";

/// The control: a switch, a list, or a field.
#[component]
fn Control(
    /// The setting.
    option: &'static OptionDefinition,
) -> impl IntoView {
    let experiment = use_experiment();
    let value = Memo::new(move |_| option.text(&experiment.get()));
    let change = Callback::new(move |text: String| experiment.set_option(option, &text));
    match option.kind() {
        OptionKind::Switch => {
            let on = Memo::new(move |_| value.with(|value| value == "on"));
            let switch = Callback::new(move |on: bool| change.run(if on { "on" } else { "off" }.to_owned()));
            view! { <Switch label=translated(option.label) help=translated(option.help) checked=on on_change=switch help_shown=true /> }
                .into_any()
        }
        OptionKind::Choice(choices) if option.key == DEVICE => view! { <DeviceSelect option choices /> }.into_any(),
        OptionKind::Choice(choices) => {
            let options: Vec<SelectOption> = choices.into_iter().map(|choice| SelectOption::new(choice.value, choice.label)).collect();
            view! {
                <SelectField
                    label=translated(option.label)
                    help=translated(option.help)
                    options=Signal::stored(options)
                    value
                    on_change=change
                    help_shown=true
                />
            }
            .into_any()
        }
        OptionKind::Text(_) if option.key == DATA => view! { <DatasetChoice /> }.into_any(),
        OptionKind::Text(_) if option.key == CLASSES => view! { <ClassChips /> }.into_any(),
        OptionKind::Whole(_) | OptionKind::Number(_) | OptionKind::Text(_) => view! { <OptionNumber option help_shown=true /> }.into_any(),
    }
}
