//! Documents of the previous release (`golden/`) into which a newer one has written what this one does not know: they
//! open and look the same, and nothing of it is dropped by whatever is written back. Prints the figure `documents`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use domain::{ItemId, Splice, Who};
use yrs::Any;

use crate::row::Author;
use crate::table::{Table, key, string, whole};
use crate::{Paper, area, consents, course, house, meeting, merge, network, notebook, support};

const TODAY: Author = Author { who: Who([3; 16]), at_ms: 1_795_251_600_000 };
/// A row that only the newer version made.
const NEWER_ROW: ItemId = ItemId(990);

/// Every field of every table and every text of a document, by name.
#[derive(PartialEq, Debug, Default)]
struct Everything {
    fields: BTreeMap<(String, String), Any>,
    texts: BTreeMap<String, String>,
}

impl Everything {
    /// A text is named by a row, a table is not.
    fn of(paper: &Paper) -> Self {
        paper.read(|look| {
            let (texts, tables): (Vec<_>, Vec<_>) =
                look.roots().into_iter().partition(|name| name.contains('/'));
            let fields = tables.iter().flat_map(|table| {
                let named = |(key, value)| ((table.clone(), key), value);
                look.fields(table).into_iter().map(named).collect::<Vec<_>>()
            });
            let text = |name: String| (name.clone(), look.text(&name));
            Self { fields: fields.collect(), texts: texts.into_iter().map(text).collect() }
        })
    }

    fn tables(&self) -> Vec<&'static str> {
        let mut names: Vec<&str> = self.fields.keys().map(|(table, _)| table.as_str()).collect();
        names.dedup();
        // A table has its name for as long as the program runs.
        names.into_iter().map(|name| &*Box::leak(name.to_owned().into_boxed_str())).collect()
    }

    fn rows(&self, table: &str) -> Vec<ItemId> {
        let keys = self.fields.keys().filter(|(of, _)| of == table);
        let mut rows: Vec<ItemId> =
            keys.filter_map(|(_, key)| key.split_once('/')?.0.parse().ok()).collect();
        rows.dedup();
        rows
    }

    /// How many things of `self` are not in `later` as they were. A text may have been written in.
    fn dropped_in(&self, later: &Self) -> usize {
        let fields = self.fields.iter().filter(|(key, value)| later.fields.get(key) != Some(value));
        let is_there = |now: &String, text: &str| now.ends_with(text);
        let texts = self
            .texts
            .iter()
            .filter(|(name, text)| !later.texts.get(*name).is_some_and(|now| is_there(now, text)));
        fields.count() + texts.count()
    }

    fn count(&self) -> usize {
        self.fields.len() + self.texts.len()
    }
}

/// All that the screens are made of; a document of one kind makes no sense as another, and harms nobody.
fn picture(paper: &Paper) -> String {
    format!(
        "{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}",
        course::read(paper).0,
        area::read(paper).0,
        support::read(paper).0,
        meeting::read_meeting(paper).0,
        meeting::read_agenda(paper).0,
        network::read(paper).0,
        notebook::read(paper).0,
        consents::read(paper).0,
        house::read(paper).0,
    )
}

/// Every kind of value there is, under names that this version does not know.
fn unknown_fields(row: ItemId) -> Vec<(String, Any)> {
    let list: Any = Any::Array([string("et"), whole(2)].into());
    let values = [
        ("newer_words", string("Æblet 🐕")),
        ("newer_number", whole(-7)),
        ("newer_share", Any::Number(yrs::Number::Float(0.25))),
        ("newer_answer", Any::Bool(true)),
        ("newer_nothing", Any::Null),
        ("newer_bytes", Any::Buffer([0, 1, 255].into())),
        ("newer_list", list.clone()),
        ("newer_map", Any::Map(std::sync::Arc::new([("a".to_owned(), list)].into()))),
    ];
    values.into_iter().map(|(field, value)| (key(row, field), value)).collect()
}

/// Beside what is known: fields in every row, texts, and a table. Answers their names.
fn write_beside(newer: &mut Paper) {
    let known = Everything::of(newer);
    for table in known.tables() {
        for row in known.rows(table) {
            newer.set(table, unknown_fields(row));
            let text = format!("{table}/{row}/newer_text");
            newer.splice(&text, &Splice::whole("Det her kender du ikke"));
        }
    }
    newer.set("newer_table", unknown_fields(NEWER_ROW));
}

/// In the middle of what is known: rows with values that this version has no word for, and keys that name no row.
fn write_within(newer: &mut Paper) {
    for table in Everything::of(newer).tables() {
        let odd = ["state", "kind", "role", "area", "doer", "voice", "became", "tie", "purpose"];
        let mut fields: Vec<_> =
            odd.into_iter().map(|field| (key(NEWER_ROW, field), string("sne"))).collect();
        fields.extend(unknown_fields(NEWER_ROW));
        fields.push(("newer".to_owned(), string("ingen række")));
        newer.set(table, fields);
    }
}

/// What this version does with whatever it finds: rows out and back, words in every text, undone and done again.
fn write_back(today: &mut Paper) {
    let found = Everything::of(today);
    for table in found.tables() {
        for row in found.rows(table) {
            Table(table).throw_out(today, row, Some(TODAY));
            today.mark_step();
            assert!(today.undo() && today.redo());
            today.mark_step();
            assert!(today.undo());
        }
    }
    for name in found.texts.keys() {
        today.splice(name, &Splice { at: 0, delete: 0, insert: "I dag: ".to_owned() });
        today.mark_step();
    }
}

/// How many things there were, and how many of them are gone by one of the ways back.
fn through_this_version(previous: &[u8], write: impl Fn(&mut Paper)) -> (usize, usize) {
    let open = |name, update: &[u8]| {
        let mut paper = Paper::new(name);
        paper.apply(update).unwrap();
        paper
    };
    let mut newer = open(8, previous);
    write(&mut newer);
    let before = Everything::of(&newer);
    let mut today = open(9, &newer.state());
    picture(&today);
    write_back(&mut today);
    let fresh = today.take_fresh().unwrap();
    let snapshot = merge(&[newer.state(), fresh.clone()]).unwrap();
    newer.apply(&fresh).unwrap();
    let ways = [newer, open(10, &today.state()), open(11, &snapshot)];
    let dropped = ways.iter().map(|paper| before.dropped_in(&Everything::of(paper))).sum();
    (before.count(), dropped)
}

#[test]
#[expect(clippy::print_stdout, reason = "the ledger reads it")]
fn nothing_that_a_newer_version_wrote_is_dropped() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let (mut documents, mut things, mut dropped) = (0, 0, 0);
    for file in files {
        let previous = std::fs::read(&file).unwrap();
        let mut paper = Paper::new(7);
        paper.apply(&previous).unwrap();
        let meant = picture(&paper);
        write_beside(&mut paper);
        assert_eq!(picture(&paper), meant, "{}: what is beside it is not seen", file.display());
        let both = |paper: &mut Paper| {
            write_beside(paper);
            write_within(paper);
        };
        let (count, gone) = through_this_version(&previous, both);
        documents += 1;
        things += count;
        dropped += gone;
    }
    let held = documents >= 10 && things > 1_000 && dropped == 0;
    println!(
        "figure: documents | {documents} documents of the previous release open, {dropped} of {things} things dropped \
         by 3 ways back | 0 dropped when written back | {}",
        if held { "held" } else { "missed" }
    );
    assert!(held);
}
