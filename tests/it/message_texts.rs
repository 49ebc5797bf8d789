//! The texts that our sources say in the visitor's language.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// One text of the sources, with the places where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub context: Option<String>,
    pub text: String,
    pub plural: Option<String>,
    /// Files that say it, from the root.
    pub files: Vec<String>,
}

impl Message {
    /// What a translation is found by.
    pub fn key(&self) -> (Option<&str>, &str, Option<&str>) {
        (self.context.as_deref(), &self.text, self.plural.as_deref())
    }
}

/// All texts below `src/` and `site/src/`, each once, in the order of the files.
///
/// # Panics
/// When a call cannot be translated: its text is no literal, or its placeholders are not its arguments.
pub fn of_sources(root: &Path) -> Vec<Message> {
    let mut files = Vec::new();
    collect(&root.join("src"), &mut files);
    files.sort();
    // The site's own come behind those of the page.
    let mut of_site = Vec::new();
    collect(&root.join("site/src"), &mut of_site);
    of_site.sort();
    files.extend(of_site);
    let mut found: Vec<Message> = Vec::new();
    for path in files {
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if name == "src/language/mod.rs" {
            continue;
        }
        let source = std::fs::read_to_string(&path).expect("text");
        let tokens: TokenStream = source.parse().unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut said = Vec::new();
        texts_in(tokens, &mut said).unwrap_or_else(|error| panic!("{name}: {error}"));
        for message in said {
            match found.iter_mut().find(|other| other.key() == message.key()) {
                Some(other) if other.files.contains(&name) => {}
                Some(other) => other.files.push(name.clone()),
                None => found.push(Message { files: vec![name.clone()], ..message }),
            }
        }
    }
    found
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            collect(&entry, files);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            files.push(entry);
        }
    }
}

/// The texts of calls of `tr!`, `text!` and `marked!`, in macros too.
fn texts_in(tokens: TokenStream, found: &mut Vec<Message>) -> Result<(), String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (place, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        texts_in(group.stream(), found)?;
        let called = match tokens[..place] {
            [.., TokenTree::Ident(ref name), TokenTree::Punct(ref bang)] if bang.as_char() == '!' => name.to_string(),
            _ => continue,
        };
        if group.delimiter() == Delimiter::Parenthesis && ["tr", "text", "marked"].contains(&called.as_str()) {
            found.push(message(&called, group.stream()).map_err(|error| format!("{called}!({}): {error}", group.stream()))?);
        }
    }
    Ok(())
}

/// What one call says: `"text"`, `"text" | "plural" % count`, or `"context" => "text"`, and arguments behind it.
fn message(called: &str, arguments: TokenStream) -> Result<Message, String> {
    let parts = split(arguments);
    let (said, given) = parts.split_first().ok_or("it says nothing")?;
    let literals = said.iter().filter_map(|token| syn::parse2::<syn::LitStr>(token.clone().into()).ok()).map(|literal| literal.value());
    let mut literals = literals.collect::<Vec<_>>().into_iter();
    let has = |sign: char| said.iter().any(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign));
    let context = if has('>') { literals.next() } else { None };
    let text = literals.next().ok_or("its text is no literal")?;
    let plural = if has('|') { literals.next() } else { None };
    let mut names: BTreeSet<String> = given.iter().filter(|part| !part.is_empty()).map(|part| part[0].to_string()).collect();
    if plural.is_some() {
        names.insert("n".into());
    }
    let used: BTreeSet<String> = placeholders(&text).into_iter().chain(plural.iter().flat_map(|plural| placeholders(plural))).collect();
    if let Some(unknown) = used.difference(&names).next() {
        return Err(format!("no argument is called {unknown}"));
    }
    if let Some(unused) = names.difference(&used).find(|name| *name != "n") {
        return Err(format!("no placeholder is called {unused}"));
    }
    if called != "tr" && !used.is_empty() {
        return Err("it has placeholders: use tr!".into());
    }
    Ok(Message { context, text, plural, files: Vec::new() })
}

/// Parts between commas.
fn split(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    for token in tokens {
        if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',') {
            parts.push(Vec::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(token);
        }
    }
    parts
}

/// Names between braces. Doubled braces stand for themselves, and what is no name is code.
pub fn placeholders(text: &str) -> Vec<String> {
    let plain = text.replace("{{", "").replace("}}", "");
    let names = plain.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned());
    names.filter(|name| name.chars().all(|letter| letter.is_alphanumeric() || letter == '_')).collect()
}

#[test]
fn texts_are_found_in_macros_and_calls() {
    let source = r#"view! { <p title=text!("A title")>{tr!("{count} of {all}", count, all = of(1, 2))}</p> } tr!("verb" => "open");
        tr!("one image" | "{n} images" % images); const X: &str = marked!("In a \
        table");"#;
    let mut found = Vec::new();
    texts_in(source.parse().unwrap(), &mut found).unwrap();
    let texts: Vec<_> = found.iter().map(Message::key).collect();
    let of = |text| (None, text, None);
    let expected =
        [of("A title"), of("{count} of {all}"), (Some("verb"), "open", None), (None, "one image", Some("{n} images")), of("In a table")];
    assert_eq!(texts, expected);
    for wrong in [r#"tr!("{count}", other)"#, r#"tr!("{count}")"#, r#"text!("{count}")"#, r#"tr!("none", count)"#] {
        assert!(texts_in(wrong.parse().unwrap(), &mut Vec::new()).is_err(), "{wrong}");
    }
}
