//! Whose words a statement is made of. Not the same as who wrote it down, which is kept beside it.

use crate::{Role, TITLE_UNITS_MAX, legible};

/// Whose words they are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Source {
    /// The citizen's.
    Citizen,
    /// The citizen's, said with the support of somebody.
    Supported(SourceName),
    /// Somebody's of their own: family or a friend.
    Relative(SourceName),
    /// Somebody's whose work it is.
    Professional(SourceName),
}

/// What the one who supported, or who said it, is called: never empty, and one line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceName(String);

impl SourceName {
    /// A name as somebody typed it; `None` for one that is empty or longer than a title.
    pub fn new(typed: &str) -> Option<Self> {
        let name = legible(typed);
        let fits = (1..=TITLE_UNITS_MAX as usize).contains(&name.encode_utf16().count());
        fits.then_some(Self(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first word of it, as one says it to people who know whom one means.
    pub fn first_word(&self) -> &str {
        self.0.split(' ').next().unwrap_or_default()
    }
}

impl Source {
    /// Whose words something is when nobody has said: those of the one who wrote it down. `None` where
    /// that one has no name here.
    pub fn of_writer(role: Option<Role>, name: &str) -> Option<Self> {
        match role {
            Some(Role::Citizen) => Some(Self::Citizen),
            Some(Role::TrustedAdult) => SourceName::new(name).map(Self::Relative),
            _ => SourceName::new(name).map(Self::Professional),
        }
    }

    /// Who supported, or who said it, besides the citizen.
    pub fn name(&self) -> Option<&SourceName> {
        match self {
            Self::Citizen => None,
            Self::Supported(name) | Self::Relative(name) | Self::Professional(name) => Some(name),
        }
    }

    /// How it is stored: in one field, so that no merge puts a relative among the professionals.
    pub fn key(&self) -> String {
        let word = match self {
            Self::Citizen => return "citizen".to_owned(),
            Self::Supported(_) => "supported",
            Self::Relative(_) => "relative",
            Self::Professional(_) => "professional",
        };
        let name = self.name().map(SourceName::as_str).unwrap_or_default();
        [word, name].join(":")
    }

    /// Reads what [`Source::key`] wrote.
    pub fn from_key(key: &str) -> Option<Self> {
        let (word, name) = key.split_once(':').unwrap_or((key, ""));
        let name = SourceName::new(name);
        match word {
            "citizen" => Some(Self::Citizen),
            "supported" => name.map(Self::Supported),
            "relative" => name.map(Self::Relative),
            "professional" => name.map(Self::Professional),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> SourceName {
        SourceName::new(name).expect("it is a name")
    }

    #[test]
    fn a_source_reads_back_what_it_wrote() {
        let ole = || named("Ole: min nabo");
        for source in [
            Source::Citizen,
            Source::Supported(ole()),
            Source::Relative(ole()),
            Source::Professional(ole()),
        ] {
            assert_eq!(Source::from_key(&source.key()), Some(source));
        }
        for strange in ["", "relative", "relative: ", "choir:Ole", ":Ole"] {
            assert_eq!(Source::from_key(strange), None, "{strange}");
        }
    }

    #[test]
    fn a_name_is_one_line_and_not_empty() {
        assert_eq!(named("  Ole \n Hansen ").as_str(), "Ole Hansen");
        assert_eq!(named("Ole Hansen").first_word(), "Ole");
        assert_eq!(SourceName::new(" \n"), None);
        assert_eq!(SourceName::new(&"å".repeat(301)), None);
    }

    #[test]
    fn when_nobody_has_said_they_are_the_words_of_who_wrote() {
        assert_eq!(Source::of_writer(Some(Role::Citizen), ""), Some(Source::Citizen));
        let mette = Some(Source::Professional(named("Mette")));
        assert_eq!(Source::of_writer(Some(Role::Coordinator), "Mette"), mette);
        let ole = Some(Source::Relative(named("Ole")));
        assert_eq!(Source::of_writer(Some(Role::TrustedAdult), "Ole"), ole);
        assert_eq!(Source::of_writer(None, ""), None);
    }
}
