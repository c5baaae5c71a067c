//! The document of consents: what the citizen has declared about one person, who may read it too. It
//! says what was meant; who may read an area is decided by the area's own chain.

use domain::{Consent, Consents, Day, ItemId, LifeArea, Person, Purpose, Who, legible};

use crate::course;
use crate::paper::Paper;
use crate::row::{Author, Oddity, Row};
use crate::table::{Table, optional, string, who, whole};

const CONSENTS: Table = Table("consents");
const ABOUT: Table = Table("about");
/// The one row of the table `about`.
const THE_PERSON: ItemId = ItemId(0);

/// Says whom it is about, and who that is on the network map.
pub fn set_about(paper: &mut Paper, person: Who, on_map: ItemId) {
    ABOUT.set(paper, THE_PERSON, "who", who(person));
    ABOUT.set(paper, THE_PERSON, "on_map", string(&on_map.to_string()));
}

/// Says what somebody is called who may read it.
pub fn set_person(paper: &mut Paper, person: &Person, author: Author) {
    course::set_person(paper, person, author);
}

/// Adds a consent. Who wrote it down and when are the author's; its name is the consent's.
pub fn add(paper: &mut Paper, consent: &Consent, author: Author) {
    let words = if let Purpose::Other(words) = &consent.purpose { words } else { "" };
    let fields = [
        ("area", string(consent.area.key())),
        ("purpose", string(consent.purpose.key())),
        ("words", string(words)),
        ("until", whole(consent.until.days().into())),
        ("parent", optional(consent.parent.as_deref(), string)),
    ];
    CONSENTS.add(paper, consent.id, author, fields);
}

/// Notes that a consent was withdrawn.
pub fn withdraw(paper: &mut Paper, id: ItemId, author: Author) {
    CONSENTS.set(paper, id, "withdrawn", whole(author.at_ms));
    CONSENTS.set(paper, id, "withdrawn_by", who(author.who));
}

/// Everything in it.
pub fn read(paper: &Paper) -> (Consents, Vec<Oddity>) {
    paper.read(|look| {
        let mut oddities = Vec::new();
        let about = ABOUT.row(look, THE_PERSON, &mut oddities);
        let rows = CONSENTS.rows(look, &mut oddities);
        let mut given: Vec<Consent> = rows.iter().filter_map(consent).collect();
        given.sort_by_key(|consent| (consent.at_ms, consent.id));
        let about = about.as_ref();
        let person = about.and_then(|row| row.parsed("who"));
        let on_map = about.and_then(|row| row.parsed("on_map"));
        let people = course::people(look, &mut oddities);
        (Consents { person, on_map, people, given }, oddities)
    })
}

fn consent(row: &Row<'_>) -> Option<Consent> {
    let until = i32::try_from(row.number("until")?).ok()?;
    let words = row.string("words").unwrap_or_default();
    Some(Consent {
        id: row.id,
        area: LifeArea::from_key(row.string("area")?)?,
        purpose: Purpose::read(row.string("purpose").unwrap_or_default(), words),
        until: Day::from_days(until),
        parent: row.string("parent").map(legible),
        at_ms: row.number("at").unwrap_or_default(),
        by: row.by(),
        withdrawn_ms: row.number("withdrawn"),
    })
}
