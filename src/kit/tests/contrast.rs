//! Every pair of colours that carries words or shape, measured from the style sheet itself: 7:1 for
//! words, 3:1 for shape (WCAG 2.2), in light and in dark.
#![expect(clippy::unwrap_used, reason = "the style sheets are there, or the test has failed")]

use std::collections::HashMap;

const WORDS: f64 = 7.0;
const SHAPE: f64 = 3.0;

/// (what stands in front, what it stands on)
const WORD_PAIRS: [(&str, &str); 26] = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "sunk"),
    ("ink-soft", "paper"),
    ("ink-soft", "surface"),
    ("ink-soft", "sunk"),
    ("ink-soft", "deep-soft"),
    ("ink", "deep-soft"),
    ("ink", "warm-soft"),
    ("ink", "plum-soft"),
    ("paper", "ink"),
    ("deep", "paper"),
    ("deep", "surface"),
    ("deep", "sunk"),
    ("deep", "deep-soft"),
    ("on-deep", "deep"),
    ("on-hero", "hero"),
    ("on-hero", "hero-lit"),
    ("on-hero-soft", "hero"),
    ("on-hero-soft", "hero-lit"),
    ("on-hero-button", "hero-button"),
    ("warm", "warm-soft"),
    ("warm", "surface"),
    ("plum", "plum-soft"),
    ("plum", "surface"),
    ("plum", "paper"),
];
const SHAPE_PAIRS: [(&str, &str); 12] = [
    ("line-strong", "paper"),
    ("line-strong", "surface"),
    ("line-strong", "sunk"),
    ("warm-edge", "paper"),
    ("warm-edge", "surface"),
    ("warm-edge", "warm-soft"),
    ("deep", "surface"),
    ("hero", "hero-button"),
    ("on-hero", "hero"),
    ("focus", "paper"),
    ("focus", "surface"),
    ("focus", "sunk"),
];

#[test]
fn words_stand_out_seven_to_one() {
    measure(&WORD_PAIRS, WORDS);
}

#[test]
fn shapes_stand_out_three_to_one() {
    measure(&SHAPE_PAIRS, SHAPE);
}

#[test]
fn colours_and_pixels_stand_in_the_tokens_only() {
    for (path, sheet) in sheets() {
        if path.ends_with("tokens.css") {
            continue;
        }
        let code = without_comments(&sheet);
        assert!(!code.contains('#'), "{path} has a colour of its own");
        let pixel = code
            .match_indices("px")
            .find(|(at, _)| code[..*at].ends_with(|before: char| before.is_ascii_digit()));
        assert!(pixel.is_none(), "{path} has a pixel of its own");
    }
}

#[test]
fn every_sheet_is_imported_once() {
    let sheets: HashMap<_, _> = sheets().into_iter().collect();
    let main = &sheets["main.css"];
    for path in sheets.keys().filter(|path| *path != "main.css") {
        assert_eq!(main.matches(&format!("\"{path}\"")).count(), 1, "{path} in main.css");
    }
}

fn measure(pairs: &[(&str, &str)], least: f64) {
    let tokens = tokens();
    for (front, ground) in pairs {
        for theme in [0, 1] {
            let ratio = contrast(tokens[*front][theme], tokens[*ground][theme]);
            assert!(ratio >= least, "{front} on {ground}, theme {theme}: {ratio:.2}");
        }
    }
}

/// Name to relative luminance, light and dark.
fn tokens() -> HashMap<String, [f64; 2]> {
    let source = std::fs::read_to_string(format!("{}/tokens.css", folder())).unwrap();
    let first_block = source.split("@media").next().unwrap();
    let mut tokens = HashMap::new();
    for line in without_comments(first_block).lines() {
        let Some((name, value)) =
            line.trim().strip_prefix("--").and_then(|line| line.split_once(": "))
        else {
            continue;
        };
        let value = value.trim_end_matches(';');
        let colours: Vec<f64> = value.split('#').skip(1).filter_map(luminance).collect();
        let found = match colours[..] {
            [light, dark] => [light, dark],
            [both] => [both, both],
            _ => match value
                .strip_prefix("var(--")
                .and_then(|rest| tokens.get(rest.trim_end_matches(')')))
            {
                Some(same) => *same,
                None => continue,
            },
        };
        tokens.insert(name.to_owned(), found);
    }
    tokens
}

/// Of `rrggbb` at the start of the text.
fn luminance(hex: &str) -> Option<f64> {
    let part = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    Some(0.2126 * linear(part(0)?) + 0.7152 * linear(part(2)?) + 0.0722 * linear(part(4)?))
}

fn contrast(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn folder() -> String {
    format!("{}/../../style", env!("CARGO_MANIFEST_DIR"))
}

/// Path below `style/`, and text.
fn sheets() -> Vec<(String, String)> {
    let mut sheets = Vec::new();
    for under in ["", "kit/", "screens/"] {
        for entry in std::fs::read_dir(format!("{}/{under}", folder())).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            if name.ends_with(".css") {
                sheets.push((
                    format!("{under}{name}"),
                    std::fs::read_to_string(entry.path()).unwrap(),
                ));
            }
        }
    }
    sheets
}

fn without_comments(css: &str) -> String {
    let mut parts = css.split("/*");
    let mut code = parts.next().unwrap_or_default().to_owned();
    code.extend(parts.filter_map(|part| part.split_once("*/").map(|(_, after)| after)));
    code
}
