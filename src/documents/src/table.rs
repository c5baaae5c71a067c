//! A table: rows by random name, fields one by one.

use domain::{ItemId, Splice, Who};
use yrs::{Any, Number};

use crate::order;
use crate::paper::{Look, Paper};
use crate::row::{Author, Oddity, Row, text_name};

/// A root map of a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Table(pub(crate) &'static str);

impl Table {
    /// Every row, sorted by name, and the keys that made no sense.
    pub(crate) fn rows<'a>(self, look: &'a Look<'a>, oddities: &mut Vec<Oddity>) -> Vec<Row<'a>> {
        let mut fields: Vec<(ItemId, String, Any)> = Vec::new();
        for (key, value) in look.fields(self.0) {
            match key.split_once('/').and_then(|(id, field)| Some((id.parse().ok()?, field))) {
                Some((id, field)) => fields.push((id, field.to_owned(), value)),
                None => oddities.push(Oddity { table: self.0, key }),
            }
        }
        fields.sort_by_key(|(id, ..)| *id);
        let mut rows: Vec<Row<'a>> = Vec::new();
        for (id, field, value) in fields {
            match rows.last_mut().filter(|row| row.id == id) {
                Some(row) => row.add(field, value),
                None => rows.push(Row::new(self.0, look, (id, field, value))),
            }
        }
        rows
    }

    /// The row of this name.
    pub(crate) fn row<'a>(
        self,
        look: &'a Look<'a>,
        id: ItemId,
        oddities: &mut Vec<Oddity>,
    ) -> Option<Row<'a>> {
        self.rows(look, oddities).into_iter().find(|row| row.id == id)
    }

    /// The rows in the order people gave them; the name decides where two have one place.
    pub(crate) fn in_order<'a>(
        self,
        look: &'a Look<'a>,
        oddities: &mut Vec<Oddity>,
    ) -> Vec<Row<'a>> {
        let mut rows: Vec<Row<'a>> = self.rows(look, oddities);
        rows.sort_by(|a, b| (a.position(), a.id).cmp(&(b.position(), b.id)));
        rows
    }

    /// The place after the last row.
    pub(crate) fn end(self, paper: &Paper) -> String {
        paper.read(|look| {
            let rows = self.in_order(look, &mut Vec::new());
            order::between(rows.last().map(Row::position), None)
        })
    }

    /// Puts a row at a place among those that are shown and `belong` with it: 0 is first. Beyond the end is
    /// last.
    pub(crate) fn put(
        self,
        paper: &mut Paper,
        (id, place): (ItemId, usize),
        belongs: impl Fn(&Row<'_>) -> bool,
    ) {
        let position = paper.read(|look| {
            let rows = self.in_order(look, &mut Vec::new());
            let is_beside =
                |row: &&Row<'_>| row.id != id && row.removed().is_none() && belongs(row);
            let others: Vec<&str> = rows.iter().filter(is_beside).map(Row::position).collect();
            let place = place.min(others.len());
            let before = place.checked_sub(1).and_then(|place| others.get(place)).copied();
            order::between(before, others.get(place).copied())
        });
        self.set(paper, id, "position", string(&position));
    }

    /// Makes a row.
    pub(crate) fn add(
        self,
        paper: &mut Paper,
        id: ItemId,
        author: Author,
        fields: impl IntoIterator<Item = (&'static str, Any)>,
    ) {
        let made = [("by", who(author.who)), ("at", whole(author.at_ms))];
        let all = made.into_iter().chain(fields);
        paper.set(self.0, all.map(|(field, value)| (key(id, field), value)).collect());
    }

    /// Sets one field; `Any::Null` empties it.
    pub(crate) fn set(self, paper: &mut Paper, id: ItemId, field: &str, value: Any) {
        paper.set(self.0, vec![(key(id, field), value)]);
    }

    /// Throws a row out, or takes it back.
    pub(crate) fn throw_out(self, paper: &mut Paper, id: ItemId, author: Option<Author>) {
        let at = author.map_or(Any::Null, |author| whole(author.at_ms));
        let by = author.map_or(Any::Null, |author| who(author.who));
        paper.set(self.0, vec![(key(id, "removed"), at), (key(id, "removed_by"), by)]);
    }

    /// Changes a text of a row, and notes who wrote in it when that was not its maker.
    pub(crate) fn splice(
        self,
        paper: &mut Paper,
        (id, field): (ItemId, &'static str),
        splice: &Splice,
        writer: Who,
    ) {
        paper.splice(&text_name(self.0, id, field), splice);
        let mark = key(id, &format!("wrote/{field}/{writer}"));
        let known = paper.read(|look| {
            let fields = look.fields(self.0);
            let is = |name: &str, value: &Any| fields.iter().any(|(k, v)| k == name && v == value);
            is(&key(id, "by"), &who(writer)) || is(&mark, &Any::Bool(true))
        });
        if !known && !splice.insert.is_empty() {
            paper.set(self.0, vec![(mark, Any::Bool(true))]);
        }
    }
}

pub(crate) fn key(id: ItemId, field: &str) -> String {
    format!("{id}/{field}")
}

pub(crate) fn who(who: Who) -> Any {
    string(&who.to_string())
}

pub(crate) fn string(text: &str) -> Any {
    Any::String(text.into())
}

pub(crate) fn whole(number: i64) -> Any {
    Any::Number(Number::Int(number))
}

pub(crate) fn optional<T>(value: Option<T>, any: impl FnOnce(T) -> Any) -> Any {
    value.map_or(Any::Null, any)
}
