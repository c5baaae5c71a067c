//! One row of a table, as it was read: fields that may be missing, wrong, or from a newer app.

use domain::{ItemId, Removed, Source, Who, Written};
use litemap::LiteMap;
use yrs::Any;

use crate::paper::Look;
use crate::table::key;

/// Who writes, and when by their clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Author {
    /// Who.
    pub who: Who,
    /// Milliseconds since 1970-01-01 UTC. Shown to people; orders nothing.
    pub at_ms: i64,
}

/// Something a read could make no sense of. It stays where it is and does no harm.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Oddity {
    /// The table.
    pub table: &'static str,
    /// The key in it.
    pub key: String,
}

/// The field that says whose words a row is made of.
pub(crate) const SAID: &str = "said";

/// One row while it is being read.
pub(crate) struct Row<'a> {
    pub(crate) id: ItemId,
    table: &'static str,
    fields: LiteMap<String, Any>,
    look: &'a Look<'a>,
}

impl<'a> Row<'a> {
    /// A row of which one field is known.
    pub(crate) fn new(
        table: &'static str,
        look: &'a Look<'a>,
        (id, field, value): (ItemId, String, Any),
    ) -> Self {
        Self { id, table, fields: LiteMap::from_iter([(field, value)]), look }
    }

    pub(crate) fn add(&mut self, field: String, value: Any) {
        self.fields.insert(field, value);
    }

    pub(crate) fn string(&self, field: &str) -> Option<&str> {
        match self.fields.get(field)? {
            Any::String(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn parsed<T: std::str::FromStr>(&self, field: &str) -> Option<T> {
        self.string(field)?.parse().ok()
    }

    /// Whether the field says yes; what is missing or makes no sense does not.
    pub(crate) fn is_so(&self, field: &str) -> bool {
        self.fields.get(field) == Some(&Any::Bool(true))
    }

    pub(crate) fn number(&self, field: &str) -> Option<i64> {
        number(self.fields.get(field)?)
    }

    pub(crate) fn small(&self, field: &str) -> Option<u16> {
        u16::try_from(self.number(field)?).ok()
    }

    /// Who made the row: by what is known of who wrote it, else as it says.
    pub(crate) fn by(&self) -> Option<Who> {
        self.look.authorship.maker((self.table, &key(self.id, "by")), self.parsed("by"))
    }

    /// Who wrote last that they made the row, where it is changed and not only made: a meeting's time and place.
    pub(crate) fn last_by(&self) -> Option<Who> {
        self.look.authorship.writer((self.table, &key(self.id, "by")), self.parsed("by"))
    }

    /// Whose words the row is made of, where somebody has said.
    pub(crate) fn said(&self) -> Option<Source> {
        Source::from_key(self.string(SAID)?)
    }

    pub(crate) fn position(&self) -> &str {
        self.string("position").unwrap_or_default()
    }

    pub(crate) fn removed(&self) -> Option<Removed> {
        let at_ms = self.number("removed")?;
        let place = (self.table, &*key(self.id, "removed_by"));
        Some(Removed { at_ms, by: self.look.authorship.writer(place, self.parsed("removed_by")) })
    }

    /// A text of this row: who made the row wrote first, then those who wrote in it since. Where it is not known
    /// of all of them who they are, those who are said to have written in it count, too.
    pub(crate) fn written(&self, field: &str) -> Written {
        let name = text_name(self.table, self.id, field);
        let text = self.look.text(&name);
        let (mut by, is_whole) = self.look.authorship.authors(&name);
        if !is_whole {
            let mark = format!("wrote/{field}/");
            let others = self.fields.keys().filter_map(|key| key.strip_prefix(&mark));
            by.extend(others.filter_map(|who| who.parse::<Who>().ok()));
            by.sort_unstable();
            by.dedup();
        } else if !text.is_empty() && self.by().is_some_and(|maker| !by.contains(&maker)) {
            // Nothing of what its maker wrote is in it, and never was.
            return Written { text, by };
        }
        if let Some(maker) = self.by().filter(|_| !text.is_empty()) {
            by.retain(|who| *who != maker);
            by.insert(0, maker);
        }
        Written { text, by }
    }
}

pub(crate) fn number(any: &Any) -> Option<i64> {
    match any {
        Any::Number(number) => number.as_i64(),
        _ => None,
    }
}

pub(crate) fn text_name(table: &str, id: ItemId, field: &str) -> String {
    format!("{table}/{id}/{field}")
}
