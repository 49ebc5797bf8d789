//! The Content-Security-Policy of every page, written at the end of the build: as a `<meta>` element, which holds on any host, and
//! as the file `_headers`, which Netlify and Cloudflare send for everything, workers included. `SECURITY.md` explains it.

mod directives;
mod inline;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::project;
use directives::{Kind, policy};
use inline::Inline;

/// How the policy begins in a page's head. Only the character encoding stands before it, because a policy applies to what follows it.
const META: &str = "<meta http-equiv=\"Content-Security-Policy\" ";
/// The file with the policy for servers that read one.
const HEADERS: &str = "_headers";
/// Between these `_headers` is written here; what else is in it stays.
const MARKS: [&str; 2] = ["# The policy of this build: SECURITY.md", "# End of the policy"];

/// Writes the policy into every page of the folder, and into its `_headers`.
pub fn write(folder: &Path) -> Result<()> {
    let mut all = Inline::default();
    let is_page = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "html");
    for path in project::files_within(folder)?.into_iter().filter(is_page) {
        let page = merged_styles(&without_policy(&project::read_text(&path)?)?);
        let kind = if path == folder.join("index.html") { Kind::Playground } else { Kind::Text };
        let inline = Inline::of(&page).with_context(|| project::shown(&path))?;
        let written = with_policy(&page, &policy(kind, &inline)).with_context(|| project::shown(&path))?;
        project::write(&path, written)?;
        all.scripts.extend(inline.scripts);
        all.styles.extend(inline.styles);
    }
    let headers = folder.join(HEADERS);
    let before = if headers.is_file() { project::read_text(&headers)? } else { String::new() };
    project::write(&headers, project::with_part(&before, MARKS, &header_rules(&policy(Kind::Playground, &all))))
}

/// Sheets that follow each other as one: a header with a hash for each of thirty would be longer than hosts allow.
fn merged_styles(page: &str) -> String {
    page.replace("</style><style>", "\n")
}

fn without_policy(page: &str) -> Result<String> {
    let Some(from) = page.find(META) else { return Ok(page.to_owned()) };
    let length = page[from..].find('>').context("the page ends within a tag")?;
    Ok(format!("{}{}", &page[..from], &page[from + length + 1..]))
}

fn with_policy(page: &str, policy: &str) -> Result<String> {
    let charset = ["<meta charset=utf-8>", "<meta charset=\"utf-8\">"].iter().find_map(|tag| Some(page.find(tag)? + tag.len()));
    let place = charset.context("the page does not say its character encoding")?;
    let first = ["<script", "<style", "<link"].iter().filter_map(|tag| page.find(tag)).min();
    ensure!(first.is_none_or(|first| first > place), "something is loaded before the policy holds");
    Ok(format!("{}{META}content=\"{policy}\">{}", &page[..place], &page[place..]))
}

/// What `_headers` says of the policy.
fn header_rules(policy: &str) -> String {
    format!(
        "# It says nothing of frame-ancestors, and there is no X-Frame-Options: anybody may embed the page, notebooks and \
         sandboxed\n# frames included, which `frame-ancestors *` would keep out.\n/*\n  Content-Security-Policy: {policy}\n  \
         X-Content-Type-Options: nosniff\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!doctype html><head><meta charset=utf-8><title>A page</title><script>1</script><style>a{}</style><style>b{}</style>\
                        <script src=./a.js></script></head>";

    fn written(times: usize) -> [String; 3] {
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path();
        project::write(&folder.join("index.html"), PAGE).unwrap();
        project::write(&folder.join("guide/index.html"), PAGE.replace(">1<", ">2<")).unwrap();
        project::write(&folder.join(HEADERS), "/*.wasm\n  Cache-Control: immutable\n").unwrap();
        for _ in 0..times {
            write(folder).unwrap();
        }
        let read = |name: &str| project::read_text(&folder.join(name)).unwrap();
        [read("index.html"), read("guide/index.html"), read(HEADERS)]
    }

    #[test]
    fn every_page_has_a_policy_with_its_own_hashes_before_anything_is_loaded() {
        let [index, guide, _] = written(1);
        let one = inline::hash("1");
        assert!(index.contains(&one) && !guide.contains(&one));
        assert!(index.find(META).unwrap() < index.find("<script").unwrap());
        assert!(index.contains(&inline::hash("a{}\nb{}")), "sheets are one: {index}");
        for policy in [index, guide] {
            assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
        }
    }

    #[test]
    fn headers_hold_for_every_page_and_keep_what_others_wrote() {
        let [.., headers] = written(1);
        assert!(headers.starts_with("/*.wasm\n  Cache-Control: immutable\n# The policy"), "{headers}");
        assert!(["1", "2"].iter().all(|script| headers.contains(&inline::hash(script))), "{headers}");
        let line = headers.lines().find(|line| line.contains("Content-Security-Policy")).unwrap();
        assert!(line.len() < 2000, "Cloudflare leaves longer lines out: {}", line.len());
    }

    #[test]
    fn a_second_time_changes_nothing() {
        assert_eq!(written(2), written(1));
    }

    #[test]
    fn a_page_that_loads_something_first_is_refused() {
        assert!(with_policy("<script>1</script><meta charset=utf-8>", "").is_err());
    }
}
