//! The way to a layer by its name.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, KeyboardEvent, Node};

use super::explorer::Explorer;
use crate::language::format::grouped;
use crate::language::{text, tr};

/// Names listed while one is typed.
const LISTED: usize = 8;

/// What was found, and which of it is shown.
#[derive(Debug, Clone, PartialEq, Default)]
struct Found {
    /// Places in the layer graph.
    layers: Vec<usize>,
    /// Place in `layers` of the one that is shown.
    shown: Option<usize>,
}

impl Found {
    /// The next of them, or the one before; the first to begin with.
    fn step(&mut self, back: bool) -> Option<usize> {
        let count = self.layers.len();
        if count == 0 {
            return None;
        }
        let next = match (self.shown, back) {
            (None, _) => 0,
            (Some(at), false) => (at + 1) % count,
            (Some(at), true) => (at + count - 1) % count,
        };
        self.shown = Some(next);
        self.layers.get(next).copied()
    }

    /// What stands beside the field; `name` is that of the layer that is shown.
    fn in_words(&self, name: &str) -> String {
        match (self.layers.len(), self.shown) {
            (0, _) => text!("no layer of that name").into(),
            (count, None) => tr!("1 layer" | "{layers} layers" % count, layers = grouped(count)),
            (count, Some(at)) => tr!("{place} of {count}: {name}", place = grouped(at + 1), count = grouped(count), name),
        }
    }
}

/// A field for a name. Enter goes through all that match, Shift+Enter back, the down arrow into the drawing.
#[component]
pub fn Search(
    /// State of the drawing.
    explorer: Explorer,
) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    let text = RwSignal::new(String::new());
    let found = RwSignal::new(Found::default());
    let has_focus = RwSignal::new(false);
    let name = move |node: usize| explorer.graph.with(|graph| graph.nodes.get(node).map(|node| node.name.clone()).unwrap_or_default());
    let look = move || found.set(Found { layers: text.with_untracked(|text| explorer.find(text)), shown: None });
    // Names are of the network that is drawn.
    Effect::new(move |_| {
        explorer.graph.with(|_| ());
        look();
    });
    let typed = move |typed: String| {
        text.set(typed);
        look();
    };
    let show = move |node: usize, takes_focus: bool| explorer.show_layer(node, takes_focus);
    let key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "Enter" => {
                let mut layer = None;
                found.update(|found| layer = found.step(event.shift_key()));
                let is_only = found.with_untracked(|found| found.layers.len() == 1);
                layer.iter().for_each(|layer| show(*layer, is_only));
            }
            // To the layer that is shown.
            "ArrowDown" => {
                let shown = found.with_untracked(|found| found.layers.get(found.shown?).copied());
                let Some(layer) = shown else { return };
                show(layer, true);
            }
            "Escape" => typed(String::new()),
            _ => return,
        }
        event.prevent_default();
    };
    let left = move |event: FocusEvent| {
        let to = event.related_target().and_then(|to| to.dyn_into::<Node>().ok());
        has_focus.set(to.is_some() && frame.get_untracked().is_some_and(|frame| frame.contains(to.as_ref())));
    };
    let is_open = Memo::new(move |_| has_focus.get() && text.with(|text| !text.trim().is_empty()));
    let words = move || {
        if !is_open.get() {
            return String::new();
        }
        found.with(|found| {
            let shown = found.shown.and_then(|at| found.layers.get(at).copied());
            found.in_words(&shown.map(name).unwrap_or_default())
        })
    };
    // Once one is shown, the list would lie over it.
    let listed = move || {
        found.with(|found| match found.shown {
            None if is_open.get() => found.layers.iter().take(LISTED).map(|node| (*node, name(*node))).collect(),
            _ => Vec::new(),
        })
    };
    let entry = move |(node, name): (usize, String)| {
        view! {
            <li>
                <button type="button" class="menu-item" on:click=move |_| show(node, true)>
                    {name}
                </button>
            </li>
        }
    };
    view! {
        <div class="network-find" node_ref=frame on:focusin=move |_| has_focus.set(true) on:focusout=left>
            <input
                type="search"
                placeholder=text!("Find a layer")
                aria-label=text!("Find a layer")
                title=text!("Enter goes through all layers of that name, Shift and Enter back, the down arrow leads into the drawing")
                autocomplete="off"
                spellcheck="false"
                prop:value=move || text.get()
                on:input=move |event| typed(event_target_value(&event))
                on:keydown=key
            />
            // As in a menu: the press must not take the focus from the field, which would close the list before the click.
            <div class="network-found" class:open=move || is_open.get() on:mousedown=|event| event.prevent_default()>
                <p role="status">{words}</p>
                <ul>{move || listed().into_iter().map(entry).collect_view()}</ul>
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(count: usize) -> Found {
        Found { layers: (10..10 + count).collect(), shown: None }
    }

    #[test]
    fn enter_goes_round_all_that_match() {
        let mut three = found(3);
        let forth: Vec<_> = (0..4).map(|_| three.step(false)).collect();
        assert_eq!(forth, [10, 11, 12, 10].map(Some), "and begins again");
        assert_eq!(three.step(true), Some(12), "back over the beginning");
        assert_eq!(found(0).step(false), None, "nothing to go to");
    }

    #[test]
    fn what_was_found_is_counted() {
        assert_eq!(found(0).in_words(""), "no layer of that name");
        assert_eq!(found(1).in_words(""), "1 layer");
        assert_eq!(found(333).in_words(""), "333 layers");
        let second = Found { shown: Some(1), ..found(333) };
        assert_eq!(second.in_words("stages.0.blocks.1.conv2"), "2 of 333: stages.0.blocks.1.conv2");
    }
}
