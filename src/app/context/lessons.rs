//! The course beside the tool: which step is open, what its check sees, and the visitor's own experiment meanwhile.

use std::collections::BTreeMap;

use leptos::{ev, prelude::*};

use crate::app::course::{Evidence, Progress, RunFigures, Step, StudyFigures, Verdict, step};
use crate::drawing::network::Part;
use crate::experiment::Experiment;
use crate::experiment::permalink::{self, FromAuthor, LessonStep, ViewOptions};
use crate::spec::Named;

use super::{DatasetContext, ExperimentContext, Notices, RunController, StartingFile, StudyController, Tab, ViewContext};
use crate::app::services::{local_storage, location, session_storage};
use crate::app::spot::Spot;

/// Where the browser remembers how far the reader is.
const PROGRESS_KEY: &str = "lessons";
/// Where it remembers, for this tab, the visitor's own experiment while a step's is on the page.
const OWN_KEY: &str = "lessons-own-experiment";

/// What was filled in inside of a step.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers {
    /// Texts of the fields, in their order.
    pub typed: Vec<String>,
    /// The answer that was chosen.
    pub choice: Option<usize>,
}

/// What the visitor had before the course changed it.
#[derive(Debug, Clone)]
struct Own {
    experiment: Experiment,
    file: StartingFile,
}

/// Handle to the course.
#[derive(Clone, Copy)]
pub struct LessonsContext {
    experiment: ExperimentContext,
    dataset: DatasetContext,
    notices: Notices,
    run: RunController,
    view: ViewContext,
    open: Memo<Option<LessonStep>>,
    progress: RwSignal<Progress>,
    own: StoredValue<Option<Own>>,
    /// The tab that was open before the course opened others.
    own_tab: StoredValue<Option<Tab>>,
    /// The experiment as it was when the step was begun.
    began: RwSignal<Experiment>,
    /// Whether the step's own experiment was put on the page.
    is_set_up: RwSignal<bool>,
    /// Parts of the drawing that were chosen since.
    parts: RwSignal<Vec<Part>>,
    answers: RwSignal<BTreeMap<LessonStep, Answers>>,
    verdict: Memo<Option<Verdict>>,
    /// Whether the step's heading is to take the focus: only when the visitor goes to it.
    pub wants_heading: RwSignal<bool>,
    /// Whether the way back into the course is to take it.
    pub wants_opener: RwSignal<bool>,
    /// Raised when the focus is to go to what is highlighted.
    pub goes_to_target: RwSignal<u32>,
}

impl LessonsContext {
    /// As the link says.
    pub fn new(
        experiment: ExperimentContext,
        dataset: DatasetContext,
        notices: Notices,
        run: RunController,
        studies: StudyController,
        view: ViewContext,
    ) -> Self {
        let open = Memo::new(move |_| view.options().lesson.filter(|_| !view.is_embedded()));
        let began = RwSignal::new(experiment.get_untracked());
        let parts = RwSignal::new(Vec::new());
        let answers = RwSignal::new(BTreeMap::<LessonStep, Answers>::new());
        let evidence = move |id: LessonStep| {
            let asked = experiment.get();
            let given = answers.with(|answers| answers.get(&id).cloned()).unwrap_or_default();
            Evidence {
                began: began.get(),
                run: run.of_run(|run| RunFigures::of(run, &asked)),
                study: studies.state().with(|state| state.as_ref().map(|study| StudyFigures::of(study, &asked))),
                parts: parts.get(),
                typed: given.typed,
                choice: given.choice,
                experiment: asked,
            }
        };
        let verdict = Memo::new(move |_| open.get().map(|id| (step(id).check)(&evidence(id))));
        Self {
            experiment,
            dataset,
            notices,
            run,
            view,
            open,
            progress: RwSignal::new(Progress::default()),
            own: StoredValue::new(None),
            own_tab: StoredValue::new(None),
            began,
            is_set_up: RwSignal::new(true),
            parts,
            answers,
            verdict,
            wants_heading: RwSignal::new(false),
            wants_opener: RwSignal::new(false),
            goes_to_target: RwSignal::new(0),
        }
    }

    /// Takes up what the browser remembers, opens the step of the link, and follows the reader from then on.
    pub fn start(self) {
        let stored: Progress = local_storage::get(PROGRESS_KEY).unwrap_or_default();
        self.progress.set(stored.clone());
        if let Some(id) = self.open.get_untracked() {
            self.begin_with_link(id, session_storage::text(OWN_KEY));
        }
        Effect::new(move |before: Option<Progress>| {
            let progress = self.progress.get();
            if progress != before.unwrap_or_else(|| stored.clone()) {
                // Where the browser does not remember it, the page does while it is open.
                let _ = local_storage::set(PROGRESS_KEY, &progress);
            }
            progress
        });
        Effect::new(move |_| {
            let part = self.view.chosen_part.get();
            if let Some(part) =
                part.filter(|part| self.open.get_untracked().is_some() && !self.parts.with_untracked(|parts| parts.contains(part)))
            {
                self.parts.update(|parts| parts.push(part));
            }
        });
        Effect::new(move |_| {
            let is_done = self.verdict.with(|verdict| verdict.as_ref().is_some_and(Verdict::is_done));
            if let Some(id) = self.open.get().filter(|id| is_done && !self.progress.with_untracked(|progress| progress.is_done(*id))) {
                self.progress.update(|progress| progress.note(id));
            }
        });
        window_event_listener(ev::popstate, move |_| self.follow_address());
    }

    /// The step of the link that the page was opened with. An experiment in the link is the reader's answer under way, or somebody's
    /// who shared it: it stays as it is.
    fn begin_with_link(self, id: LessonStep, remembered: Option<String>) {
        let linked = self.experiment.get_untracked();
        let own = remembered.map(|link| permalink::read_kept(&link));
        self.progress.update(|progress| progress.open(id));
        // The step keeps the device that the link names.
        if linked == (Experiment { device: linked.device, ..Experiment::first() }) {
            self.keep(own.unwrap_or(linked));
            self.enter(id);
        } else if let Some(own) = own {
            self.keep(own);
        }
    }

    /// The open step. Tracks.
    pub fn step(self) -> Option<&'static Step> {
        self.open.get().map(step)
    }

    /// Which step is open. Tracks.
    pub fn open(self) -> Option<LessonStep> {
        self.open.get()
    }

    /// Whether the open step is about a part of the page. Tracks.
    pub fn highlights(self, spot: Spot) -> bool {
        self.step().is_some_and(|step| step.spot == spot)
    }

    /// What the open step's check finds. Tracks.
    pub fn verdict(self) -> Option<Verdict> {
        self.verdict.get()
    }

    /// Which questions were answered. Tracks.
    pub fn progress(self) -> Progress {
        self.progress.get()
    }

    /// The experiment of the controls. Tracks.
    pub fn experiment(self) -> Experiment {
        self.experiment.get()
    }

    /// Whether the step's own experiment is not on the page since a run was under way. Tracks.
    pub fn waits_for_set_up(self) -> bool {
        !self.is_set_up.get()
    }

    /// What was filled in inside of the open step. Tracks.
    pub fn answers(self) -> Answers {
        let Some(id) = self.open.get() else { return Answers::default() };
        self.answers.with(|answers| answers.get(&id).cloned()).unwrap_or_default()
    }

    /// Takes the text of a field of the open step.
    pub fn fill_in(self, place: usize, text: String) {
        self.answer(|answers| {
            if answers.typed.len() <= place {
                answers.typed.resize(place + 1, String::new());
            }
            if let Some(field) = answers.typed.get_mut(place) {
                *field = text;
            }
        });
    }

    /// Takes an answer of the open step.
    pub fn choose(self, choice: usize) {
        self.answer(|answers| answers.choice = Some(choice));
    }

    fn answer(self, change: impl FnOnce(&mut Answers)) {
        if let Some(id) = self.open.get_untracked() {
            self.answers.update(|answers| change(answers.entry(id).or_default()));
        }
    }

    /// The query of a link to a step, without an experiment: it begins with its own.
    pub fn link_to(id: LessonStep) -> String {
        permalink::address(&Experiment::first(), &ViewOptions { lesson: Some(id), ..ViewOptions::default() }, &FromAuthor::default())
    }

    /// Goes to a step, as a new entry of the browser's history.
    pub fn go(self, id: LessonStep) {
        if self.open.get_untracked() != Some(id) {
            self.enter(id);
            self.push_address();
        }
        self.wants_heading.set(true);
    }

    /// Opens the course where it was left.
    pub fn resume(self) {
        self.go(self.progress.with_untracked(Progress::resume));
    }

    /// Forgets all answers and goes to the first step.
    pub fn restart(self) {
        self.progress.update(Progress::restart);
        self.answers.update(BTreeMap::clear);
        if self.open.get_untracked() == Some(LessonStep::ALL[0]) {
            self.enter(LessonStep::ALL[0]);
        }
        self.go(LessonStep::ALL[0]);
    }

    /// Leaves the course; what the visitor had before is put back.
    pub fn leave(self) {
        if self.open.get_untracked().is_some() {
            self.put_back();
            self.push_address();
        }
    }

    /// Puts the step's own experiment on the page, whatever is there. A run under way goes on.
    pub fn set_up(self) {
        let Some(id) = self.open.get_untracked() else { return };
        self.keep(self.experiment.get_untracked());
        self.change_to(step(id).experiment(&self.experiment.get_untracked()), StartingFile::default());
        self.begin(true);
    }

    fn enter(self, id: LessonStep) {
        self.keep(self.experiment.get_untracked());
        if self.own_tab.with_value(Option::is_none) {
            self.own_tab.set_value(Some(self.view.options_untracked().tab));
        }
        self.view.set_lesson(Some(id));
        self.progress.update(|progress| progress.open(id));
        if let Some(tab) = step(id).tab {
            self.view.open_tab(tab);
        }
        if untrack(|| self.run.exists() && !self.run.is_over()) {
            // Settings that change under a run that goes on would be a riddle: the reader decides.
            self.begin(false);
        } else {
            self.set_up();
        }
    }

    /// From here on things count as done for the step.
    fn begin(self, is_set_up: bool) {
        self.view.chosen_part.set(None);
        self.parts.update(Vec::clear);
        self.began.set(self.experiment.get_untracked());
        self.is_set_up.set(is_set_up);
    }

    /// Keeps what the visitor has, unless something is kept.
    fn keep(self, experiment: Experiment) {
        if self.own.with_value(Option::is_none) {
            // For this tab after a reload; without storage it is put back while the page is open.
            let _ = session_storage::set_text(OWN_KEY, &permalink::write(&experiment, &ViewOptions::default()));
            let file = self.experiment.starting_file().get_untracked();
            self.own.set_value(Some(Own { experiment, file }));
        }
    }

    fn put_back(self) {
        self.view.set_lesson(None);
        if let Some(Own { experiment, file }) = self.own.try_update_value(Option::take).flatten() {
            self.change_to(experiment, file);
        }
        if let Some(tab) = self.own_tab.try_update_value(Option::take).flatten() {
            self.view.open_tab(tab);
        }
        let _ = session_storage::remove(OWN_KEY);
    }

    fn change_to(self, experiment: Experiment, file: StartingFile) {
        let has_other_images = experiment.data != self.experiment.get_untracked().data;
        self.experiment.starting_file().set(file);
        self.experiment.open(experiment);
        if has_other_images {
            self.dataset.load(self.experiment, self.notices, None);
        }
    }

    fn push_address(self) {
        let view = self.view.options_untracked();
        let query = self.view.from_author.with_untracked(|author| permalink::address(&self.experiment.get_untracked(), &view, author));
        location::push_query(&query);
    }

    /// Back and Forward of the browser go through the steps.
    fn follow_address(self) {
        match (permalink::read(&location::query()).view.lesson, self.open.get_untracked()) {
            (Some(id), open) if open != Some(id) => {
                self.enter(id);
                self.wants_heading.set(true);
            }
            (None, Some(_)) => {
                self.put_back();
                self.wants_opener.set(true);
            }
            _ => {}
        }
    }
}
