//! What can be done with the drawing: blocks dropped and added, paths shown, pictures saved.

use super::follow::{follow, listen};
use super::markup::{mark, of_target, say, set};
use super::more_settings::SettingsWish;
use super::parts;
use super::session::Session;
use super::slow_motion;
use crate::drawing::network::{Part, Paths};
use crate::spec::BlockPlace;
use crate::ui::signals::Signal;

const PICTURES: &str = r#"<div class=field-row>
<span class=caption id=picture-note role=status></span>
<button class=quiet id=picture-svg title="The drawing as it is seen, in light colours, for a paper">SVG</button>
<button class=quiet id=picture-png title="The same with three pixels for each">PNG</button>
<button class=quiet id=picture-dot title="Every layer and connection, for Graphviz">DOT</button>
</div>"#;
const EDITS: &str = r#"<div class=field-row>
<button class=quiet id=block-drop aria-keyshortcuts=Delete disabled>Drop a block</button>
<button class=quiet id=block-add aria-keyshortcuts=Insert disabled>Add a block behind it</button>
<span class=caption id=block-note role=status>Click a block of the drawing first.</span>
</div>
<div class=field-row>
<button class=quiet id=path-shortest aria-pressed=false>Shortest path</button>
<button class=quiet id=path-longest aria-pressed=false>Longest path</button>
<span class=caption id=paths data-testid=paths></span>
</div>"#;

/// Buttons under the drawing, those of [slow motion](slow_motion) before all others.
pub fn html() -> String {
    ["<div class=drawing-edits id=drawing-edits>", slow_motion::HTML, PICTURES, EDITS, "</div>"].concat()
}

/// Keeps the number of paths.
pub fn keep_paths(session: Session) {
    follow(move || say("paths", &session.spec.with(|spec| Paths::of(spec).in_words())));
}

/// Lets them do what they say; `chosen` is what was pointed at or focused last.
pub fn start(session: Session, chosen: Signal<Option<Part>>) {
    let path = Signal::new("");
    let toggle = move |which: &'static str| path.update(|path| *path = if *path == which { "" } else { which });
    listen("drawing-edits", &["click"], move |event| match of_target(event, "id").as_str() {
        "block-drop" => edit(session, chosen.get_untracked().as_ref(), Edit::Drop),
        "block-add" => edit(session, chosen.get_untracked().as_ref(), Edit::AddBehind),
        "path-shortest" => toggle("shortest"),
        "path-longest" => toggle("longest"),
        "picture-svg" => parts::settings(SettingsWish::Svg(picture_name(session, "svg"))),
        "picture-png" => parts::settings(SettingsWish::Png(picture_name(session, "png"))),
        "picture-dot" => parts::settings(SettingsWish::Dot),
        _ => {}
    });
    follow(move || show_path(path.get()));
    follow(move || show_block(chosen.with(|chosen| block_of(chosen.as_ref()))));
}

/// A change of the number of blocks.
#[derive(Clone, Copy, PartialEq)]
pub enum Edit {
    /// Take the block out.
    Drop,
    /// Put another behind it.
    AddBehind,
}

/// Changes the network at the block that is chosen, or says why not.
pub fn edit(session: Session, chosen: Option<&Part>, edit: Edit) {
    let Some(place) = block_of(chosen) else { return };
    let mut experiment = session.experiment.get_untracked();
    let network = &mut experiment.network;
    let done = if edit == Edit::Drop { network.drop_block(place) } else { network.add_block_behind(place) };
    let note = match edit {
        _ if done => "",
        Edit::Drop => "The last block of a stage stays: fewer stages are among the settings.",
        Edit::AddBehind => "The network is as deep as it can be.",
    };
    say("block-note", note);
    if done {
        session.experiment.set(experiment);
    }
}

/// The block that is meant; of a bundle of equal ones the last.
fn block_of(chosen: Option<&Part>) -> Option<BlockPlace> {
    match chosen {
        Some(Part::Blocks { stage, blocks } | Part::Arc { stage, blocks }) => {
            Some(BlockPlace { stage: *stage, block: blocks.end.checked_sub(1)? })
        }
        _ => None,
    }
}

fn show_block(block: Option<BlockPlace>) {
    let name = block.map_or_else(|| "a block".into(), |place| format!("block {} of stage {}", place.block + 1, place.stage + 1));
    say("block-drop", &format!("Drop {name}"));
    say("block-add", &format!("Add a block behind {}", if block.is_some() { &name } else { "it" }));
    for button in ["block-drop", "block-add"] {
        set(button, "disabled", &block.is_none().into());
    }
    say("block-note", if block.is_some() { "" } else { "Click a block of the drawing first." });
}

/// The style sheet dims what the path leaves out.
fn show_path(path: &str) {
    for which in ["shortest", "longest"] {
        mark(&format!("path-{which}"), "aria-pressed", Some(if which == path { "true" } else { "false" }));
    }
    mark("drawing-canvas", "data-path", Some(path));
}

fn picture_name(session: Session, extension: &str) -> String {
    session.spec.with_untracked(|spec| format!("resnet-{}.{extension}", spec.depth().layers()))
}
