//! What must hold of the site as a whole.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say why and stop")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use resnet_playground::experiment::permalink::read;
use resnet_playground::experiment::recipes::RECIPES;
use resnet_playground::spec::{Named, Preset};
use site::{Language, SiteUrl, presets};

/// All files by their path.
type Files = BTreeMap<String, Vec<u8>>;

/// Of a site that does not know its address, and of one that does. Cards take time, so all tests look at the same.
static RELATIVE: LazyLock<Files> = LazyLock::new(|| files(None));
static HOSTED: LazyLock<Files> = LazyLock::new(|| files(Some("https://example.org/a/b/")));

fn files(base: Option<&str>) -> Files {
    let files = site::files(&SiteUrl::new(base).unwrap()).unwrap();
    files.into_iter().map(|file| (file.path, file.bytes)).collect()
}

fn pages(files: &Files) -> BTreeMap<&str, &str> {
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap())).collect()
}

/// Values of an attribute, entities read.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<String> {
    let open = format!(" {attribute}=\"");
    let rest = |part: &'a str| part.split_once('"').map(|(value, _)| value.replace("&amp;", "&"));
    html.split(&open).skip(1).filter_map(rest).collect()
}

/// The text between two marks.
fn between<'a>(html: &'a str, open: &str, close: &str) -> &'a str {
    html.split_once(open).and_then(|(_, rest)| rest.split_once(close)).map_or("", |(inner, _)| inner)
}

/// The file that an address on the page at `path` leads to, its query and its fragment; the playground itself is `index.html`.
fn target(path: &str, address: &str) -> Option<(String, String, String)> {
    let (address, fragment) = address.split_once('#').unwrap_or((address, ""));
    let (file, query) = address.split_once('?').unwrap_or((address, ""));
    let mut folder: Vec<&str> = path.split('/').collect();
    folder.pop();
    if file.is_empty() {
        let same = if query.is_empty() { path.to_owned() } else { folder.join("/") + "/index.html" };
        return Some((same, query.to_owned(), fragment.to_owned()));
    }
    for part in file.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(folder.pop()?),
            name => folder.push(name),
        }
    }
    if file.ends_with('/') || file.ends_with("..") {
        folder.push("index.html");
    }
    Some((folder.join("/"), query.to_owned(), fragment.to_owned()))
}

#[test]
fn every_link_of_a_page_leads_to_a_file_that_is_written() {
    let (files, pages) = (&*RELATIVE, pages(&RELATIVE));
    let mut followed = 0;
    for (path, html) in &pages {
        for address in [values(html, "href"), values(html, "src")].concat() {
            if address.starts_with("https://") || address.starts_with("data:") {
                continue;
            }
            assert!(!address.starts_with('/') && !address.contains(':'), "{path}: {address} is not relative");
            let (file, query, fragment) = target(path, &address).unwrap_or_else(|| panic!("{path}: {address} leaves the site"));
            followed += 1;
            if file == "index.html" {
                let notices = read(&query).notices;
                assert!(notices.is_empty(), "{path}: ?{query}: {notices:?}");
                continue;
            }
            assert!(files.contains_key(&file), "{path}: {address} leads to {file}, which is not written");
            if !fragment.is_empty() {
                assert!(pages[file.as_str()].contains(&format!("id=\"{fragment}\"")), "{path}: {address}: no such place");
            }
        }
    }
    assert!(followed > 150, "{followed}");
}

#[test]
fn every_page_says_what_it_is() {
    for files in [&*RELATIVE, &*HOSTED] {
        let pages = pages(files);
        let mut titles = BTreeSet::new();
        for (path, html) in &pages {
            let language = path.split('/').next().filter(|folder| folder.len() == 2).unwrap_or("en");
            assert!(html.starts_with(&format!("<!DOCTYPE html><html lang=\"{language}\">")), "{path}");
            assert!(titles.insert(between(html, "<title>", "</title>").to_owned()), "{path} has a title of its own");
            assert_eq!(html.matches("<h1").count(), 1, "{path}");
            let description = between(html, "<meta name=\"description\" content=\"", "\"");
            assert!((50..=320).contains(&description.chars().count()), "{path}: {} letters: {description}", description.chars().count());
            for needed in [
                "<header>",
                "<main id=\"text\"",
                "<footer>",
                "<nav aria-label=",
                "class=\"skip-link\" href=\"#text\"",
                "property=\"og:title\"",
            ] {
                assert!(html.contains(needed), "{path} has no {needed}");
            }
            let home = match language {
                "en" => "../".repeat(path.matches('/').count()),
                other => format!("../../?lang={other}"),
            };
            assert!(html.contains(&format!("<a class=\"home\" href=\"{home}\">")), "{path} leads back to the playground");
        }
        assert_eq!(pages.len(), 3 * Language::all().unwrap().len() + presets().len());
    }
}

/// What a translation has as its original does: anchors, rows and entries, experiments that are linked, and digits.
fn outline(html: &str, language: &Language) -> (Vec<String>, [usize; 5], Vec<String>, String) {
    let main = between(html, "<main ", "</main>");
    let counts = ["<h2", "<h3", "<tr>", "<li>", "<pre>"].map(|tag| main.matches(tag).count());
    let queries = values(main, "href").into_iter().filter_map(|address| Some(address.split_once('?')?.1.to_owned()));
    let queries = queries.map(|query| query.replace(&format!("lang={}", language.tag), "").trim_start_matches('&').to_owned());
    // Keys have names of their own: “Home” is “Pos1” in German.
    let without_keys = main.split("<kbd>").map(|part| part.split_once("</kbd>").map_or(part, |(_, rest)| rest));
    let digits = without_keys.flat_map(str::chars).filter(char::is_ascii_digit).collect();
    (values(main, "id"), counts, queries.filter(|query| !query.is_empty()).collect(), digits)
}

#[test]
fn texts_of_other_languages_have_the_parts_links_and_numbers_of_the_english_ones() {
    let pages = pages(&RELATIVE);
    let languages = Language::all().unwrap();
    let (english, others) = languages.split_first().unwrap();
    for language in others {
        for name in ["guide", "teach"] {
            let (_, is_translated) = language.text(&format!("{name}.md")).unwrap();
            if !is_translated {
                continue;
            }
            let page = |language: &Language| pages[format!("{}{name}/index.html", language.folder()).as_str()];
            let [translated, original] = [language, english].map(|language| outline(page(language), language));
            assert_eq!(translated, original, "{}/{name}.md", language.tag);
        }
    }
}

#[test]
fn no_page_fetches_anything_from_elsewhere() {
    for (path, html) in pages(&RELATIVE) {
        for (place, _) in html.match_indices("https://") {
            let before = &html[..place];
            let in_link = before.ends_with("<a href=\"");
            // Code that is shown has its signs as entities.
            let in_text = before.rfind('<').is_some_and(|open| before[open..].contains('>'));
            assert!(in_link || in_text, "{path}: {}", &html[place.saturating_sub(60)..place + 40]);
        }
        for forbidden in ["@import", "url(", "http-equiv=\"refresh\"", "location.replace"] {
            assert!(!html.contains(forbidden), "{path}: {forbidden}");
        }
    }
}

#[test]
fn every_recipe_and_every_network_has_a_page_that_opens_it() {
    let pages = pages(&RELATIVE);
    let names: Vec<&str> = RECIPES.iter().map(|recipe| recipe.name).chain(Preset::ALL.iter().map(|preset| preset.name())).collect();
    assert_eq!(presets().iter().map(|preset| preset.name).collect::<Vec<_>>(), names);
    for preset in presets() {
        let html = pages[format!("p/{}/index.html", preset.name).as_str()];
        let open = format!("../../?{}", preset.query());
        assert!(values(html, "href").contains(&open), "{}: {open}", preset.name);
        assert_eq!(read(&preset.query()).experiment, preset.experiment, "{}: the link opens exactly it", preset.name);
        assert!(!preset.about.is_empty(), "{} says what it is for", preset.name);
        assert_eq!(html.matches("role=\"img\"").count(), 2, "{}: the drawing, for windows and for phones", preset.name);
        assert!(pages["guide/index.html"].contains(&format!("../p/{}/", preset.name)), "{}: the guide leads there", preset.name);
    }
}

#[test]
fn every_preset_has_a_card_of_the_size_that_previews_ask_for() {
    let (relative, hosted) = (&*RELATIVE, &*HOSTED);
    for preset in presets() {
        let card = &relative[&format!("p/{}/card.png", preset.name)];
        let mut reader = png::Decoder::new(std::io::Cursor::new(card)).read_info().unwrap();
        assert_eq!((reader.info().width, reader.info().height), (1200, 630), "{}", preset.name);
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        // The title stands in the upper left: without a font nothing but the ground would be there.
        let dark = |row: usize, column: usize| pixels[4 * (1200 * row + column)..][..3].iter().all(|channel| *channel < 90);
        let letters =
            (50..100).flat_map(|row| (48..600).map(move |column| (row, column))).filter(|(row, column)| dark(*row, *column)).count();
        assert!(letters > 1_000, "{}: {letters} dark pixels where its title stands", preset.name);
        let page = String::from_utf8(hosted[&format!("p/{}/index.html", preset.name)].clone()).unwrap();
        for tag in [
            format!("<meta property=\"og:image\" content=\"https://example.org/a/b/p/{}/card.png\">", preset.name),
            "<meta name=\"twitter:card\" content=\"summary_large_image\">".into(),
            format!(
                "<link rel=\"alternate\" type=\"application/json+oembed\" href=\"https://example.org/a/b/p/{}/oembed.json\"",
                preset.name
            ),
        ] {
            assert!(page.contains(&tag), "{}: {tag}", preset.name);
        }
    }
}

#[test]
fn oembed_answers_hold_a_frame_of_the_preset() {
    for (files, root) in [(&*RELATIVE, "../../"), (&*HOSTED, "https://example.org/a/b/")] {
        for preset in presets() {
            let answer: serde_json::Value = serde_json::from_slice(&files[&format!("p/{}/oembed.json", preset.name)]).unwrap();
            assert_eq!((answer["version"].as_str(), answer["type"].as_str()), (Some("1.0"), Some("rich")));
            assert_eq!(answer["thumbnail_url"], format!("{root}p/{}/card.png", preset.name));
            let html = answer["html"].as_str().unwrap();
            let source = values(html, "src").remove(0);
            let link = read(source.strip_prefix(root).unwrap().trim_start_matches('?'));
            assert_eq!(link.experiment, preset.experiment, "{}", preset.name);
            assert!(link.view.embed && link.notices.is_empty(), "{}: {:?}", preset.name, link.notices);
            for needed in ["title=\"", "allow=\"fullscreen\"", "loading=\"lazy\""] {
                assert!(html.contains(needed), "{html}");
            }
            assert_eq!((answer["width"].as_u64(), answer["height"].as_u64()), (Some(600), Some(420)));
        }
    }
}

#[test]
fn there_is_a_poster_for_every_depth_kind_and_theme() {
    let files = &*RELATIVE;
    let mut posters = 0;
    for depth in (11..=164).step_by(9) {
        for kind in ["", "-plain"] {
            for (theme, ground) in [("light", "#ffffff"), ("dark", "#17191d")] {
                let name = format!("posters/{depth}{kind}-{theme}.svg");
                let poster = std::str::from_utf8(&files[&name]).unwrap();
                assert!(poster.starts_with("<svg xmlns=") && poster.contains("width=\"600\" height=\"420\""), "{name}");
                assert!(poster.contains(&format!("fill=\"{ground}\"")) && poster.contains(" parameters</text>"), "{name}");
                assert_eq!(poster.contains("no skip connections"), kind == "-plain", "{name}");
                assert!(poster.len() < 20_000, "{name}: {} bytes", poster.len());
                posters += 1;
            }
        }
    }
    assert_eq!(files.keys().filter(|path| path.starts_with("posters/")).count(), posters);
}

#[test]
fn the_site_is_written_beside_a_page_and_nowhere_else() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path();
    let refused = site::write(folder, &SiteUrl::default()).unwrap_err().to_string();
    assert!(refused.contains("no built page"), "{refused}");
    std::fs::write(folder.join("index.html"), "<html><head></head><body></body></html>").unwrap();
    site::write(folder, &SiteUrl::default()).unwrap();
    let index = std::fs::read_to_string(folder.join("index.html")).unwrap();
    assert!(index.contains("property=\"og:image\" content=\"p/quick/card.png\"") && index.ends_with("</body></html>"), "{index}");
    for path in RELATIVE.keys() {
        assert!(folder.join(path).is_file(), "{path}");
    }
}
