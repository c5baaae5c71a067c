//! `bench size`: what a citizen's first visit costs them in bytes.
use crate::arguments::Arguments;
use crate::build::{self, FileSize, Finish};
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
    let sum = listed(&site.first_visit());
    let held = sum <= FIRST_VISIT_BYTES_MAX;
    println!("{:>9} {:>9} {sum:>9}  the citizen's first visit", "", "");
    let later = listed(&site.later());
    println!("{:>9} {:>9} {later:>9}  more when the first screen stands", "", "");
    println!(
        "figure: first visit | {sum} bytes, {later} more when the first screen stands | \
         ≤ {FIRST_VISIT_BYTES_MAX} bytes | {}",
        if held { "held" } else { "missed" }
    );
    if !held {
        bail!("The first visit is {} bytes too large.", sum - FIRST_VISIT_BYTES_MAX);
    }
    Ok(())
}

/// Prints each file, and answers the sum as it travels.
fn listed(files: &[FileSize]) -> usize {
    for file in files {
        println!("{:>9} {:>9} {:>9}  {}", file.raw, file.gzip, file.brotli, file.path);
    }
    files.iter().map(|file| file.brotli).sum()
}
