//! Where data sets lie, relative to the page.

/// The file that lists the data sets that come with the page, largest first, as a JSON list of names.
pub const DATA_SETS: &str = "data/data-sets.json";

/// Name of the data set that is part of every page.
pub const STARTER: &str = "starter";

/// Folder of a data set that comes with the page.
pub fn folder_of(name: &str) -> String {
    format!("data/{name}/")
}

/// Folder of the data sets that were imported. No server has it: its files are in the browser's storage under these
/// addresses.
pub const IMPORTED: &str = "data/imported/";

/// The browser's cache that holds their files.
pub const IMAGE_STORE: &str = "resnet-playground-images";

/// The file that makes a folder a data set.
pub const MANIFEST: &str = "manifest.json";

/// Folder of one of them.
pub fn imported_folder(name: &str) -> String {
    format!("{IMPORTED}{name}/")
}
