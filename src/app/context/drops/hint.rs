//! What is said while something is dragged over the page.

use crate::language::text;

/// What a browser tells of what is dragged before it is dropped: no names and no bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Dragged {
    /// Kind of each file, as `image/png`; empty where the browser knows none or tells none.
    pub files: Vec<String>,
    /// Whether there are files, even where the browser does not list them.
    pub has_files: bool,
    /// Whether it is an address.
    pub is_link: bool,
}

/// What will happen when it is dropped; nothing for what is no business of the page.
pub(super) fn hint(dragged: &Dragged) -> Option<&'static str> {
    match dragged.files.as_slice() {
        [only] if only.starts_with("image/") => Some(text!("Drop the picture: the network looks at it")),
        [only] if is_archive(only) => Some(text!("Drop the archive: its images become a data set")),
        // Of results of a sweep no browser knows the kind.
        several @ [_, _, ..] if several.iter().any(|kind| !kind.is_empty()) => {
            Some(text!("Drop the files: they become a data set of your own"))
        }
        _ if dragged.has_files => Some(text!(
            "Drop it: a picture is looked at, weights are where the next run starts, results of a sweep come to the runs, archives and \
             folders become a data set"
        )),
        _ if dragged.is_link => Some(text!("Drop the link: if it is one of this page, its experiment is opened")),
        _ => None,
    }
}

fn is_archive(kind: &str) -> bool {
    ["zip", "tar", "gzip", "x-7z", "rar", "x-xz", "bzip"].iter().any(|word| kind.starts_with("application/") && kind.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(files: &[&str], is_link: bool) -> &'static str {
        let files: Vec<String> = files.iter().map(|kind| (*kind).to_owned()).collect();
        hint(&Dragged { has_files: !files.is_empty(), files, is_link }).unwrap_or_default()
    }

    #[test]
    fn what_will_happen_is_said_as_far_as_it_is_known() {
        assert!(said(&["image/png"], false).contains("looks at it"));
        assert!(said(&["image/png"], true).contains("looks at it"), "a picture of another page comes with its address");
        for archive in ["application/zip", "application/x-zip-compressed", "application/gzip", "application/x-tar"] {
            assert!(said(&[archive], false).contains("archive"), "{archive}");
        }
        assert!(said(&["image/png", "image/jpeg"], false).contains("data set of your own"));
        assert!(said(&[""], false).contains("weights"), "a kind that the browser does not know");
        assert!(said(&["", ""], false).contains("results of a sweep"), "several of a kind that it does not know");
        assert!(said(&[], true).contains("link"));
        assert_eq!(said(&[], false), "", "a text is no business of the page");
        let untold = Dragged { has_files: true, ..Default::default() };
        assert!(hint(&untold).is_some_and(|hint| hint.contains("archives")), "a browser that lists nothing");
    }
}
