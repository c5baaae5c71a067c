//! What an update says, read before the CRDT library sees it.
//!
//! yrs is no parser for hostile bytes: a clock near 2^32, a list of what is taken away that is out of order or 120,000
//! nested values end the whole app. So every update is read here first. What this app never writes is refused: types
//! within types, formats, files, clocks and names beyond their limits, empty blocks, a session named twice. And an
//! update that builds on something that is not there is never given to yrs at all: see [`Update::fits`].

use std::ops::Range;

use litemap::LiteMap;
use yrs::block::{
    BLOCK_GC_REF_NUMBER, BLOCK_ITEM_ANY_REF_NUMBER, BLOCK_ITEM_DELETED_REF_NUMBER,
    BLOCK_ITEM_STRING_REF_NUMBER, BLOCK_SKIP_REF_NUMBER, HAS_ORIGIN, HAS_PARENT_SUB,
    HAS_RIGHT_ORIGIN,
};

use crate::paper::BadUpdate;
use crate::reader::Reader;

/// One session writes far fewer letters and fields than this; yrs reckons with the differences of two clocks in 32
/// bits.
const CLOCK_MAX: u32 = 1 << 30;
/// Sessions have 53 bits.
const SESSION_MAX: u64 = (1 << 53) - 1;
/// The name of a table or a text, and of a field in it.
const NAME_BYTES_MAX: usize = 256;
/// So many sessions may have something in one update: a summary of years.
const SESSIONS_MAX: u64 = 50_000;
/// So many sessions may wait for one another in a row. The library looks through all of them for each.
const WAITING_MAX: usize = 5_000;
/// The low bits of a block's first byte: what it holds.
const CONTENT_BITS: u8 = 0b1111;
/// The bit between them and the flags, which nobody writes.
const UNUSED_BIT: u8 = 0b1_0000;

/// Something that was written: by which session, and at which place in what it wrote.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Id {
    pub(crate) session: u64,
    pub(crate) clock: u32,
}

/// Where something stands that follows nothing: a text by its name, or a field of a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Place<'a> {
    pub(crate) root: &'a str,
    pub(crate) field: Option<&'a str>,
}

/// What a block holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Content<'a> {
    /// What has been taken away again.
    Nothing,
    /// Words.
    Text(&'a str),
    /// The value of a field, as it is written.
    Value(&'a [u8]),
}

/// A run of what one session wrote.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Block<'a> {
    pub(crate) id: Id,
    pub(crate) length: u32,
    /// What it was written after.
    pub(crate) origin: Option<Id>,
    /// What it was written in front of.
    pub(crate) right: Option<Id>,
    /// Where it stands, if it was written beside nothing.
    pub(crate) place: Option<Place<'a>>,
    pub(crate) content: Content<'a>,
}

/// An update that was read to its end and is within all bounds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Update<'a> {
    pub(crate) blocks: Vec<Block<'a>>,
    /// What it takes away, by session.
    pub(crate) taken_away: Vec<(u64, Range<u32>)>,
    /// How many bytes of it there are for yrs to read.
    pub(crate) length: usize,
}

impl<'a> Update<'a> {
    /// Reads an update from anywhere.
    ///
    /// # Errors
    /// [`BadUpdate`] for anything that this app never writes.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, BadUpdate> {
        let mut reader = Reader::new(bytes);
        let mut blocks = Vec::new();
        read_blocks(&mut reader, &mut blocks)?;
        let taken_away = read_taken_away(&mut reader)?;
        Ok(Self { blocks, taken_away, length: bytes.len() - reader.rest().len() })
    }

    /// Which sessions have something in it.
    pub(crate) fn sessions(&self) -> impl Iterator<Item = u64> {
        let of = self.blocks.chunk_by(|one, other| one.id.session == other.id.session);
        of.map(|blocks| blocks[0].id.session)
    }

    /// Whether something is left out between two blocks of one session. The library reads on behind the hole, and what
    /// it writes then holds the hole as well: nobody could read that to its end.
    pub(crate) fn has_hole(&self) -> bool {
        self.blocks.windows(2).any(|two| {
            two[0].id.session == two[1].id.session
                && two[0].id.clock + two[0].length != two[1].id.clock
        })
    }

    /// Its blocks in an order in which each comes after what it stands beside, as far as all that they build on is in
    /// the update itself or in a document, of which `known` says how much it holds of a session: everything before
    /// this clock. Blocks that wait for one another in a circle fit nowhere.
    pub(crate) fn in_order(&self, known: impl Fn(u64) -> u32) -> Ordered<'_, 'a> {
        let mut order = Order::of(&self.blocks, &known);
        let mut missing = None;
        for blocks in self.blocks.chunk_by(|one, other| one.id.session == other.id.session) {
            missing = missing.or(order.add_all(blocks[0].id.session).err());
        }
        let lacks = |(session, range): &&(u64, Range<u32>)| range.end > order.knows_of(*session);
        let taken_away = self.taken_away.iter().find(lacks);
        let is_taken_away =
            taken_away.map(|(session, range)| Id { session: *session, clock: range.end - 1 });
        Ordered { lacks: missing.or(is_taken_away), blocks: order.added }
    }
}

/// What of an update fits in a document.
pub(crate) struct Ordered<'u, 'a> {
    /// The blocks that do, in order.
    pub(crate) blocks: Vec<&'u Block<'a>>,
    /// Something that is not there, without which the others cannot be told.
    pub(crate) lacks: Option<Id>,
}

/// What is in an update, by session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contents {
    /// How many of the bytes are the update itself; what is behind them is not the library's.
    pub length: usize,
    /// Which sessions have something in it, and the clock after the last of it.
    pub sessions: Vec<(u64, u32)>,
}

/// What is in an update from anywhere.
///
/// # Errors
/// [`BadUpdate`] for anything that this app never writes.
pub fn contents(bytes: &[u8]) -> Result<Contents, BadUpdate> {
    let Update { blocks, length, .. } = Update::read(bytes)?;
    let parts = blocks.chunk_by(|one, other| one.id.session == other.id.session);
    let last = |blocks: &[Block<'_>]| {
        let last = blocks.last()?;
        Some((last.id.session, last.id.clock + last.length))
    };
    Ok(Contents { length, sessions: parts.filter_map(last).collect() })
}

/// What an update adds, as far as it can be read.
pub(crate) fn blocks_of(bytes: &[u8]) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    // What was read before the fault is kept.
    let _ = read_blocks(&mut Reader::new(bytes), &mut blocks);
    blocks
}

/// In which order the blocks of an update can be added to a document: each after what it stands beside.
struct Order<'u, 'a, F> {
    known: F,
    parts: LiteMap<u64, Part<'u, 'a>>,
    added: Vec<&'u Block<'a>>,
}

/// What one session has in an update.
struct Part<'u, 'a> {
    left: std::slice::Iter<'u, Block<'a>>,
    /// Everything of the session before this clock is there.
    next: u32,
    /// Something it has waits for another session, and nothing may wait for it meanwhile.
    is_waiting: bool,
}

impl<'u, 'a, F: Fn(u64) -> u32> Order<'u, 'a, F> {
    fn of(blocks: &'u [Block<'a>], known: F) -> Self {
        let parts = blocks.chunk_by(|one, other| one.id.session == other.id.session);
        let part = |blocks: &'u [Block<'a>]| {
            let session = blocks[0].id.session;
            (session, Part { left: blocks.iter(), next: known(session), is_waiting: false })
        };
        let parts = parts.map(part).collect();
        Self { known, parts, added: Vec::new() }
    }

    fn knows_of(&self, session: u64) -> u32 {
        self.parts.get(&session).map_or_else(|| (self.known)(session), |part| part.next)
    }

    /// Adds all that a session has in the update, or tells what is not there.
    fn add_all(&mut self, session: u64) -> Result<(), Id> {
        let mut waiting = vec![session];
        while let Some(&session) = waiting.last() {
            let Some(block) =
                self.parts.get(&session).and_then(|part| part.left.as_slice().first())
            else {
                waiting.pop();
                self.set_waiting(session, false);
                continue;
            };
            let beside = [block.origin, block.right].into_iter().flatten();
            let missing = beside.into_iter().find(|id| id.clock >= self.knows_of(id.session));
            let next = self.knows_of(session);
            match missing {
                _ if block.id.clock > next => {
                    return Err(Id { session, clock: block.id.clock - 1 });
                }
                None => {
                    self.add(session, next.max(block.id.clock + block.length));
                    // Whoever waits for it may need no more.
                    if waiting.len() > 1 {
                        waiting.pop();
                        self.set_waiting(session, false);
                    }
                }
                Some(id) => {
                    let goes_on = waiting.len() < WAITING_MAX && self.may_be_added(id.session);
                    if !goes_on {
                        return Err(id);
                    }
                    self.set_waiting(session, true);
                    waiting.push(id.session);
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, session: u64, next: u32) {
        if let Some(part) = self.parts.get_mut(&session) {
            self.added.extend(part.left.next());
            part.next = next;
        }
    }

    fn may_be_added(&self, session: u64) -> bool {
        let part = self.parts.get(&session);
        part.is_some_and(|part| !part.is_waiting && !part.left.as_slice().is_empty())
    }

    fn set_waiting(&mut self, session: u64, is_waiting: bool) {
        if let Some(part) = self.parts.get_mut(&session) {
            part.is_waiting = is_waiting;
        }
    }
}

fn read_blocks<'a>(reader: &mut Reader<'a>, blocks: &mut Vec<Block<'a>>) -> Result<(), BadUpdate> {
    let mut sessions = Vec::new();
    for _ in 0..reader.count()?.min(SESSIONS_MAX + 1) {
        let count = reader.count()?;
        let session = reader.number(SESSION_MAX)?;
        sessions.push(session);
        let mut clock = number(reader, CLOCK_MAX)?;
        for _ in 0..count {
            let (block, length) = read_block(reader, Id { session, clock })?;
            blocks.extend(block);
            clock = end(clock, length)?;
        }
    }
    each_once(sessions)
}

/// Each session has one part of an update.
fn each_once(mut sessions: Vec<u64>) -> Result<(), BadUpdate> {
    sessions.sort_unstable();
    let is_twice = sessions.windows(2).any(|pair| pair[0] == pair[1]);
    if is_twice || sessions.len() as u64 > SESSIONS_MAX { Err(BadUpdate) } else { Ok(()) }
}

/// A block and how long it is; no block for a gap, which holds nothing.
fn read_block<'a>(reader: &mut Reader<'a>, id: Id) -> Result<(Option<Block<'a>>, u32), BadUpdate> {
    let info = reader.byte()?;
    let (mut origin, mut right, mut place) = (None, None, None);
    match info {
        BLOCK_SKIP_REF_NUMBER => return Ok((None, length(reader)?)),
        BLOCK_GC_REF_NUMBER => {}
        _ if info & UNUSED_BIT != 0 => return Err(BadUpdate),
        _ => {
            origin = (info & HAS_ORIGIN != 0).then(|| read_id(reader)).transpose()?;
            right = (info & HAS_RIGHT_ORIGIN != 0).then(|| read_id(reader)).transpose()?;
            if origin.is_none() && right.is_none() {
                place = Some(read_place(reader, info)?);
            }
        }
    }
    let (content, length) = match info & CONTENT_BITS {
        BLOCK_GC_REF_NUMBER if info == BLOCK_GC_REF_NUMBER => (Content::Nothing, length(reader)?),
        BLOCK_ITEM_DELETED_REF_NUMBER => (Content::Nothing, length(reader)?),
        BLOCK_ITEM_STRING_REF_NUMBER => {
            let text = reader.text()?;
            let units = u32::try_from(text.encode_utf16().count()).map_err(|_| BadUpdate)?;
            (Content::Text(text), units)
        }
        BLOCK_ITEM_ANY_REF_NUMBER => {
            let values = length(reader)?;
            let before = reader.rest();
            (0..values).try_for_each(|_| reader.value())?;
            (Content::Value(&before[..before.len() - reader.rest().len()]), values)
        }
        _ => return Err(BadUpdate),
    };
    let is_empty = length == 0;
    let block = Block { id, length, origin, right, place, content };
    if is_empty { Err(BadUpdate) } else { Ok((Some(block), length)) }
}

fn read_place<'a>(reader: &mut Reader<'a>, info: u8) -> Result<Place<'a>, BadUpdate> {
    // 1 stands in front of a name; 0 in front of a type within a type.
    if reader.number(1)? != 1 {
        return Err(BadUpdate);
    }
    let mut name =
        || reader.text().ok().filter(|name| name.len() <= NAME_BYTES_MAX).ok_or(BadUpdate);
    let root = name()?;
    let field = (info & HAS_PARENT_SUB != 0).then(name).transpose()?;
    Ok(Place { root, field })
}

fn read_id(reader: &mut Reader<'_>) -> Result<Id, BadUpdate> {
    Ok(Id { session: reader.number(SESSION_MAX)?, clock: number(reader, CLOCK_MAX)? })
}

/// What is taken away: for each session ranges in their order, none of them empty and none in another.
fn read_taken_away(reader: &mut Reader<'_>) -> Result<Vec<(u64, Range<u32>)>, BadUpdate> {
    let (mut all, mut sessions) = (Vec::new(), Vec::new());
    for _ in 0..reader.count()? {
        let session = reader.number(SESSION_MAX)?;
        sessions.push(session);
        let mut before = 0;
        for place in 0..reader.count()? {
            let start = number(reader, CLOCK_MAX)?;
            let end = end(start, length(reader)?)?;
            if place > 0 && start < before {
                return Err(BadUpdate);
            }
            before = end;
            all.push((session, start..end));
        }
    }
    each_once(sessions)?;
    Ok(all)
}

fn number(reader: &mut Reader<'_>, max: u32) -> Result<u32, BadUpdate> {
    let number = reader.number(u64::from(max))?;
    u32::try_from(number).map_err(|_| BadUpdate)
}

fn length(reader: &mut Reader<'_>) -> Result<u32, BadUpdate> {
    let length = number(reader, CLOCK_MAX)?;
    if length > 0 { Ok(length) } else { Err(BadUpdate) }
}

fn end(start: u32, length: u32) -> Result<u32, BadUpdate> {
    start.checked_add(length).filter(|end| *end <= CLOCK_MAX).ok_or(BadUpdate)
}

#[cfg(test)]
mod tests;
