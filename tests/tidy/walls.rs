//! What may reach what, however far away: the dependencies that cargo builds a room with.
use crate::house::{no_complaints, root};
use std::collections::BTreeSet;
use std::process::Command;

const PHONE: &str = "wasm32-unknown-unknown";
const SERVER: &str = "x86_64-unknown-linux-gnu";

#[test]
fn a_phone_carries_nothing_of_a_server() {
    // tokio's channels come with indexed_db_futures and are small; its reactor, mio, must not come.
    forbid("app", PHONE, &["mio", "sqlx", "rusqlite", "postgres", "axum", "hyper", "server"]);
}

#[test]
fn the_server_carries_no_screens_and_no_documents() {
    forbid("server", SERVER, &["leptos", "yrs", "wasm-bindgen", "client", "documents"]);
}

#[test]
fn what_decides_without_a_screen_knows_no_screen() {
    for room in ["domain", "documents", "trust", "sync", "client"] {
        forbid(room, PHONE, &["leptos", "web-sys", "wasm-bindgen-futures", "tokio"]);
    }
}

/// Complains about each of `forbidden` that `room` is built with for `platform`.
fn forbid(room: &str, platform: &str, forbidden: &[&str]) {
    let reached = reached(room, platform);
    let complaints: Vec<String> = forbidden
        .iter()
        .filter(|name| reached.contains(**name))
        .map(|name| {
            format!(
                "`{room}` is built with `{name}`; the way there: \
                 cargo tree -p {room} --target {platform} -e normal -i {name}"
            )
        })
        .collect();
    no_complaints(&complaints);
}

/// The names of everything `room` is built with. `cargo metadata` would not do: it adds up what all
/// rooms ask of a crate, and the server asks much of tokio.
fn reached(room: &str, platform: &str) -> BTreeSet<String> {
    let output = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()))
        .args(["tree", "-p", room, "--target", platform, "-e", "normal", "--prefix", "none"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}
