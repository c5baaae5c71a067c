//! Makes a method for each of the texts in `texts/da.txt`, so that a sentence nobody wrote is a compile
//! error. Danish is in the program, which always opens: what stands below the line of [`LATER`] in the half that
//! comes later. Each other file in the folder is a language that the site has, read in the same way, and it must
//! say all that Danish says.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

const FOLDER: &str = "texts";
const DANISH: &str = "da";
/// Below a line that begins so in the Danish file is what no first screen says.
const LATER: &str = "## ";
/// How the keys begin of what is not a sentence but a list, a word for each.
const LISTS: [&str; 2] = ["weekdays", "months"];
/// Which way the lines of a language run.
const DIRECTION: &str = "line_direction";
/// What a language calls itself.
const NAME: &str = "language_name";

type Sentences = BTreeMap<String, String>;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={FOLDER}");
    let mut languages = BTreeMap::new();
    for entry in fs::read_dir(FOLDER)? {
        let path = entry?.path();
        let code = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        let two_letters = code.len() == 2 && code.bytes().all(|letter| letter.is_ascii_lowercase());
        assert!(two_letters, "{}: a language has the two letters it is known by", path.display());
        languages.insert(code, read(&path));
    }
    let danish = languages.remove(DANISH).unwrap_or_else(|| panic!("{FOLDER}/da.txt is missing"));
    for (code, sentences) in &languages {
        compare(&format!("{FOLDER}/{code}.txt"), sentences, &danish);
    }
    let folder = env::var("OUT_DIR").map_err(io::Error::other)?;
    let later = later_keys(&Path::new(FOLDER).join("da.txt"))?;
    let code = sentences_in_code(&danish, &later) + &languages_in_code(&danish, &languages);
    fs::write(Path::new(&folder).join("texts.rs"), code)
}

/// `key = sentence`, one a line; empty lines and lines that begin with # are for the reader.
fn read(path: &Path) -> Sentences {
    let path_name = path.display();
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path_name}: {error}"));
    let mut sentences = BTreeMap::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (key, sentence) =
            line.split_once(" = ").unwrap_or_else(|| panic!("{path_name}: no ` = ` in: {line}"));
        let before = sentences.insert(key.to_owned(), sentence.trim().to_owned());
        assert!(before.is_none(), "{path_name}: {key} stands there twice");
    }
    sentences
}

/// The keys of what no first screen says.
fn later_keys(danish: &Path) -> io::Result<BTreeSet<String>> {
    let text = fs::read_to_string(danish)?;
    let below = text.lines().skip_while(|line| !line.starts_with(LATER));
    let keys =
        below.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = "));
    Ok(keys.map(|(key, _)| key.to_owned()).collect())
}

/// A language has every sentence, with the same {placeholders} in it, and no other.
fn compare(path: &str, sentences: &Sentences, danish: &Sentences) {
    for (key, sentence) in danish {
        let other = sentences.get(key).unwrap_or_else(|| panic!("{path}: {key} is missing"));
        let (wanted, found) = (placeholders(sentence), placeholders(other));
        assert_eq!(found, wanted, "{path}: {key} must have the same {{names}} as in Danish");
        let words = |sentence: &str| sentence.split(' ').count();
        let fits =
            !LISTS.iter().any(|list| key.starts_with(list)) || words(other) == words(sentence);
        assert!(fits, "{path}: {key} must have {} words, without spaces in them", words(sentence));
    }
    let runs = sentences[DIRECTION].as_str();
    assert!(matches!(runs, "ltr" | "rtl"), "{path}: {DIRECTION} is ltr or rtl");
    let unknown = sentences.keys().find(|key| !danish.contains_key(*key));
    assert!(unknown.is_none(), "{path}: nothing is called {}", unknown.map_or("", |key| key));
}

fn placeholders(sentence: &str) -> Vec<&str> {
    let after_each = sentence.split('{').skip(1);
    let mut names: Vec<&str> =
        after_each.filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect();
    names.sort_unstable();
    names
}

/// The sentences one a line in the order of the keys, first those of the first screens and then the others, as
/// xtask's `site` writes those of another language; and a way to each of them by its key.
fn sentences_in_code(sentences: &Sentences, later: &BTreeSet<String>) -> String {
    let (others, first): (Vec<_>, Vec<_>) =
        sentences.iter().partition(|(key, _)| later.contains(*key));
    let mut code = String::new();
    let halves = [(first, "FIRST", "self.first[_]"), (others, "LATER", "self.later(_)")];
    for (sentences, name, says) in halves {
        let lines: String = sentences.iter().map(|(_, sentence)| format!("{sentence}\n")).collect();
        let _ = writeln!(code, "pub(super) const {name}: usize = {};", sentences.len());
        let _ = writeln!(code, "pub(super) const {name}_IN_DANISH: &str = {lines:?};");
        let _ = writeln!(code, "impl super::Texts {{");
        for (place, (key, sentence)) in sentences.iter().enumerate() {
            let says = says.replace('_', &place.to_string());
            let _ = writeln!(code, "    #[doc = {sentence:?}]");
            let _ = writeln!(code, "    pub(crate) fn {key}(&self) -> &'static str {{");
            let _ = writeln!(code, "        {says}\n    }}");
        }
        code.push_str("}\n");
    }
    code
}

/// Danish first, and what each language calls itself.
fn languages_in_code(danish: &Sentences, others: &BTreeMap<String, Sentences>) -> String {
    let others = others.iter().map(|(code, sentences)| (code.as_str(), &sentences[NAME]));
    let all: Vec<(&str, &String)> = [(DANISH, &danish[NAME])].into_iter().chain(others).collect();
    format!("pub(super) const LANGUAGES: [(&str, &str); {}] = {all:?};\n", all.len())
}
