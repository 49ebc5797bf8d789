//! Snippets of HTML that show the experiment inside another page.

use leptos::prelude::*;

use crate::app::components::{SelectField, SelectOption, TableFrame};
use crate::app::context::{Tab, use_experiment};
use crate::app::services::location;
use crate::experiment::Experiment;
use crate::experiment::permalink::{EmbedPart, FromAuthor, HiddenParts, Theme, ViewOptions, difference, write_with};
use crate::export::embed_snippet::{EmbedSnippet, EmbedStart};
use crate::language::text;
use crate::spec::Named;

use super::copy_text::CopyText;

/// What an embed shows beside the curve unless its link says otherwise.
const DRAWING: &str = "network";

/// What is shown, and the snippets.
#[component]
pub(super) fn Embed(
    /// The goal and the curve of the link.
    from_author: Signal<FromAuthor>,
) -> impl IntoView {
    let experiment = use_experiment();
    let shown = RwSignal::new(DRAWING.to_owned());
    let theme = RwSignal::new(Theme::System);
    let start = RwSignal::new(EmbedStart::default());
    let hidden = RwSignal::new(HiddenParts::default());
    let previewed = RwSignal::new(false);
    let query = Memo::new(move |_| {
        let tab = shown.with(|shown| Tab::from_name(shown));
        let options = ViewOptions {
            embed: true,
            theme: theme.get(),
            tab: tab.unwrap_or_default(),
            network: tab.is_none(),
            hidden: hidden.get(),
            ..ViewOptions::default()
        };
        write_with(&experiment.get(), &options, &from_author.get())
    });
    let snippet = move |make: fn(&EmbedSnippet, EmbedStart) -> String| {
        Memo::new(move |_| {
            let title = match difference(&Experiment::default(), &experiment.get()) {
                usual if usual.is_empty() => "ResNet Playground".to_owned(),
                difference => format!("ResNet Playground: {difference}"),
            };
            let page = location::absolute_url(".");
            query.with(|query| make(&EmbedSnippet { page: &page, query, title: &title }, start.get()))
        })
    };
    let element = snippet(|snippet, start| snippet.element(start));
    let frame = snippet(|snippet, _| snippet.frame());
    let address = snippet(|snippet, _| snippet.address());
    let tabs = Tab::ALL.iter().map(|tab| SelectOption::new(tab.name(), tab.label()));
    let views: Vec<_> = [SelectOption::new(DRAWING, text!("The network"))].into_iter().chain(tabs).collect();
    let themes: Vec<_> = Theme::ALL.iter().map(|theme| SelectOption::new(theme.name(), theme_label(*theme))).collect();
    let starts = vec![
        SelectOption::new(EmbedStart::Click.name(), text!("after a click on its picture")),
        SelectOption::new(EmbedStart::Visible.name(), text!("when it comes into sight")),
    ];
    let choose_theme = move |word: String| {
        if let Some(chosen) = Theme::from_name(&word) {
            theme.set(chosen);
        }
    };
    let choose_start = move |word: String| {
        if let Some(chosen) = EmbedStart::from_name(&word) {
            start.set(chosen);
        }
    };
    let part = move |part: EmbedPart| {
        let is_hidden = move || hidden.with(|hidden| hidden.has(part));
        let toggle = move |_| hidden.update(|hidden| *hidden = if hidden.has(part) { hidden.without(part) } else { hidden.with(part) });
        view! {
            <button type="button" class="quiet" aria-pressed=move || (!is_hidden()).to_string() on:click=toggle>
                {part_label(part)}
            </button>
        }
    };
    view! {
        <section class="share-part" aria-label=text!("Embed")>
            <h3>{text!("Embed in a page of your own")}</h3>
            <div class="share-fields">
                <SelectField
                    label=text!("Beside the curve")
                    help=text!("What an embed shows beside its curve.")
                    options=Signal::stored(views)
                    value=shown
                    on_change=Callback::new(move |word| shown.set(word))
                />
                <SelectField
                    label=text!("Colours")
                    help=text!("Those of the embed, whatever the page around it has.")
                    options=Signal::stored(themes)
                    value=Signal::derive(move || theme.get().name().to_owned())
                    on_change=Callback::new(choose_theme)
                />
                <SelectField
                    label=text!("Loads")
                    help=text!("A frame loads when it comes near; only the element can wait for a click.")
                    options=Signal::stored(starts)
                    value=Signal::derive(move || start.get().name().to_owned())
                    on_change=Callback::new(choose_start)
                />
            </div>
            <div class="share-parts" role="group" aria-label=text!("Parts that are shown")>
                {EmbedPart::ALL.iter().copied().map(part).collect_view()}
            </div>
            <CopyText label=text!("Element of our script") action=text!("Copy element") done=text!("Element copied") text=element rows=4 />
            <CopyText
                label=text!("Frame, for pages without scripts")
                action=text!("Copy frame")
                done=text!("Frame copied")
                text=frame
                rows=4
            />
            <button
                type="button"
                class="quiet"
                aria-expanded=move || previewed.get().to_string()
                title=text!("Loads the embed as readers will see it, 600 pixels wide at most")
                on:click=move |_| previewed.update(|previewed| *previewed ^= true)
            >
                {move || if previewed.get() { text!("Hide preview") } else { text!("Show preview") }}
            </button>
            <Show when=move || previewed.get()>
                <iframe class="share-preview" title=text!("Preview of the embed") src=address></iframe>
            </Show>
            <Sandbox />
        </section>
    }
}

/// What a frame can do under which tokens of its `sandbox` attribute.
#[component]
fn Sandbox() -> impl IntoView {
    let row = |tokens: &'static str, works: &'static str| {
        view! {
            <tr>
                <th scope="row">{tokens}</th>
                <td>{works}</td>
            </tr>
        }
    };
    view! {
        <details class="folded">
            <summary>{text!("If the frame has to be in a sandbox")}</summary>
            <TableFrame label=text!("What works under which tokens of the sandbox attribute")>
                <thead>
                    <tr>
                        <th scope="col">"sandbox"</th>
                        <th scope="col">{text!("What works")}</th>
                    </tr>
                </thead>
                <tbody>
                    {row(text!("no such attribute"), text!("Everything. Recommended."))}
                    {row(
                        "allow-scripts allow-same-origin",
                        text!("Training and all that is shown. Saving files and the link to the full page do not."),
                    )}
                    {row("… allow-downloads", text!("Pictures, code and weights can be saved too."))}
                    {row("… allow-popups", text!("The link to the full page opens too."))}
                    {row(
                        text!("allow-scripts alone"),
                        text!("Training in memory, where the playground’s host allows every origin; nothing elsewhere."),
                    )}
                </tbody>
            </TableFrame>
        </details>
    }
}

fn theme_label(theme: Theme) -> &'static str {
    match theme {
        Theme::System => text!("as the reader’s system"),
        Theme::Light => text!("light"),
        Theme::Dark => text!("dark"),
    }
}

fn part_label(part: EmbedPart) -> &'static str {
    match part {
        EmbedPart::Heading => text!("Heading"),
        EmbedPart::Settings => text!("Settings"),
        EmbedPart::Network => text!("Network"),
        EmbedPart::Curve => text!("Curve"),
        EmbedPart::Runs => text!("Runs"),
        EmbedPart::Device => text!("Device"),
        EmbedPart::Link => text!("Link to the full page"),
        EmbedPart::FullScreen => text!("Full screen"),
    }
}
