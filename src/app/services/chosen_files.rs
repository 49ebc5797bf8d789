//! Files that the visitor chose, dropped or pasted, those in folders included.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, File, FileList, FileSystemDirectoryEntry, FileSystemDirectoryReader, FileSystemEntry, FileSystemFileEntry};

/// A file and where it lay.
#[derive(Debug, Clone)]
pub struct ChosenFile {
    /// Path from the chosen folder on; the name alone for a single file.
    pub path: String,
    /// The file.
    pub file: File,
}

impl ChosenFile {
    /// A file made of bytes, as if it lay under this path.
    ///
    /// # Errors
    /// When the browser makes no file of them.
    pub fn new(path: &str, bytes: &[u8]) -> Result<Self, JsValue> {
        let file = File::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes)), path)?;
        Ok(Self { path: path.into(), file })
    }
}

/// Files of an `<input type=file>`, with their folders where a folder was chosen.
pub fn of_list(list: &FileList) -> Vec<ChosenFile> {
    let files = (0..list.length()).filter_map(|place| list.get(place));
    let chosen = |file: File| {
        // Every browser has it, web-sys does not.
        let in_folder = Reflect::get(&file, &"webkitRelativePath".into()).ok().and_then(|path| path.as_string());
        let path = in_folder.filter(|path| !path.is_empty()).unwrap_or_else(|| file.name());
        ChosenFile { path, file }
    };
    files.map(chosen).collect()
}

/// Whether files are dragged, not a piece of the page.
pub fn has_files(transfer: &DataTransfer) -> bool {
    transfer.types().includes(&"Files".into(), 0)
}

/// Something that was dropped.
#[derive(Debug)]
pub enum Dropped {
    /// A file or a folder of a disk.
    Entry(FileSystemEntry),
    /// A file that comes from no disk, such as a picture of another page.
    File(File),
}

impl Dropped {
    /// Whether it is a folder.
    pub fn is_folder(&self) -> bool {
        matches!(self, Self::Entry(entry) if entry.is_directory())
    }
}

/// What was dropped or pasted. The event forgets it once its listener returns.
pub fn dropped(transfer: &DataTransfer) -> Vec<Dropped> {
    let items = transfer.items();
    let items = (0..items.length()).filter_map(|place| items.get(place));
    let found = |item: web_sys::DataTransferItem| match item.webkit_get_as_entry() {
        Ok(Some(entry)) => Some(Dropped::Entry(entry)),
        _ => item.get_as_file().ok().flatten().map(Dropped::File),
    };
    items.filter_map(found).collect()
}

/// All files in what was dropped. What cannot be read is left out.
pub async fn of_dropped(dropped: Vec<Dropped>) -> Vec<ChosenFile> {
    let mut files = Vec::new();
    let mut left = Vec::new();
    for dropped in dropped {
        match dropped {
            Dropped::File(file) => files.push(ChosenFile { path: file.name(), file }),
            Dropped::Entry(entry) => left.push(entry),
        }
    }
    while let Some(entry) = left.pop() {
        if entry.is_directory() {
            left.extend(entries_of(&entry.unchecked_into::<FileSystemDirectoryEntry>().create_reader()).await);
        } else {
            let path = entry.full_path();
            let entry: FileSystemFileEntry = entry.unchecked_into();
            let asked = answer_of(|found, failed| entry.file_with_callback_and_callback(found, failed));
            if let Some(file) = asked.await.and_then(|file| file.dyn_into().ok()) {
                files.push(ChosenFile { path, file });
            }
        }
    }
    files
}

/// The entries of a folder. They come a hundred at a time, until there are none.
async fn entries_of(reader: &FileSystemDirectoryReader) -> Vec<FileSystemEntry> {
    let mut entries = Vec::new();
    loop {
        // Where it throws, nobody answers: the promise is then refused by hand.
        let asked = answer_of(|found, failed| {
            if reader.read_entries_with_callback_and_callback(found, failed).is_err() {
                // A function of a promise throws nothing.
                let _ = failed.call0(&JsValue::NULL);
            }
        });
        let found = asked.await.map(|found| Array::from(&found)).unwrap_or_default();
        if found.length() == 0 {
            return entries;
        }
        entries.extend(found.iter().map(|entry| entry.unchecked_into::<FileSystemEntry>()));
    }
}

/// What a function with two callbacks answers; nothing where it fails.
async fn answer_of(ask: impl Fn(&Function, &Function)) -> Option<JsValue> {
    let promise = Promise::new(&mut |found, failed| ask(&found, &failed));
    JsFuture::from(promise).await.ok()
}
