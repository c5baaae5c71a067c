//! `fuzz`: libFuzzer on what comes from elsewhere. Each program of `tests/fuzz` begins with the inputs that were kept
//! (`tests/fuzz/corpus`) and goes on for so many seconds, one after the other.
use crate::arguments::Arguments;
use crate::house::House;
use crate::{apt, outside, progress};
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is fed, and what it is.
const TARGETS: [&str; 5] = ["update", "app", "hub", "bytes", "file"];
const FOLDER: &str = "tests/fuzz";
/// Ten minutes in all.
const SECONDS: u64 = 120;
const SECONDS_QUICK: u64 = 6;
/// Set for every command of the ledger when only the smaller volumes are wanted.
const QUICK: &str = "MEDSPIL_QUICK";
/// One input may take so long, and so much memory.
const TIMEOUT_SECONDS: u64 = 20;
const MEGABYTES_MAX: u64 = 1024;
/// What libFuzzer must see of a program, as its own tools for Rust ask for it.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
     -Cllvm-args=-sanitizer-coverage-trace-compares -Cllvm-args=-simplifycfg-branch-fold-threshold=0 \
     --cfg fuzzing";

/// The verb `fuzz`.
pub(crate) fn run(house: &House, mut arguments: Arguments) -> Result<()> {
    let seconds = arguments.number("--seconds")?;
    let keep = arguments.flag("--keep");
    let name = arguments.word();
    arguments.end()?;
    let is_meant = |target: &&str| name.as_deref().is_none_or(|name| name == *target);
    let targets: Vec<&str> = TARGETS.into_iter().filter(is_meant).collect();
    if targets.is_empty() {
        bail!("There is no such program to feed. There are: {}.", TARGETS.join(", "));
    }
    let quick = std::env::var_os(QUICK).is_some();
    let usual = if quick { SECONDS_QUICK } else { SECONDS };
    let seconds = seconds.unwrap_or(usual);
    let programs = progress::step("Compiling what is fed", || build(house))?;
    let mut all = Vec::new();
    for target in targets {
        let fed = progress::step(target, || feed(house, &programs, target, seconds))?;
        if keep {
            keep_corpus(house, &programs, target)?;
        }
        all.push((target, fed));
    }
    report(&all, seconds)
}

/// What came of one program.
struct Fed {
    inputs: u64,
    seed: u64,
    crash: Option<String>,
}

fn build(house: &House) -> Result<PathBuf> {
    if outside::find("g++").is_none() {
        apt::install(&["g++"], "to compile libFuzzer")?;
    }
    let target = host()?;
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--release", "--quiet", "--target", &target]);
    cargo.arg("--target-dir").arg(house.join("target/fuzz"));
    cargo.env("RUSTFLAGS", FLAGS).current_dir(house.join(FOLDER));
    outside::run(&mut cargo)?;
    Ok(house.join("target/fuzz").join(target).join("release"))
}

/// What this machine is called by the compiler. With a target of its own, what only builds is left without the flags.
fn host() -> Result<String> {
    let said = outside::read(Command::new("rustc").arg("-vV"))?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("rustc does not say what this machine is")
}

fn feed(house: &House, programs: &Path, target: &str, seconds: u64) -> Result<Fed> {
    let corpus = unpacked(house, target)?;
    let seed = std::process::id().into();
    let mut program = Command::new(programs.join(target));
    program.arg(&corpus).current_dir(house.join("target/fuzz"));
    program.arg(format!("-max_total_time={seconds}")).arg(format!("-seed={seed}"));
    program.arg(format!("-timeout={TIMEOUT_SECONDS}"));
    program.arg(format!("-rss_limit_mb={MEGABYTES_MAX}"));
    program.args(["-max_len=4096", "-len_control=0", "-print_final_stats=1"]);
    program.arg(format!("-artifact_prefix={target}-"));
    let output = program.output().context("what is fed did not start")?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let inputs = said
        .lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:")?.trim().parse().ok());
    let crash = (!output.status.success()).then(|| {
        let last = said.lines().rev().take(60).collect::<Vec<_>>();
        last.into_iter().rev().collect::<Vec<_>>().join("\n")
    });
    Ok(Fed { inputs: inputs.unwrap_or_default(), seed, crash })
}

fn report(all: &[(&str, Fed)], seconds: u64) -> Result<()> {
    let inputs: u64 = all.iter().map(|(_, fed)| fed.inputs).sum();
    let crashes = all.iter().filter(|(_, fed)| fed.crash.is_some()).count();
    for (target, fed) in all {
        println!("{target}: {} inputs, seed {}", fed.inputs, fed.seed);
        if let Some(crash) = &fed.crash {
            eprintln!("{target}:\n{crash}");
        }
    }
    let held = crashes == 0 && all.iter().all(|(_, fed)| fed.inputs > 0);
    println!(
        "figure: fuzz | {inputs} inputs to {} programs in {} s each: {crashes} crashes | no crash, corpus kept | {}",
        all.len(),
        seconds,
        if held { "held" } else { "missed" }
    );
    ensure!(
        held,
        "Something that came from elsewhere ended a program; its input lies in target/fuzz."
    );
    Ok(())
}

/// The inputs that were kept, one behind the other: 4 bytes of length, big-endian, and the input.
fn packed(house: &House, target: &str) -> PathBuf {
    house.join(FOLDER).join("corpus").join(target)
}

/// A folder with all inputs that are known, for libFuzzer.
fn unpacked(house: &House, target: &str) -> Result<PathBuf> {
    let folder = house.join("target/fuzz/corpus").join(target);
    fs::create_dir_all(&folder)?;
    let bytes = fs::read(packed(house, target)).unwrap_or_default();
    let mut rest = bytes.as_slice();
    let mut number = 0;
    while let Some((length, behind)) = rest.split_first_chunk::<4>() {
        let length = usize::try_from(u32::from_be_bytes(*length))?;
        let (input, behind) = behind.split_at_checked(length).context("a corpus is cut short")?;
        fs::write(folder.join(format!("kept-{number:04}")), input)?;
        number += 1;
        rest = behind;
    }
    Ok(folder)
}

/// Packs the fewest inputs that reach all that is reached.
fn keep_corpus(house: &House, programs: &Path, target: &str) -> Result<()> {
    let folder = house.join("target/fuzz/corpus").join(target);
    let fewest = house.join("target/fuzz/fewest").join(target);
    let _ = fs::remove_dir_all(&fewest);
    fs::create_dir_all(&fewest)?;
    let mut program = Command::new(programs.join(target));
    program.arg("-merge=1").arg(&fewest).arg(&folder).current_dir(house.join("target/fuzz"));
    outside::run(&mut program)?;
    let mut inputs: Vec<Vec<u8>> =
        fs::read_dir(&fewest)?.map(|file| Ok(fs::read(file?.path())?)).collect::<Result<_>>()?;
    inputs.sort();
    let mut bytes = Vec::new();
    for input in inputs {
        bytes.extend(u32::try_from(input.len())?.to_be_bytes());
        bytes.extend(input);
    }
    let packed = packed(house, target);
    if let Some(folder) = packed.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(packed, bytes)?)
}
