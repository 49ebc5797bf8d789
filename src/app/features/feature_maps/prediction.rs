//! What the network predicts for the image, in a sentence and in bars.

use leptos::prelude::*;

use crate::app::context::{use_feature_maps, use_run};
use crate::evaluation::whole_percent;
use crate::insight::feature_maps::about_prediction;
use crate::language::{text, tr};
use crate::run::Run;

use super::chosen_image::ChosenImage;

/// Classes with a bar.
const MOST_BARS: usize = 5;

/// A class with its probability.
#[derive(Debug, Clone, PartialEq)]
struct Bar {
    class: usize,
    name: String,
    probability: f32,
    is_true: bool,
}

/// Image, bars and sentence.
#[component]
pub fn Prediction() -> impl IntoView {
    let (feature_maps, run) = (use_feature_maps(), use_run());
    let look = feature_maps.look();
    let names = Memo::new(move |_| run.of_run(Run::class_names).unwrap_or_default());
    let sentence = move || look.with(|look| look.as_ref().map(|look| names.with(|names| about_prediction(look, names))));
    let explained = Memo::new(move |_| look.with(|look| look.as_ref().and_then(|look| look.question.class)));
    let bars = Memo::new(move |_| {
        let bars_of = |look: &crate::insight::feature_maps::ImageLook| {
            let bar = |(class, probability): (usize, f32)| Bar {
                class,
                name: names.with(|names| names.get(class).cloned().unwrap_or_default()),
                probability,
                is_true: look.label() == Some(class),
            };
            look.most_probable(MOST_BARS).into_iter().map(bar).collect::<Vec<_>>()
        };
        look.with(|look| look.as_ref().map(|look| bars_of(look)).unwrap_or_default())
    });
    // A bar that stays in its place keeps its element, and with it the focus, whatever its class.
    let places = Memo::new(move |_| bars.with(Vec::len));
    let bar = move |place: usize| {
        let bar = Memo::new(move |_| bars.with(|bars| bars.get(place).cloned()));
        let of = move |text: fn(&Bar) -> String| bar.with(|bar| bar.as_ref().map(text).unwrap_or_default());
        let explain = move |_| {
            if let Some(bar) = bar.get_untracked() {
                feature_maps.ask(|question| question.class = Some(bar.class));
            }
        };
        let is_explained = move || bar.with(|bar| bar.as_ref().is_some_and(|bar| explained.get() == Some(bar.class)));
        view! {
            <li>
                <button
                    type="button"
                    class="feature-maps-bar-button"
                    aria-pressed=move || is_explained().to_string()
                    title=move || of(|bar| tr!("Show the evidence for {class}", class = bar.name))
                    on:click=explain
                >
                    <span class="feature-maps-class">
                        {move || of(|bar| bar.name.clone())}
                        <span class="caption">
                            {move || of(|bar| if bar.is_true { format!(" {}", text!("true class")) } else { String::new() })}
                        </span>
                    </span>
                    <span class="feature-maps-track" aria-hidden="true">
                        <span class="feature-maps-fill" style:width=move || of(|bar| format!("{:.1}%", bar.probability * 100.0))></span>
                    </span>
                    <span class="feature-maps-share">{move || of(|bar| whole_percent(f64::from(bar.probability)))}</span>
                </button>
            </li>
        }
    };
    let is_there = Memo::new(move |_| look.with(Option::is_some));
    view! {
        <div class="feature-maps-answer">
            <Show when=move || is_there.get()>
                <ChosenImage look=Signal::derive(move || look.get().unwrap_or_default()) />
            </Show>
            <div class="feature-maps-found">
                // It is on the page before its text is: otherwise it is not read aloud.
                <p class="feature-maps-finding" role="status" aria-label=text!("Prediction")>
                    {sentence}
                </p>
                <Show when=move || is_there.get()>
                    <ol class="feature-maps-bars" aria-label=text!("Probabilities")>
                        <For each=move || 0..places.get() key=|place| *place children=bar />
                    </ol>
                </Show>
            </div>
        </div>
    }
}
