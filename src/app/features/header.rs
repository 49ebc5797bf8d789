//! The line at the top: name, the course, device, Share, colours.

use leptos::{html, prelude::*};

use crate::app::components::{Icon, IconShape};
use crate::app::context::{LessonsContext, use_device, use_lessons, use_run, use_view};
use crate::app::features::lessons::open_in_place;
use crate::app::features::spotlit::Spotlit;
use crate::app::services::language;
use crate::app::spot::Spot;
use crate::experiment::permalink::Theme;
use crate::language::text;
use crate::run::{GpuProbe, TrainerKind};
use crate::spec::Named;

use super::share::ShareButton;

/// The header of the page.
#[component]
pub fn Header() -> impl IntoView {
    view! {
        <header>
            <a class="skip-link" href="#network">
                {text!("Skip to the network")}
            </a>
            <Logo />
            <h1>"ResNet Playground"</h1>
            <p class="tagline">{text!("Design a residual network, train it in this tab, and see why skip connections matter.")}</p>
            <SiteLinks />
            <div class="header-actions">
                <DeviceChip />
                <ShareButton />
                <ThemeButton />
            </div>
        </header>
    }
}

/// The other pages of the site. They open in this tab: runs are kept, and the way back leads here.
#[component]
fn SiteLinks() -> impl IntoView {
    view! {
        <Spotlit spot=Spot::SiteLinks class="site-links">
            <nav class="header-links" aria-label=text!("Learn")>
                <LessonsLink />
                <a class="quiet" href=language::site_page("guide")>
                    {text!("Guide")}
                </a>
            </nav>
        </Spotlit>
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

/// Opens the course where it was left.
#[component]
fn LessonsLink() -> impl IntoView {
    let lessons = use_lessons();
    let link = NodeRef::<html::A>::new();
    let focus = move || {
        if let Some(link) = link.get_untracked() {
            // A link takes the focus.
            let _ = link.focus();
        }
    };
    Effect::new(move |_| {
        if lessons.wants_opener.get() {
            lessons.wants_opener.set(false);
            focus();
        }
    });
    view! {
        <a
            class="quiet"
            href=move || format!("?{}", LessonsContext::link_to(lessons.progress().resume()))
            title=text!("The tutorial as a course of short lessons beside the tool")
            aria-current=move || lessons.open().is_some().then_some("true")
            node_ref=link
            on:click=move |event| open_in_place(&event, move || lessons.resume())
        >
            {text!("Lessons")}
        </a>
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
            None => text!("looking for a GPU").to_owned(),
            Some(TrainerKind::Cpu) => told.filter(|name| name.starts_with("CPU")).unwrap_or_else(|| "CPU".into()),
            Some(TrainerKind::Workstation) => told.unwrap_or_else(|| text!("A program on my computer").into()),
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
        note.unwrap_or_else(|| text!("Where the network trains. Choose another device in All settings, Device.").into())
    };
    view! {
        <span class="chip" title=why>
            <span class="chip-dot" class:waiting=move || run.trainer().is_none() aria-hidden="true"></span>
            <span class="chip-name">{name}</span>
        </span>
    }
}

/// Steps through the colours: as the system says, light, dark.
#[component]
fn ThemeButton() -> impl IntoView {
    let view = use_view();
    let name = move || name_of(view.theme());
    let next = move || change_to(after(view.theme()));
    Effect::new(move |_| {
        let theme = view.theme();
        let Some(root) = document().document_element() else { return };
        // Neither is refused: the name is ours and valid.
        let _ = match theme {
            Theme::System => root.remove_attribute("data-theme"),
            theme => root.set_attribute("data-theme", theme.name()),
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

fn name_of(theme: Theme) -> &'static str {
    match theme {
        Theme::System => text!("Colours: system"),
        Theme::Light => text!("Colours: light"),
        Theme::Dark => text!("Colours: dark"),
    }
}

fn change_to(theme: Theme) -> &'static str {
    match theme {
        Theme::System => text!("Change to system"),
        Theme::Light => text!("Change to light"),
        Theme::Dark => text!("Change to dark"),
    }
}
