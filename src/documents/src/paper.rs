//! One document in memory: merged from updates, changed by commands, undone by its own writer.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use domain::{Splice, Who};
use litemap::LiteMap;
use yrs::sync::Clock;
use yrs::undo::{Options as UndoOptions, UndoManager};
use yrs::updates::decoder::Decode;
use yrs::{
    Any, ClientID, Doc, GetString, Map, MapRef, OffsetKind, Options, ReadTxn, StateVector, Text,
    TextRef, Transact, TransactionMut, WriteTxn,
};

use crate::authorship::Authorship;
use crate::choice::{ChoicePlace, Chosen, Overruled};
use crate::loan::Loan;
use crate::update::{Block, Id, Ordered, Update};
use crate::waiting::Waiting;

/// Changes from other people and other devices: never mine to undo.
const REMOTE: &str = "remote";
/// My own changes.
const MINE: &str = "mine";

/// Bytes that are no update.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("Noget kunne ikke læses.")]
pub struct BadUpdate;

/// One document.
pub struct Paper {
    doc: Doc,
    undo: UndoManager<()>,
    fresh: Rc<RefCell<Vec<Vec<u8>>>>,
    /// How much it holds of the sessions of others: everything before this clock.
    known: LiteMap<u64, u32>,
    waiting: Waiting,
    pub(crate) authorship: Authorship,
    overruled: Vec<Overruled>,
    /// The fields that were written here since somebody asked.
    decided: Vec<ChoicePlace>,
}

/// Time stands still for the undo stack: its steps are marked by [`Paper::mark_step`], not by a
/// clock. It stands at 1, because the stack takes 0 to mean that a step has just been ended.
struct StandingClock;

impl Clock for StandingClock {
    fn now(&self) -> u64 {
        1
    }
}

/// Puts updates into one, for one record instead of many.
///
/// # Errors
/// [`BadUpdate`] when one of them is none.
pub fn merge(updates: &[Vec<u8>]) -> Result<Vec<u8>, BadUpdate> {
    match updates {
        [one] => Ok(one.clone()),
        many => yrs::merge_updates_v1(many).map_err(|_| BadUpdate),
    }
}

impl Paper {
    /// An empty document that this session writes in. `session` must be random: two sessions with
    /// the same number would overwrite each other.
    pub fn new(session: u64) -> Self {
        let mut options = Options::with_client_id(ClientID::new(session & ((1 << 53) - 1)));
        options.offset_kind = OffsetKind::Utf16;
        let doc = Doc::with_options(options);
        let fresh = Rc::new(RefCell::new(Vec::new()));
        let sink = Rc::clone(&fresh);
        // Only a document that is being written in at this moment refuses an observer.
        let _ = doc.observe_update_v1("fresh", move |txn, event| {
            if txn.origin() != Some(&REMOTE.into()) {
                sink.borrow_mut().push(event.update.clone());
            }
        });
        let undo = UndoManager::with_options(UndoOptions {
            capture_timeout_millis: u64::MAX,
            tracked_origins: [MINE.into()].into(),
            capture_transaction: None,
            timestamp: Arc::new(StandingClock),
            init_undo_stack: Vec::new(),
            init_redo_stack: Vec::new(),
        });
        Self {
            doc,
            undo,
            fresh,
            known: LiteMap::new(),
            waiting: Waiting::default(),
            authorship: Authorship::default(),
            overruled: Vec::new(),
            decided: Vec::new(),
        }
    }

    /// Merges what came from elsewhere: another device, the disk, a snapshot. What builds on
    /// something that has not come yet waits for it. Answers what the update holds.
    ///
    /// # Errors
    /// [`BadUpdate`]; nothing has changed then.
    pub fn apply(&mut self, update: &[u8]) -> Result<Loan, BadUpdate> {
        let read = Update::read(update)?;
        let held = Loan::in_update(&read);
        if let Some(lacks) = self.integrate(update, &read)? {
            self.waiting.add(lacks, update.to_vec());
        }
        self.integrate_waiting(&read);
        Ok(held)
    }

    /// Merges what fits, and answers what the rest lacks: two people who write in each other's words at the same time
    /// have records of which each builds on a part of the other.
    fn integrate(&mut self, update: &[u8], read: &Update<'_>) -> Result<Option<Id>, BadUpdate> {
        let Ordered { blocks, lacks } = read.in_order(|session| self.knows_of(session));
        if lacks.is_some() && (blocks.is_empty() || read.has_hole()) {
            return Ok(lacks);
        }
        let decoded = yrs::Update::decode_v1(update).map_err(|_| BadUpdate)?;
        let before = self.choices_in(&blocks);
        let mut txn = self.doc.transact_mut_with(REMOTE);
        txn.apply_update(decoded).map_err(|_| BadUpdate)?;
        // What the library would keep of the rest is kept here, whole.
        if txn.prune_pending().is_some() && lacks.is_none() {
            return Err(BadUpdate);
        }
        let there = lacks.is_some().then(|| txn.state_vector());
        drop(txn);
        let is_there = |block: &Block<'_>| {
            let client = ClientID::new(block.id.session);
            there.as_ref().is_none_or(|there| there.get(&client) >= block.id.clock + block.length)
        };
        for block in blocks.into_iter().filter(|block| is_there(block)) {
            let next = self.known.entry(block.id.session).or_default();
            *next = (*next).max(block.id.clock + block.length);
            self.authorship.add(block);
        }
        self.note_overruled(before);
        Ok(lacks)
    }

    /// What stands now in the fields that these are about, where something does.
    fn choices_in(&self, blocks: &[&Block<'_>]) -> LiteMap<ChoicePlace, (Id, Chosen)> {
        let mut before = LiteMap::new();
        for place in blocks.iter().filter_map(|block| self.authorship.choice_in(block)) {
            if let Some(tip) = self.authorship.choices.tip(&place) {
                let stands = self.chosen(&place);
                before.entry(place).or_insert((tip, stands));
            }
        }
        before
    }

    fn note_overruled(&mut self, before: LiteMap<ChoicePlace, (Id, Chosen)>) {
        for (place, (id, lost)) in before {
            let choices = &self.authorship.choices;
            let Some(tip) = choices.tip(&place).filter(|_| choices.is_overruled(&place, id)) else {
                continue;
            };
            if self.chosen(&place) != lost {
                let winner = (tip.session, tip.clock);
                self.overruled.push(Overruled { place, session: id.session, lost, winner });
            }
        }
    }

    /// What stands in a field.
    pub fn chosen(&self, place: &ChoicePlace) -> Chosen {
        let txn = self.doc.transact();
        let value = txn.get_map(&*place.table).and_then(|map| map.get(&txn, &place.key));
        match value {
            Some(yrs::Out::Any(any)) => Chosen::of(Some(&any)),
            _ => Chosen::Nothing,
        }
    }

    /// Decides a field.
    pub fn choose(&mut self, place: &ChoicePlace, value: &Chosen) {
        self.set(&place.table, vec![(place.key.clone(), value.any())]);
    }

    /// What has lost since the last time, and the fields that were written here.
    pub fn take_choices(&mut self) -> (Vec<Overruled>, Vec<ChoicePlace>) {
        (std::mem::take(&mut self.overruled), std::mem::take(&mut self.decided))
    }

    /// Whether there is something of that.
    pub fn has_choices(&self) -> bool {
        !self.overruled.is_empty() || !self.decided.is_empty()
    }

    /// Whose a session is, as far as it is known.
    pub fn writer_of(&self, session: u64) -> Option<Who> {
        self.authorship.writer_of(session)
    }

    /// A session is this person's: what it wrote was written by nobody else, whatever it says. Whether that was
    /// not known.
    pub fn set_writer(&mut self, session: u64, who: Who) -> bool {
        self.authorship.set_writer(session, who)
    }

    /// Whether everything that a session wrote before this clock is here.
    pub fn has(&self, session: u64, clock: u32) -> bool {
        clock <= self.knows_of(session)
    }

    fn knows_of(&self, session: u64) -> u32 {
        let own = self.doc.client_id().get() == session;
        let written = || self.doc.transact().store().get_local_state();
        let read = self.known.get(&session).copied().unwrap_or_default();
        if own { read.max(written()) } else { read }
    }

    /// Merges what waited for something in this update, and what waited for that.
    fn integrate_waiting(&mut self, come: &Update<'_>) {
        let mut sessions: Vec<u64> = come.sessions().collect();
        sessions.push(self.doc.client_id().get());
        while let Some(&session) = sessions.last() {
            let Some(update) = self.waiting.take(session, self.knows_of(session)) else {
                sessions.pop();
                continue;
            };
            let integrated = Update::read(&update).and_then(|read| {
                let lacks = self.integrate(&update, &read)?;
                sessions.extend(read.sessions());
                Ok(lacks)
            });
            match integrated {
                Ok(None) => {}
                Ok(Some(lacks)) => self.waiting.add(lacks, update),
                Err(BadUpdate) => self.waiting.refuse(update),
            }
        }
    }

    /// What was written here since the last time, as one update; `None` for nothing.
    pub fn take_fresh(&mut self) -> Option<Vec<u8>> {
        let updates = std::mem::take(&mut *self.fresh.borrow_mut());
        // They were made a moment ago by the very library that merges them.
        let update = if updates.is_empty() { None } else { merge(&updates).ok() }?;
        let read = Update::read(&update).ok();
        let known = |session| self.known.get(&session).copied().unwrap_or(u32::MAX);
        let blocks = read.as_ref().map(|read| read.in_order(known).blocks).unwrap_or_default();
        blocks.into_iter().for_each(|block| self.authorship.add(block));
        Some(update)
    }

    /// Everything, as one update, but what waits for something missing.
    pub fn state(&self) -> Vec<u8> {
        self.doc.transact().encode_diff_v1(&StateVector::default())
    }

    /// The same without the words that were taken away: whoever reads it finds out that there were some, and not
    /// which. Undoing keeps them in the document itself.
    pub fn summary(&self) -> Vec<u8> {
        let mut copy = Self::new(0);
        let state = self.state();
        // The library reads what it has just written.
        if copy.apply(&state).is_ok() && copy.is_whole() { copy.state() } else { state }
    }

    /// Whether nobody has written anything in it, as far as it is known here.
    pub fn is_blank(&self) -> bool {
        self.known.is_empty() && self.doc.transact().store().get_local_state() == 0
    }

    /// Whether nothing waits for something missing.
    pub fn is_whole(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Ends a step: what is written from here on is undone by itself.
    pub fn mark_step(&mut self) {
        self.undo.reset();
    }

    /// Whether there is something of mine to undo.
    pub fn can_undo(&self) -> bool {
        self.undo.can_undo()
    }

    /// Undoes my last step, and nothing anybody else wrote. `false` when there was none.
    pub fn undo(&mut self) -> bool {
        self.undo.undo_blocking()
    }

    /// Does again what was undone last.
    pub fn redo(&mut self) -> bool {
        self.undo.redo_blocking()
    }

    /// Sets fields of a table in one step of the document.
    pub(crate) fn set(&mut self, table: &str, fields: Vec<(String, Any)>) {
        let map = self.doc.get_or_insert_map(table);
        self.undo.expand_scope(&self.doc, &map);
        let mut txn = self.doc.transact_mut_with(MINE);
        for (key, value) in fields {
            self.decided.extend(ChoicePlace::of(table, &key));
            map.insert(&mut txn, key, value);
        }
    }

    /// Changes a text. Places beyond its end are taken as its end: the text may have become
    /// shorter since the keystroke.
    pub(crate) fn splice(&mut self, name: &str, splice: &Splice) {
        let text = self.doc.get_or_insert_text(name);
        self.undo.expand_scope(&self.doc, &text);
        let mut txn = self.doc.transact_mut_with(MINE);
        let (at, delete) = within(&text, &txn, splice);
        if delete > 0 {
            text.remove_range(&mut txn, at, delete);
        }
        if !splice.insert.is_empty() {
            text.insert(&mut txn, at, &splice.insert);
        }
    }

    /// How long a text is, in UTF-16 units.
    pub(crate) fn text_units(&self, name: &str) -> u32 {
        let txn = self.doc.transact();
        txn.get_text(name).map_or(0, |text| text.len(&txn))
    }

    /// Looks at the whole document.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&Look<'_>) -> T) -> T {
        look(&Look { txn: self.doc.transact(), authorship: &self.authorship })
    }
}

/// Where a splice can be made: inside the text, and never between the halves of one sign.
fn within(text: &TextRef, txn: &TransactionMut<'_>, splice: &Splice) -> (u32, u32) {
    let length = text.len(txn);
    let at = splice.at.min(length);
    let end = splice.at.saturating_add(splice.delete).min(length);
    let units: Vec<u16> = text.get_string(txn).encode_utf16().collect();
    let inside_sign = |place: u32| {
        let unit = units.get(place as usize);
        place > 0 && unit.is_some_and(|unit| (0xdc00..0xe000).contains(unit))
    };
    let at = if inside_sign(at) { at - 1 } else { at };
    let end = if inside_sign(end) { end + 1 } else { end };
    if splice.delete == 0 { (at, 0) } else { (at, end - at) }
}

/// A document while it is being read.
pub(crate) struct Look<'a> {
    txn: yrs::Transaction<'a>,
    /// Who wrote what, as far as it is known.
    pub(crate) authorship: &'a Authorship,
}

impl Look<'_> {
    /// The names of all tables and texts.
    #[cfg(test)]
    pub(crate) fn roots(&self) -> Vec<String> {
        self.txn.root_refs().map(|(name, _)| name.to_owned()).collect()
    }

    /// Every field of a table, in no order.
    pub(crate) fn fields(&self, table: &str) -> Vec<(String, Any)> {
        let Some(map) = self.txn.get_map(table) else { return Vec::new() };
        let map: MapRef = map;
        let any = |(key, value): (&str, yrs::Out)| match value {
            yrs::Out::Any(any) => Some((key.to_owned(), any)),
            _ => None,
        };
        map.iter(&self.txn).filter_map(any).collect()
    }

    /// A text; empty when nobody has written in it.
    pub(crate) fn text(&self, name: &str) -> String {
        self.txn.get_text(name).map(|text| text.get_string(&self.txn)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
