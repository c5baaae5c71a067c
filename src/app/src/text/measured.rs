//! The texts themselves, measured: can somebody read them who reads with trouble?

use std::collections::BTreeMap;

const DANISH: &str = include_str!("../../texts/da.txt");
const WORDS_IN_A_SENTENCE_MAX: usize = 12;
const LETTERS_IN_A_WORD_MAX: usize = 12;
/// Words that are longer and cannot be helped: names, and what people are called here.
const LONG_WORDS: [&str; 3] = ["Psykiatrifonden", "BørneTelefonen", "koordinatoren"];

fn sentences(file: &str) -> BTreeMap<&str, &str> {
    file.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" = "))
        .collect()
}

/// What is a sentence, and not a list of names.
fn prose() -> impl Iterator<Item = (&'static str, &'static str)> {
    let is_list = |key: &str| key.starts_with("weekdays") || key.starts_with("months");
    sentences(DANISH).into_iter().filter(move |(key, _)| !is_list(key))
}

#[test]
fn no_sentence_is_longer_than_12_words() {
    for (key, text) in prose() {
        for sentence in text.split_inclusive(['.', '?', ':']) {
            let words = sentence.split_whitespace().count();
            assert!(words <= WORDS_IN_A_SENTENCE_MAX, "{key} has {words} words: {sentence}");
        }
    }
}

#[test]
fn no_word_is_longer_than_12_letters() {
    for (key, text) in prose() {
        for word in text.split(|letter: char| !letter.is_alphanumeric()) {
            let fits = word.chars().count() <= LETTERS_IN_A_WORD_MAX || LONG_WORDS.contains(&word);
            assert!(fits, "{key}: {word}");
        }
    }
}
