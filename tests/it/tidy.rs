//! The walls between the modules, held by looking at the sources and at what Cargo would link.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::import_graph::{Graph, circle, file_graph, files_of_room, room_graph};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Crates that a build with these features links for the web.
fn linked(features: &str) -> Vec<String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(root())
        .args(["tree", "--package", "resnet-playground", "--edges", "normal", "--prefix", "none", "--format", "{lib}"])
        .args(["--target", "wasm32-unknown-unknown", "--no-default-features", "--features", features])
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
}

fn holds(crates: &[String], name: &str) -> bool {
    crates.iter().any(|linked| linked == name)
}

#[test]
fn the_core_is_pure_and_the_page_links_no_burn() {
    let core = linked("");
    for outside in ["burn", "leptos", "web_sys", "wasm_bindgen"] {
        assert!(!holds(&core, outside), "the core pulls {outside}");
    }
    let page = linked("app");
    assert!(holds(&page, "leptos") && !holds(&page, "burn"), "the page is Leptos without Burn");
    let trainer = linked("train");
    assert!(holds(&trainer, "burn") && !holds(&trainer, "leptos") && !holds(&trainer, "wgpu"), "the CPU trainer is Burn alone");
    assert!(holds(&linked("webgpu"), "wgpu"), "the WebGPU trainer has wgpu");
    let tasks = linked("tasks");
    assert!(!holds(&tasks, "burn") && !holds(&tasks, "leptos"), "the tasks worker is the core alone");
}

/// Source files below `folder` with their path from `src/` and their text.
fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            found.extend(sources(&entry));
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            let name = entry.strip_prefix(root().join("src")).unwrap_or(&entry).to_string_lossy().replace('\\', "/");
            found.push((name, std::fs::read_to_string(&entry).expect("text")));
        }
    }
    found
}

/// Files in which `needle` stands although `allowed` does not hold for them.
fn trespassers(needle: &str, allowed: impl Fn(&str) -> bool) -> Vec<String> {
    sources(&root().join("src")).into_iter().filter(|(name, text)| text.contains(needle) && !allowed(name)).map(|(name, _)| name).collect()
}

#[test]
fn each_side_keeps_to_its_own_ground() {
    let none: Vec<String> = Vec::new();
    assert_eq!(
        trespassers("post_message", |name| [
            "worker/trainer/browser.rs",
            "worker/tasks/browser.rs",
            "app/services/worker_client.rs",
            "app/services/host_port.rs"
        ]
        .contains(&name)),
        none,
        "messages"
    );
    assert_eq!(
        trespassers("web_sys", |name| [
            "app/",
            "worker/trainer/",
            "worker/tasks/browser",
            "worker/storage",
            "worker/javascript",
            "worker/language"
        ]
        .iter()
        .any(|start| name.starts_with(start))),
        none,
        "the browser"
    );
    assert_eq!(trespassers("leptos", |name| name.starts_with("app/") || name.starts_with("bin/")), none, "Leptos");
    // `export/` writes code for Burn; that it does not use it is held by the test below.
    let computes = |name: &str| {
        ["model/", "insight/measuring/", "training/", "parity/", "worker/trainer/", "bin/", "export/"]
            .iter()
            .any(|folder| name.starts_with(folder))
            || name == "lib.rs"
    };
    assert_eq!(trespassers("burn::", computes), none, "Burn");
    assert_eq!(trespassers("into_data_async", |name| name.starts_with("training/")), none, "reading tensors back");
    assert_eq!(
        trespassers("crate::worker", |name| name.starts_with("worker/") || name.starts_with("app/")),
        none,
        "nobody imports the worker"
    );
    assert_eq!(trespassers("crate::app", |name| name.starts_with("app/")), none, "nobody imports the page");
}

#[test]
fn the_page_reaches_its_elements_by_leptos() {
    let none: Vec<String> = Vec::new();
    for needle in ["get_element_by_id", "Box::leak", "innerHTML"] {
        assert_eq!(trespassers(needle, |name| !name.starts_with("app/")), none, "{needle}");
    }
    assert_eq!(trespassers("inner_html", |name| name == "app/features/network_view/scene/mod.rs"), none, "markup that is no view");
    let components: usize = sources(&root().join("src/app")).iter().map(|(_, text)| text.matches("#[component]").count()).sum();
    assert!(components >= 40, "the page has {components} components");
}

/// Items that may stand in `src` itself: folders, `lib.rs` and single files.
const MOST_ITEMS: usize = 20;

#[test]
fn the_source_folder_fits_on_one_screen() {
    let items: Vec<_> =
        std::fs::read_dir(root().join("src")).expect("a folder").map(|entry| entry.expect("an entry").file_name()).collect();
    assert!(items.len() <= MOST_ITEMS, "{} items in src: {items:?}", items.len());
}

/// Arrows between the files of `src`; programs are left out, for nothing imports them.
fn arrows() -> Graph {
    let library = sources(&root().join("src")).into_iter().filter(|(name, _)| !name.starts_with("bin/")).collect::<Vec<_>>();
    file_graph(&library)
}

/// A circle in words, if there is one.
fn named(found: Option<Vec<String>>) -> String {
    found.map(|way| way.join(" → ")).unwrap_or_default()
}

#[test]
fn rooms_import_each_other_one_way() {
    assert_eq!(named(circle(&room_graph(&arrows()))), "", "a circle of rooms");
}

#[test]
fn files_of_a_room_import_each_other_one_way() {
    let files = arrows();
    for room in room_graph(&files).keys() {
        assert_eq!(named(circle(&files_of_room(&files, room))), "", "a circle of files in {room}");
    }
}

#[test]
fn folders_of_the_page_import_each_other_one_way() {
    let files = arrows();
    for folder in ["app/", "app/features/"] {
        let part = |name: &str| name.strip_prefix(folder).and_then(|rest| rest.split('/').next()).map(str::to_owned);
        let mut parts = Graph::new();
        for (file, imports) in &files {
            let Some(own) = part(file) else { continue };
            let others = imports.iter().filter_map(|other| part(other)).filter(|other| *other != own);
            parts.entry(own.clone()).or_default().extend(others);
        }
        assert!(parts.len() > 3, "{folder} has {parts:?}");
        assert_eq!(named(circle(&parts)), "", "a circle below {folder}");
    }
}

#[test]
fn no_view_has_an_attribute_style_which_the_policy_of_the_page_refuses() {
    let sources = sources(&root().join("src/app"));
    assert!(sources.iter().any(|(_, text)| text.contains(" style:width=")), "properties are set one by one");
    for (name, text) in sources {
        assert!(!text.split_ascii_whitespace().any(|word| word.starts_with("style=")), "{name}: write style:PROPERTY=VALUE");
    }
}

#[test]
fn every_browser_test_watches_the_policy_and_other_sites() {
    let folder = std::fs::read_dir(root().join("tests/e2e")).expect("there are browser tests");
    let specs = folder.map(|entry| entry.expect("a file").path()).filter(|path| path.to_string_lossy().ends_with(".spec.ts"));
    for path in specs {
        let text = std::fs::read_to_string(&path).expect("a text");
        assert!(!text.contains("'@playwright/test'"), "{}: import from './fixtures'", path.display());
    }
}

#[test]
fn files_stay_short_enough_to_read() {
    let both = [root().join("src"), root().join("tests/it")];
    let files = both.iter().flat_map(|folder| sources(folder));
    let mut lengths: Vec<(usize, String)> = files.map(|(name, text)| (text.lines().count(), name)).collect();
    lengths.sort();
    let (longest, name) = &lengths[lengths.len() - 1];
    assert!(*longest <= 400, "{name} has {longest} lines");
    let median = lengths[lengths.len() / 2].0;
    assert!(median < 150, "the median file has {median} lines");
}
