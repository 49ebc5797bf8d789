//! Paths of the files in a zip, to tell what kind of archive it is.

use rawzip::ZipArchive;

/// Most paths that are looked at.
const MOST_PATHS: usize = 2000;
/// Length of the header before a file in a zip, without its path.
const LOCAL_HEADER_BYTES: usize = 30;

/// Paths in a zip, as far as its list can be read; the first file's alone where the list is cut off.
pub(super) fn paths(bytes: &[u8]) -> Vec<String> {
    let text = |path: &[u8]| String::from_utf8_lossy(path).into_owned();
    let mut found = Vec::new();
    if let Ok(archive) = ZipArchive::from_slice(bytes) {
        let mut entries = archive.entries();
        while let Ok(Some(entry)) = entries.next_entry() {
            found.push(text(entry.file_path().as_bytes()));
            if found.len() == MOST_PATHS {
                break;
            }
        }
    }
    if found.is_empty() {
        found.extend(first_path(bytes).map(text));
    }
    found
}

/// The path in the header of the first file.
fn first_path(bytes: &[u8]) -> Option<&[u8]> {
    let length = bytes.get(26..28)?.first_chunk().map(|length| u16::from_le_bytes(*length))?;
    bytes.get(LOCAL_HEADER_BYTES..LOCAL_HEADER_BYTES + usize::from(length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_from_the_list_and_else_from_the_first_file() {
        let mut whole = Vec::new();
        let mut archive = rawzip::ZipArchiveWriter::new(&mut whole);
        for path in ["archive/data.pkl", "archive/version"] {
            let (mut entry, config) = archive.new_file(path).compression_method(rawzip::CompressionMethod::STORE).start().unwrap();
            let (_, descriptor) = config.wrap(&mut entry).finish().unwrap();
            entry.finish(descriptor).unwrap();
        }
        archive.finish().unwrap();
        assert_eq!(paths(&whole), ["archive/data.pkl", "archive/version"]);
        assert_eq!(paths(&whole[..60]), ["archive/data.pkl"], "what a broken download begins with");
        assert!(paths(&whole[..20]).is_empty() && paths(b"").is_empty(), "nothing that could be read");
    }
}
