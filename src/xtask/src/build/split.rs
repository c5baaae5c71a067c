//! The citizens' app in two halves: what a first visit waits for, and the screens that come later. Where the
//! line goes is said in the app itself (`screens/fetched.rs`); what only the later screens reach is theirs.
use super::kept::Kept;
use crate::house::House;
use crate::progress;
use anyhow::{Context, Result, anyhow};
use std::fs;
use wasm_split_cli_support::{Options, transform};

/// The two halves of a module.
pub(super) struct Halves {
    pub(super) first: Vec<u8>,
    pub(super) later: Vec<u8>,
}

/// What the script calls the one that loads the later half.
pub(super) const LOADER: &str = "./later.js";

/// Tells the linker to leave behind which number in the module stands for what: nothing could be moved else.
pub(super) const LINKER_FLAG: &str = "-Clink-arg=--emit-relocs";

/// Splits a module that was linked with [`LINKER_FLAG`] and has one split, `later`.
pub(super) fn in_two(house: &House, kept: &Kept, compiled: &[u8]) -> Result<Halves> {
    let [first, later] = kept.or_make_two(["first-half", "later-half"], &[compiled], || {
        progress::step("Splitting the module", || halves(house, compiled))
    })?;
    Ok(Halves { first, later })
}

fn halves(house: &House, compiled: &[u8]) -> Result<[Vec<u8>; 2]> {
    let folder = house.target().join("web/split");
    let first = folder.join("first.wasm");
    let mut options = Options::new(compiled);
    options.output_dir = &folder;
    options.main_out_path = &first;
    // Its own script fetches a module as it is; ours comes folded (src/app/later.js).
    options.link_name = LOADER;
    let split = transform(options).map_err(|error| anyhow!("{error:#}"))?;
    let [later] = split.split_modules.as_slice() else {
        return Err(anyhow!("The app has {} splits, not one.", split.split_modules.len()));
    };
    let halves = [fs::read(&first)?, fs::read(later)?];
    fs::remove_dir_all(&folder).context("What was split cannot be removed.")?;
    Ok(halves)
}
