//! Words in a box that belong to nothing yet: kept on the device, so that they outlive the page.

use litemap::LiteMap;
use minicbor::{Decode, Encode};

use crate::client::{Client, Topic};
use crate::effect::{Effect, Row, Store, Write};
use crate::hint::Hint;
use crate::stored::read;

const NOTE: &[u8] = b"unsent/";

/// `notes`, under `unsent/` and the place of the box: what stands in it.
#[derive(Clone, PartialEq, Debug, Encode, Decode)]
pub(crate) struct UnsentRow {
    #[n(0)]
    pub(crate) words: String,
    /// What they were made of, where they are what could not be written in a text of many.
    #[n(1)]
    pub(crate) base: Option<String>,
}

/// All of a box is written anew each time, so not at each key: what is typed is on the disk at most this long after
/// the first key that is not.
const KEEP_MS: u64 = 250;

/// What stands in all the boxes.
#[derive(Default)]
pub(crate) struct Unsent {
    /// By the place of its box.
    pub(crate) rows: LiteMap<String, UnsentRow>,
    /// The places of those that the disk does not have as they are, and since when.
    waits: Vec<String>,
    since_ms: u64,
}

impl Unsent {
    /// Whether the disk has all of it.
    pub(crate) fn is_kept(&self) -> bool {
        self.waits.is_empty()
    }
}

impl Client {
    /// Keeps what stands in the box at this place; nothing is kept of an empty one.
    pub(crate) fn keep_unsent(&mut self, place: String, words: String, base: Option<String>) {
        // A text that was emptied, and could not be, is something too.
        if words.is_empty() && base.is_none() {
            let key = [NOTE, place.as_bytes()].concat();
            self.keeper.keep(Write::Delete(Store::Notes, key.clone()));
            let hint = Hint::Note { key: key.into(), value: Vec::new().into() };
            self.effect(Effect::Hint(hint.bytes()));
            self.unsent.waits.retain(|other| *other != place);
            self.unsent.rows.remove(&place);
        } else {
            if self.unsent.is_kept() {
                self.unsent.since_ms = self.now.steady_ms;
            }
            if !self.unsent.waits.contains(&place) {
                self.unsent.waits.push(place.clone());
            }
            self.unsent.rows.insert(place, UnsentRow { words, base });
        }
        self.changed(Topic::Saving);
    }

    /// Writes what has waited long enough.
    pub(crate) fn tick_unsent(&mut self) -> Option<u64> {
        let due = self.unsent.since_ms + KEEP_MS;
        if !self.unsent.is_kept() && self.now.steady_ms < due {
            return Some(due);
        }
        self.write_unsent();
        None
    }

    /// Writes what is not on the disk.
    pub(crate) fn write_unsent(&mut self) {
        for place in std::mem::take(&mut self.unsent.waits) {
            if let Some(row) = self.unsent.rows.get(&place).cloned() {
                self.keep_note(&[NOTE, place.as_bytes()].concat(), &row);
                self.changed(Topic::Saving);
            }
        }
    }

    /// Takes in a row from the disk or from another tab, if it is one of these.
    pub(crate) fn take_unsent(&mut self, row: &Row) {
        let place = row.key.strip_prefix(NOTE).and_then(|place| str::from_utf8(place).ok());
        let Some(place) = place else { return };
        match read::<UnsentRow>(&row.value) {
            Some(row) => drop(self.unsent.rows.insert(place.to_owned(), row)),
            None => drop(self.unsent.rows.remove(place)),
        }
        self.changed(Topic::Saving);
    }
}

#[cfg(test)]
mod tests {
    use crate::command::Command;
    use crate::effect::{Effect, Input, Now, Row, Write};
    use crate::{Client, Done};

    /// How often the box is written by all of this.
    fn writes(client: &mut Client, done: Done) -> usize {
        let mut count = 0;
        for effect in done.effects {
            let Effect::Save(batch) = effect else { continue };
            let is = |write: &&Write| matches!(write, Write::Put(Row { key, .. }) if key.starts_with(super::NOTE));
            count += batch.writes.iter().filter(is).count();
            let now = Now { steady_ms: client.now.steady_ms, ..client.now };
            let saved = client.accept(Input::Saved(batch.number), now);
            count += writes(client, saved);
        }
        count
    }

    #[test]
    fn a_box_is_written_when_the_hand_rests_and_never_later_than_300_ms_after_a_key() {
        let mut client = Client::new([7; 32], [7; 8]);
        let at = |steady_ms| Now { steady_ms, ..Now::default() };
        let began = Input::Began { version: String::new(), has_ended: false };
        for input in [began, Input::Loaded(0, Vec::new()), Input::Leading] {
            let done = client.accept(input, at(1));
            writes(&mut client, done);
        }
        let (mut count, mut unwritten_since) = (0, None);
        for key in 0..100_u64 {
            let now = at(1_000 + key * 50);
            let words = "x".repeat(1 + key as usize);
            let keep = Command::KeepUnsent { place: "/plan dream".to_owned(), words };
            let done = client.run(Box::new(keep), now).expect("it is kept");
            unwritten_since = unwritten_since.or(Some(now.steady_ms));
            if writes(&mut client, done) > 0 {
                (count, unwritten_since) = (count + 1, None);
            }
            let late = unwritten_since.map_or(0, |since| now.steady_ms - since);
            assert!(late < 300, "a key has waited {late} ms");
        }
        assert!((15..=25).contains(&count), "100 keys in 5 s were {count} writes");
        let done = client.accept(Input::Woke, at(7_000));
        assert!(writes(&mut client, done) <= 1, "and the rest, once");
        let keep = Command::KeepUnsent { place: "/plan dream".to_owned(), words: "y".to_owned() };
        let done = client.run(Box::new(keep), at(8_000)).expect("it is kept");
        let before = writes(&mut client, done);
        let done = client.accept(Input::Hidden, at(8_001));
        assert_eq!(
            (before, writes(&mut client, done)),
            (0, 1),
            "who leaves the page waits for nothing"
        );
    }
}
