//! The seam between script and module, taken in: what nobody calls is cut away on both sides, and the
//! long names that each side knows the other's by become short ones.
//!
//! `server_fn`, which comes with leptos, exports classes for streams. Nothing here makes one, but what is
//! exported is kept by every tool: three classes in the script, 10 KB in the module.
use super::bindings::Bindings;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use walrus::{ExportId, Module};

/// What the exported names of classes nobody makes have in common.
const UNUSED_EXPORTS: &str = "intounderlying";
const UNUSED_CLASSES: &str = "IntoUnderlying";
/// How the names begin, and the whole names, that the later half of an app knows the first by.
const KNOWN_ELSEWHERE: [&str; 3] = ["__wasm_split", "__indirect_function_table", "memory"];
/// What the linker names and nobody asks for.
const LINKERS_OWN: [&str; 2] = ["__heap_base", "__data_end"];
/// How a line of the script begins that names something it gives to the module.
const GIVEN: &str = "__wb";

/// The same script and module with a smaller seam.
pub(super) fn taken_in(bindings: &Bindings) -> Result<Bindings> {
    let mut module = Module::from_buffer(&bindings.wasm)?;
    let unused: Vec<ExportId> = module
        .exports
        .iter()
        .filter(|export| {
            export.name.contains(UNUSED_EXPORTS) || LINKERS_OWN.contains(&&*export.name)
        })
        .map(|export| export.id())
        .collect();
    unused.into_iter().for_each(|export| module.exports.delete(export));
    walrus::passes::gc::run(&mut module);

    let imported: Vec<&str> = module.imports.iter().map(|import| &*import.name).collect();
    let script = without_given(&without_classes(&bindings.script), &imported)?;
    let short = short_names(&module);
    let imports = module.imports.iter_mut().map(|import| &mut import.name);
    let exports = module.exports.iter_mut().map(|export| &mut export.name);
    for name in imports.chain(exports) {
        if let Some(short) = short.get(name) {
            name.clone_from(short);
        }
    }
    Ok(Bindings { script: renamed(&script, &short), wasm: module.emit_wasm() })
}

/// `$0`, `$1` and so on: no name of the script's own begins like that.
fn short_names(module: &Module) -> BTreeMap<String, String> {
    let imports = module.imports.iter().map(|import| import.name.clone());
    let exports = module.exports.iter().map(|export| export.name.clone());
    let mut short = BTreeMap::new();
    let is_known = |name: &String| KNOWN_ELSEWHERE.iter().any(|start| name.starts_with(start));
    for name in imports.chain(exports).filter(|name| !is_known(name)) {
        let next = format!("${}", short.len());
        short.entry(name).or_insert(next);
    }
    short
}

/// Every whole word that has a short name, replaced by it.
fn renamed(script: &str, short: &BTreeMap<String, String>) -> String {
    let is_of_word = |sign: char| sign.is_ascii_alphanumeric() || sign == '_' || sign == '$';
    let mut renamed = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(start) = rest.find(is_of_word) {
        let (before, word_on) = rest.split_at(start);
        let end = word_on.find(|sign| !is_of_word(sign)).unwrap_or(word_on.len());
        let (word, after) = word_on.split_at(end);
        renamed.push_str(before);
        renamed.push_str(short.get(word).map_or(word, String::as_str));
        rest = after;
    }
    renamed + rest
}

/// Without the classes, and without the statements that name them; braces say where a class ends.
fn without_classes(script: &str) -> String {
    let mut kept = String::with_capacity(script.len());
    let mut depth = 0;
    let mut in_class = false;
    let mut in_statement = false;
    for line in script.lines() {
        let names_one = depth == 0 && line.contains(UNUSED_CLASSES);
        in_class |= names_one && line.starts_with("export class");
        in_statement |= names_one && !in_class;
        depth += line.matches('{').count();
        depth -= line.matches('}').count().min(depth);
        if !in_class && !in_statement {
            kept.push_str(line);
            kept.push('\n');
        }
        in_class &= depth > 0;
        in_statement &= !line.ends_with(';');
    }
    kept
}

/// Leaves out of what the script gives to the module all that the module does not import.
fn without_given(script: &str, imported: &[&str]) -> Result<String> {
    let (before, rest) =
        script.split_once("const import0 = {").context("The script gives the module nothing.")?;
    let (given, after) = rest.split_once("\n};").context("What the script gives does not end.")?;
    let mut kept = String::with_capacity(given.len());
    let mut is_kept = true;
    for line in given.lines() {
        if let Some((name, _)) =
            line.trim_start().split_once(':').filter(|(name, _)| is_given(name))
        {
            is_kept = imported.contains(&name);
        }
        if is_kept {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    Ok(format!("{before}const import0 = {{{kept}}};{after}"))
}

fn is_given(name: &str) -> bool {
    name.starts_with(GIVEN) && name.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_nobody_makes_and_all_that_names_it_are_cut_away() {
        let script = "export class IntoUnderlyingSink {\na() {\n}\nb() {\n}\n}\nif (x) IntoUnderlyingSink.y = 1;\n\
                      const IntoUnderlyingSinkFinalization = z\n? 1\n: 2;\nfunction stays() {\n}\n";
        assert_eq!(without_classes(script), "function stays() {\n}\n");
    }

    #[test]
    fn what_the_module_does_not_import_is_not_given() {
        let script = "const import0 = {\n__proto__: null,\n__wbg_a_1: function() {\nx;\n},\n\
                      __wbg_b_2: function() {\n},\n};\nrest";
        let kept = without_given(script, &["__wbg_b_2"]).unwrap();
        assert_eq!(
            kept,
            "const import0 = {\n__proto__: null,\n__wbg_b_2: function() {\n},\n};\nrest"
        );
    }

    #[test]
    fn only_whole_words_get_short_names() {
        let short = BTreeMap::from([("__wbg_a".to_owned(), "$0".to_owned())]);
        assert_eq!(renamed("wasm.__wbg_a(x), __wbg_a2", &short), "wasm.$0(x), __wbg_a2");
    }
}
