//! What was not taken in: set aside, kept, and said in plain words.

use documents::{area, words_in};
use domain::{Day, LifeArea};
use minicbor::bytes::ByteVec;
use sync::message::Refusal;
use trust::{Kind, Record, RecordKind};

use super::meetings::When;
use super::people::Named;
use crate::client::{Client, Query, Topic, who};
use crate::stored::Aside as AsideRow;

/// What was set aside, the newest first?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SetAside;

/// Something that was set aside.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SetAsideRow {
    /// Its name on this device.
    pub key: Vec<u8>,
    /// On which day, by this device's clock.
    pub day: Day,
    /// Where it was written.
    pub place: WrittenIn,
    /// Why it is here.
    pub why: WhyAside,
    /// The words in it; empty when it holds none or cannot be read.
    pub words: String,
    /// Whether I have been told of it.
    pub is_told: bool,
    at_ms: i64,
}

/// What sort of document something was written in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum WrittenIn {
    /// A meeting, and when it is.
    Meeting(When),
    /// My notebook.
    Notebook,
    /// The plan for a life area.
    Area(LifeArea),
    /// Something else: a course, the house.
    Other,
}

/// Why something was set aside.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum WhyAside {
    /// It came from somebody else, whom we may know, and this app cannot read it.
    Unreadable(Option<Named>),
    /// It came from somebody else, whom we may know, and a newer app can read it.
    Later(Option<Named>),
    /// It came from somebody else, whom we may know, and claimed to be what it is not: somebody else's words, or
    /// all that others have written.
    Untrue(Option<Named>),
    /// I am not in that document, or was not any longer when it arrived.
    NotIn,
    /// I may read there and not write.
    NotAllowed,
    /// It would let somebody in, and no older device of mine has said yes to this one.
    Unconfirmed,
    /// The server could not use it.
    NotUsable,
}

impl Query for SetAside {
    type View = Vec<SetAsideRow>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let mut topics = client.topics_of(client.aside.values().map(|row| row.document));
        topics.push(Topic::Saving);
        topics
    }

    fn look(&self, client: &Client) -> Vec<SetAsideRow> {
        let mut rows: Vec<SetAsideRow> =
            client.aside.iter().map(|(key, row)| client.set_aside_row(key, row)).collect();
        rows.sort_by(|one, other| (other.at_ms, &other.key).cmp(&(one.at_ms, &one.key)));
        rows
    }
}

impl Client {
    fn set_aside_row(&self, key: &[u8], row: &AsideRow) -> SetAsideRow {
        let &AsideRow { document, why, at_ms, .. } = row;
        let why = match why {
            None if row.untrue.is_some() => WhyAside::Untrue(self.writer_of(row)),
            None if row.is_later() => WhyAside::Later(self.writer_of(row)),
            None => WhyAside::Unreadable(self.writer_of(row)),
            Some(Refusal::NotMember | Refusal::KeptAside) => WhyAside::NotIn,
            Some(Refusal::NotAllowed) => WhyAside::NotAllowed,
            Some(Refusal::Unconfirmed) => WhyAside::Unconfirmed,
            Some(_) => WhyAside::NotUsable,
        };
        let place = match self.sheets.get(&document) {
            Some(sheet) if sheet.membership.kind == Kind::Meeting => {
                WrittenIn::Meeting(When::read(sheet))
            }
            Some(sheet) if sheet.membership.kind == Kind::LifeArea => {
                area::read(&sheet.paper).0.area.map_or(WrittenIn::Other, WrittenIn::Area)
            }
            Some(sheet) if sheet.membership.kind == Kind::Notebook => WrittenIn::Notebook,
            _ => WrittenIn::Other,
        };
        let (key, day) = (key.to_vec(), self.day_of(at_ms));
        let (words, is_told) = (words_of(&row.record, row.why), row.is_told());
        SetAsideRow { key, day, place, why, words, is_told, at_ms }
    }

    /// Who wrote it: by the device that signed it, or the one who must have, where there are only two.
    fn writer_of(&self, row: &AsideRow) -> Option<Named> {
        // Anybody can write anybody's name in front of bytes that they have not signed.
        let device = Record::read(row.record.to_vec()).ok().map(|record| record.header().device);
        let writer = device.and_then(|device| self.writer(device));
        writer.map(|person| self.named(who(person))).or_else(|| self.only_other(row.document))
    }

    /// The one who must have written what I did not, where there are only two.
    fn only_other(&self, document: trust::DocumentId) -> Option<Named> {
        let readers = self.readers(self.sheets.get(&document)?);
        let mut others = readers.into_iter().filter(|named| !named.is_me);
        others.next().filter(|_| others.next().is_none())
    }
}

fn words_of(record: &ByteVec, why: Option<Refusal>) -> String {
    let record = match why {
        // One that was refused because its signature does not hold is its author's all the same.
        Some(_) => Record::trust_own_disk(record.to_vec()),
        None => Record::read(record.to_vec()),
    };
    match record {
        Ok(record) if record.header().kind == RecordKind::Update => words_in(record.payload()),
        _ => String::new(),
    }
}
