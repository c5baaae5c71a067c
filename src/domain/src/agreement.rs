//! Agreements: what somebody has promised the citizen, or the citizen has promised.

use crate::{Day, ItemId, Removed, Source, Who, Written};

/// A binding agreement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Agreement {
    /// Its name.
    pub id: ItemId,
    /// The goal it brings nearer.
    pub goal: Option<ItemId>,
    /// What is to be done.
    pub what: Written,
    /// Who does it.
    pub doer: Doer,
    /// By when at the latest.
    pub by_day: Option<Day>,
    /// How and by whom it is followed up.
    pub follow_up: Written,
    /// Who wrote it down.
    pub by: Option<Who>,
    /// Whose words it is; `None` when nobody has said.
    pub said: Option<Source>,
    /// Whether it is a trial action: small and quick, and made to learn from.
    pub is_trial: bool,
    /// What was learnt from it.
    pub learnt: Written,
    /// Every state it has had, the oldest first; the first is always [`AgreementState::Agreed`].
    pub history: Vec<StateChange>,
    /// Thrown out.
    pub removed: Option<Removed>,
}

/// Who has promised.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Doer {
    /// Somebody in the course.
    Member(Who),
    /// Somebody who is not in Medspil, by name.
    Named(String),
}

/// How an agreement stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AgreementState {
    /// Aftalt.
    Agreed,
    /// På vej.
    OnItsWay,
    /// Holdt.
    Kept,
    /// Ikke holdt.
    NotKept,
    /// Der er lavet en ny aftale.
    Renegotiated,
    /// Droppet.
    Dropped,
}

/// One change of state.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StateChange {
    /// Its name.
    pub id: ItemId,
    /// To what.
    pub state: AgreementState,
    /// Who said so.
    pub by: Option<Who>,
    /// Milliseconds since 1970-01-01 UTC, by their clock.
    pub at_ms: i64,
}

impl AgreementState {
    /// Every state, in the order they are offered.
    pub const ALL: [Self; 6] = [
        Self::Agreed,
        Self::OnItsWay,
        Self::Kept,
        Self::NotKept,
        Self::Renegotiated,
        Self::Dropped,
    ];

    /// How it is stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::OnItsWay => "on_its_way",
            Self::Kept => "kept",
            Self::NotKept => "not_kept",
            Self::Renegotiated => "renegotiated",
            Self::Dropped => "dropped",
        }
    }

    /// Reads what [`AgreementState::key`] wrote.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// Whether somebody still has something to do.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Agreed | Self::OnItsWay | Self::NotKept)
    }
}

impl Agreement {
    /// How it stands now.
    pub fn state(&self) -> AgreementState {
        self.history.last().map_or(AgreementState::Agreed, |change| change.state)
    }

    /// Whether it is time to say what was learnt: a trial has come to an end, however it went.
    pub fn asks_what_was_learnt(&self) -> bool {
        use AgreementState::{Dropped, Kept, NotKept};
        self.is_trial && matches!(self.state(), Kept | NotKept | Dropped)
    }

    /// Whether it should have been done before today and is not.
    pub fn is_overdue(&self, today: Day) -> bool {
        self.state().is_open() && self.by_day.is_some_and(|last| last < today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agreement(is_trial: bool, state: AgreementState) -> Agreement {
        let change = StateChange { id: ItemId(2), state, by: None, at_ms: 0 };
        Agreement {
            id: ItemId(1),
            goal: None,
            what: Written::default(),
            doer: Doer::Named("Ali".to_owned()),
            by_day: None,
            follow_up: Written::default(),
            by: None,
            said: None,
            is_trial,
            learnt: Written::default(),
            history: vec![change],
            removed: None,
        }
    }

    #[test]
    fn a_trial_asks_what_was_learnt_when_it_has_come_to_an_end() {
        let asks = |is_trial| {
            let all = AgreementState::ALL.into_iter();
            all.filter(|state| agreement(is_trial, *state).asks_what_was_learnt())
                .map(AgreementState::key)
                .collect::<Vec<_>>()
        };
        assert_eq!(asks(true), ["kept", "not_kept", "dropped"]);
        assert!(asks(false).is_empty(), "nothing is to be learnt from a promise");
    }
}
