//! What I had written, and what somebody else wrote there at the same time.

use documents::{ChoicePlace, Chosen, TextField, course, network};
use domain::guide::Words;
use domain::{Day, ItemId, LifeArea, LocalTime, Source, Spot, Tie, Useful, Who};
use trust::DocumentId;

use super::people::Named;
use crate::client::{Client, Query, Topic};
use crate::sheet::Sheet;

/// Where did somebody write something else than I did? In one document, or in all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Overruled(pub Option<DocumentId>);

/// One field where somebody else's word stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OverruledRow {
    /// Its document.
    pub document: DocumentId,
    /// The field.
    pub place: ChoicePlace,
    /// Who wrote what stands there, where that is known.
    pub by: Option<Named>,
    /// What the field is about.
    pub what: ChosenWhat,
    /// The thing it belongs to, by its name; empty for what has none.
    pub thing: String,
    /// What I had written.
    pub mine: Value,
    /// What stands there now.
    pub theirs: Value,
}

/// What a field is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChosenWhat {
    /// When a meeting begins.
    MeetingTime,
    /// How long it lasts, or a topic of it.
    Minutes,
    /// Where it is.
    MeetingPlace,
    /// What somebody is called.
    Name,
    /// A telephone number.
    Phone,
    /// How it is between the citizen and somebody.
    Tie,
    /// The part of life somebody belongs to.
    Area,
    /// Where somebody stands on the map.
    Spot,
    /// Whom the citizen leans on.
    Trusted,
    /// Since when there is help.
    Since,
    /// Until when.
    Ended,
    /// Whether it is useful.
    Useful,
    /// By when something is promised.
    ByDay,
    /// By whom.
    Doer,
    /// Whether that is a trial.
    Trial,
    /// Which phase the course is in.
    Phase,
    /// Whose words something is.
    Said,
}

/// What stands in a field, in the screen's own terms.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    /// Nothing.
    Nothing,
    /// Words.
    Words(String),
    /// A day and a time.
    Moment(LocalTime),
    /// A day.
    Day(Day),
    /// So many minutes.
    Minutes(u16),
    /// Somebody.
    Who(Named),
    /// How it is between two.
    Tie(Tie),
    /// A part of life.
    Area(LifeArea),
    /// A place on the map.
    Spot(Spot),
    /// Whether a help is useful.
    Useful(Useful),
    /// Yes or no.
    Yes(bool),
    /// A phase, as the municipality calls it.
    Phase(Words),
    /// Whose words something is.
    Source(Source),
}

impl Query for Overruled {
    type View = Vec<OverruledRow>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let mut topics = client.topics_of(client.overruled.keys().map(|(document, _)| *document));
        topics.extend([Topic::Saving, Topic::Guide]);
        topics
    }

    fn look(&self, client: &Client) -> Vec<OverruledRow> {
        let rows = client.overruled.iter().filter(|(_, row)| !row.is_told());
        let here = rows.filter(|((document, _), _)| self.0.is_none_or(|only| only == *document));
        let row = |((document, place), row): (&(DocumentId, ChoicePlace), _)| {
            client.overruled_row(*document, place, row)
        };
        here.filter_map(row).collect()
    }
}

impl Client {
    fn overruled_row(
        &self,
        document: DocumentId,
        place: &ChoicePlace,
        row: &crate::overruled::OverruledRow,
    ) -> Option<OverruledRow> {
        let sheet = self.sheets.get(&document).filter(|sheet| !sheet.gone)?;
        let what = what(place)?;
        let value = |chosen: &Chosen| self.value(document, what, chosen);
        Some(OverruledRow {
            document,
            place: place.clone(),
            by: sheet.paper.writer_of(row.winner()).map(|by| self.named(by)),
            what,
            thing: thing(sheet, place),
            mine: value(&row.lost()),
            theirs: value(&sheet.paper.chosen(place)),
        })
    }

    fn value(&self, document: DocumentId, what: ChosenWhat, chosen: &Chosen) -> Value {
        match chosen {
            Chosen::Nothing => Value::Nothing,
            Chosen::Yes(yes) => Value::Yes(*yes),
            Chosen::Number(number) => u16::try_from(*number).map_or(Value::Nothing, Value::Minutes),
            Chosen::Words(words) if words.is_empty() => Value::Nothing,
            Chosen::Words(words) => self.value_of(document, what, words).unwrap_or(Value::Nothing),
        }
    }

    fn value_of(&self, document: DocumentId, what: ChosenWhat, words: &str) -> Option<Value> {
        Some(match what {
            ChosenWhat::MeetingTime => Value::Moment(words.parse().ok()?),
            ChosenWhat::Since | ChosenWhat::Ended | ChosenWhat::ByDay => {
                Value::Day(words.parse().ok()?)
            }
            ChosenWhat::Useful => Value::Useful(Useful::from_key(words)?),
            ChosenWhat::Tie => Value::Tie(Tie::from_key(words)?),
            ChosenWhat::Area => Value::Area(LifeArea::from_key(words)?),
            ChosenWhat::Spot => Value::Spot(words.parse().ok()?),
            ChosenWhat::Said => Value::Source(Source::from_key(words)?),
            ChosenWhat::Doer => Value::Who(self.named(words.parse::<Who>().ok()?)),
            ChosenWhat::Trusted => {
                let sheet = self.sheets.get(&document)?;
                Value::Words(name_on_map(sheet, words.parse().ok()?))
            }
            ChosenWhat::Phase => {
                let paper = &self.sheets.get(&document)?.paper;
                let key = course::phase_of_move(paper, words.parse().ok()?)?;
                let guide = self.programme_guide(document)?;
                Value::Phase(guide.phases.get(guide.place(&key)?)?.name.clone())
            }
            _ => Value::Words(words.to_owned()),
        })
    }
}

/// What a field is about; `None` for those that no form has.
fn what(place: &ChoicePlace) -> Option<ChosenWhat> {
    Some(match (place.table.as_str(), place.field()) {
        ("meeting", "starts") => ChosenWhat::MeetingTime,
        ("meeting" | "topics", "minutes") => ChosenWhat::Minutes,
        ("meeting", "place") => ChosenWhat::MeetingPlace,
        ("people" | "staff", "name") => ChosenWhat::Name,
        ("people" | "staff", "phone") => ChosenWhat::Phone,
        ("people", "tie") => ChosenWhat::Tie,
        ("people", "area") => ChosenWhat::Area,
        ("people", "spot") => ChosenWhat::Spot,
        ("network", "trusted") => ChosenWhat::Trusted,
        ("support", "since") => ChosenWhat::Since,
        ("support", "ended") => ChosenWhat::Ended,
        ("support", "useful") => ChosenWhat::Useful,
        ("agreements", "by_day") => ChosenWhat::ByDay,
        ("agreements", "doer") => ChosenWhat::Doer,
        ("agreements", "trial") => ChosenWhat::Trial,
        ("course", "moved") => ChosenWhat::Phase,
        (_, "said") => ChosenWhat::Said,
        _ => return None,
    })
}

/// What the thing is called that a field belongs to.
fn thing(sheet: &Sheet, place: &ChoicePlace) -> String {
    let Some(id) = place.row() else { return String::new() };
    let field = match place.table.as_str() {
        "support" => TextField::SupportWhat(id),
        "agreements" => TextField::Agreement(id),
        "topics" => TextField::TopicTitle(id),
        "people" => TextField::PersonName(id),
        "dreams" => TextField::Dream(id),
        "goals" => TextField::Goal(id),
        "milestones" => TextField::Milestone(id),
        "assessments" => TextField::Assessment(id),
        _ => return String::new(),
    };
    field.read(&sheet.paper)
}

fn name_on_map(sheet: &Sheet, id: ItemId) -> String {
    let (map, _) = network::read(&sheet.paper);
    let found = map.people.into_iter().find(|person| person.id == id);
    found.map(|person| person.name.text).unwrap_or_default()
}
