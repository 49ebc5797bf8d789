//! Lets the page's program be split into what is fetched at once and what is fetched when it is needed
//! (`xtask/src/split`): for that the linker has to leave in the file what refers to what.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    // A debug build stays in one piece.
    if is("CARGO_CFG_TARGET_FAMILY", "wasm") && is("PROFILE", "release") {
        println!("cargo:rustc-link-arg-bin=app=--emit-relocs");
    }
}
