//! What tells one set of files from another.

use sha2::{Digest, Sha256};

/// `trainer_cpu_bg.wasm` as `trainer_cpu_bg-HASH.wasm`.
pub fn in_name(name: &str, hash: &str) -> String {
    name.rsplit_once('.').map_or_else(|| format!("{name}-{hash}"), |(stem, extension)| format!("{stem}-{hash}.{extension}"))
}

/// 16 hexadecimal digits that change with any name and any byte.
pub fn of<'a, B: AsRef<[u8]>>(files: impl Iterator<Item = (&'a str, B)>) -> String {
    let mut digest = Sha256::new();
    for (name, bytes) in files {
        let bytes = bytes.as_ref();
        digest.update(name);
        digest.update(bytes.len().to_le_bytes());
        digest.update(bytes);
    }
    digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
