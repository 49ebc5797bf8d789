//! What the page around asks for.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::context::WeightsFile;
use crate::checkpoint::FileContents;
use crate::checkpoint::autosave::KeptWork;
use crate::experiment::permalink;
use crate::language::format::sentence;
use crate::language::{marked, text, translated};
use crate::protocol::embed::{Answer, Call, Command, Outcome};
use crate::protocol::embed_state::{DAMAGED, EmbedState};
use crate::run::{Run, RunState, Wanted};

use super::{Controllers, EmbedController, WaitingForState};

const FINISHED: &str = marked!("This run is finished: reset it, or set a link with more epochs.");
const OVERTAKEN: &str = marked!("Another command came before the images of this state were there, and is followed instead.");
const STOPPED: &str = marked!("This run has stopped: an event said why. Reset it, or set another link.");

impl EmbedController {
    /// Does what is asked for, and answers.
    pub(super) fn follow(self, Call { id, command }: Call) {
        let answer = move |outcome| self.port.say(&Answer::of(id, outcome));
        let Controllers { run, experiment, .. } = self.with;
        let done = Outcome::Done {};
        if !matches!(command, Command::GetLink | Command::GetMetrics | Command::GetState) {
            self.changes.update_value(|changes| *changes += 1);
        }
        match command {
            Command::Play => answer(self.begin(Wanted::Playing).map(|()| done)),
            Command::Step => answer(self.begin(Wanted::OneStep).map(|()| done)),
            Command::Pause => {
                self.wish.set(None);
                run.pause();
                answer(Ok(done));
            }
            Command::Reset => {
                self.wish.set(None);
                run.reset();
                answer(Ok(done));
            }
            Command::SetLink { link } => {
                let notices = self.take_link(&link);
                answer(Ok(Outcome::LinkSet { link: untrack(|| self.link()), notices }));
            }
            Command::GetLink => answer(Ok(untrack(|| Outcome::Link { link: self.link(), url: self.whole_page() }))),
            Command::GetMetrics => {
                let metrics = run.state().with_untracked(|state| state.metrics(&experiment.get_untracked(), self.goal(state)));
                answer(Ok(Outcome::Metrics(Box::new(metrics))));
            }
            Command::GetState => self.tell_state(WaitingForState { id, parks: false }),
            Command::Park => self.tell_state(WaitingForState { id, parks: true }),
            Command::SetState { state } => self.take_state(id, &state),
        }
    }

    /// Begins a run or lets the one there is go on; as soon as there are images.
    fn begin(self, wanted: Wanted) -> Result<(), String> {
        let Controllers { run, experiment, .. } = self.with;
        // A parked run goes on by Play or Step as any other.
        if untrack(|| run.can_continue() && !run.of_run(Run::is_parked).unwrap_or(false)) {
            run.continue_from_memory(wanted);
            return Ok(());
        }
        if untrack(|| run.is_finished()) {
            return Err(translated(FINISHED).into());
        }
        if untrack(|| run.is_over()) {
            return Err(translated(STOPPED).into());
        }
        if let Some(problem) = experiment.problems().with_untracked(|problems| problems.first().map(|problem| sentence(&problem.sentence)))
        {
            return Err(problem);
        }
        self.wish.set(Some(wanted));
        Ok(())
    }

    /// Does what was asked for once it can be done.
    pub(super) fn follow_wish(self) {
        let run = self.with.run;
        Effect::new(move |_| {
            let Some(wanted) = self.wish.get() else { return };
            if !run.exists() && !run.can_begin() {
                return;
            }
            self.wish.set(None);
            match wanted {
                Wanted::OneStep => run.step(),
                _ => run.play(),
            }
        });
    }

    /// Asks the trainer for a checkpoint; the answer follows when it is there.
    fn tell_state(self, waiting: WaitingForState) {
        let run = self.with.run;
        self.waiting.update_value(|all| all.push(waiting));
        if waiting.parks {
            run.pause();
        }
        if !run.state().with_untracked(RunState::awaits_checkpoint) {
            run.ask_for_checkpoint();
        }
        self.after_checkpoint();
    }

    /// Answers those who wait for the state of the run.
    pub(super) fn answer_waiting(self) {
        let Controllers { run, experiment, .. } = self.with;
        let waiting = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
        if waiting.is_empty() {
            return;
        }
        let (trained, work) = run.state().with_untracked(|state| {
            (state.run().map(|run| run.plan.experiment.clone()), state.remembered_work().map(|work| work.to_bytes()))
        });
        // That of the run, whatever the controls say by now.
        let experiment = trained.unwrap_or_else(|| experiment.get_untracked());
        let options = self.with.view.options_untracked().of_whole_page();
        let link = self.with.view.from_author.with_untracked(|author| permalink::write_with(&experiment, &options, author));
        let state = EmbedState { link, work }.to_text();
        if waiting.iter().any(|waiting| waiting.parks) {
            self.give_up();
        }
        for WaitingForState { id, .. } in waiting {
            self.port.say(&Answer::of(id, Ok(Outcome::State { state: state.clone() })));
        }
    }

    /// Takes over a run as another frame left it. It waits, without a worker, until it is played.
    fn take_state(self, id: u64, text: &str) {
        let read = read_state(text);
        spawn_local(async move {
            let outcome = match read {
                Ok((link, work)) => self.restore(&link, work).await,
                Err(sentence) => Err(sentence),
            };
            self.port.say(&Answer::of(id, outcome));
        });
    }

    async fn restore(self, link: &str, work: Option<KeptWork>) -> Result<Outcome, String> {
        let Controllers { run, experiment, dataset, notices, .. } = self.with;
        let read = permalink::read(link);
        self.with.view.from_author.set(read.from_author);
        let mut asked = read.experiment;
        if let Some(contents) = work.as_ref().and_then(|work| FileContents::of(&work.checkpoint)) {
            contents.set_run(&mut asked);
        }
        self.wish.set(None);
        run.reset();
        experiment.open(asked);
        if let Some(work) = work {
            let changes = self.changes.get_value();
            let is_there = dataset.load_now(experiment, notices, None).await;
            if self.changes.get_value() != changes {
                return Err(translated(OVERTAKEN).into());
            }
            if !is_there || !run.restore(work) {
                return Err(text!("The images of this run are not there, so it cannot go on here. Its settings are set.").into());
            }
        } else {
            dataset.load(experiment, notices, None);
        }
        Ok(Outcome::StateSet { link: untrack(|| self.link()) })
    }
}

/// The link in a state, and the run.
fn read_state(text: &str) -> Result<(String, Option<KeptWork>), String> {
    let EmbedState { link, work } = EmbedState::read(text)?;
    let work = work.map(|bytes| KeptWork::from_bytes(&bytes).map_err(|_| translated(DAMAGED).to_owned())).transpose()?;
    if let Some(work) = &work {
        WeightsFile::new("The state".into(), work.checkpoint.clone()).map_err(|error| sentence(&error.to_string()))?;
    }
    Ok((link, work))
}
