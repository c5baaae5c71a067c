//! `wasm-opt` on the finished module.
use super::kept::Kept;
use crate::tools::Npm;
use crate::{outside, progress};
use anyhow::{Context, Result};
use std::fs;

/// What the oldest browsers we promise (Chrome 96, Safari 16) understand. Never `--all-features`: it
/// then writes compact imports, which Chromium refuses.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// What makes fewest bytes after brotli, which is not what makes fewest before: a compressor writes what
/// is said twice for almost nothing, so nothing is folded together for its sake. The lowest KB of
/// memory is the far end of the stack (the linker puts that first), so no pointer points there.
const FEWEST_COMPRESSED: [&str; 5] = [
    "-Os",
    "--one-caller-inline-max-function-size=20",
    "--low-memory-unused",
    "--skip-pass=local-cse",
    "--skip-pass=simplify-locals",
];

/// The same module in fewer bytes.
pub(super) fn wasm(kept: &Kept, npm: &Npm, module: &[u8]) -> Result<Vec<u8>> {
    kept.or_make("wasm-opt-132-Os-20", &[module], || {
        progress::step("Shrinking the module", || passed_through(npm, &FEWEST_COMPRESSED, module))
    })
}

/// The same functions, sorted by their names, which are not kept.
pub(super) fn in_order_of_names(npm: &Npm, module: &[u8]) -> Result<Vec<u8>> {
    passed_through(npm, &["--reorder-functions-by-name"], module)
}

fn passed_through(npm: &Npm, passes: &[&str], module: &[u8]) -> Result<Vec<u8>> {
    let folder = npm.scratch()?;
    let (before, after) = (folder.join("before.wasm"), folder.join("after.wasm"));
    fs::write(&before, module)?;
    let mut command = npm.program("wasm-opt");
    command.args(passes).args(FEATURES).arg(&before).arg("-o").arg(&after);
    outside::read(&mut command)?;
    fs::read(&after).context("wasm-opt left no module behind.")
}
