//! `bench size`: what a citizen's first visit costs them in bytes.
use crate::arguments::Arguments;
use crate::build::{self, Finish, Site};
use crate::house::House;
use anyhow::{Result, bail};

/// The promise of ux.md, read strictly: 290 times a thousand bytes, everything in.
pub(crate) const FIRST_VISIT_BYTES_MAX: usize = 290_000;

/// The verb `bench`.
pub(crate) fn run(house: &House, mut arguments: Arguments) -> Result<()> {
    let what = arguments.word();
    arguments.end()?;
    match what.as_deref() {
        Some("size") => size(house),
        Some(other) => bail!("There is no `bench {other}`; there is `bench size`."),
        None => bail!("Say what to measure: `cargo xtask bench size`."),
    }
}

/// Prints every file of the first visit and refuses when the sum is too large.
fn size(house: &House) -> Result<()> {
    let site = build::site(house, Finish::Published)?;
    println!("{:>9} {:>9} {:>9}  file", "bytes", "gzip", "brotli");
    for file in site.first_visit() {
        println!("{:>9} {:>9} {:>9}  {}", file.raw, file.gzip, file.brotli, file.path);
    }
    let sum = first_visit_bytes(&site);
    let held = sum <= FIRST_VISIT_BYTES_MAX;
    println!("{:>9} {:>9} {sum:>9}  the citizen's first visit", "", "");
    println!(
        "figure: first visit | {sum} bytes | ≤ {FIRST_VISIT_BYTES_MAX} bytes | {}",
        if held { "held" } else { "missed" }
    );
    if !held {
        bail!("The first visit is {} bytes too large.", sum - FIRST_VISIT_BYTES_MAX);
    }
    Ok(())
}

fn first_visit_bytes(site: &Site) -> usize {
    site.first_visit().iter().map(|file| file.brotli).sum()
}
