//! One person, several tabs: what the tab that leads says to those that follow, and what they have
//! left to it.

use minicbor::Encode;
use minicbor::bytes::ByteVec;
use sync::read_in_order;
use trust::PersonId;

use crate::client::{Bond, Client, Topic};
use crate::effect::{Effect, Row};
use crate::hint::Hint;
use crate::invite::Redeeming;
use crate::term::Silence;

/// How things stand with the server.
#[derive(Clone, PartialEq, Debug, Encode)]
pub(crate) struct Word {
    #[n(0)]
    is_connected: bool,
    /// How much is not on the server's disk yet.
    #[n(1)]
    waiting: usize,
    #[n(2)]
    person: Option<PersonId>,
    #[n(3)]
    redeeming: Option<Redeeming>,
    /// Drafts of other tabs that the one that leads has made records of just now.
    #[n(4)]
    took: Vec<ByteVec>,
    #[n(5)]
    bond: Bond,
}

read_in_order!(Word { is_connected, waiting, person, redeeming, took, bond });

/// What passes between the tabs of one device.
#[derive(Default)]
pub(crate) struct Tabs {
    /// In the tab that leads: what it said last; in one that follows: what it heard last.
    word: Option<Word>,
    /// In the tab that leads: what it has to say that it took.
    took: Vec<ByteVec>,
    /// In one that follows: its own drafts that have come to rest, until they are taken; together
    /// what will be one record.
    left: Vec<Vec<Vec<u8>>>,
    pub(crate) silence: Silence,
}

impl Tabs {
    /// From now on this tab leads.
    pub(crate) fn lead(&mut self) {
        let silence = std::mem::take(&mut self.silence);
        *self = Self { silence, ..Self::default() };
    }

    /// The others may not have heard the last word.
    pub(crate) fn say_again(&mut self) {
        self.word = None;
    }

    /// These are for the tab that leads to make records of.
    pub(crate) fn hand_over(&mut self, drafts: &[Vec<u8>]) {
        self.left.push(drafts.to_vec());
    }

    /// The tab that leads has made records of these.
    pub(crate) fn took(&mut self, drafts: impl IntoIterator<Item = Vec<u8>>) {
        self.took.extend(drafts.into_iter().map(ByteVec::from));
    }

    /// What the tab that leads has said of how the server stands to this device.
    pub(crate) fn said_bond(&self) -> Option<Bond> {
        self.word.as_ref().map(|word| word.bond)
    }

    /// Of the drafts that were handed over these are still on the disk.
    pub(crate) fn still_there(&mut self, drafts: &[Row]) {
        self.left.retain(|keys| drafts.iter().any(|row| keys.contains(&row.key)));
    }
}

impl Client {
    /// How much is not on the server's disk yet, whichever tab wrote it: records, and what will be
    /// one.
    pub(crate) fn waiting(&self) -> usize {
        // What nobody has said anything about yet may be waiting.
        let said = |tabs: &Tabs| tabs.word.as_ref().map_or(1, |word| word.waiting);
        let elsewhere = |tabs: &Tabs| tabs.left.len() + said(tabs);
        let here = |sheet: &crate::sheet::Sheet| {
            usize::from(!sheet.writing.updates.is_empty()) + sheet.links.len()
        };
        let recorded =
            if self.lead.leads() { self.replica.waiting() } else { elsewhere(&self.tabs) };
        self.sheets.values().map(here).sum::<usize>() + recorded
    }

    /// Whether the server can be reached, by whichever tab.
    pub(crate) fn is_connected(&self) -> bool {
        let heard = || {
            let said = self.tabs.word.as_ref().is_some_and(|word| word.is_connected);
            said && !self.tabs.silence.is_long()
        };
        if self.lead.leads() { self.replica.is_answered() } else { heard() }
    }

    /// Says how things stand, when that is news.
    pub(crate) fn tick_word(&mut self) {
        if !self.lead.leads() {
            return;
        }
        let word = Word {
            is_connected: self.is_connected(),
            waiting: self.waiting().max(usize::from(!self.keeper.is_safe())),
            person: self.me.person,
            redeeming: self.invitations.redeeming.clone(),
            took: std::mem::take(&mut self.tabs.took),
            bond: self.me.bond,
        };
        if self.tabs.word.as_ref() != Some(&word) {
            self.effect(Effect::Hint(Hint::Word(word.clone()).bytes()));
            self.tabs.word = Some(word);
        }
    }

    /// The tab that leads has said how things stand.
    pub(crate) fn heard_word(&mut self, word: Word) {
        if self.lead.leads() {
            return;
        }
        self.heard_the_leader();
        self.tabs.left.retain(|keys| !word.took.iter().any(|took| keys.contains(took)));
        if self.tabs.word.as_ref() != Some(&word) {
            let was_connected = self.is_connected();
            self.me.person = word.person.or(self.me.person);
            self.take_bond(word.bond);
            self.invitations.redeeming = word.redeeming.clone();
            self.tabs.word = Some(word);
            match (was_connected, self.is_connected()) {
                (false, true) => self.greet_again(),
                (true, false) => self.all_gone(),
                _ => {}
            }
            self.changed(Topic::Me);
            self.changed(Topic::Saving);
        }
    }
}
