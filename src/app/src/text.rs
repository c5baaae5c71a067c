//! The only door to the words of the app.
//!
//! They lie in `texts/`, one file a language, as `key = sentence` with {placeholders}. Danish is in the
//! program; another language comes from the site. [`t`] is the language of this page; [`fill`] puts names
//! and numbers in.

mod dates;

use std::str::Lines;
use std::sync::OnceLock;

pub(crate) use dates::{
    capital, clock_in_words, date_in_words, day_in_words, full_day_in_words, full_moment_in_words,
    leaf, moment_in_words, today_is, weekday,
};

use client::Refusal;
use domain::{NoMeeting, NotADate};

use sentences::{FIRST, FIRST_IN_DANISH, LATER, LATER_IN_DANISH};

#[expect(dead_code, reason = "one file for two apps, each of which says a part of it")]
mod sentences {
    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}

/// Every sentence the app says, in one language.
pub(crate) struct Texts {
    first: [&'static str; FIRST],
    later: OnceLock<[&'static str; LATER]>,
}

impl Texts {
    /// Danish, as far as the first screens say it.
    fn danish() -> Self {
        Self { first: listed(&mut FIRST_IN_DANISH.lines()), later: OnceLock::new() }
    }

    /// Reads one sentence a line, in the order of the keys, first those of the first screens; `None` when there are
    /// not as many as the app says.
    fn read(lines: &'static str) -> Option<Self> {
        if lines.lines().count() != FIRST + LATER {
            return None;
        }
        let mut lines = lines.lines();
        let first = listed(&mut lines);
        Some(Self { first, later: OnceLock::from(listed(&mut lines)) })
    }

    /// A sentence that no first screen says. Whoever asks for one has the Danish ones in their half of the app.
    #[inline(never)]
    fn later(&self, place: usize) -> &'static str {
        self.later.get_or_init(|| listed(&mut LATER_IN_DANISH.lines()))[place]
    }
}

/// The next sentences.
fn listed<const COUNT: usize>(lines: &mut Lines<'static>) -> [&'static str; COUNT] {
    std::array::from_fn(|_| lines.next().unwrap_or_default())
}

/// The texts of the page's language. It is chosen before the first screen and never changes under
/// one: another language is another page.
pub(crate) fn t() -> &'static Texts {
    language::texts()
}

/// A sentence with each {name} replaced by what stands for it.
pub(crate) fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(sentence.len() + 16);
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let value = values.iter().find(|(known, _)| *known == name);
        filled.push_str(value.map_or(name, |(_, value)| value));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// The one sentence or the other, with the number as {count}.
pub(crate) fn plural(one: &'static str, many: &'static str, count: usize) -> String {
    fill(if count == 1 { one } else { many }, &[("count", &count.to_string())])
}

/// A telephone number as a telephone reads it.
pub(crate) fn digits(number: &str) -> String {
    number.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+').collect()
}

/// Names as one says them: "Mette", "Mette og Ali", "Mette, Ali og Bo".
pub(crate) fn names(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => {
            fill(t().names_and(), &[("first", &first.join(", ")), ("last", last)])
        }
    }
}

/// Why something was not done, in a sentence with what to do next.
pub(crate) fn refusal(refusal: &Refusal) -> &'static str {
    let t = t();
    match refusal {
        Refusal::Opening => t.refused_opening(),
        Refusal::NotIn => t.refused_not_in(),
        Refusal::NotThere => t.refused_not_there(),
        Refusal::NotAllowed => t.refused_not_allowed(),
        Refusal::Unconfirmed => t.refused_unconfirmed(),
        Refusal::Empty => t.refused_empty(),
        Refusal::TooLong => t.refused_too_long(),
        Refusal::TooMany => t.refused_too_many(),
        Refusal::Shown => t.refused_shown(),
        Refusal::NothingToUndo => t.refused_no_undo(),
        Refusal::NeedsNewerApp => t.refused_newer(),
        Refusal::Code(_) => t.refused_code(),
        Refusal::Meeting(NoMeeting::When(why)) => no_date(*why),
        Refusal::Meeting(NoMeeting::Minutes) => t.refused_minutes(),
        Refusal::Meeting(NoMeeting::Place) => t.refused_place(),
    }
}

/// Why what was written is no date.
pub(crate) fn no_date(why: NotADate) -> &'static str {
    match why {
        NotADate::NoSuchDay => t().refused_day(),
        NotADate::Year => t().refused_year(),
    }
}

/// Which language this page is in.
pub(crate) mod language {
    use std::sync::OnceLock;

    use super::Texts;
    use super::sentences::LANGUAGES;

    static SPOKEN: OnceLock<Spoken> = OnceLock::new();

    struct Spoken {
        texts: Texts,
        code: &'static str,
    }

    /// From now on the language of this code, if it is whole; `lines` as the site has them. Danish else.
    pub(crate) fn choose(code: String, lines: String) {
        if let Some(texts) = Texts::read(lines.leak()) {
            let _ = SPOKEN.set(Spoken { texts, code: code.leak() });
        }
    }

    pub(super) fn texts() -> &'static Texts {
        &spoken().texts
    }

    /// The two letters of the page's language: "da".
    pub(crate) fn code() -> &'static str {
        spoken().code
    }

    /// What this page could be in instead: the two letters of each language, and what it calls itself.
    pub(crate) fn others() -> impl Iterator<Item = (&'static str, &'static str)> {
        LANGUAGES.into_iter().filter(|(known, _)| *known != code())
    }

    fn spoken() -> &'static Spoken {
        SPOKEN.get_or_init(|| Spoken { texts: Texts::danish(), code: "da" })
    }
}

#[cfg(test)]
mod measured;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_go_into_their_places() {
        let values = [("who", "Mette"), ("count", "3")];
        assert_eq!(fill("{who} har {count} nye", &values), "Mette har 3 nye");
        assert_eq!(fill("{count}", &values), "3");
        assert_eq!(fill("ingen her", &values), "ingen her");
    }

    #[test]
    fn what_a_person_wrote_is_never_taken_for_a_placeholder() {
        assert_eq!(fill("{who} skrev", &[("who", "{count}")]), "{count} skrev");
        assert_eq!(fill("{ukendt} {", &[]), "ukendt ");
    }

    #[test]
    fn names_are_said_as_people_say_them() {
        let said =
            |list: &[&str]| names(&list.iter().map(|&name| name.to_owned()).collect::<Vec<_>>());
        assert_eq!(said(&[]), "");
        assert_eq!(said(&["Mette"]), "Mette");
        assert_eq!(said(&["Du", "Mette", "Ali"]), "Du, Mette og Ali");
    }
}
