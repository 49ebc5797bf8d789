//! A checksum of what a checkpoint says beside its values: settings, steps done, names and shapes of its tensors.
//!
//! It is the last entry of the header's JSON, over the text before it. Readers that do not know it pass it over.

use safetensors::SafeTensors;

const ENTRY: &str = ",\"seal\":\"";
const END: &str = "\"}";
/// A CRC-32 in hexadecimal.
const DIGITS: usize = 8;

/// The header, a JSON object with entries, with its seal. `tensors` are names and shapes in the order of the names.
pub(super) fn sealed<'a>(header: &str, tensors: impl Iterator<Item = (&'a str, &'a [usize])>) -> String {
    let entries = header.strip_suffix('}').unwrap_or(header);
    format!("{entries}{ENTRY}{:08x}{END}", checksum(entries, tensors))
}

/// Whether the header has a seal of something else. Checkpoints of former pages have none.
pub(super) fn is_broken(header: &str, file: &SafeTensors<'_>) -> bool {
    let Some((entries, seal)) = header.strip_suffix(END).and_then(|rest| rest.split_at_checked(rest.len().checked_sub(DIGITS)?)) else {
        return false;
    };
    let Some(entries) = entries.strip_suffix(ENTRY) else { return false };
    let mut tensors: Vec<_> = file.iter().map(|(name, tensor)| (name, tensor.shape().to_vec())).collect();
    tensors.sort();
    let found = checksum(entries, tensors.iter().map(|(name, shape)| (*name, shape.as_slice())));
    seal != format!("{found:08x}")
}

fn checksum<'a>(entries: &str, tensors: impl Iterator<Item = (&'a str, &'a [usize])>) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(entries.as_bytes());
    for (name, shape) in tensors {
        // No name holds a line's end, so no two lists of tensors have the same text.
        hasher.update(format!("\n{name} {shape:?}").as_bytes());
    }
    hasher.finalize()
}
