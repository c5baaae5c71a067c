//! What came from others and this app has not read yet: marked on the disk before it is read, so that whatever ends
//! the app all the same is left out at the next start. Everything is held against bounds before (`documents`); this
//! is for what nobody has thought of.
//!
//! A record is kept with a mark on its document, and read when both are on the disk. The mark stays for a while,
//! because what stands in a document is also drawn, searched and cached. Should the app end meanwhile, half of the
//! records are read first at the next start, and half of those when it ends again, until there is one: it is set
//! aside, named, and read again alone when the app has been open for long enough to be started by itself once more;
//! what ends it then waits for a newer app. So no record is left out for one that came beside it, and a phone that
//! is put out in the middle loses nothing. Live frames have a mark for each device they come from.

use litemap::LiteMap;
use minicbor::{Decode, Encode};
use trust::{DeviceId, DocumentId, Record};

use crate::client::Client;
use crate::effect::{Range, Row, Store, Write};
use crate::keeper::Then;
use crate::stored::{Aside, Attempt, put, read};

mod live;

use live::{LIVE_MARK, LiveMark};

/// Records by their order of arrival.
type Arrived = Vec<(u64, Record)>;

/// `notes`, under this and the document: records of it that are being read.
const MARK: &[u8] = b"suspect/";
/// A mark stays for so long after all of it was read.
const MARK_MS: u64 = 5_000;
/// What was set aside is tried once more when the app has been open for so long: `guard.js` starts an app that has
/// ended by itself only once a minute.
const TRY_AGAIN_MS: u64 = 65_000;
/// Tries of one version of the app at what has ended it.
const TRIES_MAX: u32 = 2;
/// A page is often closed in the middle of reading. When so many have been, one after the other, it was not closed.
const STARTS_MAX: u32 = 3;

/// A mark on the disk.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
struct MarkRow {
    /// The first record it is about, by order of arrival.
    #[n(0)]
    first: u64,
    /// The last.
    #[n(1)]
    last: u64,
    /// How many starts have found it.
    #[n(2)]
    starts: u32,
    /// The last of those that are read when all the others have been.
    #[n(3)]
    rest: Option<u64>,
}

impl MarkRow {
    fn of(part: &[(u64, Record)]) -> Option<Self> {
        let ((first, _), (last, _)) = (part.first()?, part.last()?);
        Some(Self { first: *first, last: *last, starts: 0, rest: None })
    }

    fn is_about(&self, arrival: u64) -> bool {
        (self.first..=self.rest.unwrap_or(self.last)).contains(&arrival)
    }
}

/// What is known of marks.
#[derive(Default)]
pub(crate) struct Suspects {
    marks: LiteMap<DocumentId, Mark>,
    /// Records that a mark was found on, until it is known what to do with them.
    found: LiteMap<DocumentId, Arrived>,
    live: LiteMap<DeviceId, LiveMark>,
    /// Whether the app ended in the middle of something the last time.
    has_ended: bool,
    /// Which app this is.
    version: String,
    opened_ms: u64,
    /// The record that is being tried again.
    trying: Option<Vec<u8>>,
}

struct Mark {
    row: MarkRow,
    /// Records that are kept and not read.
    unread: u32,
    /// When nothing more was unread.
    read_ms: u64,
    /// What is read when the others have been, by order of arrival.
    rest: Arrived,
}

impl Client {
    /// This page has just begun, with this version of the app; the one before may have ended by itself.
    pub(crate) fn began(&mut self, version: String, has_ended: bool) {
        self.suspects.opened_ms = self.now.steady_ms;
        self.suspects.version = version;
        self.suspects.has_ended = has_ended;
    }

    /// A record of a document lies on the disk, or is on its way there, by this order of arrival. It is read when
    /// a mark on it is there, too.
    pub(crate) fn read_when_marked(&mut self, arrival: u64, record: Record) {
        let document = record.header().document;
        let row = MarkRow { first: arrival, last: arrival, starts: 0, rest: None };
        let fresh = Mark { row, unread: 0, read_ms: 0, rest: Vec::new() };
        let mark = self.suspects.marks.entry(document).or_insert(fresh);
        if mark.row.rest.is_some() {
            mark.row.rest = Some(arrival);
            mark.rest.push((arrival, record));
            return self.keeper.keep(put(Store::Notes, &mark_key(document), &mark.row));
        }
        mark.row.last = arrival;
        mark.unread += 1;
        self.keeper.keep(put(Store::Notes, &mark_key(document), &mark.row));
        self.keeper.then(Then::Read(record));
    }

    /// The mark on a record is on the disk, or the disk will take none.
    pub(crate) fn read_marked(&mut self, record: &Record) {
        let document = record.header().document;
        self.read_received(record);
        if let Some(mark) = self.suspects.marks.get_mut(&document) {
            mark.unread = mark.unread.saturating_sub(1);
            mark.read_ms = self.now.steady_ms;
        }
    }

    /// Whether records of a document are kept here that are not read yet.
    pub(crate) fn has_unread(&self, document: DocumentId) -> bool {
        let is_unread = |mark: &Mark| mark.unread > 0 || !mark.rest.is_empty();
        let unread = self.suspects.marks.get(&document).is_some_and(is_unread);
        unread || self.suspects.found.contains_key(&document)
    }

    /// A record has come from the disk. Whether it is one with a mark on it, or one that was set aside because the
    /// app ended on it: those are not read at once.
    pub(crate) fn is_suspect(
        &mut self,
        document: DocumentId,
        arrival: u64,
        record: &Record,
    ) -> bool {
        let mark = self.suspects.marks.get(&document).map(|mark| mark.row);
        if self.is_ended_on(record) {
            return true;
        }
        // A link is no part of the document, and everything hangs on it.
        let is_meant =
            record.header().kind.can_be_covered() && mark.is_some_and(|row| row.is_about(arrival));
        if is_meant {
            self.suspects.found.entry(document).or_default().push((arrival, record.clone()));
        }
        is_meant
    }

    /// Whether a record was set aside because the app ended on it.
    pub(crate) fn is_ended_on(&self, record: &Record) -> bool {
        let is_it =
            |aside: &Aside| aside.attempt.is_some() && aside.record.as_slice() == record.bytes();
        self.aside.values().any(is_it)
    }

    /// Whether a cache of a document holds records that were being read when the app ended.
    pub(crate) fn is_cache_suspect(&self, document: DocumentId, arrival: u64) -> bool {
        let mark = self.suspects.marks.get(&document);
        self.suspects.has_ended && mark.is_some_and(|mark| mark.row.first <= arrival)
    }

    /// Everything on the disk has been read but what has a mark on it. In the tab that leads.
    pub(crate) fn settle_suspects(&mut self) {
        let mut found = std::mem::take(&mut self.suspects.found);
        for (document, mark) in std::mem::take(&mut self.suspects.marks) {
            let mut records = found.remove(&document).unwrap_or_default();
            records.sort_by_key(|(arrival, _)| *arrival);
            self.settle_mark(document, mark.row, records);
        }
        self.settle_live_marks();
    }

    fn settle_mark(&mut self, document: DocumentId, row: MarkRow, records: Arrived) {
        let row = MarkRow { starts: row.starts + 1, ..row };
        let (now, rest): (Vec<_>, Vec<_>) =
            records.into_iter().partition(|(arrival, _)| *arrival <= row.last);
        // Closed, most likely, before the mark was taken away: that is no reason for any doubt.
        let closed_max = if now.len() > 1 { 1 } else { STARTS_MAX - 1 };
        if !self.suspects.has_ended && row.starts <= closed_max {
            return self.read_under(document, row, (now, rest));
        }
        if let [(_, record)] = now.as_slice() {
            let attempt = Attempt { version: self.suspects.version.clone(), tries: 1 };
            self.put_aside_after(record, attempt);
            return self.read_next(document, rest);
        }
        let mut now = now;
        let mut after = now.split_off(now.len() / 2);
        after.extend(rest);
        match MarkRow::of(&now) {
            Some(half) => {
                let last = after.last().map(|(arrival, _)| *arrival);
                self.read_under(document, MarkRow { rest: last, ..half }, (now, after));
            }
            None => self.read_next(document, after),
        }
    }

    /// Reads all of these, or takes the mark away when there are none.
    fn read_next(&mut self, document: DocumentId, records: Arrived) {
        match MarkRow::of(&records) {
            Some(row) => self.read_under(document, row, (records, Vec::new())),
            None => self.keeper.keep(Write::Delete(Store::Notes, mark_key(document))),
        }
    }

    fn read_under(&mut self, document: DocumentId, row: MarkRow, (now, rest): (Arrived, Arrived)) {
        let unread = u32::try_from(now.len()).unwrap_or(u32::MAX);
        let mark = Mark { row, unread, read_ms: self.now.steady_ms, rest };
        self.suspects.marks.insert(document, mark);
        self.keeper.keep(put(Store::Notes, &mark_key(document), &row));
        now.into_iter().for_each(|(_, record)| self.keeper.then(Then::Read(record)));
    }

    /// Another tab leads: what it had marked is read here when it has taken the mark away.
    pub(crate) fn read_what_lost_its_mark(&mut self, marks: &[Row]) {
        let is_marked =
            |document: &DocumentId| marks.iter().any(|row| row.key == mark_key(*document));
        self.suspects.marks.retain(|document, _| is_marked(document));
        for (document, records) in std::mem::take(&mut self.suspects.found) {
            if is_marked(&document) {
                self.suspects.found.insert(document, records);
                continue;
            }
            for (_, record) in records {
                // The tab that leads has set aside what cannot be taken in.
                let _ = self.absorb(&record);
            }
        }
    }

    /// Whether a note is a mark.
    pub(crate) fn is_mark(key: &[u8]) -> bool {
        key.starts_with(MARK) || key.starts_with(LIVE_MARK)
    }

    /// Where marks lie.
    pub(crate) fn marks() -> Range {
        let last = [MARK, &[0xff; 16]].concat();
        Range { store: Store::Notes, first: MARK.to_vec(), last }
    }

    /// Takes marks away whose time is over, and tries once more what was set aside.
    pub(crate) fn tick_suspects(&mut self) -> Option<u64> {
        if !self.lead.leads() {
            return None;
        }
        let now_ms = self.now.steady_ms;
        let is_over = |mark: &Mark| mark.unread == 0 && now_ms >= mark.read_ms + MARK_MS;
        let over: Vec<DocumentId> = self
            .suspects
            .marks
            .iter()
            .filter(|(_, mark)| is_over(mark))
            .map(|(id, _)| *id)
            .collect();
        for document in over {
            match self.suspects.marks.remove(&document) {
                Some(mark) if !mark.rest.is_empty() => self.read_next(document, mark.rest),
                _ => self.keeper.cache(Write::Delete(Store::Notes, mark_key(document))),
            }
        }
        let waits = self.suspects.marks.values().filter(|mark| mark.unread == 0);
        let due = waits.map(|mark| mark.read_ms + MARK_MS).min();
        due.into_iter().chain(self.tick_trying()).min()
    }

    fn tick_trying(&mut self) -> Option<u64> {
        let may_try = |aside: &Aside| {
            let attempt = aside.attempt.as_ref();
            attempt.is_some_and(|a| a.version != self.suspects.version || a.tries < TRIES_MAX)
        };
        let next = self.aside.iter().find(|(_, aside)| may_try(aside));
        let (key, aside) = next.filter(|_| self.suspects.trying.is_none())?;
        let due = self.suspects.opened_ms + TRY_AGAIN_MS;
        if self.now.steady_ms < due {
            return Some(due);
        }
        let attempt = Attempt { version: self.suspects.version.clone(), tries: TRIES_MAX };
        let (key, aside) = (key.clone(), Aside { attempt: Some(attempt), ..aside.clone() });
        self.suspects.trying = Some(key.clone());
        self.keep_aside(key.clone(), aside);
        self.keeper.then(Then::Try(key));
        None
    }

    /// What was noted on the disk to be tried is tried.
    pub(crate) fn try_again(&mut self, key: &Vec<u8>) {
        self.suspects.trying = None;
        self.read_one_aside_again(key);
    }

    /// Takes in a row from the disk, if it is a mark.
    pub(crate) fn take_mark(&mut self, row: &Row) {
        // The tab that leads has made them itself.
        if self.lead.leads() {
            return;
        }
        if let Some(name) = row.key.strip_prefix(MARK).and_then(|name| name.first_chunk()) {
            let Some(row) = read::<MarkRow>(&row.value) else { return };
            let mark = Mark { row, unread: 0, read_ms: self.now.steady_ms, rest: Vec::new() };
            self.suspects.marks.insert(DocumentId(*name), mark);
        }
        self.take_live_mark(row);
    }
}

fn mark_key(document: DocumentId) -> Vec<u8> {
    [MARK, &document.0].concat()
}
