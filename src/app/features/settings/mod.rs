//! All settings, in a sheet with search.

mod augmentation_picture;
mod device_facts;
mod device_select;
mod option_number;
mod option_row;
mod preset_select;
mod schedule_picture;
mod search;
mod workstation_fields;

use leptos::prelude::*;

use crate::app::components::{Icon, IconShape, Sheet, TabIds, TabItem, TabList, unique_id};
use crate::app::context::{use_experiment, use_view};
use crate::experiment::Experiment;
use crate::experiment::options::{OptionDefinition, OptionGroup, options};
use crate::language::{text, tr};

use super::code::StartFrom;
use augmentation_picture::AugmentationPicture;
use device_facts::DeviceFacts;
pub use option_number::OptionNumber;
pub use option_row::OptionRow;
use preset_select::PresetSelect;
use schedule_picture::SchedulePicture;
use search::matches;

/// The sheet. Every setting has a sentence, a mark where it differs from the recipe, and a way back; what does not apply is
/// not shown.
#[component]
pub fn SettingsSheet() -> impl IntoView {
    let view = use_view();
    view! {
        <Sheet title=text!("All settings") open=view.settings_open lead=|| view! { <PutAllBack /> }>
            <Settings />
        </Sheet>
    }
}

/// How many settings are changed, and a button that puts them back, whose place its own undoing takes.
#[component]
fn PutAllBack() -> impl IntoView {
    let (experiment, view) = (use_experiment(), use_view());
    let count = Memo::new(move |_| experiment.changed_options().with(Vec::len));
    // The settings before and after: Undo is offered until any of them changes.
    let before_and_after = RwSignal::new(None::<[Experiment; 2]>);
    let can_undo = Memo::new(move |_| {
        before_and_after.with(|before_and_after| before_and_after.as_ref().is_some_and(|[_, after]| *after == experiment.get()))
    });
    let pressed = move |_| {
        let before = experiment.get_untracked();
        match before_and_after.get_untracked().filter(|_| can_undo.get_untracked()) {
            Some([settings, _]) => {
                before_and_after.set(None);
                experiment.set(settings);
            }
            None => {
                experiment.put_back_all();
                before_and_after.set(Some([before, experiment.get_untracked()]));
            }
        }
    };
    Effect::new(move |_| {
        if !view.settings_open.get() {
            before_and_after.set(None);
        }
    });
    let is_there = Memo::new(move |_| count.get() > 0 || can_undo.get());
    view! {
        <p class="card-lead">{move || (count.get() > 0).then(|| tr!("{count} changed", count = count.get()))}</p>
        <button
            type="button"
            class="quiet"
            hidden=move || !is_there.get()
            title=move || (!can_undo.get()).then(|| text!("Network and training as the recipe has them. Images, classes, seed and device stay."))
            on:click=pressed
        >
            {move || if can_undo.get() { text!("Undo") } else { text!("Put all back") }}
        </button>
    }
}

/// Search, tabs, and the settings of the open tab or those that match.
#[component]
fn Settings() -> impl IntoView {
    let group = RwSignal::new(OptionGroup::Network);
    let query = RwSignal::new(String::new());
    let search_id = unique_id("search");
    let ids = TabIds::new();
    let items = OptionGroup::ALL.map(|group| TabItem { value: group, label: group.label() }).to_vec();
    let searching = Memo::new(move |_| !query.read().trim().is_empty());
    view! {
        <div class="settings-search">
            <label class="visually-hidden" for=search_id.clone()>
                {text!("Find a setting")}
            </label>
            <Icon shape=IconShape::Search />
            <input
                id=search_id
                type="search"
                placeholder=text!("Find a setting: “dropout”, “cosine”, “kernel” …")
                autocomplete="off"
                prop:value=query
                on:input=move |event| query.set(event_target_value(&event))
            />
        </div>
        <Show
            when=move || searching.get()
            fallback=move || {
                let (panels, tabs) = (ids.clone(), ids.clone());
                view! {
                    <TabList
                        label=text!("Groups of settings")
                        ids=ids.clone()
                        items=items.clone()
                        open=group
                        on_open=Callback::new(move |open| group.set(open))
                    />
                    <div
                        class="tab-panel"
                        role="tabpanel"
                        id=move || panels.panel(group.get().label())
                        aria-labelledby=move || tabs.tab(group.get().label())
                    >
                        {move || view! { <Group group=group.get() /> }}
                    </div>
                }
            }
        >
            <Matches query />
        </Show>
    }
}

/// The settings of one group, and the pictures that belong to it.
#[component]
fn Group(
    /// Which.
    group: OptionGroup,
) -> impl IntoView {
    let of_group = options().iter().filter(|option| option.group == group).collect::<Vec<_>>();
    view! {
        {(group == OptionGroup::Network).then(|| view! { <PresetSelect /> })}
        {of_group.into_iter().map(|option| view! { <Applicable option /> }).collect_view()}
        {(group == OptionGroup::Training).then(|| view! { <SchedulePicture /> })}
        {(group == OptionGroup::Augmentation).then(|| view! { <AugmentationPicture /> })}
        {(group == OptionGroup::StartFrom).then(|| view! { <StartFrom /> })}
        {(group == OptionGroup::Device).then(|| view! { <DeviceFacts /> })}
    }
}

/// Settings of all groups that a search finds.
#[component]
fn Matches(
    /// What is searched for.
    query: RwSignal<String>,
) -> impl IntoView {
    let found = Memo::new(move |_| {
        let query = query.read();
        options().iter().filter(|option| matches(option, &query)).map(|option| option.key).collect::<Vec<_>>()
    });
    let shown = move || {
        let found = found.get();
        options().iter().filter(|option| found.contains(&option.key)).collect::<Vec<_>>()
    };
    let none = move || found.with(Vec::is_empty).then(|| view! { <p class="empty">{text!("No setting has these words.")}</p> });
    view! {
        <div role="group" aria-label=text!("Settings found")>
            {none}
            <For
                each=shown
                key=|option| option.key
                let:option
            >
                <Applicable option />
            </For>
        </div>
    }
}

/// A setting, while it applies to the experiment.
#[component]
fn Applicable(
    /// The setting.
    option: &'static OptionDefinition,
) -> impl IntoView {
    let experiment = use_experiment();
    let applies = Memo::new(move |_| option.applies(&experiment.get()));
    view! {
        <Show when=move || applies.get()>
            <OptionRow option />
        </Show>
    }
}
