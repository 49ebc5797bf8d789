//! The link as a picture that phones read.

use leptos::prelude::*;

use crate::app::context::use_experiment;
use crate::app::services::download::save_file;
use crate::drawing::qr_code::{QrPicture, TooLong};
use crate::experiment::Experiment;
use crate::experiment::permalink::difference;
use crate::language::{text, tr};

/// The code, or why there is none.
#[component]
pub(super) fn QrCode(
    /// The link.
    #[prop(into)]
    link: Signal<String>,
) -> impl IntoView {
    let experiment = use_experiment();
    let picture = Memo::new(move |_| link.with(|link| QrPicture::new(link)));
    let save = move |_| {
        if let Ok(picture) = picture.get_untracked() {
            let title = format!("ResNet Playground: {}", difference(&Experiment::default(), &experiment.get_untracked()));
            save_file("resnet-playground-link.svg", picture.saved(&title).as_bytes());
        }
    };
    let content = move || match picture.get() {
        Ok(QrPicture { edge, path }) => view! {
            <svg
                class="share-code"
                viewBox=format!("0 0 {edge} {edge}")
                role="img"
                aria-label=text!("QR code of the link")
                shape-rendering="crispEdges"
            >
                <rect width=edge.to_string() height=edge.to_string() fill="#fff" />
                <path d=path fill="#000" />
            </svg>
            <button type="button" class="quiet" title=text!("Saves the code as SVG, black on white") on:click=save>
                {text!("Save QR code")}
            </button>
        }
        .into_any(),
        Err(too_long) => view! { <p class="share-note">{advice(too_long)}</p> }.into_any(),
    };
    view! {
        <section class="share-part" aria-label=text!("QR code")>
            <h3>{text!("QR code")}</h3>
            <div class="share-code-row">{content}</div>
        </section>
    }
}

fn advice(too_long: TooLong) -> String {
    tr!("{problem} Leave the curve out to get one.", problem = too_long)
}
