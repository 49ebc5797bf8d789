//! The container: header, offsets, metadata.

use safetensors::{SafeTensorError, SafeTensors};
use serde_json::Value;

use super::WeightsFileError;
use super::foreign::refuse_other_kinds;

/// Bytes of the length that a file starts with.
const LENGTH_BYTES: usize = 8;

/// Name of our one metadata entry. One, because the library writes several in random order, and the
/// same weights should give the same file.
pub(super) const METADATA: &str = "resnet_playground";

/// Opens a file; its tensors stay where they are.
///
/// # Errors
/// When it is no sound safetensors file.
pub(super) fn parse(bytes: &[u8]) -> Result<SafeTensors<'_>, WeightsFileError> {
    refuse_other_kinds(bytes)?;
    // Checked before the library looks: it would say less.
    let header = bytes.first_chunk::<LENGTH_BYTES>().map(|length| u64::from_le_bytes(*length)).unwrap_or(u64::MAX);
    let present = bytes.len().saturating_sub(LENGTH_BYTES);
    if header > present as u64 {
        return Err(WeightsFileError::HeaderLength { claimed_bytes: header, file_bytes: bytes.len() });
    }
    let present_bytes = present - header as usize;
    SafeTensors::deserialize(bytes).map_err(|error| match error {
        SafeTensorError::MetadataIncompleteBuffer => {
            WeightsFileError::Truncated { promised_bytes: promised_bytes(bytes, header as usize), present_bytes }
        }
        other => unknown_numbers(bytes, header as usize).unwrap_or(WeightsFileError::Header { reason: other.to_string() }),
    })
}

/// The metadata entry of that name.
pub(super) fn metadata(bytes: &[u8], name: &str) -> Option<String> {
    let (_, header) = SafeTensors::read_metadata(bytes).ok()?;
    header.metadata().as_ref()?.get(name).cloned()
}

/// The header as far as it is JSON.
fn header_json(bytes: &[u8], header: usize) -> Option<Value> {
    bytes.get(LENGTH_BYTES..LENGTH_BYTES.checked_add(header)?).and_then(|text| serde_json::from_slice(text).ok())
}

/// Where the last tensor ends, according to a header whose promise does not hold.
fn promised_bytes(bytes: &[u8], header: usize) -> usize {
    let parsed = header_json(bytes, header);
    let ends = parsed.iter().filter_map(Value::as_object).flat_map(|tensors| tensors.values());
    ends.filter_map(|tensor| tensor["data_offsets"][1].as_u64()).max().unwrap_or(0) as usize
}

/// The first tensor whose numbers are of a kind that the library does not know.
fn unknown_numbers(bytes: &[u8], header: usize) -> Option<WeightsFileError> {
    let parsed = header_json(bytes, header)?;
    let kinds = parsed.as_object()?.iter().filter_map(|(name, tensor)| Some((name, tensor.get("dtype")?)));
    let is_known = |kind: &Value| serde_json::from_value::<safetensors::Dtype>(kind.clone()).is_ok();
    let (name, kind) = kinds.filter(|(_, kind)| !is_known(kind)).find_map(|(name, kind)| Some((name, kind.as_str()?)))?;
    // Both come from outside, and the sentence is one line.
    let short = |text: &str| text.chars().filter(|letter| !letter.is_control()).take(60).collect::<String>();
    Some(WeightsFileError::number_kind(&short(name), &short(kind)))
}
