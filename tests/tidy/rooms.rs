//! The import table in `src/README.md` is the truth, and cargo must agree with it.
use crate::house::{metadata, no_complaints, read};
use crate::source::{lines_with, sources};
use quote::ToTokens;
use std::collections::BTreeMap;

const TABLE: &str = "src/README.md";
const HERE: &str = "x86_64-unknown-linux-gnu";

/// Per room, what it may import.
type Rooms = BTreeMap<String, Vec<String>>;

#[test]
fn rooms_import_only_what_the_table_allows() {
    let (allowed, actual) = (table(), manifests());
    let mut complaints = Vec::new();
    for (room, imports) in &actual {
        let Some(allowed) = allowed.get(room) else {
            complaints
                .push(format!("{TABLE}: the room `{room}` is not in the table; give it a row."));
            continue;
        };
        for import in imports.iter().filter(|import| !allowed.contains(import)) {
            complaints.push(format!(
                "The Cargo.toml of `{room}` names `{import}`, which the table in {TABLE} does not allow."
            ));
        }
    }
    for room in allowed.keys().filter(|room| !actual.contains_key(*room)) {
        complaints
            .push(format!("{TABLE}: the table has the room `{room}`, the workspace has not."));
    }
    no_complaints(&complaints);
}

#[test]
fn screens_do_not_know_the_browser() {
    let mut complaints = Vec::new();
    for source in sources(&["src/app"]).iter().filter(|source| source.path != "src/app/src/main.rs")
    {
        for line in lines_with(source.syntax.to_token_stream(), &["browser", ":", ":"]) {
            complaints
                .push(format!("{}:{line}: only main.rs of app may name `browser`.", source.path));
        }
    }
    no_complaints(&complaints);
}

/// The rows `| `room` | `import`, … | … |` of the table.
fn table() -> Rooms {
    let text = read(TABLE);
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    let rooms: Rooms = rows
        .filter_map(|row| {
            let cells: Vec<&str> = row.split('|').collect();
            Some((in_backticks(cells.get(1)?).pop()?, in_backticks(cells.get(2)?)))
        })
        .collect();
    assert!(rooms.contains_key("domain"), "{TABLE} has lost its table of rooms.");
    rooms
}

fn in_backticks(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// What the members of the workspace name in their Cargo.toml, whatever for.
fn manifests() -> Rooms {
    let metadata = metadata(HERE);
    let packages = metadata["packages"].as_array().unwrap().iter();
    let ours = packages.filter(|package| package["source"].is_null());
    ours.map(|package| {
        let dependencies = package["dependencies"].as_array().unwrap().iter();
        let of_ours = dependencies.filter(|dependency| dependency["source"].is_null());
        let imports = of_ours.map(|dependency| text(&dependency["name"])).collect();
        (text(&package["name"]), imports)
    })
    .collect()
}

fn text(value: &serde_json::Value) -> String {
    value.as_str().unwrap().to_owned()
}
