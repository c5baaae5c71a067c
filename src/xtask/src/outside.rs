//! Running other programs: every failure says which program, with which words, and what it answered.
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Runs to the end with the program's own output on our terminal; an exit code other than 0 is an error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| not_started(command))?;
    if !status.success() {
        bail!("{} ended with {status}; what it said stands above.", words(command));
    }
    Ok(())
}

/// Runs to the end in silence and returns what it wrote; on failure the error holds its complaint.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| not_started(command))?;
    if !output.status.success() {
        bail!("{} ended with {}:\n{}", words(command), output.status, complaint(&output));
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("{} wrote something that is not text.", words(command)))
}

/// As [`read`], but gives up and ends the program after `limit`.
pub(crate) fn read_within(command: &mut Command, limit: Duration) -> Result<String> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| not_started(command))?;
    let start = Instant::now();
    while child.try_wait()?.is_none() {
        if start.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            bail!("{} had not ended after {} seconds.", words(command), limit.as_secs());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("{} ended with {}:\n{}", words(command), output.status, complaint(&output));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Where the program stands on this machine, if it does.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// The command as a person would type it.
pub(crate) fn words(command: &Command) -> String {
    let arguments = command.get_args().map(|word| word.to_string_lossy().into_owned());
    let program = command.get_program().to_string_lossy().into_owned();
    let line = std::iter::once(program).chain(arguments).collect::<Vec<_>>().join(" ");
    format!("`{line}`")
}

fn not_started(command: &Command) -> String {
    format!("{} could not be started.", words(command))
}

fn complaint(output: &Output) -> String {
    let stderr = String::from_utf8_lossy(&output.stderr);
    if stderr.trim().is_empty() {
        String::from_utf8_lossy(&output.stdout).into_owned()
    } else {
        stderr.into_owned()
    }
}
