//! The switch for all skip connections.

use leptos::prelude::*;

use crate::app::components::Switch;
use crate::app::context::use_experiment;
use crate::language::{text, tr};
use crate::spec::Shortcut;

/// Switches all skip connections of the network on or off, and says how many blocks have one.
#[component]
pub fn SkipSwitch() -> impl IntoView {
    let experiment = use_experiment();
    let on = Memo::new(move |_| experiment.network().read().skip_connections);
    let caption = Memo::new(move |_| {
        let (with, blocks) = experiment.spec().with(|spec| {
            let blocks = spec.blocks();
            (blocks.iter().filter(|block| block.shortcut != Shortcut::Absent).count(), blocks.len())
        });
        match with {
            0 => tr!("{blocks} blocks", blocks),
            with => tr!("in 1 block" | "in {n} blocks" % with),
        }
    });
    view! {
        <Switch
            label=text!("Skip connections")
            help=text!("Every block adds its input to its output: x + F(x)")
            checked=on
            on_change=Callback::new(move |on| experiment.set_skip_connections(on))
            caption
        />
    }
}
