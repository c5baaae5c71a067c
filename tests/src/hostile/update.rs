//! Updates that are within the form of Yjs' first format and say anything at all: of sessions that are somebody
//! else's, beside what is not there, of kinds nobody writes, with clocks near every limit.

use super::Dice;

/// What such an update can be aimed at.
#[derive(Clone, Debug, Default)]
pub struct Aim {
    /// Sessions that have written, and the clock after the last of it.
    pub sessions: Vec<(u64, u32)>,
    /// Names of tables and texts.
    pub roots: Vec<String>,
    /// Keys of fields.
    pub keys: Vec<String>,
    /// What is written in texts; where there is none, what is most likely to be read wrongly.
    pub words: Vec<String>,
    /// Whether nothing is taken away that stands there, and nothing is put in its place.
    pub spares: bool,
}

const TABLES: [&str; 20] = [
    "network",
    "people",
    "moves",
    "staff",
    "notes",
    "copies",
    "area",
    "goals",
    "milestones",
    "steps",
    "agreements",
    "states",
    "support",
    "consents",
    "about",
    "assessments",
    "meeting",
    "topics",
    "wishes",
    "dreams",
];
const FIELDS: [&str; 26] = [
    "by",
    "at",
    "position",
    "removed",
    "removed_by",
    "goal",
    "state",
    "agreement",
    "doer",
    "doer_name",
    "by_day",
    "reached",
    "done",
    "area",
    "said",
    "starts",
    "minutes",
    "place",
    "cancelled",
    "spot",
    "tie",
    "phone",
    "until",
    "score",
    "voice",
    "purpose",
];
const TEXTS: [&str; 6] = ["title", "text", "what", "why", "name", "words"];
const STRINGS: [&str; 14] = [
    "",
    "a",
    "bolig",
    "🐕",
    "🐕🐕🐕",
    "a\u{301}",
    "\u{202e}",
    "2026-11-26T10:00",
    "2026-02-30",
    "99999-99-99",
    "-1",
    "0000000000000001",
    "agreed",
    "kept",
];
/// Where differences of two numbers, or their sum, leave 32 or 31 bits.
const EDGES: [u64; 9] = [
    0,
    1,
    1 << 29,
    (1 << 30) - 1,
    1 << 30,
    (1 << 31) - 1,
    1 << 31,
    u32::MAX as u64 - 1,
    u32::MAX as u64,
];

/// An update that means harm.
pub fn hostile_update(dice: &mut impl Dice, aim: &Aim) -> Vec<u8> {
    let mut out = Writer { dice, aim, bytes: Vec::new() };
    let count = out.dice.below(4);
    out.number(count);
    for _ in 0..count {
        out.session();
    }
    out.taken_away();
    out.bytes
}

struct Writer<'w, D> {
    dice: &'w mut D,
    aim: &'w Aim,
    bytes: Vec<u8>,
}

impl<D: Dice> Writer<'_, D> {
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// A session and a clock, most often of somebody who is there.
    fn known(&mut self) -> (u64, u32) {
        if self.aim.sessions.is_empty() || self.dice.once_in(6) {
            let session = if self.dice.once_in(8) { 1 << 53 } else { 4_000 + self.dice.below(3) };
            return (session, 0);
        }
        self.dice.one_of(&self.aim.sessions)
    }

    fn clock_near(&mut self, end: u32) -> u64 {
        match self.dice.below(12) {
            0..6 => u64::from(end),
            6 => u64::from(end) + 1,
            7 => self.dice.one_of(&EDGES),
            _ => self.dice.below(u64::from(end) + 1),
        }
    }

    fn session(&mut self) {
        let blocks = self.dice.below(6);
        self.number(blocks);
        let (session, end) = self.known();
        self.number(session);
        let clock = self.clock_near(end);
        self.number(clock);
        for _ in 0..blocks {
            self.block();
        }
    }

    fn block(&mut self) {
        let kind = match self.dice.below(16) {
            0 => self.dice.below(32) as u8,
            1 => 0,
            2 => 10,
            3 | 4 => 1,
            5..11 => 4,
            _ => 8,
        };
        if kind == 0 || kind == 10 {
            self.bytes.push(kind);
            return self.length();
        }
        let flags = self.dice.one_of(&[0x00, 0x00, 0x20, 0x20, 0x80, 0x80, 0xc0, 0x40, 0xa0]);
        self.bytes.push(kind | flags);
        for flag in [0x80, 0x40] {
            if flags & flag != 0 {
                self.id();
            }
        }
        if flags & 0xc0 == 0 {
            self.place(flags & 0x20 != 0);
        }
        self.content(kind & 0x0f);
    }

    fn id(&mut self) {
        // What stands behind a field is put in its place.
        let own = (4_000 + self.dice.below(3), 6);
        let (session, end) = if self.aim.spares { own } else { self.known() };
        self.number(session);
        let clock = if self.dice.once_in(10) {
            self.clock_near(end)
        } else {
            self.dice.below(u64::from(end).max(1))
        };
        self.number(clock);
    }

    fn place(&mut self, has_field: bool) {
        if self.dice.once_in(20) {
            self.bytes.push(0);
            return self.id();
        }
        self.bytes.push(1);
        let (row, odd) = (self.dice.below(4), self.dice.once_in(12));
        let table = self.dice.one_of(&TABLES);
        let root = match self.dice.below(3) {
            0 if !self.aim.roots.is_empty() => self.dice.one_of(&self.aim.roots),
            _ if has_field != odd => table.to_owned(),
            _ => format!("{table}/{row:016x}/{}", self.dice.one_of(&TEXTS)),
        };
        self.text(&root);
        if has_field {
            let key = match self.dice.below(3) {
                0 if !self.aim.keys.is_empty() => self.dice.one_of(&self.aim.keys),
                1 => self.dice.one_of(&STRINGS).to_owned(),
                _ => format!("{row:016x}/{}", self.dice.one_of(&FIELDS)),
            };
            self.text(&key);
        }
    }

    fn content(&mut self, kind: u8) {
        match kind {
            1 => self.length(),
            4 => {
                let text = match self.aim.words[..] {
                    [] => self.dice.one_of(&STRINGS).to_owned(),
                    _ => self.dice.one_of(&self.aim.words),
                };
                let text = text.repeat(1 + self.dice.below(3) as usize);
                self.text(&text);
            }
            8 => {
                let count = if self.dice.once_in(10) { self.dice.below(4) } else { 1 };
                self.number(count);
                (0..count).for_each(|_| self.value(0));
            }
            // Of what is refused in any case, something.
            _ => self.length(),
        }
    }

    fn value(&mut self, depth: u32) {
        let kind = match self.dice.below(8) {
            0 => self.dice.below(14) as u8 + 115,
            1 => 125,
            2 => 126,
            3 => 120,
            4 => 122,
            _ => 119,
        };
        self.bytes.push(kind);
        match kind {
            125 => {
                let number = self.dice.one_of(&EDGES);
                self.bytes.push((number & 0x3f) as u8 | (self.dice.below(2) as u8) << 6 | 0x80);
                self.number(number >> 6);
            }
            124 => self.bytes.extend([0x7f, 0xc0, 0, 0]),
            122 | 123 => {
                let number = self.dice.one_of(&[0, 1, u64::MAX, 1 << 63, (1 << 63) - 1, 20_000]);
                self.bytes.extend(number.to_be_bytes());
            }
            119 | 116 => {
                let text = self.dice.one_of(&STRINGS);
                self.text(text);
            }
            118 | 117 if depth < 12 => {
                let count = self.dice.below(3);
                self.number(count);
                for _ in 0..count {
                    if kind == 118 {
                        self.text("a");
                    }
                    self.value(depth + 1);
                }
            }
            118 | 117 => self.number(0),
            _ => {}
        }
    }

    fn length(&mut self) {
        let length = match self.dice.below(10) {
            0 => self.dice.one_of(&EDGES),
            1 => 0,
            _ => 1 + self.dice.below(5),
        };
        self.number(length);
    }

    fn taken_away(&mut self) {
        let count = if self.aim.spares { 0 } else { self.dice.below(3) };
        self.number(count);
        for _ in 0..count {
            let (session, end) = self.known();
            self.number(session);
            let ranges = self.dice.below(3);
            self.number(ranges);
            let mut from = 0;
            for _ in 0..ranges {
                let start = if self.dice.once_in(8) {
                    self.clock_near(end)
                } else {
                    from + self.dice.below(u64::from(end).max(1))
                };
                self.number(start);
                let length = 1 + self.dice.below(4);
                self.number(length);
                from = start.saturating_add(length);
            }
        }
    }
}
