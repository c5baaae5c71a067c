//! Whose turn it is to lead. A tab that leads and is stopped (a phone lays tabs to sleep) answers nobody, and does
//! not know when it wakes up that another one has taken its place. So each turn has a number: who takes the lead
//! puts down that the turn before is over, and a batch of that turn is not written any more. The tab then keeps
//! what it had as drafts, and begins anew: what it has in memory builds on what it could not keep.

use minicbor::bytes::ByteVec;
use trust::{Change, Record, RecordKind};

use crate::client::{Client, Topic};
use crate::effect::{Effect, Range, Row, Store, Write};
use crate::hint::Hint;
use crate::stored::{Draft, DraftRow, draft_key, put, read};

/// `notes`: which turn it is.
const TERM: &[u8] = b"term";
/// `notes`, under this and its number: this turn is over.
const OVER: &[u8] = b"term-over/";
/// A tab that leads says something this often, as far as its browser lets a page that nobody sees.
const SILENT_MS: u64 = 5_500;
/// It is asked then, and answers at once.
const ASK_MS: u64 = 2_300;
const ASKS_MAX: u8 = 3;

/// By which right a tab writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Turn {
    /// It leaves records to the tab that leads.
    #[default]
    Follows,
    /// It puts down that this turn is over, and that the next one is its own.
    Claims(u64),
    /// It leads in this turn, if that is not over.
    Holds(u64),
}

impl Turn {
    pub(crate) fn is_claimed(self) -> bool {
        matches!(self, Self::Claims(_))
    }

    /// What stands before everything else in a batch. There is nothing to wait for in it: a page that is stopped
    /// in the middle of a transaction would stop all other tabs.
    pub(crate) fn writes(self) -> Vec<Write> {
        let over = |term: u64| [OVER, &term.to_be_bytes()].concat();
        let add =
            |term| Write::Add(Row { store: Store::Notes, key: over(term), value: Vec::new() });
        match self {
            Self::Follows => Vec::new(),
            Self::Claims(term) => vec![add(term), put(Store::Notes, TERM, &(term + 1))],
            Self::Holds(term) => vec![add(term), Write::Delete(Store::Notes, over(term))],
        }
    }

    /// When that is on the disk.
    pub(crate) fn taken(self) -> Self {
        if let Self::Claims(term) = self { Self::Holds(term + 1) } else { self }
    }
}

/// How long nothing has been heard of the tab that leads.
pub(crate) struct Silence {
    is_seen: bool,
    asked: u8,
    next_ms: u64,
}

impl Default for Silence {
    fn default() -> Self {
        Self { is_seen: true, asked: 0, next_ms: 0 }
    }
}

impl Silence {
    /// Whether the tab that leads can no longer be relied on.
    pub(crate) fn is_long(&self) -> bool {
        self.asked > 1
    }

    fn end(&mut self, now_ms: u64) {
        self.asked = 0;
        self.next_ms = now_ms + SILENT_MS;
    }
}

impl crate::tabs::Tabs {
    /// Whether anybody sees this tab. Time in which it may have been stopped itself does not count.
    pub(crate) fn is_seen(&mut self, is_seen: bool, now_ms: u64) {
        self.silence.is_seen = is_seen;
        self.silence.end(now_ms);
    }

    /// Another tab leads from now on, or so it seems.
    pub(crate) fn begin_listening(&mut self, now_ms: u64) {
        self.silence.end(now_ms);
    }
}

impl Client {
    /// Where it stands which turn it is.
    pub(crate) fn term_row() -> Range {
        Range { store: Store::Notes, first: TERM.to_vec(), last: TERM.to_vec() }
    }

    pub(crate) fn take_term(&mut self, row: &Row) {
        if row.key == TERM {
            self.lead.term = read(&row.value).unwrap_or(self.lead.term);
        }
    }

    /// Puts down that the turn before is over; then everything is read that was written in it.
    pub(crate) fn claim_turn(&mut self) {
        self.keeper.turn = Turn::Claims(self.lead.term);
        self.keeper.then(crate::keeper::Then::Lead);
    }

    /// A tab that has never seen another one lead goes on with the turn it has found.
    pub(crate) fn hold_turn(&mut self) {
        if self.keeper.turn == Turn::Follows {
            self.keeper.turn = Turn::Holds(self.lead.term);
        }
    }

    /// Another tab leads from now on; this batch was not written, because the turn is over in which it was to be.
    pub(crate) fn deposed(&mut self, overtaken: Option<u64>) {
        let has_led = self.lead.leads() || self.lead.is_deposed();
        let lost = self.keeper.follow(overtaken);
        self.lead.follow();
        self.tabs.begin_listening(self.now.steady_ms);
        if !has_led {
            lost.into_iter().for_each(|write| self.keeper.keep(write));
            return self.effect(Effect::LetGoLead);
        }
        self.effect(Effect::Disconnect);
        if self.connected {
            self.disconnected();
        }
        lost.into_iter().for_each(|write| self.keep_of_lost(write));
        self.all_documents().into_iter().for_each(|document| self.rest(document));
    }

    /// Of what a tab that leads was going to write: what somebody has done here. The rest comes from the server
    /// again, or is on the disk.
    fn keep_of_lost(&mut self, write: Write) {
        match write {
            Write::Put(row) if row.store == Store::Outbox => self.keep_as_draft(row),
            Write::Put(Row { store: Store::Drafts, .. }) => self.keeper.keep(write),
            Write::Put(Row { store: Store::Notes, ref key, .. })
            | Write::Delete(Store::Notes, ref key)
                if !Self::is_mark(key) =>
            {
                self.keeper.keep(write);
            }
            _ => {}
        }
    }

    /// A record that was never sent becomes a draft again, for the tab that leads.
    fn keep_as_draft(&mut self, row: Row) {
        let Ok(record) = Record::trust_own_disk(row.value) else { return };
        // Another name, longer than a number, has what was given back: it was sent.
        let is_new = row.key.len() == size_of::<u64>();
        let (document, payload) = (record.header().document, record.payload().to_vec());
        let update = (record.header().kind == RecordKind::Update).then_some(payload);
        let draft = update.map(|update| Draft::Update(update.into()));
        let draft = draft.or_else(|| Change::read(&record).ok().map(Draft::Link));
        let Some(draft) = draft.filter(|_| is_new) else { return };
        let key = draft_key(self.tab, &mut self.drafts_made);
        let row = DraftRow { document, draft: draft.clone() };
        self.keeper.keep(put(Store::Drafts, &key, &row));
        self.tabs.hand_over(std::slice::from_ref(&key));
        let hint = match draft {
            Draft::Link(change) => Hint::Link { document, change, draft: key.into() },
            Draft::Update(update) => {
                Hint::Update { document, update, drafts: vec![ByteVec::from(key)] }
            }
        };
        self.effect(Effect::Hint(hint.bytes()));
    }

    /// Begins anew when everything is kept.
    pub(crate) fn tick_deposed(&mut self) {
        if self.lead.is_deposed() && self.keeper.is_idle() && !self.lead.is_ending {
            self.lead.is_ending = true;
            self.effect(Effect::Reload);
        }
    }

    pub(crate) fn heard_the_leader(&mut self) {
        self.tabs.silence.end(self.now.steady_ms);
    }

    /// In a tab that is seen: asks the one that leads when it says nothing, and leads in its place when it does not
    /// answer. Each question is a moment in which this tab was awake: time alone would mean nothing.
    pub(crate) fn tick_silence(&mut self) -> Option<u64> {
        let now_ms = self.now.steady_ms;
        if !self.lead.follows() || !self.tabs.silence.is_seen {
            return None;
        }
        let silence = &mut self.tabs.silence;
        if now_ms < silence.next_ms {
            return Some(silence.next_ms);
        }
        silence.asked += 1;
        silence.next_ms = now_ms + ASK_MS;
        let (asked, next_ms) = (silence.asked, silence.next_ms);
        if asked == 2 {
            self.all_gone();
            self.changed(Topic::Saving);
        }
        if asked <= ASKS_MAX {
            self.effect(Effect::Hint(Hint::Hello.bytes()));
            return Some(next_ms);
        }
        self.tabs.silence.end(now_ms);
        self.effect(Effect::TakeLead);
        Some(now_ms + SILENT_MS)
    }
}
