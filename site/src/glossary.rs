//! The terms of the playground on one page.

use maud::html;
use resnet_playground::experiment::glossary::GLOSSARY;

use crate::SiteFile;
use crate::frame::Page;

/// `glossary/index.html`. Each term has an anchor of its own.
pub fn page() -> SiteFile {
    let body = html! {
        p class="lead" { "The terms that the playground, its lessons and its guide use. Each has an address of its own: the sign # before it." }
        dl class="terms" {
            @for entry in GLOSSARY {
                div id=(entry.anchor()) {
                    dt {
                        a class="anchor" href={ "#" (entry.anchor()) } aria-label={ "Link to " (entry.term) } { "#" }
                        (entry.term)
                    }
                    dd { (entry.explanation) }
                }
            }
        }
        p { a class="button" href="../" { "Open the playground" } }
    };
    let description = "The terms of residual networks and their training, one or two sentences each: skip connection, pre-activation, projection shortcut, batch normalization and more.";
    Page { folder: "glossary", title: "Glossary", description, head: html! {}, body }.file()
}
