//! One style sheet out of `style/`: imports in, layers out, everything else lowered and minified.
//!
//! Chrome learned `@layer` in 99 and we promise 96, which would skip every layered rule. So the order
//! of the layers is kept and the layers themselves are dissolved, in development too: what a developer
//! sees is what an old phone gets. What is lost is that a later layer wins over a more specific
//! selector of an earlier one.
use anyhow::{Context, Result, anyhow, bail};
use lightningcss::rules::import::ImportRule;
use lightningcss::rules::layer::LayerName;
use lightningcss::rules::{CssRule, CssRuleList};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet};
use lightningcss::targets::{Browsers, Targets};
use lightningcss::traits::ToCss;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The oldest browsers we promise.
const OLDEST: Browsers = Browsers {
    chrome: Some(96 << 16),
    android: Some(96 << 16),
    safari: Some(16 << 16),
    ios_saf: Some(16 << 16),
    edge: None,
    firefox: None,
    ie: None,
    opera: None,
    samsung: None,
};

/// The sheet that `entry` and what it imports make together.
pub(super) fn bundle(entry: &Path) -> Result<String> {
    if !entry.exists() {
        bail!("{} is missing; it is the entry of all style sheets.", entry.display());
    }
    minify(&with_imports(entry)?, &entry.display().to_string())
}

/// Lowers and minifies one sheet that imports nothing.
pub(super) fn minify(source: &str, name: &str) -> Result<String> {
    let mut sheet = parse(source, name)?;
    sheet.rules =
        in_order_without_layers(std::mem::replace(&mut sheet.rules, CssRuleList(Vec::new())));
    let targets = Targets::from(OLDEST);
    sheet
        .minify(MinifyOptions { targets, ..MinifyOptions::default() })
        .map_err(|refusal| anyhow!("{name}: {refusal}"))?;
    let printed = sheet
        .to_css(PrinterOptions { minify: true, targets, ..PrinterOptions::default() })
        .map_err(|refusal| anyhow!("{name}: {refusal}"))?;
    Ok(printed.code)
}

fn with_imports(entry: &Path) -> Result<String> {
    let name = entry.display().to_string();
    let source = fs::read_to_string(entry)?;
    let mut whole = String::new();
    for rule in &parse(&source, &name)?.rules.0 {
        match rule {
            CssRule::Import(import) => whole.push_str(&imported(entry, import)?),
            rule => whole.push_str(&printed(rule)?),
        }
        whole.push('\n');
    }
    Ok(whole)
}

fn imported(entry: &Path, import: &ImportRule) -> Result<String> {
    let path = entry.with_file_name(&*import.url);
    let name = path.display().to_string();
    let source = fs::read_to_string(&path)
        .with_context(|| format!("{} imports {name}, which cannot be read.", entry.display()))?;
    // Read by itself, so that an error names this file and its own line.
    if parse(&source, &name)?.rules.0.iter().any(|rule| matches!(rule, CssRule::Import(_))) {
        bail!("{name} imports another sheet; only {} does that.", entry.display());
    }
    match &import.layer {
        Some(Some(layer)) => Ok(format!("@layer {} {{\n{source}\n}}", name_of(layer))),
        _ => bail!("{} imports {} without `layer(name)`.", entry.display(), import.url),
    }
}

fn parse<'source>(source: &'source str, name: &str) -> Result<StyleSheet<'source>> {
    let options = ParserOptions { filename: name.to_owned(), ..ParserOptions::default() };
    StyleSheet::parse(source, options)
        .map_err(|refusal| anyhow!("The style sheet is wrong: {refusal}"))
}

/// The rules sorted by layer, as `@layer a, b;` names them; what stands outside every layer comes last,
/// because that is where CSS puts it.
fn in_order_without_layers<'source>(rules: CssRuleList<'source>) -> CssRuleList<'source> {
    let mut order: Vec<String> = Vec::new();
    let mut ranked = Vec::new();
    for rule in rules.0 {
        match rule {
            CssRule::LayerStatement(statement) => {
                statement.names.iter().for_each(|name| _ = rank(&mut order, name_of(name)));
            }
            CssRule::LayerBlock(block) => {
                let name = block.name.as_ref().map(name_of).unwrap_or_default();
                let rank = rank(&mut order, name);
                ranked.extend(block.rules.0.into_iter().map(|rule| (rank, rule)));
            }
            rule => ranked.push((usize::MAX, rule)),
        }
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    CssRuleList(ranked.into_iter().map(|(_, rule)| rule).collect())
}

/// The place of the layer `name`, after all earlier ones when it is new.
fn rank(order: &mut Vec<String>, name: String) -> usize {
    order.iter().position(|known| *known == name).unwrap_or_else(|| {
        order.push(name);
        order.len() - 1
    })
}

fn name_of(layer: &LayerName) -> String {
    let mut name = String::new();
    for (place, part) in layer.0.iter().enumerate() {
        // Writing to a String cannot fail.
        let _ = write!(name, "{}{part}", if place == 0 { "" } else { "." });
    }
    name
}

fn printed(rule: &CssRule) -> Result<String> {
    rule.to_css_string(PrinterOptions::default()).map_err(|refusal| anyhow!("main.css: {refusal}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_keep_their_order_and_are_gone() {
        let sheet =
            "@layer base, kit; @layer kit { a { color: red } } @layer base { a { color: blue } }";
        let css = minify(&format!("{sheet} b {{ color: green }}"), "test").unwrap();
        assert!(!css.contains("@layer"), "{css}");
        let places = ["#00f", "red", "green"].map(|color| css.find(color));
        // The two rules for `a` say the same thing, so the later one is all that is left of them.
        assert!(places[1] < places[2] && places[1].is_some(), "{css}");
    }

    #[test]
    fn nesting_is_lowered_for_old_phones() {
        let css = minify("a { color: red; &:hover { color: blue } }", "test").unwrap();
        assert_eq!(css, "a{color:red}a:hover{color:#00f}");
    }

    #[test]
    fn an_error_names_the_sheet() {
        let refusal = minify("a { color: red", "style/kit.css").err();
        let unclosed_is_legal_css = refusal.is_none();
        assert!(unclosed_is_legal_css);
        let refusal = minify("a { & { } ) }", "style/kit.css").unwrap_err();
        assert!(refusal.to_string().contains("style/kit.css"), "{refusal}");
    }
}
