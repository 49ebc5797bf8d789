//! Files of the visitor, read piece by piece where they lie.

use std::io;

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{File, FileReaderSync};

use crate::dataset::import::{Source, Upload};
use crate::language::text;

struct BrowserFile {
    file: File,
    reader: FileReaderSync,
}

impl Source for BrowserFile {
    fn size(&self) -> u64 {
        self.file.size() as u64
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let end = offset.saturating_add(buffer.len() as u64).min(self.size());
        if offset >= end {
            return Ok(0);
        }
        // Numbers up to 2⁵³ are exact.
        let piece = self.file.slice_with_f64_and_f64(offset as f64, end as f64).map_err(failed)?;
        let bytes = Uint8Array::new(&self.reader.read_as_array_buffer(&piece).map_err(failed)?.into());
        let count = (bytes.length() as usize).min(buffer.len());
        bytes.subarray(0, count as u32).copy_to(&mut buffer[..count]);
        Ok(count)
    }
}

fn failed(error: JsValue) -> io::Error {
    let words = error.dyn_into::<js_sys::Error>().map(|error| String::from(error.message()));
    io::Error::other(words.unwrap_or_else(|_| text!("the browser gives no reason").into()))
}

/// The attached files under their paths; what is no file is left away.
pub fn uploads(paths: Vec<String>, files: impl Iterator<Item = JsValue>) -> Result<Vec<Upload>, String> {
    let readable = |(path, file): (String, JsValue)| {
        let file: File = file.dyn_into().ok()?;
        // A dropped file's path starts at the root of what was dropped.
        let path = path.trim_start_matches('/').to_owned();
        Some(FileReaderSync::new().map(|reader| Upload { path, bytes: Box::new(BrowserFile { file, reader }) }))
    };
    let uploads: Result<Vec<Upload>, JsValue> = paths.into_iter().zip(files).filter_map(readable).collect();
    uploads.map_err(|_| text!("this browser's workers cannot read files").into())
}
