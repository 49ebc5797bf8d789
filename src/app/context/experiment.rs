//! The experiment that the controls describe: the one source of truth of the page.

use leptos::prelude::*;
use reactive_stores::{Store, Subfield};

use crate::dataset::ClassChoice;
use crate::experiment::ExperimentStoreFields;
use crate::experiment::hyperparameters::Hyperparameters;
use crate::experiment::options::{OptionDefinition, options};
use crate::experiment::permalink::{self, FromAuthor};
use crate::experiment::recipes::{RECIPES, Recipe};
use crate::experiment::validation::{Problem, memory_problem, problems};
use crate::experiment::{DeviceChoice, Experiment};
use crate::language::format::sentence;
use crate::language::tr;
use crate::run::TrainerKind;
use crate::spec::{NetworkChoices, ResNetSpec};

use super::{DatasetContext, DeviceContext, StartingFile, ViewContext, WeightsFile};
use crate::app::services::location;

/// Handle to the experiment.
///
/// It may hold values that cannot be trained: see [`ExperimentContext::problems`]. Whoever changes it calls a method of it.
#[derive(Clone, Copy)]
pub struct ExperimentContext {
    store: Store<Experiment>,
    /// Texts in fields that are no value, with their sentences.
    unreadable: RwSignal<Vec<Problem>>,
    starting_file: RwSignal<StartingFile>,
    spec: Memo<ResNetSpec>,
    settings_problems: Memo<Vec<Problem>>,
    problems: Memo<Vec<Problem>>,
    recipe: Memo<Option<&'static Recipe>>,
    base_recipe: Memo<&'static Recipe>,
    changed_options: Memo<Vec<&'static str>>,
}

impl ExperimentContext {
    /// Begins with what a link says.
    pub fn new(experiment: Experiment, dataset: DatasetContext, device: DeviceContext) -> Self {
        let store = Store::new(experiment);
        let unreadable = RwSignal::new(Vec::<Problem>::new());
        let spec = Memo::new(move |last: Option<&ResNetSpec>| {
            ResNetSpec::new(store.network().get()).unwrap_or_else(|_| last.cloned().unwrap_or_default())
        });
        let settings_problems = Memo::new(move |_| {
            let source = dataset.source();
            let mut found = problems(&store.read(), source.as_deref().map(|source| &source.manifest));
            unreadable.with(|unreadable| {
                // What stands in the field goes before what the last readable value had wrong with it.
                found.retain(|problem| unreadable.iter().all(|other| other.option != problem.option));
                found.extend(unreadable.iter().cloned());
            });
            found
        });
        let problems = Memo::new(move |_| {
            let mut found = settings_problems.get();
            let on_cpu = matches!(device.trainer(store.device().get()), Some((TrainerKind::Cpu, _)));
            if found.is_empty() && on_cpu {
                found.extend(memory_problem(&store.read()));
            }
            found
        });
        let recipe = Memo::new(move |_| Recipe::of(&store.read()));
        let base_recipe = Memo::new(move |last: Option<&&'static Recipe>| recipe.get().or(last.copied()).unwrap_or(&RECIPES[0]));
        let changed_options = Memo::new(move |_| {
            let now = store.read();
            let base = base_recipe.get().applied_to(&now);
            let differs = |option: &&OptionDefinition| option.applies(&now) && option.text(&now) != option.text(&base);
            options().iter().filter(differs).map(|option| option.key).collect()
        });
        Self {
            store,
            unreadable,
            starting_file: RwSignal::new(StartingFile::default()),
            spec,
            settings_problems,
            problems,
            recipe,
            base_recipe,
            changed_options,
        }
    }

    /// A copy of the experiment. Tracks every part of it.
    pub fn get(self) -> Experiment {
        self.store.get()
    }

    /// A copy without tracking.
    pub fn get_untracked(self) -> Experiment {
        self.store.get_untracked()
    }

    /// The choices of the network, as a field of the store.
    pub fn network(self) -> Subfield<Store<Experiment>, Experiment, NetworkChoices> {
        self.store.network()
    }

    /// The choices of training, as a field of the store.
    pub fn hyperparameters(self) -> Subfield<Store<Experiment>, Experiment, Hyperparameters> {
        self.store.hyperparameters()
    }

    /// The classes that take part, as a field of the store.
    pub fn classes(self) -> Subfield<Store<Experiment>, Experiment, ClassChoice> {
        self.store.classes()
    }

    /// Name of the data set, as a field of the store.
    pub fn data(self) -> Subfield<Store<Experiment>, Experiment, String> {
        self.store.data()
    }

    /// Where it runs, as a field of the store.
    pub fn device(self) -> Subfield<Store<Experiment>, Experiment, DeviceChoice> {
        self.store.device()
    }

    /// The network of the controls; the last that could be built while they describe one that cannot.
    pub fn spec(self) -> Memo<ResNetSpec> {
        self.spec
    }

    /// What keeps the experiment from being trained on this device.
    pub fn problems(self) -> Memo<Vec<Problem>> {
        self.problems
    }

    /// What is wrong with one option.
    pub fn problem(self, key: &'static str) -> Option<Problem> {
        self.problems.with(|problems| problems.iter().find(|problem| problem.option == key).cloned())
    }

    /// Changes the experiment. Only the parts that become different notify.
    pub fn update(self, change: impl FnOnce(&mut Experiment)) {
        let mut experiment = self.get_untracked();
        change(&mut experiment);
        self.set(experiment);
    }

    /// Takes another experiment. Only the parts that are different notify.
    pub fn set(self, experiment: Experiment) {
        let Experiment { network, hyperparameters, data, classes, device } = experiment;
        set_if_other(self.store.network(), network);
        set_if_other(self.store.hyperparameters(), hyperparameters);
        set_if_other(self.store.data(), data);
        set_if_other(self.store.classes(), classes);
        set_if_other(self.store.device(), device);
    }

    /// Changes an option to what its field says. A text that is no value changes nothing else and is noted with a sentence.
    pub fn set_option(self, option: &OptionDefinition, text: &str) {
        let mut experiment = self.get_untracked();
        let written = option.set(&mut experiment, text);
        self.forget_text(option.key);
        match written {
            Ok(()) => self.set(experiment),
            Err(error) => {
                let problem = Problem { option: option.key, sentence: error.to_string(), suggestions: Vec::new() };
                self.unreadable.update(|unreadable| unreadable.push(problem));
            }
        }
    }

    /// Forgets a text that could not be read: its field shows the option's value again.
    fn forget_text(self, key: &'static str) {
        if untrack(|| self.is_unreadable(key)) {
            self.unreadable.update(|unreadable| unreadable.retain(|problem| problem.option != key));
        }
    }

    /// Whether the field of an option holds a text that is no value.
    pub fn is_unreadable(self, key: &'static str) -> bool {
        self.unreadable.with(|unreadable| unreadable.iter().any(|problem| problem.option == key))
    }

    /// The recipe that the experiment follows, for however many epochs.
    pub fn recipe(self) -> Memo<Option<&'static Recipe>> {
        self.recipe
    }

    /// Takes network and training of a recipe; images, classes, seed and device stay.
    pub fn apply_recipe(self, recipe: &Recipe) {
        self.unreadable.update(Vec::clear);
        self.set(recipe.applied_to(&self.get_untracked()));
    }

    /// Keys of the options that differ from the recipe that was followed last.
    pub fn changed_options(self) -> Memo<Vec<&'static str>> {
        self.changed_options
    }

    /// Puts an option back to what the recipe that was followed last says.
    pub fn put_back(self, option: &OptionDefinition) {
        let base = self.base_recipe.get_untracked().applied_to(&self.get_untracked());
        self.set_option(option, &option.text(&base));
    }

    /// Puts all options back.
    pub fn put_back_all(self) {
        self.apply_recipe(self.base_recipe.get_untracked());
    }

    /// Switches the skip connections of all blocks on or off.
    pub fn set_skip_connections(self, on: bool) {
        self.update(|experiment| experiment.network.skip_connections = on);
    }

    /// The file that the next run starts from.
    pub fn starting_file(self) -> RwSignal<StartingFile> {
        self.starting_file
    }

    /// Lets the next run start from a file, and sets the settings to what it says of its run.
    ///
    /// # Errors
    /// What the file is instead, in a sentence. The file there was stays.
    pub fn start_from(self, name: String, bytes: Vec<u8>) -> Result<(), String> {
        let refused = tr!("{name} is not used.", name);
        let file = WeightsFile::new(name, bytes).map_err(|error| format!("{refused} {}", sentence(&error.to_string())))?;
        self.change_with_file(|start, experiment| start.take(file, experiment));
        Ok(())
    }

    /// Sets the network to that of the file.
    pub fn open_network_of_file(self) {
        self.change_with_file(StartingFile::open_network);
    }

    fn change_with_file(self, change: impl FnOnce(&mut StartingFile, &mut Experiment)) {
        let mut experiment = self.get_untracked();
        self.starting_file.update(|start| change(start, &mut experiment));
        self.set(experiment);
    }

    /// Takes the experiment of a link. Texts that were no value are forgotten.
    pub fn open(self, experiment: Experiment) {
        self.unreadable.update(Vec::clear);
        self.set(experiment);
    }

    /// The query of a link to this experiment with what its author gives beside it, without `?`. Tracks.
    pub fn link(self, view: ViewContext, from_author: &FromAuthor) -> String {
        permalink::write_with(&self.get(), &view.options(), from_author)
    }

    /// Keeps the page's address true to the experiment. Settings that cannot be trained make no link; the last good one stays.
    pub fn keep_address(self, view: ViewContext) {
        Effect::new(move |_| {
            let query = view.from_author.with(|from_author| permalink::address(&self.get(), &view.options(), from_author));
            if self.settings_problems.with(Vec::is_empty) {
                location::replace_query(&query);
            }
        });
    }
}

fn set_if_other<T: PartialEq + Send + Sync + 'static>(field: Subfield<Store<Experiment>, Experiment, T>, value: T) {
    if *field.read_untracked() != value {
        field.set(value);
    }
}
