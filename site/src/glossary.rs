//! The terms of the playground on one page.

use maud::html;
use resnet_playground::experiment::glossary::GLOSSARY;

use crate::SiteFile;
use crate::frame::Page;
use crate::language::{Language, marked};

const FOLDER: &str = "glossary";

/// `glossary/index.html`. Each term has an anchor of its own, the same in all languages.
pub fn page(language: &Language, languages: &[Language]) -> SiteFile {
    let mut terms: Vec<_> = GLOSSARY.iter().map(|entry| (language.say(entry.term), entry)).collect();
    terms.sort_by_key(|(term, _)| term.to_lowercase());
    let lead =
        marked!("The terms that the playground, its lessons and its guide use. Each has an address of its own: the sign # before it.");
    let to_term = language.say(marked!("link to this term"));
    let body = html! {
        p class="lead" { (language.say(lead)) }
        dl class="terms" {
            @for (term, entry) in terms {
                div id=(entry.anchor()) {
                    dt {
                        a class="anchor" href={ "#" (entry.anchor()) } aria-label={ (term) ", " (to_term) } { "#" }
                        (term)
                    }
                    dd { (language.say(entry.explanation)) }
                }
            }
        }
        p { a class="button" href=(language.home(FOLDER)) { (language.say(marked!("Open the playground"))) } }
    };
    let title = language.say(marked!("Glossary"));
    let description = language.say(marked!(
        "The terms of residual networks and their training, one or two sentences each: skip connection, pre-activation, projection shortcut, \
         batch normalization and more."
    ));
    Page { folder: FOLDER, language, languages, is_untranslated: false, title: &title, description: &description, head: html! {}, body }
        .file()
}
