//! A text that several people write, tied to its place in a document.

use client::view::{Here, HereRow, NotWritten, TextView};
use client::{Command, DocumentId, FirstCommand, TextField};
use domain::ItemId;
use kit::{Apart, Caret, CoLines, CoText, Live, OtherCaret, Splice, UndoWish};
use leptos::prelude::*;

use crate::hooks::{Commands, use_commands, use_view};
use crate::text::{fill, plural, t};
use crate::unsent::place_of;
use crate::words;

/// A document that is open on this screen: others see that I am here, and I see them.
#[derive(Clone, Copy)]
pub(crate) struct Opened {
    /// Which.
    pub(crate) document: DocumentId,
    /// Who else is here, and where.
    pub(crate) here: Live<Vec<HereRow>>,
    commands: Commands,
}

/// Opens a document for as long as this screen stands.
pub(crate) fn open(document: DocumentId) -> Opened {
    open_by(document, FirstCommand::Open(document))
}

/// The same for a screen that shows one thing of it: what is new elsewhere in it has not been seen.
pub(crate) fn open_at(document: DocumentId, id: ItemId) -> Opened {
    open_by(document, FirstCommand::OpenAt(document, id))
}

fn open_by(document: DocumentId, open: FirstCommand) -> Opened {
    let commands = use_commands();
    // It can be refused only where the document is gone, and then the screen says so.
    let _ = commands.run(open);
    on_cleanup(move || drop(commands.run(FirstCommand::Leave)));
    Opened { document, here: use_view(move || Here(document)), commands }
}

impl Opened {
    fn write(self, field: TextField, splice: Splice) -> bool {
        let Splice { at, delete, insert } = splice;
        let splice = domain::Splice { at, delete, insert };
        self.commands.run(Command::Write { document: self.document, field, splice }).is_ok()
    }

    fn stand(self, field: TextField, caret: Option<Caret>) {
        let caret = caret.map(|caret| (field, caret.end));
        let _ = self.commands.run(Command::Caret(self.document, caret));
    }

    /// Takes back, or puts back, what I did last in this document.
    pub(crate) fn undo(self, wish: UndoWish) {
        let _ = self.commands.run(match wish {
            UndoWish::Undo => Command::Undo(self.document),
            UndoWish::Redo => Command::Redo(self.document),
        });
    }

    fn carets_in(self, field: TextField) -> Vec<OtherCaret> {
        let caret = |row: &HereRow| {
            let at = row.caret.filter(|(there, _)| *there == field)?.1;
            Some(OtherCaret { name: words::name_or_role(&row.named), at })
        };
        self.here.with(|here| here.iter().filter_map(caret).collect())
    }

    fn typing_in(self, field: TextField) -> Option<String> {
        let writes =
            |row: &&HereRow| row.is_writing && row.caret.is_some_and(|(there, _)| there == field);
        let name = self
            .here
            .with(|here| here.iter().find(writes).map(|row| words::name_or_role(&row.named)));
        name.map(|name| fill(t().is_writing(), &[("who", &name)]))
    }
}

/// What stands in the box of a text on this screen and could not be written.
fn not_written(field: TextField) -> Option<Apart> {
    let place = place_of(&field.to_string());
    let kept = use_view(move || NotWritten { place: place.clone() }).get_untracked();
    kept.map(|(text, base)| Apart { text, base })
}

/// Whether something stands in the box of one of these texts that could not be written: it must not be out of sight.
pub(super) fn is_left_open(fields: impl IntoIterator<Item = TextField>) -> bool {
    fields.into_iter().any(|field| not_written(field).is_some())
}

fn apart_in_words(over: u32) -> String {
    match over {
        0 => t().not_written().to_owned(),
        over => plural(t().too_long_one(), t().too_long_many(), over as usize),
    }
}

/// The text. It says nothing of who wrote it; the thing it belongs to does.
#[component]
pub(crate) fn Together(
    /// Where it is written.
    opened: Opened,
    /// What it says now, and which text it is; which never changes.
    text: Live<TextView>,
    /// The question or the thing.
    #[prop(into)]
    label: Live<String>,
    /// One line or many.
    #[prop(optional)]
    lines: CoLines,
    /// An example of what to write.
    #[prop(optional, into)]
    example: String,
) -> impl IntoView {
    let field = text.with_untracked(|text| text.field);
    let place = place_of(&field.to_string());
    let keep = move |apart: Option<Apart>| {
        let words = apart.map(|apart| (apart.text, apart.base));
        let command = Command::KeepNotWritten { place: place.clone(), words };
        drop(opened.commands.run(command));
    };
    view! {
        <CoText
            label
            lines
            example
            value=text.map(|text| text.text.clone())
            on_splice=move |splice| opened.write(field, splice)
            limit=field.units_max()
            apart=not_written(field)
            on_apart=keep
            apart_in_words=apart_in_words
            on_caret=Callback::new(move |caret| opened.stand(field, caret))
            on_undo=Callback::new(move |wish| opened.undo(wish))
            others=Live::derive(move || opened.carets_in(field))
            held_back=t().is_held_back()
            typing=Live::derive(move || opened.typing_in(field))
        />
    }
}
