//! What is new since I last looked, and from whom. Known to this device alone: nobody is told what
//! anybody has looked at.

use documents::{area, course, meeting, support};
use domain::{AgreementState, ItemId, LifeArea, LocalTime, Voice, Who};
use litemap::LiteMap;
use trust::{DocumentId, Kind, Member, Role};

use crate::client::{Client, Topic, who};
use crate::effect::Row;
use crate::sheet::Sheet;
use crate::stored::{LOOKED_NOTE, SEEN_NOTE, SeenRow, read};

/// What each document looked like when it was last looked at.
#[derive(Default)]
pub(crate) struct Seen {
    documents: LiteMap<DocumentId, LiteMap<u64, u64>>,
    /// Whether this device has been started before.
    has_looked: bool,
}

/// Something new as it was told: whoever has seen it has seen just this.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NewsMark {
    document: DocumentId,
    key: u64,
    digest: u64,
}

impl NewsMark {
    /// Whether it is this thing that is new.
    pub(crate) fn is_of(&self, id: ItemId) -> bool {
        self.key == id.0
    }
}

/// Something that can be new.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct SeenThing {
    key: u64,
    digest: u64,
    /// The goal it belongs to.
    goal: Option<ItemId>,
    pub(crate) by: Vec<Who>,
    pub(crate) what: What,
    /// When it was made, and when it became as it is where that is known: milliseconds since 1970-01-01 UTC, by
    /// their clock.
    made_ms: Option<i64>,
    at_ms: Option<i64>,
}

impl SeenThing {
    pub(crate) fn mark(&self, document: DocumentId) -> NewsMark {
        NewsMark { document, key: self.key, digest: self.digest }
    }

    /// When what is news was done. Of words that were changed nobody knows.
    pub(crate) fn done_ms(&self, is_changed: bool) -> Option<i64> {
        self.at_ms.or_else(|| self.made_ms.filter(|_| !is_changed))
    }

    /// Whether it stands on the screen that shows a document, or one thing of it.
    fn stands_on(&self, shows: Option<ItemId>) -> bool {
        match shows {
            Some(id) => self.key == id.0 || self.goal == Some(id),
            // Where the course stands has a screen of its own.
            None => self.what != What::Phase,
        }
    }
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
    /// The person has seen what a screen shows of a document: all of it, or one thing.
    pub(crate) fn saw(&mut self, document: DocumentId, shows: Option<ItemId>) {
        let things = self.things_in(document).into_iter();
        let shown = things.filter(|thing| thing.stands_on(shows)).map(|thing| thing.mark(document));
        self.saw_these(document, shown.collect());
    }

    /// The person has seen this in the list of what is new, and nothing that has come since.
    pub(crate) fn saw_news(&mut self, marks: &[NewsMark]) {
        for document in self.all_documents() {
            let here = marks.iter().filter(|mark| mark.document == document);
            self.saw_these(document, here.copied().collect());
        }
    }

    /// What is known stays known: what is thrown out and taken back is not new again.
    fn saw_these(&mut self, document: DocumentId, marks: Vec<NewsMark>) {
        let before = self.seen.documents.get(&document);
        let mut seen = before.cloned().unwrap_or_default();
        seen.extend(marks.iter().map(|mark| (mark.key, mark.digest)));
        if before.unwrap_or(&LiteMap::new()) != &seen {
            self.remember_seen(document, seen);
        }
    }

    /// On a device that has never looked, what is there already is no news. It has looked from now on.
    pub(crate) fn seen_from_now_on(&mut self) {
        if std::mem::replace(&mut self.seen.has_looked, true) {
            return;
        }
        let known = |document: &&DocumentId| !self.seen.documents.contains_key(document);
        let unseen: Vec<DocumentId> = self.sheets.keys().filter(known).copied().collect();
        for document in unseen {
            let things = self.things_in(document);
            self.saw_these(document, things.iter().map(|thing| thing.mark(document)).collect());
        }
        self.keep_note(LOOKED_NOTE, &true);
    }

    /// Nothing of it is remembered any longer. These notes say so.
    pub(crate) fn forget_seen(&mut self) -> Vec<Vec<u8>> {
        let documents = self.seen.documents.keys();
        let keys = documents.map(|document| [SEEN_NOTE, &document.0].concat()).collect();
        self.seen.documents.clear();
        keys
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
        if row.key == LOOKED_NOTE {
            self.seen.has_looked = true;
        }
        let name = row.key.strip_prefix(SEEN_NOTE).and_then(|name| name.first_chunk());
        if let Some((name, seen)) = name.zip(read::<SeenRow>(&row.value)) {
            self.seen.documents.insert(DocumentId(*name), seen.things.into_iter().collect());
            self.changed(Topic::News);
        }
    }
}

fn things(sheet: &Sheet) -> Vec<SeenThing> {
    let made = documents::made(&sheet.paper);
    let mut things = things_undated(sheet);
    for thing in &mut things {
        thing.made_ms = made.get(&ItemId(thing.key)).copied();
        // Its time and place are one row, which is made anew by each change.
        if matches!(thing.what, What::Meeting(..)) {
            thing.at_ms = thing.made_ms;
        }
    }
    things
}

fn things_undated(sheet: &Sheet) -> Vec<SeenThing> {
    match sheet.membership.kind {
        Kind::Meeting => meeting_things(sheet),
        Kind::LifeArea => area_things(sheet),
        Kind::Course => {
            let (course, _) = course::read(&sheet.paper);
            let dream = |dream: domain::Dream| {
                let digest = digest([dream.text.text.as_str()]);
                let by = dream.text.by;
                thing(dream.id, digest, by, What::Dream(dream.text.text))
            };
            let moved = course::read_move(&sheet.paper).map(|moved| {
                let digest = digest([moved.phase.key(), &moved.at_ms.to_string()]);
                let phase = thing(ItemId(0), digest, moved.by.into_iter().collect(), What::Phase);
                SeenThing { at_ms: Some(moved.at_ms), ..phase }
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
    let mut all = vec![thing(ItemId(0), digest_of, by, what)];
    all.extend(agenda.topics.into_iter().map(|topic| {
        let texts = [&topic.title, &topic.why, &topic.hope];
        let mut by: Vec<Who> = texts.iter().flat_map(|text| text.by.iter().copied()).collect();
        by.extend(topic.by);
        let digest = digest(texts.map(|text| text.text.as_str()));
        thing(topic.id, digest, by, What::Topic(topic.title.text))
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
        thing(goal.id, digest, goal.title.by, What::Goal(goal.title.text))
    });
    let agreements = plan.agreements.into_iter().map(|agreement| {
        let state = agreement.state();
        let digest = digest([agreement.what.text.as_str(), state.key()]);
        let last = agreement.history.last();
        let by = last.and_then(|change| change.by).into_iter().collect();
        let at_ms = last.map(|change| change.at_ms);
        let what = What::Agreement(agreement.what.text, state);
        SeenThing { goal: agreement.goal, at_ms, ..thing(agreement.id, digest, by, what) }
    });
    let assessments = plan.assessments.into_iter().map(|said| {
        let score = said.score.map(|score| score.number().to_string()).unwrap_or_default();
        let digest = digest([said.words.text.as_str(), &score]);
        // What the citizen said is no news to them, whoever wrote it down while two sat together.
        let is_citizens = said.voice == Voice::Citizen;
        let by = if is_citizens { citizen } else { said.by }.into_iter().collect();
        thing(said.id, digest, by, What::Assessment(plan.area.clone()))
    });
    let supports = support::read(&sheet.paper).0.supports.into_iter().map(|support| {
        let texts = [&support.what, &support.from, &support.often];
        let digest = digest(texts.map(|text| text.text.as_str()));
        let by = texts.iter().flat_map(|text| text.by.iter().copied()).collect();
        thing(support.id, digest, by, What::Support(support.what.text))
    });
    goals.chain(agreements).chain(assessments).chain(supports).collect()
}

fn thing(id: ItemId, digest: u64, by: Vec<Who>, what: What) -> SeenThing {
    SeenThing { key: id.0, digest, goal: None, by, what, made_ms: None, at_ms: None }
}

/// FNV-1a, 64 bits: enough to see that something is not as it was; no secret hangs on it.
fn digest<'a>(parts: impl IntoIterator<Item = &'a str>) -> u64 {
    let bytes = parts.into_iter().flat_map(|part| part.bytes().chain([0xff]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
