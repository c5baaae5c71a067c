//! What I had written in a field that one person decides, where somebody wrote something else at the same time. It is
//! kept on this device until I have seen it, and can be put back.

use documents::{ChoicePlace, Chosen, Overruled, course, meeting, network};
use domain::MeetingChange;
use litemap::LiteMap;
use minicbor::{Decode, Encode};
use sync::read_in_order;
use trust::{DeviceKey, DocumentId};

use crate::client::{Client, Topic};
use crate::effect::Row;
use crate::refusal::Refusal;
use crate::run::Outcome;
use crate::stored::read;

pub(crate) const NOTE: &[u8] = b"overruled/";

/// Everything of mine that has lost, by where it stood.
pub(crate) type AllOverruled = LiteMap<(DocumentId, ChoicePlace), OverruledRow>;

/// `notes`, under `overruled/`, the document and the field.
#[derive(Clone, PartialEq, Debug, Encode)]
pub(crate) struct OverruledRow {
    #[n(0)]
    document: DocumentId,
    #[n(1)]
    table: String,
    #[n(2)]
    key: String,
    /// What I had written.
    #[n(3)]
    lost: Lost,
    /// The session that wrote what stands there now.
    #[n(4)]
    session: u64,
    #[n(5)]
    clock: u32,
    /// Whether I know.
    #[n(6)]
    told: Option<bool>,
}

read_in_order!(OverruledRow { document, table, key, lost, session, clock, told });

#[derive(Clone, PartialEq, Debug, Encode, Decode)]
enum Lost {
    #[n(0)]
    Nothing,
    #[n(1)]
    Words(#[n(0)] String),
    #[n(2)]
    Number(#[n(0)] i64),
    #[n(3)]
    Yes(#[n(0)] bool),
}

impl OverruledRow {
    fn new(document: DocumentId, overruled: Overruled) -> Self {
        let ChoicePlace { table, key } = overruled.place;
        let lost = match overruled.lost {
            Chosen::Nothing => Lost::Nothing,
            Chosen::Words(words) => Lost::Words(words),
            Chosen::Number(number) => Lost::Number(number),
            Chosen::Yes(yes) => Lost::Yes(yes),
        };
        let (session, clock) = overruled.winner;
        Self { document, table, key, lost, session, clock, told: None }
    }

    fn note(&self) -> Vec<u8> {
        let name = [self.table.as_bytes(), b" ", self.key.as_bytes()].concat();
        [NOTE, &self.document.0, &name].concat()
    }

    fn place(&self) -> ChoicePlace {
        ChoicePlace { table: self.table.clone(), key: self.key.clone() }
    }

    /// What I had written.
    pub(crate) fn lost(&self) -> Chosen {
        match &self.lost {
            Lost::Nothing => Chosen::Nothing,
            Lost::Words(words) => Chosen::Words(words.clone()),
            Lost::Number(number) => Chosen::Number(*number),
            Lost::Yes(yes) => Chosen::Yes(*yes),
        }
    }

    /// The session that wrote what stands there now.
    pub(crate) fn winner(&self) -> u64 {
        self.session
    }

    pub(crate) fn is_told(&self) -> bool {
        self.told.is_some()
    }
}

impl Client {
    /// Notes what of this device's has lost in the documents that were just merged, and forgets it where I have
    /// written there again. Not before the disk is read: what was told is among the notes.
    pub(crate) fn tick_overruled(&mut self) {
        let Some(device) = self.me.key.as_ref().map(DeviceKey::device) else { return };
        if !self.lead.is_open() {
            return;
        }
        for document in self.all_documents() {
            let Some(sheet) = self.sheets.get_mut(&document) else { continue };
            let (overruled, decided) = sheet.paper.take_choices();
            if overruled.is_empty() && decided.is_empty() {
                continue;
            }
            let mine: Vec<u64> = sheet.owners.sessions_of(device).collect();
            decided.into_iter().for_each(|place| self.saw_overruled(document, place));
            for overruled in overruled.into_iter().filter(|row| mine.contains(&row.session)) {
                self.note_overruled(document, overruled);
            }
        }
    }

    fn note_overruled(&mut self, document: DocumentId, overruled: Overruled) {
        let at = (document, overruled.place.clone());
        let row = OverruledRow::new(document, overruled);
        let is_known =
            |known: &OverruledRow| (known.session, known.clock) == (row.session, row.clock);
        // The records on the disk are merged once more at each start.
        if !self.overruled.get(&at).is_some_and(is_known) {
            self.keep_overruled(at, row);
        }
    }

    fn keep_overruled(&mut self, at: (DocumentId, ChoicePlace), row: OverruledRow) {
        self.keep_note(&row.note(), &row);
        self.overruled.insert(at, row);
        self.changed(Topic::Saving);
    }

    /// Nothing of it is known here any longer. These notes say so.
    pub(crate) fn forget_all_overruled(&mut self) -> Vec<Vec<u8>> {
        let keys = self.overruled.values().map(OverruledRow::note).collect();
        self.overruled.clear();
        keys
    }

    /// I know that somebody else wrote something else there.
    pub(crate) fn saw_overruled(&mut self, document: DocumentId, place: ChoicePlace) {
        let at = (document, place);
        if let Some(row) = self.overruled.get(&at).filter(|row| !row.is_told()).cloned() {
            self.keep_overruled(at, OverruledRow { told: Some(true), ..row });
        }
    }

    /// What I had written is to stand there.
    pub(crate) fn take_mine(&mut self, document: DocumentId, place: ChoicePlace) -> Outcome {
        let at = (document, place);
        let lost = self.overruled.get(&at).map(OverruledRow::lost).ok_or(Refusal::NotThere)?;
        let (_, place) = at;
        let moved = self.chance.item();
        let words = if let Chosen::Words(words) = &lost { words.as_str() } else { "" };
        match place.field() {
            "moved" => {
                let sheet = self.sheets.get(&document).ok_or(Refusal::NotThere)?;
                let phase = words.parse().ok();
                let phase = phase.and_then(|moved| course::phase_of_move(&sheet.paper, moved));
                self.move_on(document, &phase.ok_or(Refusal::NotThere)?)?;
            }
            "spot" => {
                let person = place.row().ok_or(Refusal::NotThere)?;
                let spot = words.parse().map_err(|_| Refusal::NotThere)?;
                self.change(document, |sheet, author| {
                    network::put(&mut sheet.paper, (moved, person), spot, author);
                    Ok(None)
                })?;
            }
            _ => {
                self.change(document, |sheet, author| {
                    sheet.paper.choose(&place, &lost);
                    if place.table == "meeting" {
                        // Whoever sees that it was changed sees by whom.
                        let nothing = MeetingChange::default();
                        meeting::change_meeting(&mut sheet.paper, &nothing, author);
                    }
                    Ok(None)
                })?;
            }
        }
        self.saw_overruled(document, place);
        Ok(None)
    }

    /// Whether something of mine has lost that I do not know of.
    pub(crate) fn is_overruled(&self) -> bool {
        self.overruled.values().any(|row| !row.is_told())
    }

    /// Takes in a row from the disk or from another tab, if it is one of these.
    pub(crate) fn take_overruled(&mut self, row: &Row) {
        if !row.key.starts_with(NOTE) {
            return;
        }
        if let Some(row) = read::<OverruledRow>(&row.value) {
            self.overruled.insert((row.document, row.place()), row);
            self.changed(Topic::Saving);
        }
    }
}
