//! Text in whatever way a table or a shell has written it.

use encoding_rs::{Encoding, UTF_8, mem::decode_latin1};

/// The text of a file. A mark of UTF-16 is followed, and that of UTF-8 is left out. Bytes that are no UTF-8 are taken one by one, so that
/// different names stay different.
pub fn text_of_file(bytes: &[u8]) -> String {
    match Encoding::for_bom(bytes) {
        Some((utf_16, mark)) if utf_16 != UTF_8 => utf_16.decode_without_bom_handling(&bytes[mark..]).0.into_owned(),
        _ => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            std::str::from_utf8(bytes).map_or_else(|_| decode_latin1(bytes).into_owned(), str::to_owned)
        }
    }
}
