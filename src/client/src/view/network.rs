//! The network map, as a picture and as a list; today, and on the days on which it was another.

use documents::{TextField, network};
use domain::{
    Day, Half, ItemId, LifeArea, Nearness, PEOPLE_MAX, ResourcePerson, Spot, Tie, legible, letters,
};
use trust::{DocumentId, Kind};

use super::agenda::TextView;
use super::people::Named;
use crate::client::{Client, Query, Topic, who};
use crate::sheet::Sheet;

/// The network map of a course: as it is, or as it was at the end of a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Network {
    /// The course.
    pub course: DocumentId,
    /// The day; `None` for now.
    pub day: Option<Day>,
}

/// A network map.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NetworkView {
    /// Whose it is.
    pub citizen: Option<Named>,
    /// Everybody who is there, the nearest first; no more than can be drawn.
    pub people: Vec<PersonRow>,
    /// Places for those who are missing.
    pub missing: Vec<PersonRow>,
    /// How many more there are, which an app that knows no limit has written.
    pub hidden: usize,
    /// The days on which the map changed, the oldest first.
    pub days: Vec<Day>,
    /// Who may read it, I first.
    pub readers: Vec<Named>,
}

/// Somebody on the map.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PersonRow {
    /// The document they stand in.
    pub document: DocumentId,
    /// Their name in it.
    pub id: ItemId,
    /// What they are called.
    pub name: String,
    /// Two capital letters.
    pub initials: String,
    /// What they are to the citizen.
    pub role: String,
    /// What they help with.
    pub helps: String,
    /// Where they stand.
    pub spot: Spot,
    /// How it is between the two.
    pub tie: Option<Tie>,
    /// The part of life they belong to most.
    pub area: Option<LifeArea>,
    /// Whether the citizen leans on them.
    pub is_trusted: bool,
    /// A telephone number; empty for none.
    pub phone: String,
    /// Whether they were thrown out since the day that is shown.
    pub is_out: bool,
}

/// Somebody on the map, with all that is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PersonOf {
    /// The document they stand in.
    pub document: DocumentId,
    /// Their name in it.
    pub person: ItemId,
}

/// All that is known of somebody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PersonView {
    /// As in a list.
    pub row: PersonRow,
    /// Whether it is a place for somebody who is not there.
    pub is_missing: bool,
    /// What they are called.
    pub name: TextView,
    /// What they are to the citizen.
    pub role: TextView,
    /// What they help with.
    pub helps: TextView,
    /// Where they work.
    pub workplace: TextView,
    /// The parts of life there are to choose from.
    pub areas: Vec<LifeArea>,
    /// Who may read it, I first.
    pub readers: Vec<Named>,
}

impl PersonRow {
    /// Which half they are in.
    pub fn half(&self) -> Half {
        self.spot.half()
    }

    /// How near they are.
    pub fn nearness(&self) -> Nearness {
        self.spot.nearness()
    }
}

impl Query for Network {
    type View = Option<NetworkView>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let maps = client.parts(Some(self.course), Kind::Network).map(|(document, _)| document);
        let mut topics = client.topics_of(maps);
        topics.push(Topic::Clock);
        topics
    }

    fn look(&self, client: &Client) -> Option<NetworkView> {
        let sheet = client.sheets.get(&self.course).filter(|sheet| !sheet.gone)?;
        let citizen = client.citizen_of(sheet).map(|citizen| client.named(who(citizen)));
        let mut readers = client.readers(sheet);
        // The course has those who may read a map that nobody has begun.
        readers.retain(|named| {
            matches!(named.role, Some(domain::Role::Citizen | domain::Role::Coordinator))
        });
        let (mut people, mut missing, mut days) = (Vec::new(), Vec::new(), Vec::new());
        for (document, sheet) in client.parts(Some(self.course), Kind::Network) {
            readers = client.readers(sheet);
            let (map, _) = network::read(&sheet.paper);
            let trusted = map.trusted;
            for person in map.people.into_iter().chain(map.removed) {
                days.extend(person_days(client, &person));
                let spot = match self.day {
                    Some(day) => person.spot_on(day, |ms| client.day_of(ms)),
                    None => person.removed.is_none().then_some(person.spot),
                };
                let Some(spot) = spot else { continue };
                let list = if person.is_missing { &mut missing } else { &mut people };
                let is_trusted = trusted == Some(person.id);
                list.push((person.who, client.person_row(document, (person, spot), is_trusted)));
            }
        }
        days.sort();
        days.dedup();
        let mut people = without_twins(people);
        let hidden = people.len().saturating_sub(PEOPLE_MAX);
        people.truncate(PEOPLE_MAX);
        let missing = missing.into_iter().map(|(_, row)| row).take(PEOPLE_MAX).collect();
        Some(NetworkView { citizen, people, missing, hidden, days, readers })
    }
}

/// The nearest first. Where two devices began a map each, its coordinator stands on both.
fn without_twins(people: Vec<(Option<domain::Who>, PersonRow)>) -> Vec<PersonRow> {
    let mut known = Vec::new();
    let mut rows: Vec<PersonRow> = Vec::new();
    for (member, row) in people {
        if member.is_none() || !known.contains(&member) {
            known.push(member);
            rows.push(row);
        }
    }
    rows.sort_by_key(|row| (row.nearness(), letters::order(&row.name), row.id));
    rows
}

/// On which days somebody came, was moved, and left.
fn person_days(client: &Client, person: &ResourcePerson) -> Vec<Day> {
    let moves = person.moves.iter().map(|moved| moved.at_ms);
    let left = person.removed.map(|removed| removed.at_ms);
    let all = [person.at_ms].into_iter().chain(moves).chain(left);
    // What is left of somebody whose coming was undone has no time.
    all.filter(|ms| *ms > 0).map(|ms| client.day_of(ms)).collect()
}

impl Query for PersonOf {
    type View = Option<PersonView>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        client.topics_of([self.document])
    }

    fn look(&self, client: &Client) -> Option<PersonView> {
        let sheet = client.sheets.get(&self.document).filter(|sheet| !sheet.gone)?;
        let (map, _) = network::read(&sheet.paper);
        let is_trusted = map.trusted == Some(self.person);
        let person = map.people.into_iter().find(|person| person.id == self.person)?;
        let id = person.id;
        let course = sheet.membership.parent.and_then(|course| client.sheets.get(&course));
        let programme = |sheet: &Sheet| documents::course::read(&sheet.paper).0.programme;
        let areas = course.map(programme).unwrap_or_default().life_areas().collect();
        let text = |field, written: &domain::Written| client.text_view(field, written.clone());
        Some(PersonView {
            is_missing: person.is_missing,
            name: text(TextField::PersonName(id), &person.name),
            role: text(TextField::PersonRole(id), &person.role),
            helps: text(TextField::PersonHelps(id), &person.helps),
            workplace: text(TextField::PersonWorkplace(id), &person.workplace),
            areas,
            readers: client.readers(sheet),
            row: {
                let spot = person.spot;
                client.person_row(self.document, (person, spot), is_trusted)
            },
        })
    }
}

impl Client {
    fn person_row(
        &self,
        document: DocumentId,
        (person, spot): (ResourcePerson, Spot),
        is_trusted: bool,
    ) -> PersonRow {
        // What the citizen wrote comes before what the member says of themself.
        let member = person.who.map(|who| self.named(who));
        let (name, phone) = member.map(|named| (named.name, named.phone)).unwrap_or_default();
        let on_map = legible(&person.name.text);
        let name = if on_map.is_empty() { name } else { on_map };
        let phone = if person.phone.is_empty() { phone } else { person.phone };
        PersonRow {
            document,
            id: person.id,
            initials: letters::initials(&name),
            name,
            role: person.role.text,
            helps: person.helps.text,
            spot,
            tie: person.tie,
            area: person.area,
            is_trusted,
            phone,
            is_out: person.removed.is_some(),
        }
    }
}
