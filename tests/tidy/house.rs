//! The repository as the tests read it, and how they complain.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Everything that may be seen at the top of the repository; dotted files are free.
const TOP_LEVEL: [&str; 8] =
    ["Cargo.toml", "Cargo.lock", "LICENSE", "README.md", "public", "src", "style", "tests"];

/// What tools make and .gitignore keeps out.
const MADE_BY_TOOLS: [&str; 2] = ["target", "node_modules"];

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The text of one file, by its path from the root.
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The paths, from the root, of all files under `folder` that end in `ending`.
pub(crate) fn files(folder: &str, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    collect(folder, ending, &mut found);
    found.sort();
    found
}

fn collect(folder: &str, ending: &str, found: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(root().join(folder)) else { return };
    for entry in entries.map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        let path = format!("{folder}/{name}");
        if MADE_BY_TOOLS.contains(&name.as_str()) {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            collect(&path, ending, found);
        } else if name.ends_with(ending) {
            found.push(path);
        }
    }
}

/// What cargo knows of the workspace, with the dependencies that count for `platform`.
pub(crate) fn metadata(platform: &str) -> serde_json::Value {
    let output = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()))
        .args(["metadata", "--format-version", "1", "--filter-platform", platform])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Fails with all complaints at once, one a line.
pub(crate) fn no_complaints(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn nothing_new_lies_at_the_top_of_the_repository() {
    let entries = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().file_name());
    let complaints: Vec<String> = entries
        .map(|name| name.into_string().unwrap())
        .filter(|name| !name.starts_with('.'))
        .filter(|name| {
            !TOP_LEVEL.contains(&name.as_str()) && !MADE_BY_TOOLS.contains(&name.as_str())
        })
        .map(|name| {
            format!("{name}: the top level stays as it is; move this into one of its folders.")
        })
        .collect();
    no_complaints(&complaints);
}
