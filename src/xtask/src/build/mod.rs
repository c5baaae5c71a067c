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
mod style;
mod toolchain;
mod wasm;

use crate::arguments::Arguments;
use crate::house::House;
use crate::{progress, tools};
use anyhow::Result;
use kept::Kept;
pub(crate) use site::Site;
use site::{Made, Program};
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
    let program = |audience| -> Result<Program> {
        let compiled = wasm::compile(house, finish, &toolchain, audience)?;
        let mut bindings = bindings::write(&kept, &compiled)?;
        if let Some(node) = shrinking {
            bindings = seam::taken_in(&bindings)?;
            bindings.wasm = shrink::wasm(&kept, node, &bindings.wasm)?;
            bindings.wasm = arrange::wasm(&kept, node, &bindings.wasm)?;
        }
        let folded = fold::wasm(&bindings.wasm)?;
        Ok(Program { script: scripts.shrink(&bindings.script)?, folded })
    };
    let staff = program(Audience::Staff)?;
    // A developer waits for one app, which has everything.
    let citizens = match finish {
        Finish::Published => program(Audience::Citizens)?,
        Finish::Development => staff.clone(),
    };
    let made = Made { citizens, staff, style: style::bundle(&house.join("style/main.css"))? };
    let mut site = site::assemble(house, made, &scripts)?;
    progress::step("Compressing", || compress::add_siblings(&mut site, &kept, finish))?;
    site.write(&house.site())?;
    kept.forget_the_rest()?;
    Ok(site)
}
