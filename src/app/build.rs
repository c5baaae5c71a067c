//! Makes a method for each of the texts in `texts/da.txt`, so that a sentence nobody wrote is a compile
//! error. Danish is in the program, which always opens; another language is a file of its own on the
//! site, read in the same way.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

const DANISH: &str = "texts/da.txt";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={DANISH}");
    let sentences = read(DANISH);
    let folder = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&folder).join("texts.rs"), code(&sentences))
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

/// The sentences one a line in the order of the keys, as xtask's `site` writes those of another
/// language, and a way to each of them by its key.
fn code(sentences: &BTreeMap<String, String>) -> String {
    let lines: String = sentences.values().map(|sentence| format!("{sentence}\n")).collect();
    let mut code = format!("pub(super) const DANISH: &str = {lines:?};\n");
    let _ = writeln!(code, "pub(super) const SENTENCES: usize = {};", sentences.len());
    code.push_str("impl super::Texts {\n");
    for (place, (key, sentence)) in sentences.iter().enumerate() {
        let _ = writeln!(code, "    #[doc = {sentence:?}]");
        let _ = writeln!(code, "    pub(crate) fn {key}(&self) -> &'static str {{");
        let _ = writeln!(code, "        self.0[{place}]\n    }}");
    }
    code.push_str("}\n");
    code
}
