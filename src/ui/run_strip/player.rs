//! Play / Pause, Step, Reset.

use crate::run::{Run, RunState};
use crate::ui::follow::{follow, keep, listen};
use crate::ui::markup::{button_of, mark, say, set};
use crate::ui::parts;
use crate::ui::session::{Command, Session};
use crate::ui::signals::untrack;

/// The three buttons.
pub const HTML: &str = r#"<div class=player id=player>
<button class=play id=play><svg viewBox="0 0 12 12" width=13 height=13 aria-hidden=true><path id=play-shape fill="currentColor" /></svg><span id=play-word></span></button>
<button class=quiet id=step title="Train one step, then pause">Step</button>
<button class="quiet applies" id=retune title="Go on from here with the settings shown now: the curves so far stay" hidden>Change from here</button>
<button class="quiet reset" id=reset></button>
</div>"#;

/// Offers to go on with other settings where a run can.
pub fn start_run_part(session: Session) {
    let can_retune = move || session.experiment.with(|asked| session.of_run(|run| run.can_retune(asked))).unwrap_or(false);
    keep("retune", "hidden", move || !(applies(session) && can_retune()));
}

fn applies(session: Session) -> bool {
    session.needs_restart.get() && session.can_begin()
}

/// Keeps what they do and say.
pub fn start(session: Session) {
    follow(move || {
        let is_playing = session.run.with(RunState::is_playing);
        let over = session.of_run(Run::is_over);
        let can_begin = session.can_begin();
        let (shape, word) = if is_playing { ("M2 1h3v10H2zM7 1h3v10H7z", "Pause") } else { ("M2 .8v10.4L11 6z", "Play") };
        mark("play-shape", "d", Some(shape));
        say("play-word", word);
        let title = match (over, can_begin) {
            (Some(true), _) => "This run is over: Reset makes way for the next one",
            (None, false) => "Not yet: see the line below and the marked fields",
            _ if is_playing => "Pause after the step under way (Space)",
            _ => "Train this network in this tab (Space)",
        };
        set("play", "title", &title.into());
        // With a run Play and Step go on with it; without one they begin it.
        for button in ["play", "step"] {
            set(button, "disabled", &over.unwrap_or(!can_begin).into());
        }
        set("reset", "disabled", &over.is_none().into());
        let (class, words, title) = if applies(session) {
            ("quiet reset applies", "Apply changes", "Begin the run again with the settings shown now")
        } else {
            ("quiet reset", "Reset", "End the run and clear its curves")
        };
        set("reset", "className", &class.into());
        set("reset", "title", &title.into());
        say("reset", words);
    });
    listen("player", &["click"], move |event| match button_of(event).as_str() {
        "play" => parts::run(Command::Toggle),
        "step" => parts::run(Command::Step),
        "retune" => parts::run(Command::Retune),
        "reset" if untrack(|| applies(session)) => parts::run(Command::ApplyChanges),
        "reset" => parts::run(Command::Reset),
        _ => {}
    });
}
