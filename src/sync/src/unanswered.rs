//! What is on its way and nobody answers, because an answer was lost or a newer server gave one that has no word
//! here.

use crate::message::Refusal;
use crate::outgoing::Outgoing;
use crate::replica::Replica;
use crate::step::Step;

/// What a newer server has answered so often with something that has no word here is given up.
const ROUNDS_MAX: u32 = 3;

/// How it goes with what is on its way.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Unanswered {
    /// How many records have had their answer on this device since the app was opened.
    answers: u64,
    /// Whether something came since the last of them that has no word here.
    is_puzzled: bool,
    /// How many times all of it was sent again for that.
    rounds: u32,
}

impl Unanswered {
    pub(crate) fn answer(&mut self) {
        *self = Self { answers: self.answers + 1, ..Self::default() };
    }
}

impl Replica {
    /// A newer server has said something that has no word here.
    pub fn hear_later(&mut self) {
        self.unanswered.is_puzzled = true;
    }

    /// How many records have had their answer, while others wait for theirs; `None` when none waits.
    pub fn waits_for_answer(&self) -> Option<u64> {
        let waits = self.is_in() && !self.waiting && self.in_flight > 0;
        waits.then_some(self.unanswered.answers)
    }

    /// Nobody has answered for long what is on its way: all of it is sent again. Where something came again and
    /// again that has no word here, that was the answer: the first of them is given up, and the rest goes on.
    pub fn send_again(&mut self) -> Vec<Step> {
        self.in_flight = 0;
        let mut steps = Vec::new();
        if std::mem::take(&mut self.unanswered.is_puzzled) {
            self.unanswered.rounds += 1;
        }
        if self.unanswered.rounds >= ROUNDS_MAX
            && let Some(Outgoing { counter, bytes: record, .. }) = self.answered(|_| true)
        {
            steps.push(Step::Refused { counter, record, why: Refusal::Later });
        }
        steps.extend(self.push());
        steps
    }
}

#[cfg(test)]
mod tests {
    use trust::{DeviceKey, DocumentId, Header, PersonId, Record, RecordKind, VERSION};

    use super::*;
    use crate::message::{Ask, Tell};

    fn record(counter: u64) -> Record {
        let key = DeviceKey::from_seed(&[1; 32]);
        let (kind, document) = (RecordKind::Update, DocumentId([7; 16]));
        let device = key.device();
        let header = Header { version: VERSION, kind, document, device, counter, epoch: 0 };
        Record::sign(header, b"words", &key).unwrap()
    }

    /// Two records are on their way.
    fn pushing() -> Replica {
        let mut replica = Replica::default();
        let (person, documents) = (Some(PersonId([1; 16])), Vec::new());
        let welcome = Tell::Welcome {
            generation: 1,
            person,
            documents,
            counter: None,
            later: 0,
            seconds: None,
            devices: None,
        };
        replica.hear(welcome);
        replica.add(&record(1));
        replica.add(&record(2));
        replica
    }

    fn pushed(steps: &[Step]) -> usize {
        let count = |step: &Step| match step {
            Step::Ask(Ask::Push { records }) => records.len(),
            _ => 0,
        };
        steps.iter().map(count).sum()
    }

    #[test]
    fn what_nobody_answers_is_sent_again_and_never_given_up() {
        let mut replica = pushing();
        for _ in 0..10 {
            assert_eq!(replica.waits_for_answer(), Some(0));
            assert_eq!(pushed(&replica.send_again()), 2);
        }
    }

    fn refused(replica: &mut Replica, counter: u64) -> Vec<Step> {
        let device = Some(record(1).header().device);
        replica.hear(Tell::Refused { counter, why: Refusal::NotMember, device })
    }

    #[test]
    fn what_came_before_its_document_was_founded_is_said_once_more() {
        let mut replica = pushing();
        assert_eq!(refused(&mut replica, 2), []);
        assert_eq!(replica.waiting(), 2);
        let (device, document) = (record(1).header().device, record(1).header().document);
        let stored = Tell::Stored { device, counter: 1, document, seq: 1 };
        assert_eq!(pushed(&replica.hear(stored)), 1);
        assert_eq!(replica.waiting(), 1);
    }

    #[test]
    fn what_came_before_its_document_was_refused_is_refused_with_it() {
        let mut replica = pushing();
        assert_eq!(refused(&mut replica, 2), []);
        let counters = |steps: Vec<Step>| {
            let counter = |step: Step| match step {
                Step::Refused { counter, .. } => Some(counter),
                _ => None,
            };
            steps.into_iter().filter_map(counter).collect::<Vec<_>>()
        };
        assert_eq!(counters(refused(&mut replica, 1)), [1, 2]);
        assert_eq!(replica.waiting(), 0);
        // With nothing before it there is nothing to wait for.
        replica.add(&record(3));
        assert_eq!(counters(refused(&mut replica, 3)), [3]);
    }

    #[test]
    fn an_answer_that_has_no_word_here_blocks_nothing_behind_it() {
        let mut replica = pushing();
        for _ in 1..ROUNDS_MAX {
            replica.hear_later();
            assert_eq!(pushed(&replica.send_again()), 2);
        }
        replica.hear_later();
        let steps = replica.send_again();
        let given_up =
            Step::Refused { counter: 1, record: record(1).into_bytes(), why: Refusal::Later };
        assert_eq!(steps[0], given_up);
        assert_eq!(pushed(&steps), 1);
        assert_eq!(replica.waits_for_answer(), Some(1));
    }
}
