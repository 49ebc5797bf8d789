//! Every choice of the network that the strip does not show: one field for each entry of the spec's table.

use leptos::prelude::*;

use crate::permalink::Experiment;
use crate::settings::Setting;
use crate::spec::{Named, NetworkOption, OPTIONS, OptionKind, Preset};
use crate::ui::session::Session;
use crate::ui::shown::{text, whether};

/// Choices that have controls of their own.
const ELSEWHERE: [&str; 4] = ["depth", "filters", "skips", "class-count"];

/// A preset to start from, and a field for each choice.
#[component]
pub fn NetworkOptions() -> impl IntoView {
    let fields = OPTIONS.iter().filter(|option| !ELSEWHERE.contains(&option.key)).map(option_field).collect_view();
    view! {
        {presets()}
        {fields}
    }
}

fn presets() -> AnyView {
    let session = Session::of_page();
    let chosen = text(move || {
        session.experiment.with(|experiment| {
            let is_it = |preset: &&Preset| preset.choices(experiment.network.classes) == experiment.network;
            Preset::ALL.iter().find(is_it).map_or("", |preset| preset.name())
        })
    });
    let choose = move |name: String| {
        if let Some(preset) = Preset::from_name(&name) {
            session.experiment.update(|experiment| experiment.network = preset.choices(experiment.network.classes));
        }
    };
    let words = Preset::ALL.iter().map(|preset| (preset.name(), preset.label()));
    let select = select("preset", [("", "own choices")].into_iter().chain(words).collect(), chosen, choose);
    field("preset", "Network", "A network to start from; every choice can be changed afterwards", select, None)
}

fn option_field(option: &'static NetworkOption) -> AnyView {
    let session = Session::of_page();
    let setting = Setting::Network(option.key);
    let shown = text(move || session.experiment.with(|experiment| option.write(&experiment.network)));
    let set = move |typed: String| {
        session.set(setting, &typed, &|experiment, text| read(option, experiment, text), &format!("this needs {}", option.wanted()));
    };
    let control = match option.kind() {
        OptionKind::Word(words) => select(option.key, words.into_iter().map(|word| (word, word)).collect(), shown, set),
        OptionKind::Switch => select(option.key, vec![("on", "on"), ("off", "off")], shown, set),
        _ => {
            let wrong = whether(move || session.problem(setting).is_some());
            view! {
                <div class="number" class:wrong=wrong>
                    <input
                        id=option.key
                        type="text"
                        autocomplete="off"
                        spellcheck="false"
                        prop:value=shown
                        on:change=move |event| set(event_target_value(&event))
                        aria-describedby=format!("{}-problem", option.key)
                    />
                </div>
            }
            .into_any()
        }
    };
    field(
        option.key,
        option.label,
        option.help,
        control,
        Some(text(move || session.problem(setting).map_or_else(String::new, |problem| problem.sentence))),
    )
}

/// Reads a choice; stages and convolutions bring the depth to the nearest that their rule allows.
fn read(option: &NetworkOption, experiment: &mut Experiment, text: &str) -> Option<()> {
    let network = &mut experiment.network;
    let rule = network.depth_rule();
    option.read(network, text.trim())?;
    if network.depth_rule() != rule && network.stages < 64 && network.convolutions_per_block < 64 {
        network.depth = network.depth_rule().nearest(network.depth).layers();
    }
    Some(())
}

fn select(
    id: &'static str,
    words: Vec<(&'static str, &'static str)>,
    chosen: Signal<String>,
    choose: impl Fn(String) + 'static,
) -> AnyView {
    let words = words.into_iter().map(|(word, label)| view! { <option value=word>{label}</option> }).collect_view();
    view! {
        <select id=id prop:value=chosen on:change=move |event| choose(event_target_value(&event))>
            {words}
        </select>
    }
    .into_any()
}

fn field(id: &'static str, label: &'static str, help: &'static str, control: AnyView, problem: Option<Signal<String>>) -> AnyView {
    view! {
        <div class="field" title=help>
            <label for=id>{label}</label>
            <div class="field-row">{control}</div>
            <div class="field-problem" id=format!("{id}-problem") role="status">
                {problem}
            </div>
        </div>
    }
    .into_any()
}
