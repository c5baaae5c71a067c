//! The agenda as it is written together.

use documents::{TextField, meeting};
use domain::{ItemId, TOPICS_MAX, WishKind, Written};
use trust::{DocumentId, Kind};

use super::people::Named;
use crate::client::{Client, Query, Topic, who};

/// The agenda of a meeting.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Agenda(pub DocumentId);

/// An agenda.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AgendaView {
    /// Why we meet.
    pub purpose: TextView,
    /// What we talk about, in order; no more than can be drawn.
    pub topics: Vec<TopicRow>,
    /// How many more there are, which an app that knows no limit has written.
    pub hidden_topics: usize,
    /// What must not be talked about.
    pub avoid: Vec<RemarkRow>,
    /// Practical wishes.
    pub wishes: Vec<WishRow>,
    /// The goals of the course that I may read, which a topic can belong to: name and title.
    pub goals: Vec<(ItemId, String)>,
    /// Whether I may write.
    pub can_write: bool,
    /// Whether there is something of mine to undo.
    pub can_undo: bool,
    /// Who may read it, I first.
    pub readers: Vec<Named>,
}

/// A text that can be written in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextView {
    /// Which.
    pub field: TextField,
    /// What it says.
    pub text: String,
    /// Who has written in it, the first one first.
    pub by: Vec<Named>,
}

/// A topic.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TopicRow {
    /// Its name.
    pub id: ItemId,
    /// Its number on the agenda, from 1.
    pub number: usize,
    /// Its title.
    pub title: TextView,
    /// Why it matters to me.
    pub why: TextView,
    /// What I hope comes out of it.
    pub hope: TextView,
    /// Who brings it up.
    pub brings: Option<Named>,
    /// How long it may take.
    pub minutes: Option<u16>,
    /// The goal it belongs to.
    pub goal: Option<ItemId>,
    /// Everybody who has written in it, the one who made it first.
    pub by: Vec<Named>,
    /// Whether I made it.
    pub is_mine: bool,
    /// Whether it is the first on the list.
    pub is_first: bool,
    /// Whether it is the last.
    pub is_last: bool,
}

/// Something that must not be talked about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RemarkRow {
    /// Its name.
    pub id: ItemId,
    /// What it says.
    pub text: TextView,
}

/// A practical wish.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WishRow {
    /// Its name.
    pub id: ItemId,
    /// What it is about.
    pub kind: WishKind,
    /// More about it.
    pub text: TextView,
}

/// Who else has a document open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Here(pub DocumentId);

/// Somebody else who is there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HereRow {
    /// Who.
    pub named: Named,
    /// Where their caret is: a text, and a place in it in UTF-16 units.
    pub caret: Option<(TextField, u32)>,
    /// Whether they wrote something in the last few seconds.
    pub is_writing: bool,
}

impl Query for Agenda {
    type View = Option<AgendaView>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let course = client.sheets.get(&self.0).and_then(|sheet| sheet.membership.parent);
        let areas = client.parts(course, Kind::LifeArea).map(|(document, _)| document);
        client.topics_of(areas.chain([self.0]))
    }

    fn look(&self, client: &Client) -> Option<AgendaView> {
        let sheet = client.sheets.get(&self.0).filter(|sheet| !sheet.gone)?;
        let (agenda, _) = meeting::read_agenda(&sheet.paper);
        let last = agenda.topics.len();
        let rows = agenda.topics.into_iter().enumerate().take(TOPICS_MAX);
        let topics = rows.map(|(at, topic)| {
            let mut row = client.topic_row(topic);
            row.number = at + 1;
            row.is_first = at == 0;
            row.is_last = at + 1 == last;
            row
        });
        let remark = |remark: domain::Remark| RemarkRow {
            id: remark.id,
            text: client.text_view(TextField::Avoid(remark.id), remark.text),
        };
        let wish = |wish: domain::Wish| WishRow {
            id: wish.id,
            kind: wish.kind,
            text: client.text_view(TextField::Wish(wish.id), wish.text),
        };
        Some(AgendaView {
            topics: topics.collect(),
            hidden_topics: last.saturating_sub(TOPICS_MAX),
            purpose: client.text_view(TextField::Purpose, agenda.purpose),
            avoid: agenda.avoid.into_iter().map(remark).collect(),
            wishes: agenda.wishes.into_iter().map(wish).collect(),
            goals: client.goal_titles(sheet.membership.parent),
            can_write: client.can_write(sheet),
            can_undo: sheet.paper.can_undo(),
            readers: client.readers(sheet),
        })
    }
}

impl Query for Here {
    type View = Vec<HereRow>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let mut topics = client.topics_of([]);
        topics.push(Topic::Presence(self.0));
        topics
    }

    fn look(&self, client: &Client) -> Vec<HereRow> {
        let me = client.me.person;
        let row = |peer: &crate::presence::Peer| HereRow {
            named: client.named(who(peer.person)),
            caret: peer.caret,
            is_writing: peer.is_writing,
        };
        let others = client.presence.here(self.0).filter(|peer| Some(peer.person) != me);
        others.map(row).collect()
    }
}

impl Client {
    pub(crate) fn text_view(&self, field: TextField, written: Written) -> TextView {
        let by = written.by.into_iter().map(|who| self.named(who)).collect();
        TextView { field, text: written.text, by }
    }

    fn topic_row(&self, topic: domain::Topic) -> TopicRow {
        let id = topic.id;
        let texts = [&topic.title, &topic.why, &topic.hope];
        let mut by: Vec<domain::Who> = topic.by.into_iter().collect();
        for writer in texts.iter().flat_map(|text| &text.by) {
            if !by.contains(writer) {
                by.push(*writer);
            }
        }
        TopicRow {
            id,
            number: 0,
            title: self.text_view(TextField::TopicTitle(id), topic.title),
            why: self.text_view(TextField::TopicWhy(id), topic.why),
            hope: self.text_view(TextField::TopicHope(id), topic.hope),
            brings: topic.brings.map(|who| self.named(who)),
            minutes: topic.minutes,
            goal: topic.goal,
            by: by.into_iter().map(|who| self.named(who)).collect(),
            is_mine: topic.by.is_some() && topic.by == self.who(),
            is_first: false,
            is_last: false,
        }
    }
}
