//! Data sets that were deleted and whose images are still in the browser's storage, from one visit to the next.

use crate::app::services::local_storage;

/// Where the browser remembers them.
const KEY: &str = "deleted-data-sets";

/// Their names.
pub fn names() -> Vec<String> {
    local_storage::get(KEY).unwrap_or_default()
}

/// Changes the list.
pub fn change(change: impl FnOnce(&mut Vec<String>)) {
    let mut names = names();
    change(&mut names);
    // Where the browser does not remember it, the images keep their room until a data set of that name is imported.
    let _ = local_storage::set(KEY, &names);
}
