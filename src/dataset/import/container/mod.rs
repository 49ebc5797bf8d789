//! Files that come together: chosen ones, or those in archives.
//!
//! ```text
//! chosen files ─► kind (by their first bytes) ─┬─► zip: names, methods ──┐
//!                                              ├─► tar, packed or not ───┼─► upload_files: archives in archives,
//!                                              └─► anything else ────────┘   how their folders go together
//! ```

mod archive;
mod archive_tar;
mod archive_zip;
mod arrangement;
mod charset;
mod entry;
mod foreign;
mod inflated;
mod kind;
mod leavings;
mod names;
mod part_of;
mod start;
mod upload_files;
mod walk;
mod zip_method;

pub(super) use arrangement::name_of_parts;
pub(super) use entry::{Container, Entry, read_whole};
pub(super) use upload_files::UploadFiles;
