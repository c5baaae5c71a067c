//! What is new since I last looked, and from whom. Known to this device alone: nobody is told what
//! anybody has looked at.

use documents::{area, course, meeting, support};
use domain::{AgreementState, LifeArea, LocalTime, Voice, Who};
use litemap::LiteMap;
use trust::{DocumentId, Kind, Member, Role};

use crate::client::{Client, Topic, who};
use crate::effect::Row;
use crate::sheet::Sheet;
use crate::stored::{SEEN_NOTE, SeenRow, read};

/// What each document looked like when it was last looked at.
#[derive(Default)]
pub(crate) struct Seen {
    documents: LiteMap<DocumentId, LiteMap<u64, u64>>,
}

/// Something that can be new.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct SeenThing {
    key: u64,
    digest: u64,
    pub(crate) by: Vec<Who>,
    pub(crate) what: What,
}

/// What sort of thing it is, and enough of it to be recognised.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// A topic on an agenda, by its title.
    Topic(String),
    /// A goal, by its title.
    Goal(String),
    /// An agreement, and how it stands.
    Agreement(String, AgreementState),
    /// A help that the citizen gets, by what it is.
    Support(String),
    /// A dream.
    Dream(String),
    /// How it goes in a life area, where the document says which.
    Assessment(Option<LifeArea>),
    /// The course was moved to another phase.
    Phase,
    /// When a meeting is, or that it is cancelled.
    Meeting(Option<LocalTime>, bool),
}

impl Client {
    /// The person has seen everything in a document.
    pub(crate) fn saw(&mut self, document: DocumentId) {
        let Some(sheet) = self.sheets.get(&document) else { return };
        let now = things(sheet).into_iter().map(|thing| (thing.key, thing.digest)).collect();
        if self.seen.documents.get(&document) != Some(&now) {
            self.remember_seen(document, now);
        }
    }

    /// The person has seen the list of what is new.
    pub(crate) fn saw_everything(&mut self) {
        for document in self.all_documents() {
            self.saw(document);
        }
    }

    /// On a device that has never looked, what is there already is no news.
    pub(crate) fn seen_from_now_on(&mut self) {
        let known = |document: &&DocumentId| !self.seen.documents.contains_key(document);
        let unseen: Vec<DocumentId> = self.sheets.keys().filter(known).copied().collect();
        for document in unseen {
            self.saw(document);
        }
    }

    /// What I changed myself is no news to me.
    pub(crate) fn saw_own_change(&mut self, document: DocumentId, before: &[SeenThing]) {
        let Some(sheet) = self.sheets.get(&document) else { return };
        let before: LiteMap<u64, u64> =
            before.iter().map(|thing| (thing.key, thing.digest)).collect();
        let mut seen = self.seen.documents.get(&document).cloned().unwrap_or_default();
        for thing in things(sheet) {
            if before.get(&thing.key) != Some(&thing.digest) {
                seen.insert(thing.key, thing.digest);
            }
        }
        self.remember_seen(document, seen);
    }

    pub(crate) fn things_in(&self, document: DocumentId) -> Vec<SeenThing> {
        self.sheets.get(&document).map(things).unwrap_or_default()
    }

    /// What is new in a document, and whether it was there before.
    pub(crate) fn news_in(&self, document: DocumentId) -> Vec<(SeenThing, bool)> {
        let me = self.who();
        let seen = self.seen.documents.get(&document);
        let others = |thing: &SeenThing| thing.by.iter().any(|who| Some(*who) != me);
        let news = |thing: SeenThing| {
            let before = seen.and_then(|seen| seen.get(&thing.key));
            (before != Some(&thing.digest) && others(&thing)).then(|| (thing, before.is_some()))
        };
        self.things_in(document).into_iter().filter_map(news).collect()
    }

    fn remember_seen(&mut self, document: DocumentId, things: LiteMap<u64, u64>) {
        let row = SeenRow { things: things.iter().map(|(key, digest)| (*key, *digest)).collect() };
        self.keep_note(&[SEEN_NOTE, &document.0].concat(), &row);
        self.seen.documents.insert(document, things);
        self.changed(Topic::News);
    }

    pub(crate) fn take_seen(&mut self, row: &Row) {
        let name = row.key.strip_prefix(SEEN_NOTE).and_then(|name| name.first_chunk());
        if let Some((name, seen)) = name.zip(read::<SeenRow>(&row.value)) {
            self.seen.documents.insert(DocumentId(*name), seen.things.into_iter().collect());
            self.changed(Topic::News);
        }
    }
}

fn things(sheet: &Sheet) -> Vec<SeenThing> {
    match sheet.membership.kind {
        Kind::Meeting => meeting_things(sheet),
        Kind::LifeArea => area_things(sheet),
        Kind::Course => {
            let (course, _) = course::read(&sheet.paper);
            let dream = |dream: domain::Dream| {
                let digest = digest([dream.text.text.as_str()]);
                let by = dream.text.by;
                SeenThing { key: dream.id.0, digest, by, what: What::Dream(dream.text.text) }
            };
            let moved = course::read_move(&sheet.paper).map(|moved| {
                let digest = digest([moved.phase.key(), &moved.at_ms.to_string()]);
                SeenThing { key: 0, digest, by: moved.by.into_iter().collect(), what: What::Phase }
            });
            course.dreams.into_iter().map(dream).chain(moved).collect()
        }
        _ => Vec::new(),
    }
}

fn meeting_things(sheet: &Sheet) -> Vec<SeenThing> {
    let (about, _) = meeting::read_meeting(&sheet.paper);
    let (agenda, _) = meeting::read_agenda(&sheet.paper);
    let starts = about.starts.map(|starts| starts.to_string()).unwrap_or_default();
    let cancelled = about.cancelled.is_some();
    let digest_of = digest([starts.as_str(), &about.place, if cancelled { "x" } else { "" }]);
    // Whoever cancelled it may be another than whoever set its time.
    let by = about.cancelled.map_or(about.by, |cancelled| cancelled.by).into_iter().collect();
    let what = What::Meeting(about.starts, cancelled);
    let mut all = vec![SeenThing { key: 0, digest: digest_of, by, what }];
    all.extend(agenda.topics.into_iter().map(|topic| {
        let texts = [&topic.title, &topic.why, &topic.hope];
        let mut by: Vec<Who> = texts.iter().flat_map(|text| text.by.iter().copied()).collect();
        by.extend(topic.by);
        let digest = digest(texts.map(|text| text.text.as_str()));
        SeenThing { key: topic.id.0, digest, by, what: What::Topic(topic.title.text) }
    }));
    all
}

fn area_things(sheet: &Sheet) -> Vec<SeenThing> {
    let (plan, _) = area::read(&sheet.paper);
    let is_citizen = |member: &Member| member.role == Role::Citizen;
    let mut members = sheet.membership.members.iter();
    let citizen = members.find_map(|(person, member)| is_citizen(member).then(|| who(*person)));
    let goals = plan.goals.into_iter().map(|goal| {
        let digest = digest([goal.title.text.as_str()]);
        SeenThing { key: goal.id.0, digest, by: goal.title.by, what: What::Goal(goal.title.text) }
    });
    let agreements = plan.agreements.into_iter().map(|agreement| {
        let state = agreement.state();
        let digest = digest([agreement.what.text.as_str(), state.key()]);
        let by = agreement.history.last().and_then(|change| change.by).into_iter().collect();
        let what = What::Agreement(agreement.what.text, state);
        SeenThing { key: agreement.id.0, digest, by, what }
    });
    let assessments = plan.assessments.into_iter().map(|said| {
        let score = said.score.map(|score| score.number().to_string()).unwrap_or_default();
        let digest = digest([said.words.text.as_str(), &score]);
        // What the citizen said is no news to them, whoever wrote it down while two sat together.
        let is_citizens = said.voice == Voice::Citizen;
        let by = if is_citizens { citizen } else { said.by }.into_iter().collect();
        SeenThing { key: said.id.0, digest, by, what: What::Assessment(plan.area.clone()) }
    });
    let supports = support::read(&sheet.paper).0.supports.into_iter().map(|support| {
        let texts = [&support.what, &support.from, &support.often];
        let digest = digest(texts.map(|text| text.text.as_str()));
        let by = texts.iter().flat_map(|text| text.by.iter().copied()).collect();
        let what = What::Support(support.what.text);
        SeenThing { key: support.id.0, digest, by, what }
    });
    goals.chain(agreements).chain(assessments).chain(supports).collect()
}

/// FNV-1a, 64 bits: enough to see that something is not as it was; no secret hangs on it.
fn digest<'a>(parts: impl IntoIterator<Item = &'a str>) -> u64 {
    let bytes = parts.into_iter().flat_map(|part| part.bytes().chain([0xff]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
