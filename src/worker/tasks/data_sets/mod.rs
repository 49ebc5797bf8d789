//! Data sets of the visitor's own: imported, kept in the browser's storage, shown, deleted.

mod augmented;
mod keeping;
mod panel;

pub use augmented::{Changes, Whitened, augmented};
pub use keeping::{KeepError, MANIFEST, Storage, keep, names, remove};
pub use panel::{PanelContents, panel};
