//! The nouns as documents that merge: the only room that names yrs.
//!
//! A [`Paper`] is one document in memory. Commands (`course`, `area`, `meeting`, `network`, `consents`, `house`) change it
//! one field at a time, so that a stale picture never overwrites what somebody else wrote; reads
//! never fail, and tell what they could not make sense of as an [`Oddity`].
//!
//! The shape on paper, a promise to every phone already out there:
//! - a *table* is a root map whose keys are `<row>/<field>`, last writer wins for each field;
//! - a *text* is a root text named `<table>/<row>/<field>`: made by its name, so that two people
//!   who make it at once write in the same one;
//! - a row is thrown out by its field `removed`, and is never deleted.

pub mod area;
mod assessment;
mod authorship;
mod choice;
pub mod consents;
pub mod course;
pub mod house;
mod loan;
mod made;
pub mod meeting;
pub mod network;
pub mod notebook;
mod order;
mod paper;
mod reader;
mod row;
mod statement;
pub mod support;
mod table;
mod text_field;
mod update;
mod waiting;
mod words;

#[cfg(test)]
mod golden;
#[cfg(test)]
mod newer;

pub use choice::{ChoicePlace, Chosen, Overruled};
pub use loan::Loan;
pub use made::made;
pub use paper::{BadUpdate, Paper, merge};
pub use row::{Author, Oddity};
pub use statement::Statement;
pub use text_field::TextField;
pub use update::{Contents, contents};
pub use words::{all_words_in, words_in};
