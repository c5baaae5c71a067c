//! Makes one struct of the texts in `texts/`, so that a sentence nobody wrote is a compile error,
//! and so is one that is missing in the other language.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

const LANGUAGES: [(&str, &str); 2] = [("da", "DANISH"), ("en", "ENGLISH")];

fn main() -> io::Result<()> {
    let mut code = String::new();
    for (index, (file, name)) in LANGUAGES.into_iter().enumerate() {
        let path = format!("texts/{file}.txt");
        println!("cargo::rerun-if-changed={path}");
        let sentences = read(&path);
        if index == 0 {
            declare(&mut code, &sentences);
        }
        fill(&mut code, name, &sentences);
    }
    let folder = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&folder).join("texts.rs"), code)
}

/// `key = sentence`, one a line; empty lines and lines that begin with # are for the reader.
fn read(path: &str) -> BTreeMap<String, String> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut sentences = BTreeMap::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (key, sentence) =
            line.split_once(" = ").unwrap_or_else(|| panic!("{path}: no ` = ` in: {line}"));
        let before = sentences.insert(key.to_owned(), sentence.trim().to_owned());
        assert!(before.is_none(), "{path}: {key} stands there twice");
    }
    sentences
}

fn declare(code: &mut String, sentences: &BTreeMap<String, String>) {
    code.push_str("/// Every sentence the app says, in one language.\npub(crate) struct Texts {\n");
    for (key, sentence) in sentences {
        let _ = writeln!(code, "    #[doc = {sentence:?}]\n    pub(crate) {key}: &'static str,");
    }
    code.push_str("}\n");
}

/// A key too many or too few in the other language does not compile.
fn fill(code: &mut String, name: &str, sentences: &BTreeMap<String, String>) {
    let _ = writeln!(code, "pub(crate) static {name}: Texts = Texts {{");
    for (key, sentence) in sentences {
        let _ = writeln!(code, "    {key}: {sentence:?},");
    }
    code.push_str("};\n");
}
