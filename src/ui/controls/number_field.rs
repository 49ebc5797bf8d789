//! A number to type, with steps beside it where they help, and what is wrong with it underneath.
//!
//! The field works on text and knows no number types: one piece of code for all of them keeps the download small.

use crate::drawing::escape::escape;
use crate::experiment::Experiment;
use crate::experiment::validation::{Problem, Setting};
use crate::format::grouped;
use crate::ui::follow::{follow, keep_html, listen};
use crate::ui::markup::{button_of, mark, of_target, set};
use crate::ui::session::Session;

use crate::ui::signals::Signal;

/// Ends of the ids of the buttons beside a field.
const DOWN: &str = "down";
const UP: &str = "up";

/// What a field takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 0, 1, 2, …
    Whole,
    /// With a fraction.
    Decimal,
}

impl Kind {
    fn input_mode(self) -> &'static str {
        if self == Self::Whole { "numeric" } else { "decimal" }
    }

    fn expected(self) -> &'static str {
        if self == Self::Whole { "this needs a whole number" } else { "this needs a number, such as 0.003 or 3e-3" }
    }
}

/// One number of the experiment: how it is called and where it lives.
pub struct NumberSetting {
    /// Which.
    pub setting: Setting,
    /// `id` of its field.
    pub id: &'static str,
    /// Its name.
    pub label: &'static str,
    /// What it means, in one line.
    pub help: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// Writes it.
    pub write: fn(&Experiment) -> String,
    /// Reads it; `None` changes nothing.
    pub read: fn(&mut Experiment, &str) -> Option<()>,
    /// Buttons on both sides of it, if any.
    pub steps: Option<Steps>,
}

/// Buttons on both sides of a field.
pub struct Steps {
    /// Accessible names of the two, never containing the field's label: labels must stay unique.
    pub names: [&'static str; 2],
    /// The next smaller value, if there is one.
    pub down: fn(&Experiment) -> Option<usize>,
    /// The next larger value, if there is one.
    pub up: fn(&Experiment) -> Option<usize>,
}

/// What stands around a field.
#[derive(Clone, Copy, Default)]
pub struct FieldWords {
    /// `id` of muted words after the field.
    pub caption: Option<&'static str>,
    /// `id` of words before the field.
    pub before: Option<&'static str>,
    /// Shown in the place of the label, which the field keeps as its accessible name.
    pub shown_label: Option<&'static str>,
}

/// Label, field, problem.
pub fn number_field(of: &NumberSetting, words: FieldWords) -> String {
    let NumberSetting { id, label, help, .. } = of;
    let mode = of.kind.input_mode();
    let labels = words.shown_label.map_or_else(
        || format!("<label for={id}>{label}</label>"),
        |shown| format!("<label for={id} class=visually-hidden>{label}</label><span class=label aria-hidden=true>{shown}</span>"),
    );
    let before = words.before.map_or_else(String::new, |id| format!("<span class=value id={id}></span>"));
    let caption = words.caption.map_or_else(String::new, |id| format!("<span class=caption id={id}></span>"));
    let step =
        |side: &str, name: &str, sign: &str| format!("<button class=step id={id}-{side} aria-label={name} title={name}>{sign}</button>");
    let [down, up] = of.steps.as_ref().map_or_else(Default::default, |steps| {
        let [down, up] = steps.names;
        [step(DOWN, down, "−"), step(UP, up, "+")]
    });
    format!(
        "<div class=field title=\"{help}\">{labels}<div class=field-row>{before}<div id={id}-frame>{down}\
         <input id={id} type=text inputmode={mode} autocomplete=off spellcheck=false aria-describedby={id}-problem>{up}</div>{caption}</div>\
         <div class=field-problem id={id}-problem role=status></div></div>"
    )
}

/// Keeps number fields, which are inside the element of that `id`.
pub fn number_fields(session: Session, inside: &str, all: &'static [&'static NumberSetting]) {
    // The field that is being typed in: what stands there stays.
    let typed_in = Signal::new("");
    for of in all {
        follow(move || show(session, of, typed_in.get() == of.id));
        keep_html(format!("{}-problem", of.id).leak(), move || {
            session.problem(of.setting).map(|problem| advice(of, &problem)).unwrap_or_default()
        });
    }
    let take = move |of: &NumberSetting, text: &str| session.set(of.setting, text, &of.read, of.kind.expected());
    listen(inside, &["input", "focusout"], move |event| {
        let id = of_target(event, "id");
        let Some(of) = all.iter().find(|of| of.id == id) else { return };
        if event.type_() == "input" {
            typed_in.set(of.id);
            take(of, &of_target(event, "value"));
        } else {
            typed_in.set("");
        }
    });
    listen(inside, &["click"], move |event| {
        let button = button_of(event);
        let pressed = all.iter().find_map(|of| Some((of, button.strip_prefix(of.id)?.strip_prefix('-')?)));
        let Some((of, action)) = pressed else { return };
        let chosen = match (action, &of.steps) {
            (DOWN, Some(steps)) => session.experiment.with_untracked(steps.down),
            (UP, Some(steps)) => session.experiment.with_untracked(steps.up),
            _ => action.parse().ok(),
        };
        if let Some(chosen) = chosen {
            typed_in.set("");
            take(of, &chosen.to_string());
        }
    });
}

/// Brings a field up to date.
fn show(session: Session, of: &NumberSetting, is_typed_in: bool) {
    let is_wrong = session.problem(of.setting).is_some();
    let frame = ["number", if of.steps.is_some() { " stepper" } else { "" }, if is_wrong { " wrong" } else { "" }].concat();
    set(&format!("{}-frame", of.id), "className", &frame.into());
    mark(of.id, "aria-invalid", Some(if is_wrong { "true" } else { "false" }));
    session.experiment.with(|experiment| {
        // A text that is no number stays, so that nothing typed is lost.
        if !is_typed_in && !session.is_unreadable(of.setting) {
            set(of.id, "value", &(of.write)(experiment).into());
        }
        if let Some(steps) = &of.steps {
            for (side, next) in [(DOWN, steps.down), (UP, steps.up)] {
                set(&format!("{}-{side}", of.id), "disabled", &next(experiment).is_none().into());
            }
        }
    });
}

/// The sentence, and buttons for values that would do.
fn advice(of: &NumberSetting, problem: &Problem) -> String {
    let button = |suggestion: &usize| {
        format!("<button class=suggestion id={}-{suggestion} title=\"Use this value\">{}</button>", of.id, grouped(*suggestion))
    };
    let buttons: String = problem.suggestions.iter().map(button).collect();
    format!("<span>{}</span>{buttons}", escape(&problem.sentence))
}
