//! One step told slowly: trained first, then told with what was measured in it, while the drawing shows which way it goes.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos_use::use_media_query;

use crate::app::components::unique_id;
use crate::app::context::{use_run, use_view};
use crate::language::text;
use crate::protocol::Phase;
use crate::run::step_walkthrough::{MotionScene, tell_step};
use crate::run::{Activity, Run};
use crate::spec::ResNetSpec;

/// Milliseconds in which a scene is read.
const SCENE_MS: u32 = 3500;

/// A button that trains one step, and the step in four scenes that go on by themselves or by hand.
#[component]
pub(super) fn TellStep() -> impl IntoView {
    let (run, view) = (use_run(), use_view());
    let hint = unique_id("tell-step");
    let still = use_media_query("(prefers-reduced-motion: reduce)");
    let awaited = RwSignal::new(None::<usize>);
    let story = Story::new();
    let can_tell = Memo::new(move |_| {
        awaited.with(Option::is_none) && !run.of_run(|run| run.is_over() || run.is_playing()).unwrap_or(!run.can_begin())
    });
    let why_not = move || {
        let run = run.of_run(|run| (run.is_over(), run.is_playing()));
        run.and_then(|(is_over, is_playing)| match (is_over, is_playing) {
            (true, _) => Some(text!("This run is over: begin a new one, or reset it, to be told a step.")),
            (_, true) => Some(text!("Pause the run to be told its next step.")),
            _ => None,
        })
    };
    let tell = move |_| {
        if !can_tell.get_untracked() {
            return;
        }
        story.clear();
        awaited.set(Some(untrack(|| run.of_run(Run::steps_done)).unwrap_or(0) + 1));
        run.step();
        if untrack(|| !run.exists()) {
            awaited.set(None);
        }
    };
    Effect::new(move |_| {
        let Some(steps) = awaited.get() else { return };
        if run.of_run(|run| matches!(run.activity, Activity::Failed(_))).unwrap_or(true) {
            awaited.set(None);
        } else if let Some(scenes) = run.of_run(|run| told(run, steps)).flatten() {
            awaited.set(None);
            // Who asked for no motion turns the pages.
            story.begin(scenes, still.get_untracked());
        }
    });
    // What was told of a run goes with it.
    let run_exists = Memo::new(move |_| run.exists());
    Effect::new(move |_| {
        if !run_exists.get() {
            story.clear();
        }
    });
    Effect::new(move |_| view.sweep.set(story.scene().filter(|_| !story.is_over.get()).map(|scene| scene.sweep)));
    on_cleanup(move || {
        story.stop();
        view.sweep.set(None);
    });
    let words = move || if awaited.get().is_some() { text!("Training the step…").into() } else { story.sentence() };
    view! {
        <div class="gradients-part">
            <div class="gradients-row">
                <button
                    type="button"
                    class="quiet"
                    title=why_not
                    aria-disabled=move || (!can_tell.get()).to_string()
                    aria-describedby=hint.clone()
                    on:click=tell
                >
                    {text!("Tell one step")}
                </button>
                <span class="gradients-note" id=hint>
                    {text!("Trains one step and tells it slowly: forward, loss, backward, update. The drawing shows which way it goes.")}
                </span>
            </div>
            <p class="gradients-scene" role="status" aria-label=text!("The told step")>
                {words}
            </p>
            <div class="gradients-row" hidden=move || story.scenes.with(Vec::is_empty)>
                <TurnButton
                    words=text!("Back")
                    is_possible=Signal::derive(move || story.at.get() > 0)
                    turn=Callback::new(move |()| story.turn(-1))
                />
                <button type="button" class="quiet" on:click=move |_| story.toggle()>
                    {move || if story.is_paused.get() { text!("Continue") } else { text!("Pause") }}
                </button>
                <TurnButton
                    words=text!("Next")
                    is_possible=Signal::derive(move || !story.is_at_end())
                    turn=Callback::new(move |()| story.turn(1))
                />
            </div>
        </div>
    }
}

/// Goes one scene back or on. It keeps the focus at either end.
#[component]
fn TurnButton(
    /// Its words.
    words: &'static str,
    /// Whether there is a scene on that side.
    is_possible: Signal<bool>,
    /// Turns.
    turn: Callback<()>,
) -> impl IntoView {
    view! {
        <button type="button" class="quiet" aria-disabled=move || (!is_possible.get()).to_string() on:click=move |_| turn.run(())>
            {words}
        </button>
    }
}

/// The scenes of a step and which of them is told.
#[derive(Clone, Copy)]
struct Story {
    scenes: RwSignal<Vec<MotionScene>>,
    at: RwSignal<usize>,
    is_paused: RwSignal<bool>,
    /// Whether the last scene has stood there long enough: its words stay, the drawing comes to rest.
    is_over: RwSignal<bool>,
    /// Dropped, it never fires.
    timer: StoredValue<Option<Timeout>, LocalStorage>,
}

impl Story {
    fn new() -> Self {
        Self {
            scenes: RwSignal::new(Vec::new()),
            at: RwSignal::new(0),
            is_paused: RwSignal::new(false),
            is_over: RwSignal::new(false),
            timer: StoredValue::new_local(None),
        }
    }

    fn begin(self, scenes: Vec<MotionScene>, is_paused: bool) {
        self.at.set(0);
        self.is_over.set(false);
        self.is_paused.set(is_paused);
        self.scenes.set(scenes);
        self.plan();
    }

    fn clear(self) {
        self.stop();
        self.scenes.set(Vec::new());
    }

    /// Ends the timer.
    fn stop(self) {
        drop(self.timer.try_update_value(Option::take));
    }

    /// By hand: it goes on by itself only when asked to.
    fn turn(self, by: isize) {
        let last = self.scenes.with_untracked(Vec::len).saturating_sub(1);
        self.stop();
        self.is_paused.set(true);
        self.is_over.set(false);
        self.at.update(|at| *at = at.saturating_add_signed(by).min(last));
    }

    fn toggle(self) {
        let is_paused = !self.is_paused.get_untracked();
        self.is_paused.set(is_paused);
        if is_paused {
            self.stop();
        } else {
            self.plan();
        }
    }

    fn is_at_end(self) -> bool {
        self.at.get() + 1 >= self.scenes.with(Vec::len)
    }

    fn scene(self) -> Option<MotionScene> {
        self.scenes.with(|scenes| scenes.get(self.at.get()).cloned())
    }

    fn sentence(self) -> String {
        self.scene().map(|scene| scene.sentence).unwrap_or_default()
    }

    /// Goes on after a while, unless it is paused.
    fn plan(self) {
        self.stop();
        if self.is_paused.get_untracked() {
            return;
        }
        self.timer.set_value(Some(Timeout::new(SCENE_MS, move || self.go_on())));
    }

    fn go_on(self) {
        if untrack(|| self.is_at_end()) {
            self.is_over.set(true);
        } else {
            self.at.update(|at| *at += 1);
            self.plan();
        }
    }
}

/// The scenes of the last step, once it is over and was looked at.
fn told(run: &Run, awaited: usize) -> Option<Vec<MotionScene>> {
    let is_over = matches!(run.activity, Activity::Trainer(Phase::Paused | Phase::Finished | Phase::Evaluating { .. }));
    let (step, look) = (run.steps.last()?, run.looks.last()?);
    if !is_over || run.steps_done() < awaited || look.gradients.step != step.step {
        return None;
    }
    let experiment = &run.plan.experiment;
    let spec = ResNetSpec::new(experiment.network.clone()).ok()?;
    Some(tell_step(&spec, &experiment.hyperparameters, step, look))
}
