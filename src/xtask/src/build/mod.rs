//! The app for the browser: Rust to wasm, bindings, shrinking, style sheets, and the folder
//! `target/site` that the server serves as it stands.
mod arrange;
mod bindings;
mod carried;
mod compress;
mod fold;
mod kept;
mod page;
mod scripts;
mod seam;
mod shrink;
mod site;
mod split;
mod style;
mod texts;
mod toolchain;
mod wasm;

use crate::arguments::Arguments;
use crate::house::House;
use crate::{progress, tools};
use anyhow::Result;
use kept::Kept;
pub(crate) use site::{FileSize, Site};
use site::{Made, Program};
use split::Halves;
use toolchain::Toolchain;
use wasm::Audience;

/// How much work is put into being small.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Finish {
    /// What citizens download: everything that makes it smaller is done.
    Published,
    /// What a developer looks at: whatever takes long is left out.
    Development,
}

/// The verb `build`.
pub(crate) fn run(house: &House, mut arguments: Arguments) -> Result<()> {
    let finish = if arguments.flag("--dev") { Finish::Development } else { Finish::Published };
    let wanted = arguments.value("--toolchain")?;
    arguments.end()?;
    let site =
        build_with(house, finish, Toolchain::find_or_get(house, finish, wanted.as_deref())?)?;
    println!("{} is ready, version {}.", house.site().display(), site.version());
    Ok(())
}

/// Builds the site with the first way to wasm that this machine offers.
pub(crate) fn site(house: &House, finish: Finish) -> Result<Site> {
    build_with(house, finish, Toolchain::find_or_get(house, finish, None)?)
}

fn build_with(house: &House, finish: Finish, toolchain: Toolchain) -> Result<Site> {
    let kept = Kept::in_folder(house.target().join("web/kept").join(match finish {
        Finish::Published => "published",
        Finish::Development => "development",
    }))?;
    let node = tools::npm(house)?;
    let shrinking = node.as_ref().filter(|_| finish == Finish::Published);
    let scripts = scripts::Shrinker::new(&kept, shrinking);
    let folded = |module: &[u8]| match shrinking {
        Some(npm) => fold::wasm(&arrange::wasm(&kept, npm, &shrink::wasm(&kept, npm, module)?)?),
        None => fold::wasm(module),
    };
    let program = |compiled: &[u8]| -> Result<Program> {
        let mut bindings = bindings::write(&kept, compiled)?;
        if shrinking.is_some() {
            bindings = seam::taken_in(&bindings)?;
        }
        let folded = folded(&bindings.wasm)?;
        Ok(Program { script: scripts.shrink(&bindings.script)?, folded })
    };
    let staff = program(&wasm::compile(house, finish, &toolchain, Audience::Staff)?)?;
    // A developer waits for one app, which has everything.
    let (citizens, later) = match finish {
        Finish::Published => {
            let compiled = wasm::compile(house, finish, &toolchain, Audience::Citizens)?;
            let Halves { first, later } = split::in_two(house, &kept, &compiled)?;
            texts::hold_apart(house, &first)?;
            (program(&first)?, folded(&later)?)
        }
        Finish::Development => (staff.clone(), Vec::new()),
    };
    let style = style::bundle(&house.join("style/main.css"))?;
    let made = Made { citizens, later, staff, style };
    let mut site = site::assemble(house, made, &scripts)?;
    progress::step("Compressing", || compress::add_siblings(&mut site, &kept, finish))?;
    site.write(&house.site())?;
    kept.forget_the_rest()?;
    Ok(site)
}
