//! Runs the module's constructors once.
//!
//! CubeCL registers hundreds of items through the `inventory` crate, that is in wasm constructors.
//! When nothing calls `__wasm_call_ctors` by name, wasm-ld wraps *every* export (each closure call,
//! allocation or drop that JavaScript makes) so that it runs all of them again: host calls become
//! fifty times slower and the registry grows without end. A check on the linked module holds this.

#[expect(unsafe_code, reason = "the linker makes the function, so Rust cannot know its body")]
mod linker {
    unsafe extern "C" {
        pub(super) safe fn __wasm_call_ctors();
    }
}

/// Call first thing and never again: a second call would register everything twice.
pub(super) fn run() {
    linker::__wasm_call_ctors();
}
