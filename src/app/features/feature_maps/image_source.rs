//! Which image is looked at: a held-out one by its number, or one of the visitor's own.

use leptos::{html, prelude::*};

use crate::app::components::{FieldProblem, NumberField, NumberKind, StepButton};
use crate::app::context::use_feature_maps;
use crate::language::format::grouped;
use crate::language::{text, tr};

use super::live_camera::LiveCamera;

/// The button, the number, the file chooser and the camera.
#[component]
pub fn ImageSourceRow() -> impl IntoView {
    let feature_maps = use_feature_maps();
    let can_ask = Memo::new(move |_| feature_maps.can_ask());
    let input = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            feature_maps.look_at_file(file);
        }
        // The same file can be chosen again.
        input.set_value("");
    };
    view! {
        <div class="feature-maps-source">
            <button
                type="button"
                class="quiet"
                aria-disabled=move || (!can_ask.get()).to_string()
                title=move || match can_ask.get() {
                    true => text!("Asks the network as it is now"),
                    false => text!("Press Play or Step first: there is no network to ask"),
                }
                on:click=move |_| feature_maps.ask(|_| {})
            >
                {text!("Look at an image")}
            </button>
            <HeldOutImage />
            <label class="feature-maps-own">
                <span class="label">{text!("Your own image: choose, drop or paste one")}</span>
                <input type="file" accept="image/*" node_ref=input on:change=chosen />
            </label>
            <LiveCamera />
        </div>
        <p class="feature-maps-note" role="status" aria-label=text!("About your own image")>
            {feature_maps.note()}
        </p>
    }
}

/// The number of a held-out image, from 1.
#[component]
fn HeldOutImage() -> impl IntoView {
    let feature_maps = use_feature_maps();
    let images = Memo::new(move |_| {
        let found = feature_maps.look().with(|look| look.as_ref().map(|look| look.images));
        found.unwrap_or_else(|| feature_maps.images())
    });
    // Beyond the last image the trainer begins again.
    let shown = Memo::new(move |_| feature_maps.question().map_or(0, |question| question.image % images.get().max(1)));
    let problem = RwSignal::new(None::<FieldProblem>);
    let typed = move |text: String| match read_number(&text, images.get_untracked()) {
        Ok(image) => {
            problem.set(None);
            feature_maps.look_at(image);
        }
        Err(sentence) => problem.set(Some(FieldProblem { sentence, suggestions: Vec::new() })),
    };
    let before = Signal::derive(move || shown.get().checked_sub(1).map(|image| (image + 1).to_string()));
    let after = Signal::derive(move || (shown.get() + 1 < images.get()).then(|| (shown.get() + 2).to_string()));
    let caption = Signal::derive(move || match images.get() {
        0 => String::new(),
        images => tr!("of {images}", images = grouped(images)),
    });
    view! {
        <NumberField
            label=text!("Held-out image")
            help=text!("Number of an image that the network never learns from.")
            kind=NumberKind::Whole
            value=Signal::derive(move || (shown.get() + 1).to_string())
            on_change=Callback::new(typed)
            problem
            unreadable=Signal::derive(move || problem.with(Option::is_some))
            decrease=StepButton { name: text!("Image before"), target: before }
            increase=StepButton { name: text!("Next image"), target: after }
            caption
        />
    }
}

/// The place of an image, from 0, of its number, from 1. Before a run nobody knows how many there are, which is 0 `images`.
fn read_number(text: &str, images: usize) -> Result<usize, String> {
    let most = if images == 0 { usize::MAX } else { images };
    match text.trim().parse::<usize>() {
        Ok(number) if (1..=most).contains(&number) => Ok(number - 1),
        _ if images == 0 => Err(text!("A whole number from 1.").into()),
        _ => Err(tr!("A whole number from 1 to {images}.", images = grouped(images))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_from_one() {
        assert_eq!(read_number(" 1 ", 20), Ok(0));
        assert_eq!(read_number("20", 20), Ok(19));
    }

    #[test]
    fn what_is_no_image_is_told_with_what_is() {
        assert_eq!(read_number("21", 20), Err("A whole number from 1 to 20.".into()));
        assert!(read_number("0", 20).is_err() && read_number("two", 20).is_err() && read_number("", 0).is_err());
    }
}
