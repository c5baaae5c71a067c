//! What was shown before it was kept: changes that came by a live frame or from another tab, and
//! that no record is known to hold yet. Should their writer's device die, they are ours to keep:
//! what we wrote beside them cannot be read without them.

use yrs::IdSet;
use yrs::block::{ClientID, ID};

use crate::paper::BadUpdate;
use crate::update::{Block, Update};

/// What an update adds and takes away, by name and not by content: what records are known to hold can be
/// taken from it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Loan {
    added: IdSet,
    taken_away: IdSet,
}

impl Loan {
    /// Everything in an update.
    ///
    /// # Errors
    /// [`BadUpdate`] when it is none.
    pub fn of(update: &[u8]) -> Result<Self, BadUpdate> {
        Update::read(update).map(|update| Self::in_update(&update))
    }

    pub(crate) fn in_update(update: &Update<'_>) -> Self {
        let mut held = Self::default();
        for Block { id, length, .. } in &update.blocks {
            held.added.insert(ID::new(ClientID::new(id.session), id.clock), *length);
        }
        for (session, range) in &update.taken_away {
            let id = ID::new(ClientID::new(*session), range.start);
            held.taken_away.insert(id, range.end - range.start);
        }
        held
    }

    /// This and that.
    pub fn join(&mut self, other: Self) {
        self.added.merge_with(other.added);
        self.taken_away.merge_with(other.taken_away);
    }

    /// A record holds this much of it.
    pub fn repay(&mut self, record: &Self) {
        self.added.diff_with(&record.added);
        self.taken_away.diff_with(&record.taken_away);
    }

    /// Whether records hold all of it.
    pub fn is_repaid(&self) -> bool {
        self.added.is_empty() && self.taken_away.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use domain::Splice;

    fn write(paper: &mut Paper, at: u32, delete: u32, text: &str) -> Vec<u8> {
        paper.splice("t", &Splice { at, delete, insert: text.to_owned() });
        paper.take_fresh().unwrap()
    }

    #[test]
    fn a_loan_is_repaid_by_the_records_that_hold_it() {
        let mut paper = Paper::new(1);
        let one = write(&mut paper, 0, 0, "min bolig");
        let two = write(&mut paper, 0, 4, "");
        let mut loan = Loan::of(&crate::merge(&[one.clone(), two.clone()]).unwrap()).unwrap();
        loan.repay(&Loan::of(&one).unwrap());
        assert!(!loan.is_repaid(), "what was taken away is not held yet");
        loan.repay(&Loan::of(&two).unwrap());
        assert!(loan.is_repaid());
        loan.join(Loan::of(&one).unwrap());
        assert!(!loan.is_repaid());
        assert_eq!(Loan::of(b"garbage"), Err(BadUpdate));
    }
}
