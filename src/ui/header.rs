//! Name, device, Share, theme.

use crate::run::{GpuProbe, TrainerKind};

use super::follow::{keep, keep_text};
use super::session::Session;
use super::theme_toggle;

/// The line at the top. The logo is a block and the arc over it, as in the drawing.
pub const HTML: &str = r##"<header>
<svg class=logo viewBox="0 0 24 24" width=26 height=26 aria-hidden=true>
<path d="M3 17 V14 a9 9 0 0 1 18 0 V17" fill="none" stroke="var(--skip)" stroke-width="2.4" stroke-linecap="round" />
<rect x="7.5" y="11.5" width="9" height="8" rx="2" fill="currentColor" />
</svg>
<h1>ResNet Playground</h1>
<span class=badge id=badge><span id=badge-dot aria-hidden=true></span><span id=badge-name></span></span>
<div class=header-actions>
<div class=share data-late>
<button class=quiet id=share title="Copy a link that repeats this experiment: network, settings and seed">Share</button>
<span class=share-feedback id=share-feedback role=status></span>
<div class=share-link id=share-by-hand hidden>
<label for=share-link>Copy this link</label><input id=share-link readonly><button class=quiet id=share-close>Close</button>
</div>
</div>
<button class="quiet icon" id=theme>
<svg viewBox="0 0 16 16" width=16 height=16 aria-hidden=true>
<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.6" /><path id=theme-half fill="currentColor" />
</svg>
</button>
</div>
</header>"##;

/// Brings it to life.
pub fn start(session: Session) {
    theme_toggle::start(session);
    let trainer = move || session.trainer();
    keep("badge", "title", move || {
        trainer().and_then(|(_, note)| note).unwrap_or_else(|| "Where the network trains: choose under More settings".into())
    });
    keep("badge-dot", "className", move || if trainer().is_some() { "badge-dot" } else { "badge-dot waiting" });
    keep_text("badge-name", move || device_name(session, trainer().map(|(kind, _)| kind)));
}

/// `CPU`, with its threads where there are several, or `WebGPU · adapter`.
pub fn device_name(session: Session, trainer: Option<TrainerKind>) -> String {
    // Once the trainer is there, it knows best what it opened.
    let told = session.of_run(|run| run.device.clone()).flatten();
    match trainer {
        None => "looking for a GPU".into(),
        Some(TrainerKind::Cpu) => told.filter(|name| name.starts_with("CPU")).unwrap_or_else(|| "CPU".into()),
        Some(TrainerKind::WebGpu) => {
            let probed = || session.gpu.with(|gpu| if let GpuProbe::Usable(adapter) = gpu { Some(adapter.name.clone()) } else { None });
            match told.or_else(probed) {
                Some(name) if name.starts_with("WebGPU") => name,
                Some(name) => format!("WebGPU · {name}"),
                None => "WebGPU".into(),
            }
        }
    }
}
