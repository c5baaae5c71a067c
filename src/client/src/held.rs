//! What shows something to others is held back for a moment, and done only then: as long as it can be taken back,
//! nothing of it has been written anywhere or left the device.

use domain::{ItemId, LifeArea, Purpose};
use litemap::LiteMap;
use minicbor::{Decode, Encode};
use sync::read_in_order;
use trust::DocumentId;

use crate::client::{Client, Made, Topic};
use crate::effect::{Effect, Row, Store, Write};
use crate::hint::Hint;
use crate::refusal::Refusal;
use crate::run::Outcome;
use crate::stored::read;
use crate::tool::{NewConsent, ShareTo};

/// So long it can be taken back. It begins anew when the app is opened again.
pub(crate) const HELD_MS: u64 = 10_000;
pub(crate) const NOTE: &[u8] = b"held/";

/// The name of something that is held back.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct HeldId(pub(crate) [u8; 8]);

impl HeldId {
    /// As a key of a list: the same for the same thing that is held back.
    #[must_use]
    pub fn key(self) -> String {
        u64::from_be_bytes(self.0).to_string()
    }
}

/// What is held back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum HeldDeed {
    /// A copy of a note, with the words it had then.
    Share { notebook: DocumentId, note: ItemId, to: ShareTo, text: String },
    /// A consent for somebody on the network map.
    Consent { network: DocumentId, person: ItemId, consent: NewConsent },
}

/// Something that is held back.
pub(crate) struct Held {
    pub(crate) deed: HeldDeed,
    /// When it is done, by the steady clock.
    pub(crate) due_ms: u64,
    pub(crate) end: Option<End>,
}

/// What became of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub(crate) enum End {
    /// It was tried and could not be done.
    #[n(0)]
    Failed,
    /// It is done; this lies on no disk.
    #[n(1)]
    Done,
}

/// All that is held back, and what was done last.
#[derive(Default)]
pub(crate) struct AllHeld {
    pub(crate) waiting: LiteMap<HeldId, Held>,
    pub(crate) done: Option<(HeldId, HeldDeed)>,
    /// The page is put away: nobody could take back what is done meanwhile.
    is_away: bool,
}

/// `notes`, under `held/` and the name.
#[derive(Clone, PartialEq, Debug, Encode)]
struct HeldRow {
    /// The notebook or the network.
    #[n(0)]
    document: DocumentId,
    /// The note, or the person.
    #[n(1)]
    item: u64,
    #[n(2)]
    share: Option<ShareRow>,
    #[n(3)]
    consent: Option<ConsentRow>,
    #[n(4)]
    end: Option<End>,
}

read_in_order!(HeldRow { document, item, share, consent, end });

/// Where a copy goes: to a meeting or an area; to neither, among the dreams.
#[derive(Clone, PartialEq, Debug, Encode)]
struct ShareRow {
    #[n(0)]
    text: String,
    #[n(1)]
    meeting: Option<DocumentId>,
    #[n(2)]
    area: Option<String>,
}

read_in_order!(ShareRow { text, meeting, area });

#[derive(Clone, PartialEq, Debug, Encode)]
struct ConsentRow {
    #[n(0)]
    areas: Vec<String>,
    #[n(1)]
    purpose: String,
    #[n(2)]
    words: String,
    #[n(3)]
    months: u8,
    #[n(4)]
    parent: Option<String>,
}

read_in_order!(ConsentRow { areas, purpose, words, months, parent });

impl Client {
    /// Does it in a moment, unless it is taken back.
    pub(crate) fn hold(&mut self, deed: HeldDeed) -> Outcome {
        let held = Held { deed, due_ms: self.now.steady_ms + HELD_MS, end: None };
        let id = HeldId(self.chance.number().to_be_bytes());
        self.keep_held(id, held);
        Ok(Some(Made::Held(id)))
    }

    /// It is not done after all.
    pub(crate) fn take_back_held(&mut self, id: HeldId) -> Outcome {
        if !self.held.waiting.contains_key(&id) {
            return Err(Refusal::Shown);
        }
        self.forget_held(id, None);
        Ok(None)
    }

    /// Whoever is told that they see nothing more must not be let in by what was said before that.
    pub(crate) fn take_back_consents(&mut self, on_map: ItemId, area: Option<&LifeArea>) {
        let is_meant = |held: &Held| match &held.deed {
            HeldDeed::Consent { person, consent, .. } => {
                *person == on_map && area.is_none_or(|area| consent.areas.contains(area))
            }
            HeldDeed::Share { .. } => false,
        };
        let meant: Vec<HeldId> = self
            .held
            .waiting
            .iter()
            .filter(|(_, held)| is_meant(held))
            .map(|(id, _)| *id)
            .collect();
        meant.into_iter().for_each(|id| self.forget_held(id, None));
    }

    /// While the page is put away nothing is done; the time begins anew when it is there again.
    pub(crate) fn put_away(&mut self, is_away: bool) {
        self.held.is_away = is_away;
        let due_ms = self.now.steady_ms + HELD_MS;
        self.held.waiting.iter_mut().for_each(|(_, held)| held.due_ms = due_ms);
    }

    /// Does what is due, in the tab that leads, and all of it in one go with its note on the disk.
    pub(crate) fn tick_held(&mut self) -> Option<u64> {
        if !self.lead.leads() || self.held.is_away {
            return None;
        }
        let now_ms = self.now.steady_ms;
        let waiting = self.held.waiting.iter().filter(|(_, held)| held.end.is_none());
        let due = waiting.filter(|(_, held)| held.due_ms <= now_ms).map(|(id, _)| *id);
        for id in due.collect::<Vec<_>>() {
            self.end_held(id);
        }
        let waiting = self.held.waiting.values().filter(|held| held.end.is_none());
        waiting.map(|held| held.due_ms).min()
    }

    fn end_held(&mut self, id: HeldId) {
        let Some(held) = self.held.waiting.remove(&id) else { return };
        if self.do_held(&held.deed).is_err() {
            return self.keep_held(id, Held { end: Some(End::Failed), ..held });
        }
        self.all_documents().into_iter().for_each(|document| self.rest(document));
        self.forget_held(id, Some(held.deed));
    }

    fn do_held(&mut self, deed: &HeldDeed) -> Outcome {
        match deed {
            HeldDeed::Share { notebook, note, to, text } => {
                self.share_now((*notebook, *note), to, text)
            }
            HeldDeed::Consent { network, person, consent } => {
                self.consent_now((*network, *person), consent)
            }
        }
    }

    fn keep_held(&mut self, id: HeldId, held: Held) {
        self.keep_note(&[NOTE, &id.0].concat(), &HeldRow::of(&held.deed, held.end));
        self.held.waiting.insert(id, held);
        self.changed(Topic::Held);
    }

    /// It waits no longer: it was taken back, or it is done.
    fn forget_held(&mut self, id: HeldId, done: Option<HeldDeed>) {
        let key = [NOTE, &id.0].concat();
        self.keeper.keep(Write::Delete(Store::Notes, key.clone()));
        let row = done.as_ref().map(|deed| HeldRow::of(deed, Some(End::Done)));
        let value = row.and_then(|row| minicbor::to_vec(row).ok()).unwrap_or_default();
        self.effect(Effect::Hint(Hint::Note { key: key.into(), value: value.into() }.bytes()));
        self.held.waiting.remove(&id);
        self.held.done = done.map(|deed| (id, deed)).or(self.held.done.take());
        self.changed(Topic::Held);
    }

    /// Nothing waits any longer, and nothing of it is done. These notes say so.
    pub(crate) fn forget_all_held(&mut self) -> Vec<Vec<u8>> {
        let keys = self.held.waiting.keys().map(|id| [NOTE, &id.0].concat()).collect();
        self.held = AllHeld { is_away: self.held.is_away, ..AllHeld::default() };
        keys
    }

    /// Takes in a row from the disk or from another tab, if it is one of these.
    pub(crate) fn take_held(&mut self, row: &Row) {
        let name = row.key.strip_prefix(NOTE).and_then(|name| name.try_into().ok());
        let Some(id) = name.map(HeldId) else { return };
        self.held.waiting.remove(&id);
        let read = read::<HeldRow>(&row.value);
        let end = read.as_ref().and_then(|row| row.end);
        match read.and_then(HeldRow::deed) {
            Some(deed) if end == Some(End::Done) => self.held.done = Some((id, deed)),
            Some(deed) => {
                let due_ms = self.now.steady_ms + HELD_MS;
                self.held.waiting.insert(id, Held { deed, due_ms, end });
            }
            None => {}
        }
        self.changed(Topic::Held);
    }
}

impl HeldRow {
    fn of(deed: &HeldDeed, end: Option<End>) -> Self {
        match deed.clone() {
            HeldDeed::Share { notebook, note, to, text } => {
                let (meeting, area) = match to {
                    ShareTo::Dreams => (None, None),
                    ShareTo::Agenda(meeting) => (Some(meeting), None),
                    ShareTo::Goals(area) => (None, Some(area.key().to_owned())),
                };
                let share = Some(ShareRow { text, meeting, area });
                Self { document: notebook, item: note.0, share, consent: None, end }
            }
            HeldDeed::Consent { network, person, consent } => {
                let words = match &consent.purpose {
                    Purpose::Other(words) => words.clone(),
                    _ => String::new(),
                };
                let consent = Some(ConsentRow {
                    areas: consent.areas.iter().map(|area| area.key().to_owned()).collect(),
                    purpose: consent.purpose.key().to_owned(),
                    words,
                    months: consent.months,
                    parent: consent.parent,
                });
                Self { document: network, item: person.0, share: None, consent, end }
            }
        }
    }

    /// What it says; `None` where only a newer app knows.
    fn deed(self) -> Option<HeldDeed> {
        let (document, item) = (self.document, ItemId(self.item));
        Some(match (self.share, self.consent) {
            (Some(ShareRow { text, meeting, area }), None) => {
                let to = match (area, meeting) {
                    (Some(key), _) => ShareTo::Goals(LifeArea::from_key(&key)?),
                    (None, Some(meeting)) => ShareTo::Agenda(meeting),
                    (None, None) => ShareTo::Dreams,
                };
                HeldDeed::Share { notebook: document, note: item, to, text }
            }
            (None, Some(row)) => {
                let consent = NewConsent {
                    areas: row.areas.iter().filter_map(|key| LifeArea::from_key(key)).collect(),
                    purpose: Purpose::read(&row.purpose, &row.words),
                    months: row.months,
                    parent: row.parent,
                };
                HeldDeed::Consent { network: document, person: item, consent }
            }
            _ => return None,
        })
    }
}
