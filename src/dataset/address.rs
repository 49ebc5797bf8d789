//! Where data sets lie, relative to the page.

/// Data sets that come with the page, best first. The last is part of every page.
pub const FOLDERS: [&str; 2] = ["data/full/", "data/starter/"];

/// Name in a link of the last of [`FOLDERS`]; a link without a name means the first that is there.
pub const STARTER: &str = "starter";

/// Folder of the data sets that were imported. No server has it: its files are in the browser's storage under these
/// addresses.
pub const IMPORTED: &str = "data/imported/";

/// Folder of one of them.
pub fn imported_folder(name: &str) -> String {
    format!("{IMPORTED}{name}/")
}
