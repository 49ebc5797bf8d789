//! How close the network is drawn and seen, and the way to a layer by its name.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, KeyboardEvent};

use super::explorer::Explorer;
use crate::drawing::network::{Detail, Part};
use crate::ui::follow::{follow, listen};
use crate::ui::markup::{button_of, mark, of_target, say, set};
use crate::ui::signals::Kept;

const CLOSER: f64 = 1.6;

/// Buttons and the field.
pub const HTML: &str = "<div class=drawing-tools id=drawing-tools>\
<span class=drawing-choice role=group aria-label='Draw every'>\
<button class=quiet id=draw-stages aria-pressed=true title='Long stages are folded'>Stages</button>\
<button class=quiet id=draw-blocks title='Every block by itself'>Blocks</button>\
<button class=quiet id=draw-layers title='Every layer of every block'>Layers</button></span>\
<span class=drawing-choice role=group aria-label=Zoom>\
<button class='quiet icon' id=zoom-out aria-label='Zoom out'>−</button>\
<button class='quiet icon' id=zoom-in aria-label='Zoom in'>+</button>\
<button class=quiet id=zoom-fit>Fit</button></span>\
<button class=quiet id=drawing-open disabled>Open block</button>\
<span class=drawing-find><input id=drawing-find type=search placeholder='Find a layer' aria-label='Find a layer by its name' \
list=drawing-names autocomplete=off spellcheck=false title='Enter goes through all that match, Shift+Enter back, the down arrow into the drawing'>\
<datalist id=drawing-names></datalist><span id=drawing-found role=status></span></span></div>";

/// Names offered while one is typed.
const OFFERED: usize = 12;

/// Lets them do what they say.
pub fn start(explorer: Explorer) {
    // Layers that match what was typed, and which of them is shown.
    let found = Kept::new((String::new(), Vec::<usize>::new(), 0usize));
    let shown_one = move |takes_focus: bool| {
        let (_, matches, at) = found.get();
        if let Some(node) = matches.get(at) {
            explorer.show_layer(*node, takes_focus);
            let name = explorer.graph.with_untracked(|graph| graph.nodes.get(*node).map(|node| node.name.clone()).unwrap_or_default());
            say("drawing-found", &format!("{} of {}: {name}", at + 1, matches.len()));
        }
    };
    let typed = move |event: &Event| {
        let text = of_target(event, "value");
        let matches = explorer.find(&text);
        let names: String = explorer.graph.with_untracked(|graph| {
            let offered = matches.iter().take(OFFERED).filter_map(|node| graph.nodes.get(*node));
            offered.map(|node| format!("<option value=\"{}\">", node.name)).collect()
        });
        set("drawing-names", "innerHTML", &names.into());
        let said = match (text.trim().is_empty(), matches.len()) {
            (true, _) => String::new(),
            (false, 0) => "no layer of that name: try conv2, or stages.1.blocks.0.bn1".into(),
            (false, 1) => "1 layer".into(),
            (false, count) => format!("{count} layers"),
        };
        say("drawing-found", &said);
        found.set((String::new(), matches, 0));
    };
    let key = move |event: &KeyboardEvent| {
        let (last, mut matches, at) = found.get();
        let text = of_target(event, "value");
        match event.key().as_str() {
            "Enter" => {
                // The network may have changed since.
                matches = if last.is_empty() { explorer.find(&text) } else { matches };
                let count = matches.len().max(1);
                let next = match (last.is_empty(), event.shift_key()) {
                    (true, _) => 0,
                    (false, false) => (at + 1) % count,
                    (false, true) => (at + count - 1) % count,
                };
                let is_only = matches.len() == 1;
                found.set((text, matches, next));
                shown_one(is_only);
            }
            // Among the names that are offered the arrow moves on; behind a layer that is shown it leads there.
            "ArrowDown" if !last.is_empty() => shown_one(true),
            "Escape" => explorer.level_out(),
            _ => return,
        }
        event.prevent_default();
    };
    // Names are of the network that is drawn.
    follow(move || {
        explorer.graph.track();
        found.set((String::new(), Vec::new(), 0));
        say("drawing-found", "");
    });
    follow(move || {
        let detail = explorer.unfolding.with(crate::drawing::network::Unfolding::detail);
        for (button, of) in [("draw-stages", Detail::Stages), ("draw-blocks", Detail::Blocks), ("draw-layers", Detail::Layers)] {
            mark(button, "aria-pressed", Some(if detail == of { "true" } else { "false" }));
        }
    });
    follow(move || {
        explorer.unfolding.track();
        let part = explorer.focused.get();
        let is_open = part
            .as_ref()
            .and_then(|part| explorer.block_of(part))
            .map(|place| explorer.unfolding.with(|unfolding| unfolding.is_open(place)));
        let (text, can) = match (&part, is_open) {
            (Some(Part::Blocks { blocks, .. }), _) if blocks.len() > 1 => ("Unfold blocks", true),
            (_, Some(true)) => ("Close block", true),
            (_, Some(false)) => ("Open block", true),
            _ => ("Open block", false),
        };
        say("drawing-open", text);
        set("drawing-open", "disabled", &JsValue::from(!can));
    });
    listen("drawing-tools", &["click"], move |event| match button_of(event).as_str() {
        "draw-stages" => explorer.set_detail(Detail::Stages),
        "draw-blocks" => explorer.set_detail(Detail::Blocks),
        "draw-layers" => explorer.set_detail(Detail::Layers),
        "zoom-out" => explorer.zoom(1.0 / CLOSER),
        "zoom-in" => explorer.zoom(CLOSER),
        "zoom-fit" => explorer.fit(),
        "drawing-open" => explorer.focused.get_untracked().iter().for_each(|part| explorer.open(part)),
        _ => {}
    });
    listen("drawing-find", &["input"], typed);
    listen("drawing-find", &["keydown"], move |event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
            key(event);
        }
    });
}
