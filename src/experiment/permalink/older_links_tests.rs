//! Links that are out in the world open as what they meant.

use super::*;

/// One file for each version; without one, as people write them by hand.
const FILES: [&str; 2] =
    [include_str!("../../../tests/fixtures/links/without_version.txt"), include_str!("../../../tests/fixtures/links/v1.txt")];

#[test]
fn links_of_every_version_mean_what_they_meant() {
    for file in FILES {
        let lines: Vec<_> = file.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")).collect();
        assert!(lines.len() > 15);
        for line in lines {
            let (link, meaning) = line.split_once(" => ").unwrap_or_else(|| panic!("no meaning: {line}"));
            let read_link = read(link);
            let written = write_with(&read_link.experiment, &read_link.view, &read_link.from_author);
            assert_eq!(written, meaning, "{link}: {:?}", read_link.notices);
            let meant = read(meaning);
            assert_eq!((meant.experiment, meant.notices), (read_link.experiment, vec![]), "{meaning} is canonical");
        }
    }
}

#[test]
fn each_version_has_its_file() {
    for version in 1..=LINK_VERSION {
        let file = format!("{}/tests/fixtures/links/v{version}.txt", env!("CARGO_MANIFEST_DIR"));
        assert!(std::path::Path::new(&file).exists(), "links of version {version} are kept in {file}");
    }
}
