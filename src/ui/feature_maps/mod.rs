//! What the network sees in one image, held out or the visitor's own: maps of a layer, prediction, class activation map.

mod camera;
mod html;
mod own_image;

use wasm_bindgen::JsValue;
use web_sys::Event;

use crate::insight::feature_maps::{ImageLook, ImageQuestion};
use crate::protocol::{Phase, TrainCommand};
use crate::run::{Activity, Run};

pub use own_image::listen_for_images;

use super::follow::{follow, keep, listen};
use super::markup::{focus_again, of_target, set};
use super::session::Session;
use crate::ui::signals::{Kept, Memo, Signal, untrack};

const EMPTY: &str = "Press Play or Step, then look at a held-out image: the maps of any layer, what the network takes it for, \
                     and where that comes from.";

/// A panel that costs nothing until it is first asked.
pub fn html() -> String {
    format!(
        "<section class=panel aria-labelledby=feature-maps id=look data-testid=feature-maps><div class=panel-head>\
         <h2 id=feature-maps>What the network sees</h2><p class=panel-lead>in one image, held out or your own</p></div>\
         <div id=look-empty><p class=caption>{EMPTY}</p>\
         <div class=experiment-buttons><button class=quiet id=look-first disabled>Look at an image</button></div></div><div id=look-shown></div>{}{}</section>",
        own_image::HTML,
        camera::HTML
    )
}

thread_local! {
    static PANEL: Panel = Panel {
        session: Session::of_page(),
        question: Signal::new(None),
        covered: Signal::new(true),
        pressed: Kept::new(String::new()),
    };
}

/// Looks at an image file of the visitor's own.
pub fn look_at(file: JsValue) {
    let panel = PANEL.with(|panel| *panel);
    own_image::take(file, move |pixels| panel.look_at(pixels));
}

/// Keeps it.
pub fn start(session: Session) {
    let panel = PANEL.with(|panel| *panel);
    follow(move || panel.ask_again());
    let look = Memo::new(move |_| session.of_run(|run| run.image_look.clone()).flatten());
    follow(move || {
        let covered = panel.covered.get();
        let html = look.with(|look| look.as_deref().map(|look| panel.html(look, covered)));
        set("look-empty", "hidden", &html.is_some().into());
        set("look-shown", "innerHTML", &html.unwrap_or_default().into());
    });
    // What was pressed is written anew when the answer comes.
    follow(move || {
        look.track();
        let pressed = panel.pressed.update(std::mem::take);
        if !pressed.is_empty() {
            focus_again(pressed);
        }
    });
    for control in ["look-first", own_image::INPUT] {
        keep(control, "disabled", move || !session.of_run(Run::can_be_asked).unwrap_or(false));
    }
    // A camera that is on can be turned off, whatever became of the run.
    keep(camera::BUTTON, "disabled", move || !session.of_run(Run::can_be_asked).unwrap_or(false) && !camera::is_on());
    listen("look", &["click"], move |event| panel.clicked(event));
    listen("look", &["change"], move |event| panel.changed(event));
    camera::start(move |pixels| panel.look_at(pixels));
}

#[derive(Clone, Copy)]
struct Panel {
    session: Session,
    /// What was last asked; none before the first time.
    question: Signal<Option<ImageQuestion>>,
    /// Whether the class activation map lies over the image.
    covered: Signal<bool>,
    /// `id` of the button whose answer is awaited.
    pressed: Kept<String>,
}

impl Panel {
    fn look_at(self, pixels: Vec<u8>) {
        self.ask(|question| (question.own, question.class) = (Some(pixels), None));
    }

    /// Asks the trainer what a change of the question gives.
    fn ask(self, change: impl FnOnce(&mut ImageQuestion)) {
        let mut question = self.question.get_untracked().unwrap_or_default();
        change(&mut question);
        self.question.set(Some(question.clone()));
        if untrack(|| self.session.of_run(Run::can_be_asked).unwrap_or(false)) {
            self.session.ask(TrainCommand::LookAtImage(question));
        }
    }

    /// Asks the same again once the run has come further and waits.
    fn ask_again(self) {
        let waits = |run: &Run| {
            let is_newer = run.image_look.as_ref().is_none_or(|look| look.steps_done != run.steps_done());
            let rests = matches!(run.activity, Activity::Trainer(Phase::Paused | Phase::Finished));
            is_newer && rests && run.can_be_asked()
        };
        if self.session.of_run(waits).unwrap_or(false) && self.question.with_untracked(Option::is_some) {
            // The explained class follows the prediction again.
            self.ask(|question| question.class = None);
        }
    }

    fn clicked(self, event: &Event) {
        let id = of_target(event, "id");
        let shown = self
            .session
            .run
            .with_untracked(|state| state.run().and_then(|run| run.image_look.as_ref().map(|look| (look.question.image, look.images))));
        let (image, images) = shown.unwrap_or((0, 1));
        let of = |action: &str| id.strip_prefix(action)?.parse::<usize>().ok();
        let to = |image: usize| self.ask(|question| (question.image, question.own, question.class) = (image, None, None));
        match id.as_str() {
            "look-first" => self.ask(|_| {}),
            "look-before" => to((image + images - 1) % images.max(1)),
            "look-after" => to((image + 1) % images.max(1)),
            "look-cover" => self.covered.update(|covered| *covered ^= true),
            _ => {
                if let Some(image) = of(html::IMAGE) {
                    to(image);
                } else if let Some(class) = of(html::CLASS) {
                    self.ask(|question| question.class = Some(class));
                } else {
                    return;
                }
            }
        }
        self.pressed.set(id.clone());
        focus_again(id);
    }

    fn changed(self, event: &Event) {
        if of_target(event, "id") == html::PLACE
            && let Ok(place) = of_target(event, "value").parse()
        {
            self.ask(|question| question.place = place);
        }
    }

    fn html(self, look: &ImageLook, covered: bool) -> String {
        let network = self.session.run.with_untracked(|state| state.run().map(|run| (run.plan.request.network.clone(), run.class_names())));
        let Some((network, names)) = network else { return String::new() };
        let places = crate::spec::ResNetSpec::new(network).map(|spec| crate::insight::feature_maps::places(&spec)).unwrap_or_default();
        html::shown(look, &places, &names, covered)
    }
}
