//! What systems and programs leave beside the user's files.

/// Files and folders that are nobody's pictures, in small letters.
const LEAVINGS: [&str; 9] = [
    "__macosx",                  // macOS, in zips
    "thumbs.db",                 // Windows' small pictures
    "ehthumbs.db",               // the same of its media player
    "desktop.ini",               // Windows' look of a folder
    "@eadir",                    // Synology's small pictures
    "#recycle",                  // Synology's bin
    "$recycle.bin",              // Windows' bin
    "system volume information", // Windows' notes on a disk
    "lost+found",                // what Linux found on a damaged disk
];

/// Whether a part of a path is no name of the user's: hidden ones too, such as `.DS_Store`, `._1.png`, `.ipynb_checkpoints`.
pub(super) fn is_leaving(part: &str) -> bool {
    part.starts_with('.') || part.starts_with("~$") || LEAVINGS.contains(&part.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_systems_leave_is_known_and_what_people_name_is_not() {
        for part in ["._1.jpg", ".DS_Store", ".ipynb_checkpoints", "@eaDir", "#recycle", "$RECYCLE.BIN", "~$labels.xlsx", "Thumbs.db"] {
            assert!(is_leaving(part), "{part}");
        }
        for part in ["cats", "#1", "$5", "~cats", "@home", "lost", "system", "desktop", "Thumbs"] {
            assert!(!is_leaving(part), "{part}");
        }
    }
}
