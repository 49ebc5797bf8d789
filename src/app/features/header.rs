//! The line at the top: name, device, Share, colours.

use std::time::Duration;

use leptos::task::spawn_local;
use leptos::{html, prelude::*};
use web_sys::KeyboardEvent;

use crate::app::components::{Icon, IconShape, unique_id};
use crate::app::context::{use_device, use_experiment, use_run, use_view};
use crate::app::services::clipboard::copy;
use crate::app::services::location;
use crate::experiment::permalink::Theme;
use crate::run::{GpuProbe, TrainerKind};

/// How long “Link copied” stands there.
const FEEDBACK: Duration = Duration::from_secs(3);

/// The header of the page.
#[component]
pub fn Header() -> impl IntoView {
    view! {
        <header>
            <a class="skip-link" href="#network">
                "Skip to the network"
            </a>
            <Logo />
            <h1>"ResNet Playground"</h1>
            <p class="tagline">"Design a residual network, train it in this tab, and see why skip connections matter."</p>
            <div class="header-actions">
                <DeviceChip />
                <ShareButton />
                <ThemeButton />
            </div>
        </header>
    }
}

/// A block and the arc over it, as in the drawing.
#[component]
fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 24 24" width="26" height="26" aria-hidden="true">
            <path d="M3 17V14a9 9 0 0 1 18 0v3" fill="none" stroke="var(--skip)" stroke-width="2.4" stroke-linecap="round" />
            <rect x="7.5" y="11.5" width="9" height="8" rx="2" fill="currentColor" />
        </svg>
    }
}

/// What the network trains on, and why.
#[component]
pub fn DeviceChip() -> impl IntoView {
    let (run, device) = (use_run(), use_device());
    let name = move || {
        // Once the trainer is there, it knows best what it opened.
        let told = run.of_run(|run| run.device.clone()).flatten();
        match run.trainer().map(|(kind, _)| kind) {
            None => "looking for a GPU".to_owned(),
            Some(TrainerKind::Cpu) => told.filter(|name| name.starts_with("CPU")).unwrap_or_else(|| "CPU".into()),
            Some(TrainerKind::WebGpu) => {
                let probed = || if let GpuProbe::Usable(adapter) = device.gpu() { Some(adapter.name) } else { None };
                match told.or_else(probed) {
                    Some(name) if name.starts_with("WebGPU") => name,
                    Some(name) => format!("WebGPU · {name}"),
                    None => "WebGPU".into(),
                }
            }
        }
    };
    let why = move || {
        let note = run.trainer().and_then(|(_, note)| note);
        note.unwrap_or_else(|| "Where the network trains. Choose another device in All settings, Device.".into())
    };
    view! {
        <span class="chip" title=why>
            <span class="chip-dot" class:waiting=move || run.trainer().is_none() aria-hidden="true"></span>
            <span class="chip-name">{name}</span>
        </span>
    }
}

/// Copies the link; where the browser forbids it, shows the link to be copied by hand.
#[component]
fn ShareButton() -> impl IntoView {
    let (experiment, view) = (use_experiment(), use_view());
    let button = NodeRef::<html::Button>::new();
    let field = NodeRef::<html::Input>::new();
    let feedback = RwSignal::new("");
    let by_hand = RwSignal::new(false);
    let id = unique_id("share");
    let link = move || location::link(&experiment.link(view));
    let share = move |_| {
        let link = untrack(link);
        spawn_local(async move {
            let copied = copy(&link).await;
            by_hand.set(!copied);
            if copied {
                feedback.set("Link copied");
                set_timeout(move || feedback.set(""), FEEDBACK);
            }
        });
    };
    Effect::new(move |_| {
        if let (true, Some(field)) = (by_hand.get(), field.get()) {
            // A field in the document takes the focus.
            let _ = field.focus();
            field.select();
        }
    });
    let close = move || {
        by_hand.set(false);
        if let Some(button) = button.get_untracked() {
            // A button in the document takes the focus.
            let _ = button.focus();
        }
    };
    let key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            close();
        }
    };
    view! {
        <div class="share">
            <button
                type="button"
                class="quiet"
                node_ref=button
                title="Copy a link that repeats this experiment: network, settings and seed"
                on:click=share
            >
                "Share"
            </button>
            <span class="share-feedback" role="status">
                {feedback}
            </span>
            <Show when=move || by_hand.get()>
                <div class="share-link" role="dialog" aria-label="Link to this experiment" on:keydown=key>
                    <label for=id.clone()>"Copy this link"</label>
                    <input id=id.clone() readonly node_ref=field prop:value=link />
                    <button type="button" class="quiet" on:click=move |_| close()>
                        "Close"
                    </button>
                </div>
            </Show>
        </div>
    }
}

/// Steps through the colours: as the system says, light, dark.
#[component]
fn ThemeButton() -> impl IntoView {
    let view = use_view();
    let name = move || format!("Colours: {}", view.theme().word());
    let next = move || format!("Change to {}", after(view.theme()).word());
    Effect::new(move |_| {
        let theme = view.theme();
        let Some(root) = document().document_element() else { return };
        // Neither is refused: the name is ours and valid.
        let _ = match theme {
            Theme::System => root.remove_attribute("data-theme"),
            theme => root.set_attribute("data-theme", theme.word()),
        };
    });
    view! {
        <button type="button" class="quiet icon-button" aria-label=name title=next on:click=move |_| view.set_theme(after(view.theme()))>
            <Icon shape=IconShape::Contrast />
        </button>
    }
}

fn after(theme: Theme) -> Theme {
    match theme {
        Theme::System => Theme::Light,
        Theme::Light => Theme::Dark,
        Theme::Dark => Theme::System,
    }
}
