//! What the network makes of one image: the question that was asked, and the answer.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use crate::insight::feature_maps::{ImageLook, ImageQuestion};
use crate::language::{marked, translated};
use crate::protocol::{Phase, TrainCommand};
use crate::run::{Activity, Run};

use super::RunController;
use crate::app::services::square_image::{ImageSource, square_pixels};

const WAITS: &str = marked!("Your image is ready: press Play or Step, and the network looks at it.");
const NO_IMAGE: &str = marked!("The browser cannot read this as an image: try a PNG, JPEG or WebP file.");

/// Handle to the question and its answer. They stay while other tabs are open.
#[derive(Clone, Copy)]
pub struct FeatureMapsController {
    run: RunController,
    question: RwSignal<Option<ImageQuestion>>,
    look: Memo<Option<Arc<ImageLook>>>,
    note: RwSignal<String>,
    /// Whether the class activation map lies over the image.
    pub shows_heat_map: RwSignal<bool>,
}

impl FeatureMapsController {
    /// Nothing was asked yet.
    pub fn new(run: RunController) -> Self {
        // Compared with what is shown, so that steps that change nothing in it copy nothing either.
        let look = Memo::new(move |before: Option<&Option<Arc<ImageLook>>>| {
            let newest = |run: &Run| {
                let newest = run.image_look.as_deref()?;
                let same = before.and_then(Option::as_ref).filter(|shown| ***shown == *newest);
                Some(same.cloned().unwrap_or_else(|| Arc::new(newest.clone())))
            };
            run.of_run(newest).flatten()
        });
        let (question, note) = (RwSignal::new(None), RwSignal::new(String::new()));
        Self { run, question, look, note, shows_heat_map: RwSignal::new(true) }
    }

    /// Asks again once the run has come further and waits.
    pub fn start(self) {
        Effect::new(move |_| {
            let is_behind = |run: &Run| {
                let is_newer = run.image_look.as_ref().is_none_or(|look| look.steps_done != run.steps_done());
                let rests = matches!(run.activity, Activity::Trainer(Phase::Paused | Phase::Finished));
                is_newer && rests && run.can_be_asked()
            };
            if self.run.of_run(is_behind).unwrap_or(false) && self.question.with_untracked(Option::is_some) {
                self.note.set(String::new());
                // The explained class follows the prediction again.
                self.ask(|question| question.class = None);
            }
        });
    }

    /// Whether the run's trainer can be asked. Tracks.
    pub fn can_ask(self) -> bool {
        self.run.can_be_asked()
    }

    /// What was asked last. Tracks.
    pub fn question(self) -> Option<ImageQuestion> {
        self.question.get()
    }

    /// The newest answer.
    pub fn look(self) -> Memo<Option<Arc<ImageLook>>> {
        self.look
    }

    /// What there is to say about an image that could not be had.
    pub fn note(self) -> RwSignal<String> {
        self.note
    }

    /// Held-out images that can be looked at. Tracks.
    pub fn images(self) -> usize {
        self.run.of_run(|run| run.plan.request.hyperparameters.held_out_images).unwrap_or(0)
    }

    /// Asks the trainer what a change of the question gives; before there is a run, it is asked once there is one.
    pub fn ask(self, change: impl FnOnce(&mut ImageQuestion)) {
        let mut question = self.question.get_untracked().unwrap_or_default();
        change(&mut question);
        self.question.set(Some(question.clone()));
        if untrack(|| self.can_ask()) {
            self.run.ask(TrainCommand::LookAtImage(question));
        }
    }

    /// Looks at a held-out image, counted from 0.
    pub fn look_at(self, image: usize) {
        self.note.set(String::new());
        self.ask(|question| (question.image, question.own, question.class) = (image, None, None));
    }

    /// Looks at an image of the visitor's own, `[32, 32, 3]`, one byte a channel.
    pub fn look_at_own(self, pixels: Vec<u8>) {
        self.note.set(if untrack(|| self.can_ask()) { "" } else { translated(WAITS) }.into());
        self.ask(|question| (question.own, question.class) = (Some(pixels), None));
    }

    /// Looks at an image file.
    pub fn look_at_file(self, file: File) {
        spawn_local(async move {
            match square_pixels(ImageSource::File(&file)).await {
                Ok(pixels) => self.look_at_own(pixels),
                Err(_) => self.note.set(translated(NO_IMAGE).into()),
            }
        });
    }
}
