//! A course's document: who is in it, which programme, and the dreams.

use domain::guide::PhaseKey;
use domain::{
    Course, Dream, ItemId, Person, PersonChange, Phase, PhaseMove, Programme, Role, Who, legible,
};
use yrs::Any;

use crate::paper::{Look, Paper};
use crate::row::{Author, Oddity, Row};
use crate::table::{Table, string, whole};

pub(crate) const COURSE: Table = Table("course");
const PEOPLE: Table = Table("people");
pub(crate) const DREAMS: Table = Table("dreams");
/// One row for each time the course was moved to a phase. Which of them holds now is a field of the course, so
/// that no clock decides it.
const MOVES: Table = Table("moves");
/// The one row of the table `course`.
const THE_COURSE: ItemId = ItemId(0);

/// Says which programme the course follows and how far it has come.
pub fn set_programme(paper: &mut Paper, programme: Programme, phase: Phase, author: Author) {
    let fields = [("programme", string(programme.key())), ("phase", whole(phase.0.into()))];
    COURSE.add(paper, THE_COURSE, author, fields);
}

/// Moves the course to a phase; `moved` is the name of the move. The number of the phase is for those who do
/// not know its name.
pub fn move_on(paper: &mut Paper, moved: ItemId, (key, phase): (&PhaseKey, Phase), author: Author) {
    MOVES.add(paper, moved, author, [("phase", string(key.key()))]);
    COURSE.set(paper, THE_COURSE, "moved", string(&moved.to_string()));
    COURSE.set(paper, THE_COURSE, "phase", whole(phase.0.into()));
}

/// Says what somebody is called here.
pub fn set_person(paper: &mut Paper, person: &Person, author: Author) {
    PEOPLE.add(paper, row_of(person.who), author, person_fields(person));
}

/// Says some of what somebody is called here. What the change says nothing of is not written.
pub fn change_person(paper: &mut Paper, person: &PersonChange, author: Author) {
    PEOPLE.add(paper, row_of(person.who), author, changed_fields(person));
}

/// Says whether the citizen would rather not see the picture of all the numbers. It stands in the course
/// and not on a device, so that the picture does not come up again on a new phone, or on the computer
/// that two sit before.
pub fn set_hides_web(paper: &mut Paper, hides: bool) {
    COURSE.set(paper, THE_COURSE, "hides_web", Any::Bool(hides));
}

/// Adds a dream at the end.
pub fn add_dream(paper: &mut Paper, id: ItemId, author: Author) {
    let position = DREAMS.end(paper);
    DREAMS.add(paper, id, author, [("position", string(&position))]);
}

/// Throws a dream out, or takes it back when there is no author.
pub fn throw_out_dream(paper: &mut Paper, id: ItemId, author: Option<Author>) {
    DREAMS.throw_out(paper, id, author);
}

/// Everything in the course.
pub fn read(paper: &Paper) -> (Course, Vec<Oddity>) {
    paper.read(|look| {
        let mut oddities = Vec::new();
        let row = COURSE.row(look, THE_COURSE, &mut oddities);
        let row = row.as_ref();
        let programme = row.and_then(|row| Programme::from_key(row.string("programme")?));
        let phase = row.and_then(|row| u8::try_from(row.number("phase")?).ok());
        let hides_web = row.is_some_and(|row| row.is_so("hides_web"));
        let people = people(look, &mut oddities);
        let all = DREAMS.in_order(look, &mut oddities).iter().map(dream).collect::<Vec<_>>();
        let (removed_dreams, dreams) = all.into_iter().partition(|dream| dream.removed.is_some());
        let course = Course {
            programme: programme.unwrap_or_default(),
            phase: phase.map(Phase).unwrap_or_default(),
            people,
            dreams,
            removed_dreams,
            hides_web,
        };
        (course, oddities)
    })
}

/// Who moved the course to the phase it is in, and when; `None` where nobody has moved it. Apart from the rest,
/// because only one screen asks.
pub fn read_move(paper: &Paper) -> Option<PhaseMove> {
    paper.read(|look| {
        let mut oddities = Vec::new();
        let id = COURSE.row(look, THE_COURSE, &mut oddities)?.parsed("moved")?;
        let row = MOVES.row(look, id, &mut oddities)?;
        let at_ms = row.number("at").unwrap_or_default();
        Some(PhaseMove { phase: PhaseKey::new(row.string("phase")?)?, by: row.by(), at_ms })
    })
}

/// To which phase a move was that has this name.
pub fn phase_of_move(paper: &Paper, moved: ItemId) -> Option<PhaseKey> {
    paper.read(|look| PhaseKey::new(MOVES.row(look, moved, &mut Vec::new())?.string("phase")?))
}

pub(crate) fn people(look: &Look<'_>, oddities: &mut Vec<Oddity>) -> Vec<Person> {
    PEOPLE.rows(look, oddities).iter().filter_map(person).collect()
}

fn dream(row: &Row<'_>) -> Dream {
    Dream {
        id: row.id,
        text: row.written("text"),
        by: row.by(),
        said: row.said(),
        removed: row.removed(),
    }
}

/// A person's row bears half of the person's name, so that there is one row each.
pub(crate) fn row_of(who: Who) -> ItemId {
    ItemId(who.0.iter().take(8).fold(0, |bits, byte| bits << 8 | u64::from(*byte)))
}

pub(crate) fn person_fields(person: &Person) -> [(&'static str, Any); 4] {
    [
        ("who", string(&person.who.to_string())),
        ("name", string(&person.name)),
        ("role", string(person.role.key())),
        ("phone", string(&person.phone)),
    ]
}

pub(crate) fn changed_fields(person: &PersonChange) -> impl Iterator<Item = (&'static str, Any)> {
    let is = [("who", string(&person.who.to_string())), ("role", string(person.role.key()))];
    let name = person.name.as_ref().map(|name| ("name", string(name)));
    let phone = person.phone.as_ref().map(|phone| ("phone", string(phone)));
    is.into_iter().chain(name).chain(phone)
}

pub(crate) fn person(row: &Row<'_>) -> Option<Person> {
    Some(Person {
        who: row.parsed("who")?,
        name: legible(row.string("name").unwrap_or_default()),
        role: Role::from_key(row.string("role")?)?,
        phone: row.string("phone").unwrap_or_default().to_owned(),
    })
}
