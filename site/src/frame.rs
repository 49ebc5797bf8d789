//! What every page of the site has around its text.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::SiteFile;
use crate::language::{Language, marked};

/// Colours of the playground, and the site's own sheet.
const STYLE: [&str; 2] = [include_str!("../../www/tokens.css"), include_str!("../site.css")];
/// The colours that a visitor chose in the playground hold here too. Before the first paint, or they would flash in.
const THEME: &str = "try{const t=localStorage.getItem('theme');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch{}";

/// The pages that the header leads to: folder, and name.
const PAGES: [(&str, &str); 3] = [("guide", marked!("Guide")), ("glossary", marked!("Glossary")), ("teach", marked!("For teachers"))];

/// A page of the site.
pub struct Page<'all> {
    /// Its folder, below that of its language.
    pub folder: &'all str,
    /// Its language.
    pub language: &'all Language,
    /// All languages that it is there in.
    pub languages: &'all [Language],
    /// Whether its text is English all the same.
    pub is_untranslated: bool,
    /// Its title and heading.
    pub title: &'all str,
    /// What search engines and previews say of it.
    pub description: &'all str,
    /// More for its head.
    pub head: Markup,
    /// What stands under its heading.
    pub body: Markup,
}

impl Page<'_> {
    /// The page as a file.
    pub fn file(&self) -> SiteFile {
        let language = self.language;
        let root = language.up(self.folder);
        let here = |folder: &str| (folder == self.folder).then_some("page");
        let other = |other: &Language| format!("{root}{}{}/", other.folder(), self.folder);
        let others = || self.languages.iter().filter(|other| other.tag != language.tag);
        let page = html! {
            (DOCTYPE)
            html lang=(language.tag) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (self.title) " · ResNet Playground" }
                    meta name="description" content=(self.description);
                    meta property="og:title" content={ (self.title) " · ResNet Playground" };
                    meta property="og:description" content=(self.description);
                    meta property="og:site_name" content="ResNet Playground";
                    meta property="og:type" content="website";
                    meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)";
                    meta name="theme-color" content="#17191d" media="(prefers-color-scheme: dark)";
                    @for language in others() {
                        link rel="alternate" hreflang=(language.tag) href=(other(language));
                    }
                    link rel="icon" href=(format!("data:image/svg+xml,{}", encoded(include_str!("../../www/favicon.svg"))));
                    (self.head)
                    style { (PreEscaped(STYLE.concat())) }
                    script { (PreEscaped(THEME)) }
                }
                body {
                    a class="skip-link" href="#text" { (language.say(marked!("Skip to the text"))) }
                    header {
                        a class="home" href=(language.home(self.folder)) { (logo()) "ResNet Playground" }
                        nav aria-label=(language.say(marked!("Site"))) {
                            @for (folder, name) in PAGES {
                                a href={ (root) (language.folder()) (folder) "/" } aria-current=[here(folder)] { (language.say(name)) }
                            }
                            @for language in others() {
                                a class="language" href=(other(language)) lang=(language.tag) hreflang=(language.tag) { (language.name) }
                            }
                        }
                    }
                    main id="text" tabindex="-1" lang=[self.is_untranslated.then_some("en")] {
                        h1 { (self.title) }
                        (self.body)
                    }
                    footer { p { (self.sources()) } }
                }
            }
        };
        SiteFile::new(format!("{}{}/index.html", language.folder(), self.folder), page.into_string())
    }

    fn sources(&self) -> Markup {
        let language = self.language;
        let everything = marked!("Everything runs in the visitor’s own browser: images, network and training never leave it.");
        html! {
            (language.say(everything)) " "
            a href="https://arxiv.org/abs/1603.05027" { (language.say(marked!("Network: ResNetV2 after He et al. 2016"))) } " · "
            a href="https://www.cs.toronto.edu/~kriz/cifar.html" { (language.say(marked!("Images: CIFAR-10"))) }
        }
    }
}

/// A block and the arc over it, as in the playground.
fn logo() -> Markup {
    html! {
        svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true" {
            path d="M3 17V14a9 9 0 0 1 18 0v3" fill="none" stroke="var(--skip)" stroke-width="2.4" stroke-linecap="round" {}
            rect x="7.5" y="11.5" width="9" height="8" rx="2" fill="currentColor" {}
        }
    }
}

/// SVG as a part of an address.
fn encoded(svg: &str) -> String {
    let sign = |letter: char| match letter {
        '#' => "%23".to_owned(),
        '"' => "'".to_owned(),
        '<' => "%3C".to_owned(),
        '>' => "%3E".to_owned(),
        '\n' => " ".to_owned(),
        other => other.to_string(),
    };
    svg.trim().chars().map(sign).collect()
}
