//! `docs/links.md` names every key. Its table of options is written by the test below.

use super::keys::BESIDE_IT;
use crate::experiment::Experiment;
use crate::experiment::options::options;

/// Marks around the table.
const MARKS: [&str; 2] = ["<!-- options: written by UPDATE_LINKS=1 cargo test --lib links_are_documented -->\n", "<!-- /options -->"];

fn path() -> String {
    format!("{}/docs/links.md", env!("CARGO_MANIFEST_DIR"))
}

/// A row for each option, in the order in which a link writes them.
fn table() -> String {
    let usual = Experiment::default();
    let row = |option: &crate::experiment::options::OptionDefinition| {
        let (key, label, help) = (option.key, option.label, option.help);
        let cells = format!("**{label}.** {help}\0{}\0{}", option.wanted(), option.text(&usual));
        format!("| `{key}` | {} |\n", cells.replace('|', "\\|").replace('\0', " | "))
    };
    let rows: String = options().iter().map(row).collect();
    format!("| key | meaning | values | default |\n|---|---|---|---|\n{rows}")
}

#[test]
fn links_are_documented() {
    let written = std::fs::read_to_string(path()).expect("the documentation of links");
    let (before, rest) = written.split_once(MARKS[0]).expect("the mark before the table");
    let (_, after) = rest.split_once(MARKS[1]).expect("the mark behind it");
    let wanted = format!("{before}{}{}{}{after}", MARKS[0], table(), MARKS[1]);
    if std::env::var_os("UPDATE_LINKS").is_some() {
        std::fs::write(path(), wanted).expect("it can be written");
        return;
    }
    assert!(written == wanted, "docs/links.md is older than the options: UPDATE_LINKS=1 cargo test --lib links_are_documented");
    for key in BESIDE_IT {
        assert!(after.contains(&format!("| `{key}` |")), "{key} has a row");
    }
}
