//! Asks the trainer for predictions at the end of an epoch, where that does not slow training down.

use leptos::prelude::*;

use crate::app::context::RunController;
use crate::app::services::clock::now_ms;
use crate::protocol::{Phase, TrainCommand};
use crate::run::{Activity, PredictionPace, Run};

/// What is looked at to tell when to ask.
#[derive(Debug, Clone, PartialEq)]
struct Moment {
    /// Tells runs apart.
    run: u64,
    epochs: usize,
    evaluates: bool,
    /// Paused or over.
    waits: bool,
    can_be_asked: bool,
    has_trainer: bool,
    /// Where the last answer lies.
    answer: Option<usize>,
}

/// Asks for as long as there is a page.
pub fn ask_now_and_then(run: RunController) {
    let moment = Memo::new(move |_| {
        run.state().with(|state| {
            let run = state.run()?;
            let waits = matches!(run.activity, Activity::Trainer(Phase::Paused | Phase::Finished));
            Some(Moment {
                run: state.history.next_id(),
                epochs: run.epochs.len(),
                evaluates: matches!(run.activity, Activity::Trainer(Phase::Evaluating { .. })),
                waits,
                can_be_asked: run.can_be_asked(),
                has_trainer: run.device.is_some(),
                answer: run.predictions.as_ref().map(|answer| std::sync::Arc::as_ptr(answer) as usize),
            })
        })
    });
    let pace = StoredValue::new(PredictionPace::default());
    // Epochs that were over when it was last asked.
    let asked_at = StoredValue::new(0_usize);
    Effect::new(move |before: Option<Option<Moment>>| {
        let now = moment.get();
        let before = before.flatten();
        let Some(here) = &now else { return now };
        let same_run = before.as_ref().is_some_and(|before| before.run == here.run);
        if !same_run {
            pace.set_value(PredictionPace::default());
            asked_at.set_value(0);
        }
        let before = before.filter(|_| same_run);
        let now_ms = now_ms();
        pace.update_value(|pace| {
            if !here.has_trainer {
                pace.trainer_is_gone();
            }
            if here.evaluates {
                pace.evaluates(now_ms);
            }
            if before.as_ref().is_some_and(|before| before.epochs < here.epochs) {
                pace.epoch_ended(now_ms);
            }
            if here.answer.is_some() && before.as_ref().is_none_or(|before| before.answer != here.answer) {
                pace.answered(now_ms);
            }
        });
        // Only what an epoch has changed is worth asking about.
        let is_news = here.epochs > asked_at.get_value();
        if is_news && here.can_be_asked {
            let training_ms = untrack(|| run.of_run(|run: &Run| run.training_ms)).unwrap_or(0.0);
            if pace.with_value(|pace| pace.may_ask(now_ms, training_ms, here.waits)) {
                pace.update_value(|pace| pace.asked(now_ms));
                asked_at.set_value(here.epochs);
                run.ask(TrainCommand::Predict);
            }
        }
        now
    });
}
