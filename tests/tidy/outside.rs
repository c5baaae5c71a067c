//! What comes from outside: `.deny.toml`, held over what cargo resolved. cargo-deny reads the same
//! file and does more, but takes longer to build than our whole server.
use crate::house::{metadata, no_complaints, read};
use serde_json::Value;
use std::collections::BTreeSet;

const RULES: &str = ".deny.toml";
const HERE: &str = "x86_64-unknown-linux-gnu";
const OUR_REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

#[test]
fn every_licence_is_one_we_may_pass_on() {
    let allowed: BTreeSet<String> = quoted_after("\nallow = [");
    let mut complaints = Vec::new();
    for package in packages() {
        let (name, licence) = (text(&package["name"]), text(&package["license"]));
        if licence.is_empty() {
            // A licence in a file of its own: somebody has to read it.
            complaints
                .push(format!("{name} names no licence; read its licence file, or do without it."));
        } else if !is_allowed(&licence, &allowed) {
            complaints.push(format!("{name} is under `{licence}`, which {RULES} does not allow."));
        }
    }
    no_complaints(&complaints);
}

#[test]
fn everything_comes_from_the_one_registry() {
    let packages = packages();
    let strangers = packages.iter().filter(|package| text(&package["source"]) != OUR_REGISTRY);
    let complaints: Vec<String> = strangers
        .map(|package| {
            format!("{} comes from {}, not crates.io.", package["name"], package["source"])
        })
        .collect();
    no_complaints(&complaints);
}

#[test]
fn what_is_banned_is_used_by_its_wrappers_only() {
    let rules = read(RULES);
    let metadata = metadata(HERE);
    let all = metadata["packages"].as_array().unwrap();
    let mut complaints = Vec::new();
    for ban in rules.split("[[bans.deny]]").skip(1) {
        let (banned, wrappers) = ban.split_once("wrappers").unwrap_or((ban, ""));
        let end_of_list = |text: &str| text.split(']').next().map(quoted).unwrap_or_default();
        let (banned, wrappers) = (quoted(banned), end_of_list(wrappers));
        for package in all {
            let user = text(&package["name"]);
            let dependencies = package["dependencies"].as_array().unwrap().iter();
            let normal =
                dependencies.filter(|one| one["kind"].is_null() && one["optional"] == false);
            let used = normal.map(|one| text(&one["name"])).filter(|name| banned.contains(name));
            complaints.extend(used.filter(|_| !wrappers.contains(&user)).map(|name| {
                format!("{user} depends on {name}, which {RULES} leaves to {wrappers:?} only.")
            }));
        }
    }
    no_complaints(&complaints);
}

/// Everything of others in the lock file that this platform builds.
fn packages() -> Vec<Value> {
    let packages = metadata(HERE)["packages"].as_array().unwrap().clone();
    packages.into_iter().filter(|package| !package["source"].is_null()).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The texts in double quotes of the list that starts with `start` and ends with `]`.
fn quoted_after(start: &str) -> BTreeSet<String> {
    let rules = read(RULES);
    let (_, list) =
        rules.split_once(start).unwrap_or_else(|| panic!("{RULES} has lost `{start}`."));
    quoted(list.split(']').next().unwrap_or_default())
}

fn quoted(text: &str) -> BTreeSet<String> {
    text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Reads an SPDX expression: `AND` needs all its sides, `OR` one; `/` is an old way to write `OR`.
fn is_allowed(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let expression = expression.trim();
    let sides = |sign: &str| split_outside_brackets(expression, sign);
    if let Some((left, right)) = sides(" OR ").or_else(|| sides("/")) {
        return is_allowed(left, allowed) || is_allowed(right, allowed);
    }
    if let Some((left, right)) = sides(" AND ") {
        return is_allowed(left, allowed) && is_allowed(right, allowed);
    }
    match expression.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inside) => is_allowed(inside, allowed),
        None => allowed.contains(expression),
    }
}

fn split_outside_brackets<'text>(text: &'text str, sign: &str) -> Option<(&'text str, &'text str)> {
    let place = text.match_indices(sign).map(|(place, _)| place).find(|place| {
        let before = &text[..*place];
        before.matches('(').count() == before.matches(')').count()
    })?;
    Some((&text[..place], &text[place + sign.len()..]))
}

#[test]
fn a_choice_of_licences_needs_one_and_a_sum_needs_all() {
    let allowed = BTreeSet::from(["MIT".to_owned(), "Apache-2.0 WITH LLVM-exception".to_owned()]);
    for good in [
        "MIT",
        "GPL-3.0 OR MIT",
        "MIT/GPL-2.0",
        "(MIT OR GPL-3.0) AND MIT",
        "Apache-2.0 WITH LLVM-exception OR X",
    ] {
        assert!(is_allowed(good, &allowed), "{good}");
    }
    for bad in ["GPL-3.0", "MIT AND GPL-3.0", "(GPL-3.0 OR X) AND MIT"] {
        assert!(!is_allowed(bad, &allowed), "{bad}");
    }
}
