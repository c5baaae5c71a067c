//! What both kinds of files have: words, names and lengths.

use std::collections::BTreeMap;

use domain::guide;
use serde::Deserialize;
use toml::Spanned;

use super::complaint::Complaint;
use super::file::File;

/// What something is called.
pub(super) const NAME_LETTERS_MAX: usize = 60;
/// What is said of it.
pub(super) const TEXT_LETTERS_MAX: usize = 240;

const DANISH: &str = "da";
const LANGUAGES_ALLOWED: &str =
    "da, and other languages by their two letters: en, pl, ar, each word in quotation marks";

/// The same words in Danish and in any other languages, by the two letters of each.
#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct Words(Spanned<BTreeMap<Spanned<String>, Spanned<String>>>);

impl Words {
    pub(super) fn checked(
        &self,
        file: File<'_>,
        letters_max: usize,
    ) -> Result<guide::Words, Complaint> {
        let mut words = guide::Words::default();
        let mut has_danish = false;
        for (language, written) in self.0.get_ref() {
            let written = text(file, written, letters_max)?;
            match language.get_ref().as_str() {
                DANISH => {
                    words.danish = written;
                    has_danish = true;
                }
                other if is_language(other) => words.others.push((other.to_owned(), written)),
                other => {
                    let what = format!("`{other}` is no language");
                    return Err(file.complain(&language.span(), what, LANGUAGES_ALLOWED));
                }
            }
        }
        if has_danish {
            Ok(words)
        } else {
            Err(file.complain(&self.0.span(), "the Danish words are missing", LANGUAGES_ALLOWED))
        }
    }
}

fn is_language(name: &str) -> bool {
    name.len() == 2 && name.bytes().all(|letter| letter.is_ascii_lowercase())
}

/// Words that somebody wrote, on one line.
pub(super) fn text(
    file: File<'_>,
    words: &Spanned<String>,
    letters_max: usize,
) -> Result<String, Complaint> {
    let trimmed = words.get_ref().trim();
    let letters = trimmed.chars().count();
    let allowed = || format!("1 to {letters_max} letters on one line");
    if letters == 0 {
        return Err(file.complain(&words.span(), "nothing is written here", allowed()));
    }
    if letters > letters_max {
        let what = format!("this is {letters} letters long");
        return Err(file.complain(&words.span(), what, allowed()));
    }
    if trimmed.chars().any(char::is_control) {
        return Err(file.complain(&words.span(), "this holds a line break or the like", allowed()));
    }
    Ok(trimmed.to_owned())
}

/// A whole number in a range.
pub(super) fn number(
    file: File<'_>,
    number: Option<&Spanned<i64>>,
    (least, most): (u8, u8),
) -> Result<Option<u8>, Complaint> {
    let Some(found) = number else { return Ok(None) };
    let fits = u8::try_from(*found.get_ref()).ok().filter(|n| (least..=most).contains(n));
    let what = || format!("{} is not a number that fits here", found.get_ref());
    let complaint = || file.complain(&found.span(), what(), format!("{least} to {most}"));
    fits.map(Some).ok_or_else(complaint)
}

/// What a name may be.
pub(super) const KEY_ALLOWED: &str = "1 to 40 small letters a-z, digits and _";
