//! The house's document: what the daily lead and the coordinators are called.

use domain::{Person, PersonChange};

use crate::course::{changed_fields, person, person_fields, row_of};
use crate::paper::Paper;
use crate::row::{Author, Oddity};
use crate::table::Table;

const STAFF: Table = Table("staff");

/// Says what somebody is called.
pub fn set_person(paper: &mut Paper, person: &Person, author: Author) {
    STAFF.add(paper, row_of(person.who), author, person_fields(person));
}

/// Says some of what somebody is called. What the change says nothing of is not written.
pub fn change_person(paper: &mut Paper, person: &PersonChange, author: Author) {
    STAFF.add(paper, row_of(person.who), author, changed_fields(person));
}

/// Everybody.
pub fn read(paper: &Paper) -> (Vec<Person>, Vec<Oddity>) {
    paper.read(|look| {
        let mut oddities = Vec::new();
        let rows = STAFF.rows(look, &mut oddities);
        (rows.iter().filter_map(person).collect(), oddities)
    })
}
