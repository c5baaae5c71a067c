//! What was typed after `cargo xtask`. Each verb takes what it knows and then calls [`Arguments::end`],
//! which refuses whatever is left, so that a misspelt flag is never silently ignored.
use anyhow::{Context, Result, bail};

/// The words not yet understood, in the order they were typed.
pub(crate) struct Arguments {
    left: Vec<String>,
}

impl Arguments {
    pub(crate) fn of_this_process() -> Self {
        Self { left: std::env::args().skip(1).collect() }
    }

    /// The next word that is not an option, if the next one is such a word.
    pub(crate) fn word(&mut self) -> Option<String> {
        let next_is_a_word = self.left.first().is_some_and(|next| !next.starts_with("--"));
        next_is_a_word.then(|| self.left.remove(0))
    }

    /// Whether `--name` was given.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        match self.left.iter().position(|word| word == name) {
            Some(place) => {
                self.left.remove(place);
                true
            }
            None => false,
        }
    }

    /// The value of `--name value` or `--name=value`.
    pub(crate) fn value(&mut self, name: &str) -> Result<Option<String>> {
        let with_equals = format!("{name}=");
        if let Some(place) = self.left.iter().position(|word| word.starts_with(&with_equals)) {
            return Ok(Some(self.left.remove(place)[with_equals.len()..].to_owned()));
        }
        let Some(place) = self.left.iter().position(|word| word == name) else { return Ok(None) };
        self.left.remove(place);
        if place == self.left.len() || self.left[place].starts_with("--") {
            bail!("`{name}` needs a value after it.");
        }
        Ok(Some(self.left.remove(place)))
    }

    /// As [`Arguments::value`], read as a whole number.
    pub(crate) fn number(&mut self, name: &str) -> Result<Option<u64>> {
        let Some(text) = self.value(name)? else { return Ok(None) };
        let number = text.parse().with_context(|| format!("`{name} {text}` is not a number."))?;
        Ok(Some(number))
    }

    /// Everything that is left, for a program of another's to understand.
    pub(crate) fn rest(self) -> Vec<String> {
        self.left
    }

    /// Nothing may be left over.
    pub(crate) fn end(self) -> Result<()> {
        match self.left.first() {
            None => Ok(()),
            Some(word) => {
                bail!("I do not understand `{word}` here. `cargo xtask` alone lists what there is.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(words: &[&str]) -> Arguments {
        Arguments { left: words.iter().map(|word| (*word).to_owned()).collect() }
    }

    #[test]
    fn options_may_stand_in_any_order_and_with_or_without_an_equals_sign() {
        let mut arguments = typed(&["sim", "--seed=7", "--quick", "--steps", "20"]);
        assert_eq!(arguments.word().as_deref(), Some("sim"));
        assert_eq!(arguments.number("--steps").unwrap(), Some(20));
        assert_eq!(arguments.number("--seed").unwrap(), Some(7));
        assert!(arguments.flag("--quick"));
        arguments.end().unwrap();
    }

    #[test]
    fn a_misspelt_flag_is_refused() {
        assert!(typed(&["--drev"]).end().is_err());
    }

    #[test]
    fn a_value_that_is_missing_is_not_taken_from_the_next_option() {
        assert!(typed(&["--data", "--fresh"]).value("--data").is_err());
    }
}
