//! What both kinds of files have: words, names and lengths.

use domain::guide::InBoth;
use serde::Deserialize;
use toml::Spanned;

use super::complaint::Complaint;
use super::file::File;

/// What something is called.
pub(super) const NAME_LETTERS_MAX: usize = 60;
/// What is said of it.
pub(super) const TEXT_LETTERS_MAX: usize = 240;

/// The same words in both languages.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    da: Spanned<String>,
    en: Option<Spanned<String>>,
}

impl Words {
    pub(super) fn checked(&self, file: File<'_>, letters_max: usize) -> Result<InBoth, Complaint> {
        let english = self.en.as_ref().map(|english| text(file, english, letters_max));
        let danish = text(file, &self.da, letters_max)?;
        Ok(InBoth { danish, english: english.transpose()?.unwrap_or_default() })
    }
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
