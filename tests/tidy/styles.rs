//! Colours and sizes have names, and the names are given in one file.
use crate::house::{files, no_complaints, read};

const TOKENS: &str = "style/tokens.css";
const COLOUR_FUNCTIONS: [&str; 8] =
    ["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklch("];

#[test]
fn colours_and_pixels_stand_in_tokens_only() {
    let mut complaints = Vec::new();
    for path in files("style", ".css").into_iter().filter(|path| path != TOKENS) {
        for (line, value) in values(&read(&path)) {
            if let Some(what) = raw(&value) {
                complaints.push(format!(
                    "{path}:{line}: {what} in `{value}`; give it a name in {TOKENS}."
                ));
            }
        }
    }
    no_complaints(&complaints);
}

#[test]
fn every_class_with_a_style_is_on_something() {
    let markup: String = ["src/app", "src/kit"]
        .iter()
        .flat_map(|folder| [files(folder, ".rs"), files(folder, ".html")].concat())
        .map(|path| read(&path))
        .collect();
    let mut used: Vec<&str> = markup.split(|sign| !in_a_class(sign)).collect();
    used.sort_unstable();
    let mut complaints = Vec::new();
    for path in files("style", ".css") {
        for class in classes(&read(&path)) {
            if used.binary_search(&class.as_str()).is_err() {
                complaints.push(format!("{path}: nothing is of the class `{class}`."));
            }
        }
    }
    no_complaints(&complaints);
}

fn in_a_class(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || sign == '-'
}

/// The names after a dot that a letter follows.
fn classes(css: &str) -> Vec<String> {
    let clean = without_comments(css);
    let names = clean.split('.').skip(1).filter(|rest| rest.starts_with(char::is_alphabetic));
    names
        .map(|rest| rest.split(|sign| !in_a_class(sign)).next().unwrap_or_default().into())
        .collect()
}

/// What follows the first `:` of each declaration, with its line. Selectors and conditions end in `{`
/// and are left out: a media condition cannot use a name.
fn values(css: &str) -> Vec<(usize, String)> {
    let (mut found, mut piece, mut line) = (Vec::new(), String::new(), 1);
    for sign in without_comments(css).chars() {
        match sign {
            '{' => piece.clear(),
            ';' | '}' => {
                if let Some((_, value)) = piece.split_once(':') {
                    found.push((line, value.trim().to_owned()));
                }
                piece.clear();
            }
            '\n' => {
                line += 1;
                piece.push(' ');
            }
            sign => piece.push(sign),
        }
    }
    found
}

/// Comments become their own line breaks, so that lines still count.
fn without_comments(css: &str) -> String {
    let mut parts = css.split("/*");
    let mut clean = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (comment, rest) = part.split_once("*/").unwrap_or((part, ""));
        clean.extend(comment.chars().filter(|sign| *sign == '\n'));
        clean.push_str(rest);
    }
    clean
}

/// What in a value should have a name, if anything.
fn raw(value: &str) -> Option<&'static str> {
    // Addresses may hold anything.
    if value.contains("url(") {
        return None;
    }
    let hash = value
        .split('#')
        .skip(1)
        .any(|rest| rest.starts_with(|sign: char| sign.is_ascii_hexdigit()));
    let function = COLOUR_FUNCTIONS.iter().any(|name| {
        value
            .match_indices(name)
            .any(|(place, _)| !value[..place].ends_with(|sign: char| sign.is_alphanumeric()))
    });
    let pixels = value.match_indices("px").any(|(place, _)| is_a_length(&value[..place]));
    match (hash || function, pixels) {
        (true, _) => Some("a colour"),
        (false, true) => Some("pixels"),
        (false, false) => None,
    }
}

/// Whether what stands before `px` ends in a number other than 0 that is not part of a name.
fn is_a_length(before: &str) -> bool {
    let rest = before.trim_end_matches(|sign: char| sign.is_ascii_digit() || sign == '.');
    let number = &before[rest.len()..];
    let in_a_name =
        rest.trim_end_matches('-').ends_with(char::is_alphanumeric) && !rest.ends_with(' ');
    number.chars().any(|sign| ('1'..='9').contains(&sign)) && !in_a_name
}

#[test]
fn a_raw_value_is_told_from_a_name() {
    assert_eq!(raw("var(--ink)"), None);
    assert_eq!(raw("1px solid var(--line)"), Some("pixels"));
    assert_eq!(raw("#fff"), Some("a colour"));
    assert_eq!(raw("rgb(0 0 0)"), Some("a colour"));
    assert_eq!(raw("0px"), None);
    assert_eq!(raw("var(--space-8px)"), None);
    assert_eq!(
        values("a { /* x\n */\n color: red; &:hover { top: 1px } }"),
        [(3, "red".into()), (3, "1px".into())]
    );
}
