//! A server that was restored from a backup: it gets back what it lacks, and what it cannot take yet is
//! kept until it can.

use trust::{DocumentId, Membership, Record};

use crate::message::{Ask, Refusal};
use crate::outgoing::Outgoing;
use crate::replica::{Position, Replica};
use crate::step::Step;

impl Replica {
    /// Other positions mean other records now. These documents are the ones I may read there.
    pub(crate) fn begin_again(&mut self, held: &[DocumentId]) -> Vec<Step> {
        let before = std::mem::take(&mut self.positions);
        self.unsure.extend(before.keys());
        self.unsure.retain(|document| held.binary_search(document).is_err());
        self.lacks_log = true;
        // A snapshot says by their positions which records it stands in for.
        let outbox = std::mem::take(&mut self.outbox);
        let (stale, kept): (Vec<Outgoing>, _) = outbox.into_iter().partition(|out| out.is_snapshot);
        self.outbox = Vec::into(kept);
        let stale = stale.into_iter().map(Self::stale);
        std::iter::once(Step::Restored).chain(stale).collect()
    }

    pub(crate) fn stale(Outgoing { counter, bytes: record, .. }: Outgoing) -> Step {
        Step::Refused { counter, record, why: Refusal::StaleSnapshot }
    }

    /// Everything the disk holds, what others build on first, for a server that was restored. Until then
    /// nothing is pushed.
    pub fn add_again<'a>(&mut self, records: impl IntoIterator<Item = &'a Record>) -> Vec<Step> {
        let mut unsent = std::mem::take(&mut self.outbox);
        for record in records.into_iter().filter(|record| record.covers().is_none()) {
            let name = (record.header().device, record.header().counter);
            let known = unsent.iter().position(|out| out.name() == name);
            match known.and_then(|place| unsent.remove(place)) {
                Some(out) => self.outbox.push_back(out),
                None => self.enqueue(record, true),
            }
        }
        self.outbox.append(&mut unsent);
        self.lacks_log = false;
        self.in_flight = 0;
        let mut steps = self.given_back();
        steps.extend(self.push());
        steps
    }

    /// Nothing of a document is on this device any longer.
    pub fn let_go(&mut self, document: DocumentId) {
        self.positions.remove(&document);
    }

    /// A record that was owed when the app was closed; see [`Step::Owed`].
    /// `is_aside` for one in a document that is not mine to read.
    pub fn owe_still(&mut self, record: &Record, is_aside: bool) {
        self.owed.push(Outgoing { owed: true, is_aside, ..Outgoing::new(record, true) });
    }

    /// Whether something of this document is owed.
    pub fn owes(&self, document: DocumentId) -> bool {
        self.owed.iter().any(|owed| owed.document == document)
    }

    /// Whether something I wrote in this document is not on the server, in the log or beside it. To one that
    /// was restored this also says, as far as one can tell, that it does not know yet that I may write there.
    pub fn has_unsent(&self, document: DocumentId) -> bool {
        self.unsaved().any(|out| out.document == document)
    }

    /// Whether a restored server is still being told what it lacks.
    pub(crate) fn is_giving_back(&self) -> bool {
        self.lacks_log || self.outbox.iter().any(|out| out.again)
    }

    /// When all that can be given back has been: what is still not known to be mine is asked for. What was
    /// owed is offered once more when anything was taken back, for it may build on that.
    pub(crate) fn given_back(&mut self) -> Vec<Step> {
        let Some(generation) = self.generation.filter(|_| self.is_in() && !self.is_giving_back())
        else {
            return Vec::new();
        };
        if std::mem::take(&mut self.took_back) {
            self.offer_again(&[]);
            if self.is_giving_back() {
                return self.push();
            }
        }
        let asked = self.unsure.iter().filter(|document| !self.has_unsent(**document));
        let ask = |document: &DocumentId| {
            let (document, after) = (*document, self.through(*document));
            Ask::Pull { document, after, whole: false }
        };
        let steps = asked.map(|document| Step::Ask(ask(document)));
        std::iter::once(Step::GivenBack(generation)).chain(steps).collect()
    }

    /// What I wrote and the server does not have, or does not have any longer, in the log or beside it.
    pub(crate) fn unsaved(&self) -> impl Iterator<Item = &Outgoing> {
        let all = self.outbox.iter().chain(&self.owed);
        all.filter(|out| out.is_by(self.own) && !out.is_aside)
    }

    /// The same, as bytes.
    pub fn unsent(&self) -> impl Iterator<Item = &[u8]> {
        self.unsaved().map(|out| out.bytes.as_slice())
    }

    /// Keeps a refused record that the server may take later: somebody else must give back first what
    /// gives the right, or what it follows. What is new may build on what is owed, and waits with it.
    pub(crate) fn owe(&mut self, out: Outgoing, why: Refusal) -> Result<Option<Step>, Outgoing> {
        let may_come = match why {
            Refusal::NotMember if self.may_be_founded_later(&out) => true,
            Refusal::NotMember | Refusal::NotAllowed | Refusal::Unconfirmed => {
                out.again || self.is_giving_back() || self.builds_on_owed(&out)
            }
            Refusal::ChainMoved => !out.is_by(self.own),
            // Out when the backup was made, and in again after it.
            Refusal::KeptAside => out.again,
            _ => false,
        };
        if !may_come {
            return Err(out);
        }
        let is_news = out.again && !out.owed;
        let step = is_news.then(|| Step::Owed(out.bytes.clone()));
        let is_aside = why == Refusal::KeptAside;
        self.owed.push(Outgoing { owed: out.again, is_aside, ..out });
        Ok(step)
    }

    /// Whether it came before what founds its document, which was lost on the way and is sent again.
    fn may_be_founded_later(&self, out: &Outgoing) -> bool {
        let is_there = |position: &Position| position.head > 0;
        let founds = |other: &&Outgoing| {
            other.document == out.document && other.counter < out.counter && !other.again
        };
        !out.again
            && !self.positions.get(&out.document).is_some_and(is_there)
            && self.outbox.iter().any(|other| founds(&other))
    }

    /// What would have founded this document was refused: so is what came before it and waits for it.
    pub(crate) fn refuse_what_builds_on(
        &mut self,
        document: DocumentId,
        why: Refusal,
    ) -> Vec<Step> {
        let waits = |out: &Outgoing| out.document == document && !out.again;
        let (refused, owed): (Vec<_>, Vec<_>) = self.owed.drain(..).partition(waits);
        self.owed = owed;
        let step = |out: Outgoing| Step::Refused { counter: out.counter, record: out.bytes, why };
        refused.into_iter().map(step).collect()
    }

    /// Whether something of its document, or of the one it is founded under, is owed.
    fn builds_on_owed(&self, out: &Outgoing) -> bool {
        let founding = Record::trust_own_disk(out.bytes.clone());
        let founded = founding.ok().and_then(|record| Membership::found(&record).ok());
        let parent = founded.and_then(|course| course.parent);
        let comes_first = |owed: &Outgoing| owed.again || owed.counter < out.counter;
        let owed =
            |owed: &&Outgoing| owed.document == out.document || Some(owed.document) == parent;
        self.owed.iter().filter(owed).any(comes_first)
    }

    /// Whether one of these, which are mine to read, was not: by posts this is how one hears that somebody
    /// has given back what gives the right.
    pub(crate) fn has_new_right(&self, held: &[DocumentId]) -> bool {
        let is_new = |document| !self.positions.contains_key(document);
        held.iter().any(|held| is_new(held) || self.unsure.contains(held))
    }

    /// Offers once more what it would not take. What it keeps aside already would be kept aside again, until
    /// the document is one of these, which are mine to read and sorted.
    pub(crate) fn offer_again(&mut self, held: &[DocumentId]) {
        let behind = self.in_flight.min(self.outbox.len());
        let waits = |out: &Outgoing| out.is_aside && held.binary_search(&out.document).is_err();
        let (aside, owed): (Vec<_>, Vec<_>) = self.owed.drain(..).partition(waits);
        self.owed = aside;
        for out in owed.into_iter().rev() {
            if self.outbox.iter().all(|other| other.name() != out.name()) {
                self.outbox.insert(behind, Outgoing { is_aside: false, ..out });
            }
        }
    }
}
