//! What everybody sees when all have a network, held against what the citizen means.

use std::collections::BTreeSet;

use client::view::{LetIn, SharedWithMe, Shown, ThisDay, WhoSees};

use crate::{AREAS, Guest, Life, area, number};

impl Life {
    /// Everybody has a network, and sees what was meant.
    pub(crate) fn rest(&mut self) {
        self.is_cut_off = false;
        self.town.reconnect(self.citizen);
        for index in 0..self.guests.len() {
            self.guests[index].is_cut_off = false;
            self.town.reconnect(self.guests[index].phone);
        }
        self.town.settle();
        self.expect("at rest", "she sees", self.seen_by_citizen());
        self.expect("at rest", "they see", self.seen_by_guests());
        self.expect("at rest", "the hub says", self.said_by_hub());
    }

    pub(crate) fn expect(&mut self, when: &str, who: &str, seen: BTreeSet<(usize, usize)>) {
        let today = self.town.look(self.citizen, &ThisDay).days();
        let holds = self.open.iter().filter(|(_, until)| today <= **until);
        let meant: BTreeSet<(usize, usize)> = holds.map(|(pair, _)| *pair).collect();
        if seen != meant {
            let more: Vec<_> = seen.difference(&meant).collect();
            let less: Vec<_> = meant.difference(&seen).collect();
            let seed = self.seed;
            self.faults
                .push(format!("seed {seed}, {when}: {who} {more:?} too much, {less:?} too little"));
        }
    }

    pub(crate) fn seen_by_citizen(&self) -> BTreeSet<(usize, usize)> {
        let found = self.town.look(self.citizen, &WhoSees { course: self.course });
        let mut seen = BTreeSet::new();
        for row in found.map(|found| found.people).unwrap_or_default() {
            let LetIn { document, areas, .. } = row;
            let guest = self.guests.iter().position(|guest| guest.consents == document);
            // The one who is just being let in has no place in the list yet.
            let guest = guest.unwrap_or(self.guests.len());
            seen.extend(
                areas.iter().filter_map(|seen| Some((guest, number(seen.area.as_ref()?)?))),
            );
        }
        seen
    }

    pub(crate) fn seen_by_guests(&self) -> BTreeSet<(usize, usize)> {
        let mut seen = BTreeSet::new();
        for (index, guest) in self.guests.iter().enumerate() {
            for row in self.town.look(guest.phone, &SharedWithMe) {
                let areas = row.areas.iter().filter_map(|seen| number(seen.area.as_ref()?));
                seen.extend(areas.map(|area| (index, area)));
            }
            for number in 0..AREAS.len() {
                let shown = Shown { course: self.course, area: area(number) };
                let is_there = self.town.look(guest.phone, &shown).is_some();
                seen.extend(is_there.then_some((index, number)));
            }
        }
        seen
    }

    fn said_by_hub(&self) -> BTreeSet<(usize, usize)> {
        let today =
            u32::try_from(self.town.look(self.citizen, &ThisDay).days()).unwrap_or_default();
        let mut seen = BTreeSet::new();
        for (area, (document, _)) in self.goals.iter().enumerate() {
            let Some(chain) = self.chain(*document) else { continue };
            let let_in = |guest: &Guest| chain.role(guest.person, today).is_some();
            let guests = self.guests.iter().enumerate().filter(|(_, guest)| let_in(guest));
            seen.extend(guests.map(|(index, _)| (index, area)));
        }
        seen
    }
}
