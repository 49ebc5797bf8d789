//! The one reactive state of the page: settings, data set, device, run.
//!
//! Views read its signals and call its commands; nothing else changes them.
//!
//! ```text
//! views ──► commands ──► RunState ──► trainer_link ──► worker
//!   ▲                       ▲              │
//!   └────── signals ────────┴── at most ten times a second
//! ```
//!
//! What is right of the first arrow is fetched when there is something to train ([`crate::ui::parts`]).

mod commands;
mod hidden_tab;
mod kept_runs;
mod start_up;
mod starting_file;
mod trainer_link;

use std::cell::RefCell;
use std::sync::Arc;

use crate::experiment::Experiment;
use crate::experiment::permalink::{Link, ViewOptions};
use crate::experiment::validation::{Problem, Setting, memory_problem, problems};
use crate::experiment::weight_init::StartingPoint;
use crate::export::CodeLines;
use crate::run::{DatasetSource, GpuProbe, Run, RunState, TrainerKind, choose_trainer};
use crate::spec::ResNetSpec;

use crate::ui::signals::{Kept, Memo, Signal};

pub use commands::Command;
pub use starting_file::{StartingFile, Use};

/// The data set, as far as it is known.
#[derive(Debug, Clone, Default)]
pub enum Dataset {
    /// Its manifest is on its way.
    #[default]
    Loading,
    /// It is here.
    Loaded(Arc<DatasetSource>),
    /// It is not; the sentence says why.
    Missing(String),
}

impl Dataset {
    /// Where it lies and what it holds, once known.
    pub fn source(&self) -> Option<&DatasetSource> {
        if let Self::Loaded(source) = self { Some(source) } else { None }
    }
}

/// Handle to the state of the page. It takes no room: closures are full of it.
#[derive(Clone, Copy)]
pub struct Session(());

/// Finds what keeps the settings from being trained.
type Judge = fn() -> Vec<Problem>;

thread_local! {
    /// What the page begins with.
    static BEGINNING: RefCell<(Link, Option<Judge>)> = RefCell::default();
    static OF_PAGE: &'static State = Box::leak(Box::new(State::of_address()));
}

impl std::ops::Deref for Session {
    type Target = State;

    // One call at each use is less to download than the look-up at each.
    #[inline(never)]
    fn deref(&self) -> &State {
        OF_PAGE.with(|state| *state)
    }
}

/// What the page shows and works with.
pub struct State {
    /// What the controls say. May hold values that cannot be trained: see [`Session::problems`].
    pub experiment: Signal<Experiment>,
    /// How the page shows itself.
    pub view: Signal<ViewOptions>,
    /// Sentences about what the link could not give.
    pub notices: Signal<Vec<String>>,
    /// The data set.
    pub dataset: Signal<Dataset>,
    /// The GPU.
    pub gpu: Signal<GpuProbe>,
    /// The run.
    pub run: Signal<RunState>,
    /// Texts in fields that are no numbers, with their sentences.
    unreadable: Signal<Vec<Problem>>,
    /// What finds those. Not there at once: settings that no link and no hand has touched can be trained.
    judge: Signal<Option<Judge>>,
    /// What keeps the settings from being trained.
    pub problems: Memo<Vec<Problem>>,
    /// The network of the controls; the last that could be built while they say one that cannot.
    pub spec: Memo<ResNetSpec>,
    /// Whether the run was made with other settings than the controls say.
    pub needs_restart: Memo<bool>,
    /// Where the next run's weights come from.
    pub starting_file: Signal<StartingFile>,
    /// What the run there is started from.
    used_file: Signal<StartingFile>,
    /// Whether the visitor was told that runs cannot be stored.
    storing_failed: Kept<bool>,
    /// Which lines of the code that was shown last make which layer.
    pub code_lines: Signal<CodeLines>,
    /// Whether an experiment is under way.
    pub is_experimenting: Signal<bool>,
    /// Whether a step is told in slow motion.
    pub tells_step: Signal<bool>,
    /// Whether it is measured how long a run would take.
    pub is_measured: Signal<bool>,
    /// Says that the speed of this device was measured.
    pub speed_measured: Signal<()>,
}

impl State {
    fn of_address() -> Self {
        let (link, judge) = BEGINNING.take();
        let judge = Signal::new(judge);
        let experiment = Signal::new(link.experiment);
        let dataset = Signal::new(Dataset::default());
        let gpu = Signal::new(GpuProbe::default());
        let run = Signal::new(RunState::default());
        let unreadable = Signal::new(Vec::<Problem>::new());
        let starting_file = Signal::new(StartingFile::default());
        let used_file = Signal::new(StartingFile::default());
        // Looked at only when a file changes, not whenever the run does: files are large.
        let other_file = Memo::new(move |_| {
            starting_file.with(|chosen| used_file.with(|used| (chosen.file.is_some() || used.file.is_some()) && chosen != used))
        });
        Self {
            experiment,
            view: Signal::new(link.view),
            notices: Signal::new(link.notices),
            dataset,
            gpu,
            run,
            unreadable,
            judge,
            problems: Memo::new(move |_| judge.get().map(|judge| judge()).unwrap_or_default()),
            spec: Memo::new(move |last: &ResNetSpec| {
                ResNetSpec::new(experiment.with(|experiment| experiment.network.clone())).unwrap_or_else(|_| last.clone())
            }),
            needs_restart: Memo::new(move |_| {
                let other_settings = experiment.with(|experiment| run.with(|run| run.needs_restart(experiment)));
                other_settings || other_file.get() && run.with(|run| run.run().is_some())
            }),
            starting_file,
            used_file,
            storing_failed: Kept::new(false),
            code_lines: Signal::new(CodeLines::default()),
            is_experimenting: Signal::new(false),
            tells_step: Signal::new(false),
            is_measured: Signal::new(false),
            speed_measured: Signal::new(()),
        }
    }
}

impl Session {
    /// Lets the page begin as a link says, which may hold settings that cannot be trained.
    pub fn begin_with(link: Link) {
        BEGINNING.set((link, Some(judged)));
    }

    /// Begins to look for the GPU and the data set.
    pub fn open() -> Self {
        let session = Self(());
        session.start_up();
        session
    }

    /// The session there is.
    pub fn of_page() -> Self {
        Self(())
    }

    /// Changes a setting to what its field says; a text that cannot be read is noted with a sentence.
    pub fn set(self, setting: Setting, text: &str, read: &dyn Fn(&mut Experiment, &str) -> Option<()>, sentence: &str) {
        let mut experiment = self.experiment.get_untracked();
        let readable = read(&mut experiment, text).is_some();
        self.unreadable.update(|unreadable| {
            unreadable.retain(|problem| problem.setting != setting);
            if !readable {
                unreadable.push(Problem { setting, sentence: sentence.into(), suggestions: Vec::new() });
            }
        });
        if readable {
            self.experiment.set(experiment);
        }
    }

    /// Whether a field holds no number.
    pub fn is_unreadable(self, setting: Setting) -> bool {
        self.unreadable.with(|unreadable| unreadable.iter().any(|problem| problem.setting == setting))
    }

    /// Where the next run's weights come from.
    pub fn starting_point(self) -> StartingPoint {
        self.starting_file.with(StartingFile::starting_point)
    }

    /// What is wrong with one setting.
    pub fn problem(self, setting: Setting) -> Option<Problem> {
        self.problems.with(|problems| problems.iter().find(|problem| problem.setting == setting).cloned())
    }

    /// Whether a run with these settings could begin.
    pub fn can_begin(self) -> bool {
        self.problems.with(Vec::is_empty) && self.dataset.with(|dataset| dataset.source().is_some())
    }

    /// Something about the run, or nothing while there is none.
    pub fn of_run<T>(self, look: impl FnOnce(&Run) -> T) -> Option<T> {
        self.run.with(|state| state.run().map(look))
    }

    /// Trainer of the run, or the one that the next run would use, and why.
    pub fn trainer(self) -> Option<(TrainerKind, Option<String>)> {
        let running = self.of_run(|run| run.trainer.map(|trainer| (trainer, run.note.clone()))).flatten();
        running.or_else(|| self.gpu.with(|gpu| choose_trainer(self.experiment.with(|experiment| experiment.device), gpu)))
    }
}

/// What keeps the settings of the page from being trained on its device.
fn judged() -> Vec<Problem> {
    let session = Session::of_page();
    let mut all = all_problems(session.experiment, session.dataset, session.unreadable);
    let device = session.experiment.with(|experiment| experiment.device);
    let on_cpu = session.gpu.with(|gpu| matches!(choose_trainer(device, gpu), Some((TrainerKind::Cpu, _))));
    if let Some(problem) = session.experiment.with(memory_problem).filter(|_| on_cpu && all.is_empty()) {
        all.push(problem);
    }
    all
}

fn all_problems(experiment: Signal<Experiment>, dataset: Signal<Dataset>, unreadable: Signal<Vec<Problem>>) -> Vec<Problem> {
    let mut all =
        dataset.with(|dataset| experiment.with(|experiment| problems(experiment, dataset.source().map(|source| &source.manifest))));
    unreadable.with(|unreadable| {
        // What stands in the field goes before what the last readable value had wrong with it.
        all.retain(|problem| unreadable.iter().all(|other| other.setting != problem.setting));
        all.extend(unreadable.iter().cloned());
    });
    all
}
