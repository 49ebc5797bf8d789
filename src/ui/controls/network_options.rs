//! Every choice of the network that the strip does not show: one field for each entry of the spec's table.

use crate::experiment::Experiment;
use crate::experiment::validation::Setting;
use crate::spec::{Named, NetworkOption, OPTIONS, OptionKind, Preset};
use crate::ui::follow::{follow, listen};
use crate::ui::markup::{field, of_target, select, set};
use crate::ui::session::Session;

use super::option_fields::{Control, option_field, show_option};

/// Choices that have controls of their own.
const ELSEWHERE: [&str; 4] = ["depth", "filters", "skips", "class-count"];
const PRESET: &str = "preset";

/// Keeps the fields.
pub fn start(session: Session) {
    follow(move || show(session));
    listen("network-options", &["change"], move |event| change(session, &of_target(event, "id"), &of_target(event, "value")));
}

fn options() -> impl Iterator<Item = &'static NetworkOption> {
    OPTIONS.iter().filter(|option| !ELSEWHERE.contains(&option.key))
}

/// A preset to start from, and a field for each choice.
pub fn html() -> String {
    let presets = [("", "own choices")].into_iter().chain(Preset::ALL.iter().map(|preset| (preset.name(), preset.label())));
    let mut html = field(PRESET, "Network", "A network to start from; every choice can be changed afterwards", &select(PRESET, presets));
    for option in options() {
        let control = match option.kind() {
            OptionKind::Word(words) => Control::Words(words),
            OptionKind::Switch => Control::Switch,
            _ => Control::Text,
        };
        html += &option_field(option.key, option.label, option.help, control);
    }
    html
}

fn change(session: Session, key: &str, text: &str) {
    if let Some(preset) = Preset::from_name(text).filter(|_| key == PRESET) {
        session.experiment.update(|experiment| experiment.network = preset.choices(experiment.network.classes));
    }
    if let Some(option) = options().find(|option| option.key == key) {
        let sentence = format!("this needs {}", option.wanted());
        session.set(Setting::Network(option.key), text, &|experiment, text| read(option, experiment, text), &sentence);
    }
}

/// Brings fields and sentences up to date.
fn show(session: Session) {
    session.experiment.with(|experiment| {
        let is_it = |preset: &&Preset| preset.choices(experiment.network.classes) == experiment.network;
        set(PRESET, "value", &Preset::ALL.iter().find(is_it).map_or("", |preset| preset.name()).into());
        for option in options() {
            show_option(session, Setting::Network(option.key), option.key, option.write(&experiment.network));
        }
    });
}

/// Reads a choice; stages and convolutions bring the depth, or the blocks of each stage, to the nearest that they allow.
fn read(option: &NetworkOption, experiment: &mut Experiment, text: &str) -> Option<()> {
    let network = &mut experiment.network;
    let rule = network.depth_rule();
    option.read(network, text.trim())?;
    if network.depth_rule() != rule && network.stages < 64 && network.convolutions_per_block < 64 {
        network.depth = network.depth_rule().nearest(network.depth).layers();
        network.fit_blocks();
    }
    Some(())
}
