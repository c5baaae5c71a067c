//! The house's document: what the daily lead and the coordinators are called.

use domain::Person;

use crate::course::{person, person_fields, row_of};
use crate::paper::Paper;
use crate::row::{Author, Oddity};
use crate::table::Table;

const STAFF: Table = Table("staff");

/// Says what somebody is called.
pub fn set_person(paper: &mut Paper, person: &Person, author: Author) {
    STAFF.add(paper, row_of(person.who), author, person_fields(person));
}

/// Everybody.
pub fn read(paper: &Paper) -> (Vec<Person>, Vec<Oddity>) {
    paper.read(|look| {
        let mut oddities = Vec::new();
        let rows = STAFF.rows(look, &mut oddities);
        (rows.iter().filter_map(person).collect(), oddities)
    })
}
