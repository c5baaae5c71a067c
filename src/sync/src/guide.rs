//! How the guide travels: what a municipality says of its programmes and open places, as one answer.
//!
//! Where it passes it is bytes, which only whoever shows it reads. Fields are numbered and only ever added, as
//! everywhere on the wire; a municipality's words were checked before they were sent.

use minicbor::Encode;
use trust::Hash;

use crate::message::Tell;
use crate::read_in_order;

/// No guide is larger, so that it is a small part of what a phone can fetch at once.
pub const GUIDE_BYTES_MAX: usize = 128 * 1024;

/// The language that has a field of its own.
pub const ENGLISH: &str = "en";

/// All of it.
#[derive(Clone, PartialEq, Debug, Default, Encode)]
pub struct GuideRow {
    /// The programmes.
    #[n(0)]
    pub programmes: Vec<ProgrammeRow>,
    /// The open places.
    #[n(1)]
    pub places: Vec<PlaceRow>,
}

read_in_order!(GuideRow { programmes, places });

/// Words in Danish and other languages.
#[derive(Clone, PartialEq, Debug, Default, Encode)]
pub struct WordsRow {
    /// In Danish.
    #[n(0)]
    pub danish: String,
    /// In English, which the first guides had and no others; empty for none.
    #[n(1)]
    pub english: String,
    /// In others, where there are any.
    #[n(2)]
    pub others: Option<Vec<InLanguageRow>>,
}

read_in_order!(WordsRow { danish, english, others });

/// Words in a language.
#[derive(Clone, PartialEq, Debug, Encode)]
pub struct InLanguageRow {
    /// Which, by its two letters.
    #[n(0)]
    pub language: String,
    /// The words.
    #[n(1)]
    pub words: String,
}

read_in_order!(InLanguageRow { language, words });

/// A programme.
#[derive(Clone, PartialEq, Debug, Encode)]
pub struct ProgrammeRow {
    /// Which, by its key.
    #[n(0)]
    pub key: String,
    /// Its phases, first to last.
    #[n(1)]
    pub phases: Vec<PhaseRow>,
    /// How often things happen.
    #[n(2)]
    pub rhythm: RhythmRow,
    /// The parts of life, in order.
    #[n(3)]
    pub areas: Vec<AreaRow>,
}

read_in_order!(ProgrammeRow { key, phases, rhythm, areas });

/// A phase.
#[derive(Clone, PartialEq, Debug, Encode)]
pub struct PhaseRow {
    /// Its name in the file.
    #[n(0)]
    pub key: String,
    /// What it is called.
    #[n(1)]
    pub name: WordsRow,
    /// What happens in it.
    #[n(2)]
    pub happens: WordsRow,
    /// What the citizen decides in it.
    #[n(3)]
    pub decides: WordsRow,
    /// Whether a course may go past it.
    #[n(4)]
    pub is_optional: bool,
}

read_in_order!(PhaseRow { key, name, happens, decides, is_optional });

/// How often things happen.
#[derive(Clone, PartialEq, Debug, Encode)]
pub struct RhythmRow {
    /// The most months between two meetings.
    #[n(0)]
    pub months_between_meetings: Option<u8>,
    /// The fewest meetings a year.
    #[n(1)]
    pub meetings_a_year: Option<u8>,
    /// Ages at which there is a meeting, in half years.
    #[n(2)]
    pub meeting_half_years: Vec<u8>,
    /// The most months between two talks about how it goes.
    #[n(3)]
    pub months_between_assessments: Option<u8>,
    /// The age before which it ends, in years.
    #[n(4)]
    pub ends_before_age: Option<u8>,
}

read_in_order!(RhythmRow {
    months_between_meetings,
    meetings_a_year,
    meeting_half_years,
    months_between_assessments,
    ends_before_age
});

/// A part of life.
#[derive(Clone, PartialEq, Debug, Encode)]
pub struct AreaRow {
    /// Which, by its key.
    #[n(0)]
    pub key: String,
    /// The question that a talk about it begins with.
    #[n(1)]
    pub question: WordsRow,
}

read_in_order!(AreaRow { key, question });

/// An open place.
#[derive(Clone, PartialEq, Debug, Encode)]
pub struct PlaceRow {
    /// Its name in the file.
    #[n(0)]
    pub id: String,
    /// What it is called.
    #[n(1)]
    pub name: String,
    /// What for.
    #[n(2)]
    pub what_for: WordsRow,
    /// Where; empty for nowhere.
    #[n(3)]
    pub address: String,
    /// A telephone number; empty for none.
    #[n(4)]
    pub phone: String,
    /// Monday's hours first; missing where nobody has said.
    #[n(5)]
    pub hours: Option<Vec<Vec<OpeningRow>>>,
}

read_in_order!(PlaceRow { id, name, what_for, address, phone, hours });

/// From a minute of the day until another, which is on the next day when it is not later.
#[derive(Clone, PartialEq, Debug, Encode)]
pub struct OpeningRow {
    /// From.
    #[n(0)]
    pub from: u16,
    /// Until.
    #[n(1)]
    pub until: u16,
}

read_in_order!(OpeningRow { from, until });

/// The guide that holds now, ready to be sent.
#[derive(Clone, PartialEq, Debug)]
pub struct Published {
    hash: Hash,
    bytes: Vec<u8>,
}

impl Published {
    /// What is to be sent of this.
    pub fn new(guide: &GuideRow) -> Self {
        Self::of_bytes(guide.bytes())
    }

    /// Bytes as they are, whatever they say.
    pub fn of_bytes(bytes: Vec<u8>) -> Self {
        Self { hash: Hash::of_bytes(&bytes), bytes }
    }

    /// How much there is to send.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// What somebody hears who has the guide of this hash, or none: nothing when it is this one.
    pub fn answer(&self, have: Option<Hash>) -> Option<Tell> {
        (have != Some(self.hash)).then(|| Tell::Guide(self.bytes.clone().into()))
    }
}

impl GuideRow {
    /// Its bytes, as they travel and as phones keep them.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        // Writing to a Vec cannot fail.
        let _ = minicbor::encode(self, &mut bytes);
        bytes
    }

    /// Reads what [`GuideRow::bytes`] wrote, here or in a newer program. `None` for anything else.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        minicbor::decode(bytes).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(danish: &str) -> WordsRow {
        WordsRow { danish: danish.to_owned(), ..WordsRow::default() }
    }

    fn guide() -> GuideRow {
        let phase = PhaseRow {
            key: "a".to_owned(),
            name: words("A"),
            happens: words("b"),
            decides: words("c"),
            is_optional: true,
        };
        let rhythm = RhythmRow {
            months_between_meetings: Some(3),
            meetings_a_year: None,
            meeting_half_years: vec![35],
            months_between_assessments: Some(4),
            ends_before_age: None,
        };
        let area = AreaRow { key: "law".to_owned(), question: words("?") };
        let place = PlaceRow {
            id: "x".to_owned(),
            name: "X".to_owned(),
            what_for: words("y"),
            address: String::new(),
            phone: "112".to_owned(),
            hours: Some(vec![vec![OpeningRow { from: 540, until: 900 }], Vec::new()]),
        };
        let programme = ProgrammeRow {
            key: "elders".to_owned(),
            phases: vec![phase],
            rhythm,
            areas: vec![area],
        };
        GuideRow { programmes: vec![programme], places: vec![place] }
    }

    /// What the guide of version 1 looks like in bytes: phones keep these for as long as nothing is new.
    const VERSION_1: &str = "\
        82818466656c6465727381856161826141608261626082616360f58403f6811823048182636c617782613f60\
        81866178615882617960606331313282818219021c19038480";

    #[test]
    fn the_bytes_of_version_1_stay_as_they_are() {
        let hex: String = guide().bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, VERSION_1);
        assert_eq!(GuideRow::read(&guide().bytes()), Some(guide()));
    }

    #[test]
    fn it_is_sent_to_those_who_have_another_or_none() {
        let published = Published::new(&guide());
        let tell = Some(Tell::Guide(guide().bytes().into()));
        assert_eq!(published.answer(None), tell);
        assert_eq!(published.answer(Some(Hash([7; 32]))), tell);
        assert_eq!(published.answer(Some(Hash::of_bytes(&guide().bytes()))), None);
    }

    #[test]
    fn what_a_newer_program_adds_is_skipped() {
        // A third field of the guide, and a third one of an opening.
        let older = guide().bytes();
        let mut newer = older.clone();
        newer[0] = 0x83;
        newer.extend([0x63, b'n', b'e', b'w']);
        assert_eq!(GuideRow::read(&newer), Some(guide()));
        let opening = [0x82, 0x19, 0x02, 0x1c, 0x19, 0x03, 0x84];
        let at = older.windows(7).position(|found| found == opening).expect("an opening");
        let mut newer = older.clone();
        newer[at] = 0x83;
        newer.insert(at + 7, 7);
        assert_eq!(GuideRow::read(&newer), Some(guide()));
    }

    #[test]
    fn what_is_cut_off_is_nothing_and_nothing_worse() {
        let bytes = guide().bytes();
        for cut in 0..bytes.len() {
            assert_eq!(GuideRow::read(&bytes[..cut]), None, "{cut}");
        }
    }
}
