//! The script between wasm and the browser, written by wasm-bindgen's own library: there is no tool
//! to install, and its version is the one in Cargo.lock.
use super::kept::Kept;
use crate::progress;
use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

/// What wasm-bindgen makes of a compiled module.
pub(super) struct Bindings {
    pub(super) script: String,
    pub(super) wasm: Vec<u8>,
}

// The module itself says which wasm-bindgen it was compiled for, so its bytes are key enough.
pub(super) fn write(kept: &Kept, compiled: &[u8]) -> Result<Bindings> {
    let [script, wasm] =
        kept.or_make_two(["bindings-2-js", "bindings-2-wasm"], &[compiled], || {
            let bindings = progress::step("Writing the bindings", || generate(compiled))?;
            Ok([bindings.script.into_bytes(), bindings.wasm])
        })?;
    Ok(Bindings { script: String::from_utf8(script)?, wasm })
}

fn generate(compiled: &[u8]) -> Result<Bindings> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_bytes("app", compiled.to_vec())
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        // What the later half shares with the first is known by the linker's names.
        .keep_lld_exports(true)
        // boot.js says where the module is, because only it knows the name with the hash in.
        .omit_default_module_path(true);
    let mut output =
        bindgen.generate_output().context("wasm-bindgen could not read the module.")?;
    if !output.local_modules().is_empty() || output.snippets().values().any(|list| !list.is_empty())
    {
        bail!(
            "A crate brings JavaScript of its own ({:?}, {:?}); the site has no place for it yet: \
             add one in src/xtask/src/build/site.rs.",
            output.local_modules().keys(),
            output.snippets().keys()
        );
    }
    let script = output.js().to_owned();
    Ok(Bindings { script, wasm: output.wasm_mut().emit_wasm() })
}
