//! The bar: Play, the six things a beginner changes, and what is going on.

mod embed_bar;
mod offers;
mod player;
mod prefetch;
mod recipe_select;
mod skip_switch;
mod status_line;

use leptos::prelude::*;

use crate::app::components::{Icon, IconShape, InTurn, ProgressBar, StepButton, ValueFormat};
use crate::app::context::{Dataset, ExperimentContext, use_dataset, use_experiment, use_run, use_view};
use crate::app::features::settings::OptionNumber;
use crate::app::features::spotlit::Spotlit;
use crate::app::spot::Spot;
use crate::experiment::Experiment;
use crate::experiment::hyperparameters::limits::EPOCHS;
use crate::experiment::options::{self, OptionDefinition};
use crate::experiment::validation::available_images;
use crate::language::format::grouped;
use crate::language::{text, tr};
use crate::run::{Progress, Run};
use crate::spec;
use crate::spec::ResNetSpec;

pub use embed_bar::EmbedBar;

use player::Player;
use recipe_select::RecipeSelect;
use skip_switch::SkipSwitch;
use status_line::StatusLine;

/// Keys of the options that the bar shows.
const SHOWN: [&str; 5] = ["depth", "filters", "skips", "images", "epochs"];

/// The bar at the top of the page.
#[component]
pub fn RunBar() -> impl IntoView {
    view! {
        <section class="run-bar" aria-label=text!("Controls")>
            <div class="run-bar-row">
                <div class="run-bar-top">
                    <Spotlit spot=Spot::Player>
                        <Player />
                    </Spotlit>
                    <HeldOutAccuracy />
                </div>
                <div class="run-bar-fields">
                    <div class="run-bar-recipe">
                        <InTurn>
                            <RecipeSelect />
                        </InTurn>
                    </div>
                    <Spotlit spot=Spot::Depth class="run-bar-depth">
                        <InTurn>
                            <DepthField />
                        </InTurn>
                    </Spotlit>
                    <StartFiltersField />
                    <Spotlit spot=Spot::SkipConnections class="run-bar-skips">
                        <InTurn>
                            <SkipSwitch />
                        </InTurn>
                    </Spotlit>
                    <div class="run-bar-images">
                        <TrainingImagesField />
                    </div>
                    <EpochsField />
                    <Spotlit spot=Spot::Settings class="run-bar-settings">
                        <AllSettingsButton />
                    </Spotlit>
                </div>
            </div>
            <InTurn>
                <StatusLine />
            </InTurn>
            <RunProgress />
        </section>
    }
}

/// How far the run is.
#[component]
fn RunProgress() -> impl IntoView {
    let run = use_run();
    let progress = Memo::new(move |_| run.of_run(Run::progress).unwrap_or(Progress::None));
    let share = move || if let Progress::Share(share) = progress.get() { Some(share) } else { None };
    let is_active = move || progress.get() != Progress::None;
    view! { <ProgressBar label=text!("Progress") share=Signal::derive(share) is_active=Signal::derive(is_active) /> }
}

/// The newest accuracy. Where the bar is narrow, its first row stays in sight, with this in it.
#[component]
fn HeldOutAccuracy() -> impl IntoView {
    let run = use_run();
    let accuracy = Memo::new(move |_| {
        let last = run.of_run(|run| run.held_out.last().map(|pass| ValueFormat::Percent.value(f64::from(pass.accuracy))));
        last.flatten().unwrap_or_else(|| "–".into())
    });
    view! {
        <span class="run-bar-accuracy">
            <span class="run-bar-accuracy-value">{accuracy}</span>
            {text!("held out")}
        </span>
    }
}

/// Opens the sheet with all settings; says how many differ from the recipe.
#[component]
fn AllSettingsButton() -> impl IntoView {
    let (experiment, view) = (use_experiment(), use_view());
    let changed = Memo::new(move |_| experiment.changed_options().with(Vec::len));
    // What the bar shows says beside its field what is wrong with it.
    let hidden_problems = Memo::new(move |_| {
        experiment.problems().with(|problems| problems.iter().filter(|problem| !SHOWN.contains(&problem.option)).count())
    });
    let words = move || match (hidden_problems.get(), changed.get()) {
        (0, 0) => String::new(),
        (0, changed) => tr!(", {changed} changed", changed),
        (problems, _) => tr!(", 1 needs attention" | ", {n} need attention" % problems),
    };
    view! {
        <button type="button" class="quiet" aria-haspopup="dialog" on:click=move |_| view.settings_open.set(true)>
            <Icon shape=IconShape::Settings />
            <span class="run-bar-settings-words">{text!("All settings")}</span>
            <span class="changed-dot" class:calm=move || hidden_problems.get() == 0 && changed.get() == 0 aria-hidden="true"></span>
            <span class="visually-hidden">{words}</span>
        </button>
    }
}

/// A step of a number field: its name, and the value it goes to.
fn step(experiment: ExperimentContext, name: &'static str, next: fn(&Experiment) -> Option<usize>) -> StepButton {
    let target = Memo::new(move |_| next(&experiment.get()).map(|value| value.to_string()));
    StepButton { name, target: target.into() }
}

/// The option of that key, which the table has.
fn option(key: &str) -> &'static OptionDefinition {
    options::find(key).unwrap_or(&options::options()[0])
}

/// Depth: one block more or fewer in each stage.
#[component]
fn DepthField() -> impl IntoView {
    let experiment = use_experiment();
    let rule = Memo::new(move |_| experiment.spec().with(ResNetSpec::depth_formula));
    view! {
        <OptionNumber
            option=option("depth")
            decrease=step(experiment, text!("Shallower"), shallower)
            increase=step(experiment, text!("Deeper"), deeper)
            caption=rule
        />
    }
}

fn shallower(experiment: &Experiment) -> Option<usize> {
    let depth = experiment.network.depth;
    let (below, _) = experiment.network.depth_rule().around(depth);
    if below.layers() < depth { Some(below.layers()) } else { below.shallower().map(spec::Depth::layers) }
}

fn deeper(experiment: &Experiment) -> Option<usize> {
    let depth = experiment.network.depth;
    let (_, above) = experiment.network.depth_rule().around(depth);
    if above.layers() > depth { Some(above.layers()) } else { above.deeper().map(spec::Depth::layers) }
}

/// Filters of the stem, in powers of two.
#[component]
fn StartFiltersField() -> impl IntoView {
    let experiment = use_experiment();
    view! {
        <OptionNumber
            option=option("filters")
            decrease=step(experiment, text!("Narrower"), narrower)
            increase=step(experiment, text!("Wider"), wider)
        />
    }
}

fn narrower(experiment: &Experiment) -> Option<usize> {
    let half = experiment.network.start_filters.saturating_sub(1).checked_ilog2().map(|exponent| 1 << exponent)?;
    spec::START_FILTERS.contains(&half).then_some(half)
}

fn wider(experiment: &Experiment) -> Option<usize> {
    let next = experiment.network.start_filters.saturating_add(1).checked_next_power_of_two()?;
    spec::START_FILTERS.contains(&next).then_some(next)
}

/// How many images the network learns from.
#[component]
fn TrainingImagesField() -> impl IntoView {
    let (experiment, dataset) = (use_experiment(), use_dataset());
    let caption = Memo::new(move |_| match dataset.get() {
        Dataset::Loading => text!("loading…").into(),
        Dataset::Missing(_) => text!("no images").into(),
        Dataset::Loaded(source) => {
            let available = available_images(&source.manifest.train, &experiment.classes().read());
            let (name, _) = source.manifest.name.split_once(',').unwrap_or((&source.manifest.name, ""));
            tr!("of {count} · {name}", count = grouped(available), name)
        }
    });
    view! { <OptionNumber option=option("images") caption /> }
}

/// How often it sees all of them.
#[component]
fn EpochsField() -> impl IntoView {
    let experiment = use_experiment();
    view! {
        <OptionNumber
            option=option("epochs")
            decrease=step(experiment, text!("Fewer epochs"), |experiment| {
                experiment.hyperparameters.epochs.checked_sub(1).filter(|epochs| EPOCHS.allows(*epochs as f64))
            })
            increase=step(experiment, text!("More epochs"), |experiment| {
                Some(experiment.hyperparameters.epochs + 1).filter(|epochs| EPOCHS.allows(*epochs as f64))
            })
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_shows_options_that_the_table_has() {
        for key in SHOWN {
            assert_eq!(option(key).key, key);
        }
    }

    #[test]
    fn depth_steps_by_one_block_in_each_stage() {
        let mut experiment = Experiment::default();
        experiment.network.set_depth(20);
        assert_eq!((shallower(&experiment), deeper(&experiment)), (Some(11), Some(29)));
    }

    #[test]
    fn filters_step_to_the_next_power_of_two() {
        let mut experiment = Experiment::default();
        experiment.network.start_filters = 12;
        assert_eq!((narrower(&experiment), wider(&experiment)), (Some(8), Some(16)));
    }
}
