//! Name, device, Share, theme.

use leptos::prelude::*;

use crate::run_state::{GpuProbe, TrainerKind};

use super::session::Session;
use super::share_button::ShareButton;
use super::shown::{text, whether};
use super::theme_toggle::ThemeToggle;

/// The line at the top.
#[component]
pub fn Header() -> impl IntoView {
    view! {
        <header>
            <Logo />
            <h1>"ResNet Playground"</h1>
            <DeviceBadge />
            <div class="header-actions">
                <ShareButton />
                <ThemeToggle />
            </div>
        </header>
    }
}

/// A block and the arc over it, as in the drawing.
#[component]
fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 24 24" width="26" height="26" aria-hidden="true">
            <path d="M3 17 V14 a9 9 0 0 1 18 0 V17" fill="none" stroke="var(--skip)" stroke-width="2.4" stroke-linecap="round" />
            <rect x="7.5" y="11.5" width="9" height="8" rx="2" fill="currentColor" />
        </svg>
    }
}

/// What the numbers are crunched on.
#[component]
fn DeviceBadge() -> impl IntoView {
    let session = Session::of_page();
    let trainer = move || session.trainer();
    let name = move || device_name(session, trainer().map(|(kind, _)| kind));
    let why = move || trainer().and_then(|(_, note)| note).unwrap_or_else(|| "Where the network trains: choose under More settings".into());
    view! {
        <span class="badge" title=text(why)>
            <span class="badge-dot" class:waiting=whether(move || trainer().is_none()) aria-hidden="true"></span>
            {text(name)}
        </span>
    }
}

/// `CPU`, or `WebGPU · adapter`.
pub fn device_name(session: Session, trainer: Option<TrainerKind>) -> String {
    match trainer {
        None => "looking for a GPU".into(),
        Some(TrainerKind::Cpu) => "CPU".into(),
        Some(TrainerKind::WebGpu) => {
            // Once the trainer is there, it knows best what it opened.
            let told = session.of_run(|run| run.device.clone()).flatten();
            let probed = || session.gpu.with(|gpu| if let GpuProbe::Usable(adapter) = gpu { Some(adapter.name.clone()) } else { None });
            match told.or_else(probed) {
                Some(name) if name.starts_with("WebGPU") => name,
                Some(name) => format!("WebGPU · {name}"),
                None => "WebGPU".into(),
            }
        }
    }
}
