//! A notebook's document: notes for nobody but the citizen, and where copies of them were put.

use domain::{Became, ItemId, Note, NoteCopy, Notebook};
use litemap::LiteMap;

use crate::paper::Paper;
use crate::row::{Author, Oddity, Row};
use crate::table::{Table, optional, string};

pub(crate) const NOTES: Table = Table("notes");
/// One row for each copy that was made: never overwritten, so none is lost.
const COPIES: Table = Table("copies");

/// Adds a note after all others, so that it is the newest.
pub fn add_note(paper: &mut Paper, id: ItemId, author: Author) {
    let position = NOTES.end(paper);
    NOTES.add(paper, id, author, [("position", string(&position))]);
}

/// Says that a copy of a note was put somewhere else. When is the author's time.
pub fn add_copy(paper: &mut Paper, note: ItemId, copy: &NoteCopy, author: Author) {
    let fields = [
        ("note", string(&note.to_string())),
        ("became", optional(copy.became, |became| string(became.key()))),
        ("document", optional(copy.document, |document| string(&document.to_string()))),
        ("item", optional(copy.item, |item| string(&item.to_string()))),
    ];
    COPIES.add(paper, copy.id, author, fields);
}

/// Throws a note out, or takes it back when there is no author.
pub fn throw_out(paper: &mut Paper, id: ItemId, author: Option<Author>) {
    NOTES.throw_out(paper, id, author);
}

/// Everything in the notebook.
pub fn read(paper: &Paper) -> (Notebook, Vec<Oddity>) {
    paper.read(|look| {
        let mut oddities = Vec::new();
        let mut copies: LiteMap<ItemId, Vec<NoteCopy>> = LiteMap::new();
        for row in COPIES.rows(look, &mut oddities) {
            if let Some(note) = row.parsed("note") {
                copies.entry(note).or_default().push(copy(&row));
            }
        }
        let rows = NOTES.in_order(look, &mut oddities);
        let notes = rows.iter().rev().map(|row| note(row, copies.remove(&row.id)));
        let (removed, notes) = notes.partition(|note| note.removed.is_some());
        (Notebook { notes, removed }, oddities)
    })
}

fn note(row: &Row<'_>, copies: Option<Vec<NoteCopy>>) -> Note {
    let mut copies = copies.unwrap_or_default();
    copies.sort_by_key(|copy| (copy.at_ms, copy.id));
    Note {
        id: row.id,
        text: row.written("text"),
        at_ms: row.number("at").unwrap_or_default(),
        copies,
        removed: row.removed(),
    }
}

fn copy(row: &Row<'_>) -> NoteCopy {
    NoteCopy {
        id: row.id,
        became: row.string("became").and_then(Became::from_key),
        document: row.parsed("document"),
        item: row.parsed("item"),
        at_ms: row.number("at").unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use domain::{Splice, Who};

    use super::*;
    use crate::TextField;

    const ME: Who = Who([1; 16]);

    fn add(paper: &mut Paper, id: u64, text: &str) {
        add_note(paper, ItemId(id), Author { who: ME, at_ms: 7 });
        assert!(TextField::Note(ItemId(id)).write(paper, &Splice::whole(text), ME));
    }

    #[test]
    fn notes_written_apart_on_two_devices_are_all_there() {
        let (mut phone, mut tablet) = (Paper::new(1), Paper::new(2));
        add(&mut phone, 9, "a");
        tablet.apply(&phone.take_fresh().unwrap()).unwrap();
        add(&mut phone, 3, "b");
        add(&mut tablet, 4, "c");
        tablet.apply(&phone.take_fresh().unwrap()).unwrap();
        phone.apply(&tablet.take_fresh().unwrap()).unwrap();
        let (notebook, _) = read(&phone);
        assert_eq!(notebook, read(&tablet).0);
        assert_eq!(notebook.notes.len(), 3);
        assert_eq!(notebook.notes[2].text.text, "a", "the oldest is last");
    }

    #[test]
    fn a_copy_from_a_newer_app_is_not_taken_for_none() {
        let mut paper = Paper::new(1);
        add(&mut paper, 1, "a");
        let fields = [("note", string(&ItemId(1).to_string())), ("became", string("poem"))];
        COPIES.add(&mut paper, ItemId(2), Author { who: ME, at_ms: 8 }, fields);
        let (notebook, oddities) = read(&paper);
        let copies = &notebook.notes[0].copies;
        assert_eq!((copies.len(), copies[0].became, copies[0].at_ms), (1, None, 8));
        assert!(oddities.is_empty());
    }

    #[test]
    fn what_is_undone_is_gone_with_its_words() {
        let mut paper = Paper::new(1);
        add(&mut paper, 1, "a");
        paper.mark_step();
        add(&mut paper, 2, "b");
        assert!(paper.undo());
        let (notebook, oddities) = read(&paper);
        assert_eq!((notebook.notes.len(), notebook.removed.len()), (1, 0));
        assert!(oddities.is_empty());
    }
}
