//! Each language says everything that the sources say. `UPDATE_LANGUAGES=1 cargo test --test it languages` writes the texts of today
//! into its file, with nothing where a translation is missing.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use rspolib::{POFile, pofile};

use crate::message_texts::{Message, of_sources, placeholders};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn languages() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join("languages")).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.filter(|path| path.extension().is_some_and(|extension| extension == "po")).collect()
}

fn read(path: &Path) -> POFile {
    pofile(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Translations by what they translate.
fn translations(file: &POFile) -> HashMap<(Option<String>, String, Option<String>), Vec<String>> {
    let of = |entry: &rspolib::POEntry| {
        let key = (entry.msgctxt.clone(), entry.msgid.clone(), entry.msgid_plural.clone());
        let texts = if entry.msgid_plural.is_some() { entry.msgstr_plural.clone() } else { entry.msgstr.iter().cloned().collect() };
        (key, texts)
    };
    file.entries.iter().map(of).collect()
}

/// How many forms of a plural the language has.
fn plural_forms(file: &POFile) -> usize {
    let rule = file.metadata.get("Plural-Forms").expect("the header has Plural-Forms");
    let number = rule.split(';').find_map(|part| part.trim().strip_prefix("nplurals="));
    number.expect("Plural-Forms has nplurals").parse().expect("a number")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

/// The file with the texts of today. Its header stays.
fn written(file: &POFile, old: &str, messages: &[Message]) -> String {
    let known = translations(file);
    let header = old.split("\n\n").next().unwrap_or_default();
    let mut text = format!("{header}\n");
    for message in messages {
        let key = (message.context.clone(), message.text.clone(), message.plural.clone());
        let translated = known.get(&key).cloned().unwrap_or_default();
        let form = |index: usize| quoted(translated.get(index).map_or("", String::as_str));
        let _ = write!(text, "\n#: {}\n", message.files.join(" "));
        if let Some(context) = &message.context {
            let _ = writeln!(text, "msgctxt {}", quoted(context));
        }
        let _ = writeln!(text, "msgid {}", quoted(&message.text));
        match &message.plural {
            None => {
                let _ = writeln!(text, "msgstr {}", form(0));
            }
            Some(plural) => {
                let _ = writeln!(text, "msgid_plural {}", quoted(plural));
                for index in 0..plural_forms(file) {
                    let _ = writeln!(text, "msgstr[{index}] {}", form(index));
                }
            }
        }
    }
    text
}

#[test]
fn every_language_says_everything() {
    let messages = of_sources(&root());
    assert!(messages.len() > 1_000, "only {} texts were found in the sources", messages.len());
    assert!(!languages().is_empty());
    for path in languages() {
        let (name, old) = (path.display(), std::fs::read_to_string(&path).expect("text"));
        let file = read(&path);
        let expected = written(&file, &old, &messages);
        if std::env::var_os("UPDATE_LANGUAGES").is_some() {
            std::fs::write(&path, &expected).expect("it can be written");
        } else {
            assert!(old == expected, "{name} has other texts than the sources: run `UPDATE_LANGUAGES=1 cargo test --test it languages`");
        }
        let known = translations(&file);
        let is_missing = |message: &&Message| {
            let key = (message.context.clone(), message.text.clone(), message.plural.clone());
            let forms = if message.plural.is_some() { plural_forms(&file) } else { 1 };
            known.get(&key).is_none_or(|texts| texts.len() != forms || texts.iter().any(String::is_empty))
        };
        let missing: Vec<&str> = messages.iter().filter(is_missing).map(|message| message.text.as_str()).collect();
        assert!(missing.is_empty(), "{name} does not translate {missing:#?}");
    }
}

#[test]
fn translations_have_the_placeholders_of_their_texts() {
    for path in languages() {
        for ((_, text, plural), translated) in translations(&read(&path)) {
            let set = |text: &str| placeholders(text).into_iter().collect::<BTreeSet<_>>();
            let given: BTreeSet<String> = set(&text).into_iter().chain(plural.iter().flat_map(|plural| set(plural))).collect();
            for translation in translated {
                let used = set(&translation);
                // The form for one thing may leave out its number.
                let is_whole = if plural.is_some() { used.is_subset(&given) } else { used == given };
                assert!(is_whole, "{}: “{text}” has other placeholders than “{translation}”", path.display());
            }
        }
    }
}
