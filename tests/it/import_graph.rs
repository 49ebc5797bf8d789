//! Which files of `src` import which, read from the text of the sources, and whether the arrows run in a circle.
//!
//! A file imports another when it names something of it by a path: in a `use`, or in the middle of its code. What a module
//! hands on with `pub use` counts as imported from the file that defines it, so a folder's `mod.rs` can list what its files
//! offer without importing it; it does import what it uses itself. Modules under `#[cfg(test)]` are left out: tests may look at anything.

use std::collections::{BTreeMap, BTreeSet};

use crate::rust_tokens::tokens;

/// Arrows from each file or room to those that it imports.
pub type Graph = BTreeMap<String, BTreeSet<String>>;

/// `spec/stage.rs` as `["spec", "stage"]`.
type Module = Vec<String>;

/// What one file says about others.
#[derive(Default)]
struct File {
    /// Path from `src/`.
    name: String,
    /// Absolute paths, without `crate`, that it names.
    named: Vec<Module>,
    /// What it hands on: by the name it has here, the path it has elsewhere; `*` for all of a module.
    handed_on: Vec<(String, Module)>,
    /// Names of its own items.
    items: BTreeSet<String>,
}

/// The arrows between files. `sources` are paths from `src/` with their texts.
pub fn file_graph(sources: &[(String, String)]) -> Graph {
    let modules: BTreeSet<Module> = sources.iter().map(|(name, _)| module_of(name)).collect();
    let tests: BTreeSet<Module> = sources.iter().flat_map(|(name, text)| test_modules(&module_of(name), &tokens(text))).collect();
    let files: BTreeMap<Module, File> = sources
        .iter()
        .map(|(name, text)| (module_of(name), name, text))
        .filter(|(module, ..)| !tests.iter().any(|test| module.starts_with(test)))
        .map(|(module, name, text)| {
            let file = File { name: name.clone(), ..read(&module, &tokens(text), &modules) };
            (module, file)
        })
        .collect();
    let mut graph = Graph::new();
    for (module, file) in &files {
        let targets = file.named.iter().filter_map(|path| target(&files, path, 0)).filter(|target| *target != module);
        let names = targets.filter_map(|target| files.get(target)).map(|file| file.name.clone()).collect();
        graph.insert(file.name.clone(), names);
    }
    graph
}

/// The same arrows between the folders and files that stand in `src` itself.
pub fn room_graph(files: &Graph) -> Graph {
    let mut rooms = Graph::new();
    for (file, imports) in files {
        let arrows = imports.iter().map(|other| room_of(other).to_owned()).filter(|other| other != room_of(file));
        rooms.entry(room_of(file).to_owned()).or_default().extend(arrows);
    }
    rooms
}

/// The arrows between the files of one room.
pub fn files_of_room(files: &Graph, room: &str) -> Graph {
    let inside = files.iter().filter(|(file, _)| room_of(file) == room);
    inside.map(|(file, imports)| (file.clone(), imports.iter().filter(|other| room_of(other) == room).cloned().collect())).collect()
}

/// `spec` for `spec/stage.rs`, `random` for `random.rs`.
pub fn room_of(file: &str) -> &str {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
}

/// A way along the arrows that ends where it began, if there is one.
pub fn circle(graph: &Graph) -> Option<Vec<String>> {
    fn walk<'a>(graph: &'a Graph, node: &'a str, way: &mut Vec<&'a str>, done: &mut BTreeSet<&'a str>) -> Option<Vec<String>> {
        if let Some(start) = way.iter().position(|before| *before == node) {
            return Some(way[start..].iter().chain([&node]).map(|name| (*name).to_owned()).collect());
        }
        if done.contains(node) {
            return None;
        }
        way.push(node);
        let found = graph.get(node).into_iter().flatten().find_map(|next| walk(graph, next, way, done));
        way.pop();
        done.insert(node);
        found
    }
    let mut done = BTreeSet::new();
    graph.keys().find_map(|node| walk(graph, node, &mut Vec::new(), &mut done))
}

fn module_of(name: &str) -> Module {
    let path = name.trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    if path == "lib" { Vec::new() } else { path.split('/').map(str::to_owned).collect() }
}

/// The module that a path leads to, through what modules on the way hand on.
fn target<'a>(files: &'a BTreeMap<Module, File>, path: &[String], steps: usize) -> Option<&'a Module> {
    let length = (1..=path.len()).rev().find(|length| files.contains_key(&path[..*length]))?;
    let (module, file) = files.get_key_value(&path[..length])?;
    let Some(name) = path.get(length).filter(|name| steps < 16 && !file.items.contains(*name)) else { return Some(module) };
    let named = file.handed_on.iter().find(|(handed, _)| handed == name).map(|(_, origin)| origin.clone());
    let from_all = || file.handed_on.iter().find(|(handed, _)| handed == "*").map(|(_, all)| [all, std::slice::from_ref(name)].concat());
    match named.or_else(from_all) {
        Some(origin) => target(files, &origin, steps + 1).or(Some(module)),
        None => Some(module),
    }
}

/// Whether the tokens at `place` begin `#[cfg(test)]`.
fn is_test_attribute(tokens: &[String], place: usize) -> bool {
    let wanted = ["#", "[", "cfg", "(", "test", ")", "]"];
    tokens.get(place..place + wanted.len()).is_some_and(|found| found.iter().zip(wanted).all(|(token, wanted)| token == wanted))
}

/// Where the `mod` stands that the attribute at `place` belongs to, if it is one.
fn module_behind(tokens: &[String], place: usize) -> Option<usize> {
    let start = place + 7;
    let modifiers = ["pub", "(", ")", "crate", "super"];
    let behind = tokens.get(start..)?.iter().position(|token| !modifiers.contains(&token.as_str()))?;
    (tokens[start + behind] == "mod").then_some(start + behind)
}

/// Modules that only tests have, which are files of their own.
fn test_modules(module: &Module, tokens: &[String]) -> Vec<Module> {
    let attributes = (0..tokens.len()).filter(|place| is_test_attribute(tokens, *place));
    let modules =
        attributes.filter_map(|place| module_behind(tokens, place)).filter(|place| tokens.get(place + 2).is_some_and(|next| next == ";"));
    modules.map(|place| [module.as_slice(), &[tokens[place + 1].clone()]].concat()).collect()
}

/// Where the bracket closes that opens at `place`.
fn closing(tokens: &[String], place: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(place) {
        depth += i32::from(["{", "(", "["].contains(&token.as_str())) - i32::from(["}", ")", "]"].contains(&token.as_str()));
        if depth == 0 {
            return at;
        }
    }
    tokens.len()
}

fn read(module: &Module, tokens: &[String], modules: &BTreeSet<Module>) -> File {
    let mut file = File::default();
    // Modules written inside of the file, and where they end.
    let mut inside: Vec<(String, usize)> = Vec::new();
    let mut place = 0;
    let mut public = false;
    // What the file hands on of its own folder, and the words of its code.
    let (mut offered, mut words) = (Vec::new(), BTreeSet::new());
    while place < tokens.len() {
        inside.retain(|(_, end)| *end > place);
        let here: Module = module.iter().cloned().chain(inside.iter().map(|(name, _)| name.clone())).collect();
        match tokens[place].as_str() {
            "#" if is_test_attribute(tokens, place) => {
                place = match module_behind(tokens, place) {
                    Some(start) if tokens.get(start + 2).is_some_and(|next| next == "{") => closing(tokens, start + 2),
                    _ => place + 7,
                };
            }
            // `pub(in crate::dataset)` says who may see it; it imports nothing.
            "pub" => {
                public = true;
                place = if tokens.get(place + 1).is_some_and(|next| next == "(") { closing(tokens, place + 1) + 1 } else { place + 1 };
                continue;
            }
            "mod" if tokens.get(place + 2).is_some_and(|next| next == "{") => {
                inside.push((tokens[place + 1].clone(), closing(tokens, place + 2)));
                place += 3;
            }
            "mod" => place += 2,
            "use" if tokens.get(place + 1).is_some_and(|next| next != "<") => {
                let end = place + tokens[place..].iter().position(|token| token == ";").unwrap_or(tokens.len() - place - 1);
                for (path, name) in use_tree(&tokens[place + 1..end]) {
                    let Some(path) = absolute(&here, &path, modules) else { continue };
                    let own_file = inside.is_empty() && path.starts_with(module);
                    if public {
                        file.handed_on.push((name.clone(), path.clone()));
                    }
                    if public && own_file {
                        offered.push((name, path));
                    } else {
                        file.named.push(path);
                    }
                }
                place = end;
            }
            "struct" | "enum" | "fn" | "const" | "static" | "type" | "trait" => {
                file.items.extend(tokens.get(place + 1).cloned());
                place += 1;
            }
            word if tokens.get(place + 1).is_some_and(|next| next == "::") && !is_continued(tokens, place) && is_name(word) => {
                let mut path = vec![word.to_owned()];
                words.insert(word.to_owned());
                while tokens.get(place + 1).is_some_and(|next| next == "::") && tokens.get(place + 2).is_some_and(|next| is_name(next)) {
                    path.push(tokens[place + 2].clone());
                    place += 2;
                }
                file.named.extend(absolute(&here, &path, modules).filter(|path| !path.is_empty()));
                place += 1;
            }
            word => {
                words.insert(word.to_owned());
                place += 1;
            }
        }
        public = false;
    }
    file.named.extend(offered.into_iter().filter(|(name, _)| words.contains(name)).map(|(_, path)| path));
    file
}

/// Whether the word at `place` goes on a path whose beginning is no name, such as `<T>::`.
fn is_continued(tokens: &[String], place: usize) -> bool {
    place > 0 && (tokens[place - 1] == "::" || tokens[place - 1] == ".")
}

fn is_name(token: &str) -> bool {
    token.starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
}

/// The paths of a `use`, each with the name that it brings.
fn use_tree(tokens: &[String]) -> Vec<(Module, String)> {
    let mut path = Module::new();
    let mut name = None;
    let mut place = 0;
    while place < tokens.len() {
        match tokens[place].as_str() {
            "{" => {
                let end = closing(tokens, place);
                let mut paths = Vec::new();
                let mut start = place + 1;
                for at in place + 1..=end {
                    let depth = |at: usize| {
                        tokens[place + 1..at].iter().map(|token| i32::from(token == "{") - i32::from(token == "}")).sum::<i32>()
                    };
                    if at == end || (tokens[at] == "," && depth(at) == 0) {
                        if at > start {
                            paths.extend(use_tree(&tokens[start..at]));
                        }
                        start = at + 1;
                    }
                }
                return paths.into_iter().map(|(rest, name)| join(&path, &rest, name)).collect();
            }
            "as" => {
                name = tokens.get(place + 1).cloned();
                place += 1;
            }
            "::" => {}
            word => path.push(word.to_owned()),
        }
        place += 1;
    }
    let name = name.or_else(|| path.last().cloned()).unwrap_or_default();
    if name == "*" {
        path.pop();
    }
    vec![(path, name)]
}

/// `a::{self, b}` is `a` and `a::b`.
fn join(path: &Module, rest: &[String], name: String) -> (Module, String) {
    if rest == ["self"] {
        return (path.clone(), path.last().cloned().unwrap_or_default());
    }
    ([path.as_slice(), rest].concat(), name)
}

/// A path from the crate's root on; none for one that leads out of the crate or names something of this file.
fn absolute(here: &Module, path: &[String], modules: &BTreeSet<Module>) -> Option<Module> {
    let (first, rest) = path.split_first()?;
    match first.as_str() {
        "crate" => Some(rest.to_vec()),
        "self" => Some([here.as_slice(), rest].concat()),
        "super" => {
            let ups = path.iter().take_while(|word| *word == "super").count();
            let base = here.get(..here.len().checked_sub(ups)?)?;
            Some([base, &path[ups..]].concat())
        }
        _ => {
            let child = [here.as_slice(), std::slice::from_ref(first)].concat();
            modules.contains(&child).then(|| [child.as_slice(), rest].concat())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(sources: &[(&str, &str)]) -> Graph {
        let sources: Vec<_> = sources.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        file_graph(&sources)
    }

    fn imports(graph: &Graph, file: &str) -> Vec<String> {
        graph[file].iter().cloned().collect()
    }

    #[test]
    fn a_circle_of_rooms_is_found_and_named() {
        let graph = graph(&[
            ("spec/mod.rs", "pub mod stage;"),
            ("spec/stage.rs", "use crate::drawing::Arc;\npub struct Stage;"),
            ("drawing/mod.rs", "mod arc;\npub use arc::Arc;"),
            ("drawing/arc.rs", "pub struct Arc(crate::spec::stage::Stage);"),
            ("random.rs", "pub fn seed() {}"),
        ]);
        assert_eq!(circle(&room_graph(&graph)), Some(vec!["drawing".into(), "spec".into(), "drawing".into()]));
        assert_eq!(circle(&files_of_room(&graph, "drawing")), None, "inside each room the arrows run one way");
    }

    #[test]
    fn a_circle_of_files_is_found_and_named() {
        let graph = graph(&[
            ("spec/mod.rs", "mod block;\nmod stage;\npub use block::Block;\npub use stage::{self as stages, Stage};"),
            ("spec/block.rs", "use super::Stage;\npub struct Block(Stage);"),
            ("spec/stage.rs", "pub struct Stage;\nfn first() -> super::Block {}"),
        ]);
        let wanted = ["spec/block.rs", "spec/stage.rs", "spec/block.rs"].map(str::to_owned);
        assert_eq!(circle(&files_of_room(&graph, "spec")), Some(wanted.into()), "through what the folder hands on");
        assert_eq!(circle(&room_graph(&graph)), None, "there is one room");
    }

    #[test]
    fn a_folder_that_calls_a_file_which_needs_it_is_a_circle() {
        let graph = graph(&[
            ("import/mod.rs", "mod tar;\npub struct Entry;\nfn open() { tar::open() }"),
            ("import/tar.rs", "use super::Entry;\npub fn open() -> Entry {}"),
        ]);
        assert!(circle(&graph).is_some(), "{graph:?}");
    }

    #[test]
    fn a_folder_that_uses_what_it_hands_on_imports_it() {
        let graph = graph(&[
            ("import/mod.rs", "mod tar;\npub use tar::Tar;\npub struct Entry;\nfn open() -> Tar {}"),
            ("import/tar.rs", "use super::Entry;\npub struct Tar(Entry);"),
        ]);
        assert!(circle(&graph).is_some(), "{graph:?}");
    }

    #[test]
    fn arrows_one_way_are_no_circle() {
        let graph = graph(&[
            ("lib.rs", "pub mod model;\npub mod spec;"),
            ("model/mod.rs", "mod head;\nmod stem;\npub use head::Head;"),
            ("model/head.rs", "use super::stem::{self, Stem};\nuse crate::spec::Spec;\nimpl Head { pub(in crate::model) fn f() {} }"),
            ("model/stem.rs", "use crate::spec::*;\npub struct Stem;"),
            ("spec.rs", "pub struct Spec;"),
        ]);
        assert_eq!(imports(&graph, "model/head.rs"), ["model/stem.rs", "spec.rs"]);
        assert_eq!(imports(&graph, "model/mod.rs"), [""; 0], "handing on is no import");
        assert_eq!((circle(&graph), circle(&room_graph(&graph))), (None, None));
    }

    #[test]
    fn tests_comments_and_literals_import_nothing() {
        let graph = graph(&[
            ("a.rs", "// use crate::b::B;\nconst TEXT: &str = \"crate::b::B\";\n#[cfg(test)]\nmod tests {\n    use crate::b::B;\n}\n"),
            ("b/mod.rs", "use crate::a::TEXT;\npub struct B;\n#[cfg(test)]\nmod tests;"),
            ("b/tests.rs", "use crate::c::C;"),
            ("c.rs", "use crate::b::B;\nconst RAW: &str = r#\"crate::a::TEXT\"#;\nconst QUOTE: char = '\"';\npub struct C;"),
        ]);
        assert_eq!(imports(&graph, "a.rs"), [""; 0]);
        assert_eq!(imports(&graph, "c.rs"), ["b/mod.rs"]);
        assert!(!graph.contains_key("b/tests.rs"), "a file of tests alone is left out");
        assert_eq!(circle(&graph), None);
    }

    #[test]
    fn what_is_handed_on_counts_where_it_is_defined() {
        let graph = graph(&[
            ("protocol/mod.rs", "mod trainer;\npub use trainer::*;\npub use crate::experiment::Request as Asked;\npub fn decode() {}"),
            ("protocol/trainer.rs", "pub struct Event;"),
            ("experiment.rs", "pub struct Request;"),
            ("run.rs", "use crate::protocol::{Asked, Event, decode};"),
        ]);
        assert_eq!(imports(&graph, "run.rs"), ["experiment.rs", "protocol/mod.rs", "protocol/trainer.rs"]);
    }
}
