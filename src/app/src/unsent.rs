//! Words in a box that belong to nothing yet. They outlive the page: it may be killed before a button is
//! tapped.

use client::view::{ANSWER, Unsent as UnsentQuery, UnsentRow};
use client::{Command, DocumentId};
use kit::{Live, Local, Value};
use leptos::prelude::*;

use crate::address::use_address;
use crate::hooks::{Commands, use_commands, use_view};
use crate::part::{Part, use_part};
use crate::routes::Place;

/// What stands in a box of this screen.
#[derive(Clone, Copy)]
pub(crate) struct Unsent {
    words: Local<String>,
    place: StoredValue<String>,
    commands: Commands,
}

/// What stands in the box of this name, from before the page went away too. The name is another for each
/// box of a screen, and the same in every language.
pub(crate) fn use_unsent(name: &str) -> Unsent {
    let place = place_of(name);
    let asked = UnsentQuery { place: place.clone() };
    let before = use_view(move || asked.clone()).get_untracked();
    let (words, place) = (Local::new(before), StoredValue::new(place));
    Unsent { words, place, commands: use_commands() }
}

/// The same for an answer that was chosen: it is kept with the words of its form, and is told of nowhere as words.
pub(crate) fn use_answer(name: &str) -> Unsent {
    use_unsent(&format!("{ANSWER}{name}"))
}

/// Where the box of this name is on the screen that is drawn.
pub(crate) fn place_of(name: &str) -> String {
    let place = format!("{} {name}", use_address().place().with_untracked(Place::to_string));
    // The citizen's paths name no course, and the next one they sit with is somebody else.
    match use_part().get_untracked() {
        Part::Beside(course) => format!("{place} {course}"),
        _ => place,
    }
}

/// Where these words are to be found by the one who holds the device; `None` for those that belong to
/// another than who is before it now: a citizen they sit together with, or the coordinator alone.
pub(crate) fn way_to(row: &UnsentRow, part: Part) -> Option<String> {
    let path = Place::read(row.path()).href();
    let course = row.place.split(' ').nth(2).and_then(DocumentId::from_hex);
    match (part, course) {
        (Part::Beside(here), Some(course)) => (here == course).then_some(path),
        (Part::Beside(_), None) | (Part::Staff, Some(_)) => None,
        _ => Some(path),
    }
}

impl Unsent {
    /// To show it.
    pub(crate) fn live(self) -> Live<String> {
        self.words.live()
    }

    /// An answer, by what it is called where it is kept.
    pub(crate) fn chosen<T: Value>(self, read: fn(&str) -> Option<T>) -> Live<Option<T>> {
        self.words.live().part(move |kept| read(kept))
    }

    /// To send it.
    pub(crate) fn get(self) -> String {
        self.words.get_untracked()
    }

    /// It is this from now on.
    pub(crate) fn set(self, words: String) {
        let place = self.place.get_value();
        drop(self.commands.run(Command::KeepUnsent { place, words: words.clone() }));
        self.words.set(words);
    }

    /// It has become something else.
    pub(crate) fn sent(self) {
        self.set(String::new());
    }
}
