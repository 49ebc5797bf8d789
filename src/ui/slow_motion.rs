//! One step in slow motion: trained first, then told with what was measured in it, while the drawing shows which way it goes.

use std::cell::Cell;
use std::collections::VecDeque;
use std::time::Duration;

use super::browser::later;
use super::follow::{follow, keep, listen};
use super::markup::{mark, say};
use super::parts;
use super::session::{Command, Session};
use super::signals::Signal;
use crate::protocol::Phase;
use crate::run::step_walkthrough::{MotionScene, Sweep, tell_step};
use crate::run::{Activity, Run};
use crate::spec::ResNetSpec;

/// Long enough to read a scene.
const SCENE: Duration = Duration::from_millis(3500);

/// The button and where the step is told.
pub const HTML: &str = "<div class=field-row><button class=quiet id=slow-motion disabled \
    title=\"Trains one step and tells what happened in it: forward, loss, backward, update\">One step in slow motion</button>\
    <span class=caption id=slow-motion-words role=status data-testid=slow-motion></span></div>";

thread_local! {
    /// Steps there must be before there is something to tell.
    static AWAITED: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Lets the button do what it says.
pub fn keep_button(session: Session) {
    keep("slow-motion", "disabled", move || {
        session.tells_step.get() || session.of_run(|run| run.is_over() || run.is_playing()).unwrap_or(!session.can_begin())
    });
    listen("slow-motion", &["click"], |_| parts::run(Command::TellStep));
}

/// Trains a step, to tell it when it is done.
pub fn tell(session: Session) {
    AWAITED.set(Some(session.run.with_untracked(|state| state.run().map_or(0, Run::steps_done)) + 1));
    session.tells_step.set(true);
    say("slow-motion-words", "Training the step…");
    session.step();
    if session.run.with_untracked(|state| state.run().is_none()) {
        session.tells_step.set(false);
        say("slow-motion-words", "");
    }
}

/// Tells steps that are done.
pub fn start(session: Session) {
    let busy = session.tells_step;
    follow(move || {
        let has_failed = session.of_run(|run| matches!(run.activity, Activity::Failed(_))).unwrap_or(true);
        let Some(steps) = AWAITED.get() else { return };
        if has_failed {
            say("slow-motion-words", "");
            AWAITED.set(None);
            busy.set(false);
        } else if let Some(scenes) = session.of_run(|run| told(run, steps)).flatten() {
            AWAITED.set(None);
            show(scenes.into(), busy);
        }
    });
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

fn show(mut scenes: VecDeque<MotionScene>, busy: Signal<bool>) {
    let scene = scenes.pop_front();
    let sweep = scene.as_ref().map(|scene| match scene.sweep {
        Sweep::Forward => "forward",
        Sweep::Backward => "backward",
        Sweep::Everywhere => "everywhere",
    });
    mark("drawing-canvas", "data-sweep", sweep);
    if let Some(scene) = scene {
        say("slow-motion-words", &scene.sentence);
        later(move || show(scenes, busy), SCENE);
    } else {
        busy.set(false);
    }
}
