//! What the server keeps aside, in words: for those who write where it was meant to stand, and for who wrote it.

use documents::all_words_in;
use domain::Day;
use sync::aside::ASIDE_SECONDS;
use sync::message::{RecordName, Refusal};
use trust::{DocumentId, PersonId, Record};

use super::aside::WrittenIn;
use super::people::Named;
use crate::client::{Client, Query, Topic, who};
use crate::kept_aside::{AsideOf, AskingAside, Content, Found};

/// What is kept aside of a course?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KeptAside(pub DocumentId);

/// What is kept aside of a course.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct KeptAsideView {
    /// How far the asking has come.
    pub stage: AsideStage,
    /// One for each person and each part of the course, by the part and the person.
    pub rows: Vec<KeptAsideRow>,
}

/// How far the asking has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum AsideStage {
    /// It is on its way.
    #[default]
    Coming,
    /// There is no network.
    NoNetwork,
    /// The app is open in another tab, which has the connection.
    OtherTab,
    /// A file is coming in, and that goes first.
    FileComesIn,
    /// All of it is here.
    Here,
}

/// What somebody wrote in one part of a course, and what came too late.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptAsideRow {
    /// The document.
    pub document: DocumentId,
    /// Who wrote it, if that is known.
    pub person: Option<Named>,
    /// Which part it is.
    pub part: WrittenIn,
    /// The words; empty when it holds none or they cannot be read.
    pub words: String,
    /// Whether some of it can be read by a newer app alone.
    pub needs_newer: bool,
    /// The day the first of it came.
    pub came: Day,
    /// The day the last of it is gone by itself.
    pub until: Day,
    /// What to erase.
    pub names: Vec<RecordName>,
    /// Whether it is being erased.
    pub is_erasing: bool,
}

/// What of my own lies at the server?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OwnKeptAside;

/// What of my own lies at the server.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OwnKeptAsideView {
    /// How far the asking has come.
    pub stage: AsideStage,
    /// Whether something of mine was put there, and may be there still.
    pub may_be_there: bool,
    /// Whatever of that which did not get through lies there.
    pub rows: Vec<OwnKeptAsideRow>,
}

/// Something of mine that lies at the server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnKeptAsideRow {
    /// Its name on this device, see [`super::SetAsideRow`].
    pub key: Vec<u8>,
    /// The document.
    pub document: DocumentId,
    /// Its name at the server.
    pub name: RecordName,
    /// The day it is gone there by itself.
    pub until: Day,
    /// Whether it is being erased.
    pub is_erasing: bool,
}

impl Query for KeptAside {
    type View = KeptAsideView;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let parts = client.course_and_parts(self.0).map(|(document, _)| document);
        let mut topics = client.topics_of(parts.collect::<Vec<_>>());
        topics.extend([Topic::Errand, Topic::Saving]);
        topics
    }

    fn look(&self, client: &Client) -> KeptAsideView {
        let stage = client.aside_stage(AsideOf::Course(self.0));
        let asking = client.errand_as::<AskingAside>();
        let asking = asking.filter(|asking| asking.of == AsideOf::Course(self.0));
        let rows = asking.map(|asking| client.kept_aside_rows(asking)).unwrap_or_default();
        KeptAsideView { stage, rows }
    }
}

impl Query for OwnKeptAside {
    type View = OwnKeptAsideView;

    fn topics(&self, _: &Client) -> Vec<Topic> {
        vec![Topic::Errand, Topic::Saving]
    }

    fn look(&self, client: &Client) -> OwnKeptAsideView {
        let stage = client.aside_stage(AsideOf::Own);
        let asking = client.errand_as::<AskingAside>();
        let asking = asking.filter(|asking| asking.of == AsideOf::Own);
        let rows = asking.map(|asking| client.own_kept_aside_rows(asking)).unwrap_or_default();
        let may_be_there = !client.kept_of_mine().is_empty();
        OwnKeptAsideView { stage, may_be_there, rows }
    }
}

impl Client {
    fn aside_stage(&self, of: AsideOf) -> AsideStage {
        if self.is_taking_in_file() {
            return AsideStage::FileComesIn;
        }
        if !self.lead.leads() {
            return AsideStage::OtherTab;
        }
        let asking = self.errand_as::<AskingAside>().filter(|asking| asking.of == of);
        match asking {
            _ if !self.replica.is_in() => AsideStage::NoNetwork,
            Some(asking) if asking.is_over() => AsideStage::Here,
            _ => AsideStage::Coming,
        }
    }

    fn kept_aside_rows(&self, asking: &AskingAside) -> Vec<KeptAsideRow> {
        let mut groups: Vec<(DocumentId, Option<PersonId>, Vec<&Found>)> = Vec::new();
        for found in &asking.found {
            let person = self.author_of(found);
            let is_of =
                |(document, of, _): &&mut (_, _, _)| *document == found.document && *of == person;
            match groups.iter_mut().find(is_of) {
                Some((.., all)) => all.push(found),
                None => groups.push((found.document, person, vec![found])),
            }
        }
        let row = |(document, person, all): (DocumentId, Option<PersonId>, Vec<&Found>)| {
            let named = person.map(|person| self.named(who(person)));
            self.kept_aside_row((document, named), &all, asking)
        };
        groups.into_iter().map(row).collect()
    }

    /// By the device that signed it, where that is known here, else as the server says.
    fn author_of(&self, found: &Found) -> Option<PersonId> {
        found.name.and_then(|name| self.writer(name.device)).or(found.person)
    }

    fn kept_aside_row(
        &self,
        (document, person): (DocumentId, Option<Named>),
        all: &[&Found],
        asking: &AskingAside,
    ) -> KeptAsideRow {
        let updates = all.iter().filter_map(|found| match &found.content {
            Content::Update(record) => Some(record.payload()),
            Content::Later | Content::NoWords | Content::Unreadable => None,
        });
        let names: Vec<RecordName> = all.iter().filter_map(|found| found.name).collect();
        let kept = all.iter().map(|found| found.kept);
        KeptAsideRow {
            document,
            person,
            part: self.written_in(document),
            words: all_words_in(updates),
            needs_newer: all.iter().any(|found| matches!(found.content, Content::Later)),
            came: self.day_of_seconds(kept.clone().min().unwrap_or_default()),
            until: self.over_by_itself(kept.max().unwrap_or_default()),
            is_erasing: names.iter().any(|name| asking.is_erasing(document, *name)),
            names,
        }
    }

    fn own_kept_aside_rows(&self, asking: &AskingAside) -> Vec<OwnKeptAsideRow> {
        let mine = self.aside.iter().filter(|(_, row)| row.why == Some(Refusal::KeptAside));
        let row = |(key, row): (&Vec<u8>, &crate::stored::Aside)| {
            let record = Record::trust_own_disk(row.record.to_vec()).ok()?;
            let (name, document) = (RecordName::of(&record), row.document);
            let is_it = |found: &&Found| found.document == document && found.name == Some(name);
            let kept = asking.found.iter().find(is_it)?.kept;
            let is_erasing = asking.is_erasing(document, name);
            let until = self.over_by_itself(kept);
            Some(OwnKeptAsideRow { key: key.clone(), document, name, until, is_erasing })
        };
        mine.filter_map(row).collect()
    }

    fn over_by_itself(&self, kept: u64) -> Day {
        self.day_of_seconds(kept.saturating_add(ASIDE_SECONDS))
    }

    fn day_of_seconds(&self, seconds: u64) -> Day {
        self.day_of(i64::try_from(seconds.saturating_mul(1000)).unwrap_or(i64::MAX))
    }
}
