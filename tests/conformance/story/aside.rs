//! The part about what came after its author's membership had ended.

use sync::aside::{ASIDE_BYTES_MAX, ASIDE_SECONDS};
use sync::message::{AsidePage, AsideRecord, Ask, RecordName, Refusal, Tell};
use sync::{Answer, Stamp};
use tests::pen::{Pen, person, push};
use trust::{Change, Hash, Member, RECORD_BYTES_MAX, Record, RecordKind, Role};

use super::{NOW, Story};

impl Story<'_> {
    fn ask_aside(&mut self, by: &Pen, now: Stamp) -> Option<Vec<AsideRecord>> {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let ask = Ask::Aside { document: self.course, after };
            let Answer { mut tells, .. } = self.hub.ask(by.device(), ask, now);
            match tells.pop() {
                Some(Tell::Gone(document)) if document == self.course && all.is_empty() => {
                    return None;
                }
                // Everything of one's own has been told: the page after it is as if there were none.
                Some(Tell::Gone(_)) => return Some(all),
                Some(Tell::Aside(AsidePage { records, next, .. })) => {
                    all.extend(records);
                    after = next;
                    if next.is_none() {
                        return Some(all);
                    }
                }
                other => panic!("{other:?}"),
            }
        }
    }

    fn erase_aside(&mut self, by: &Pen, records: &[Record]) -> usize {
        let names: Vec<RecordName> = records.iter().map(RecordName::of).collect();
        let ask = Ask::EraseAside { document: self.course, names: names.clone() };
        match &self.hub.ask(by.device(), ask, NOW).tells[..] {
            [Tell::AsideErased { names: erased, .. }] => {
                assert!(erased.iter().all(|name| names.contains(name)));
                erased.len()
            }
            told => panic!("{told:?}"),
        }
    }

    /// Somebody who was a member, and is out.
    fn put_out(&mut self, number: u64, role: Role) -> Pen {
        let pen = Pen::new(number);
        self.hub.bind(pen.device(), number);
        let citizen = self.citizen.clone();
        let add = Change::Add { person: person(number), member: Member::always(role) };
        let link = self.citizen.link(self.course, self.head, &add);
        self.stored(&citizen, &link);
        let out = Change::Remove { person: person(number) };
        let link = self.citizen.link(self.course, Hash::of(&link), &out);
        self.stored(&citizen, &link);
        self.head = Hash::of(&link);
        pen
    }

    /// Somebody who may read the course and not write in it.
    fn let_read(&mut self, number: u64) -> Pen {
        let pen = Pen::new(number);
        self.hub.bind(pen.device(), number);
        let citizen = self.citizen.clone();
        let add =
            Change::Add { person: person(number), member: Member::always(Role::TrustedAdult) };
        let link = self.citizen.link(self.course, self.head, &add);
        self.stored(&citizen, &link);
        self.head = Hash::of(&link);
        pen
    }

    pub(super) fn it_is_little_and_its_authors_alone(&mut self) {
        let mut angry = self.put_out(160, Role::Coordinator);
        let mut other = self.put_out(161, Role::Coordinator);
        let text = "a".repeat(RECORD_BYTES_MAX - 126);
        let records: Vec<Record> = (0..8).map(|_| angry.write(self.course, &text)).collect();
        let kept = records
            .iter()
            .take_while(|record| self.refused(&angry, record) == Refusal::KeptAside)
            .count();
        assert_eq!(kept, ASIDE_BYTES_MAX as usize / RECORD_BYTES_MAX);
        assert_eq!(self.refused(&angry, &records[0]), Refusal::KeptAside, "it is there already");
        let small = angry.write(self.course, "og lidt til");
        assert_eq!(self.refused(&angry, &small), Refusal::NotMember);
        // Another device of the same person has no more room, another person all of theirs.
        let mut second = Pen::new(162);
        self.hub.bind(second.device(), 160);
        let record = second.write(self.course, "fra en anden telefon");
        assert_eq!(self.refused(&second, &record), Refusal::NotMember);
        let record = other.write(self.course, &text);
        assert_eq!(self.refused(&other, &record), Refusal::KeptAside);
        let citizen = self.citizen.clone();
        let record = self.citizen.write(self.course, &text);
        self.stored(&citizen, &record);
        // What is erased makes room.
        assert_eq!(self.erase_aside(&angry, &records[..1]), 1);
        assert_eq!(self.refused(&angry, &small), Refusal::KeptAside);
        assert_eq!(self.erase_aside(&citizen, &records), kept - 1);
        assert_eq!(self.erase_aside(&citizen, &[small, record]), 1);
    }

    pub(super) fn it_is_read_and_erased_by_whom_it_concerns(&mut self) {
        let mut leaving = self.put_out(163, Role::Coordinator);
        let other = self.put_out(164, Role::Coordinator);
        let records: Vec<Record> =
            (0..3).map(|number| leaving.write(self.course, &format!("i tide {number}"))).collect();
        let told = self.hub.ask(leaving.device(), push(&records), NOW).tells;
        assert!(
            told.iter().all(|tell| matches!(tell, Tell::Refused { why: Refusal::KeptAside, .. }))
        );
        let (citizen, coordinator) = (self.citizen.clone(), self.coordinator.clone());
        let is_theirs = |row: &&AsideRecord| row.person == Some(person(163));
        for reader in [&citizen, &coordinator, &leaving] {
            let rows = self.ask_aside(reader, NOW).expect("something to read");
            let theirs: Vec<&AsideRecord> = rows.iter().filter(is_theirs).collect();
            let bytes: Vec<&[u8]> = theirs.iter().map(|row| row.record.as_slice()).collect();
            assert_eq!(bytes, records.iter().map(Record::bytes).collect::<Vec<_>>());
            assert!(theirs.iter().all(|row| row.kept == NOW.seconds));
        }
        let stranger = Pen::new(165);
        self.hub.bind(stranger.device(), 165);
        let lead = self.lead.clone();
        for stranger in [&other, &stranger, &lead] {
            assert_eq!(self.ask_aside(stranger, NOW), None);
            assert_eq!(self.erase_aside(stranger, &records), 0);
        }
        assert_eq!(self.erase_aside(&leaving, &records[..1]), 1);
        assert_eq!(self.erase_aside(&coordinator, &records), 2);
        assert_eq!(self.ask_aside(&leaving, NOW), None, "nothing is left");
        // Who may read here and not write knows of the document, and is not told that it is gone.
        let reader = self.let_read(168);
        assert_eq!(self.ask_aside(&reader, NOW), Some(Vec::new()));
    }

    pub(super) fn it_dies_by_itself(&mut self) {
        let mut leaving = self.put_out(166, Role::Coordinator);
        let record = leaving.write(self.course, "glemt");
        assert_eq!(self.refused(&leaving, &record), Refusal::KeptAside);
        let coordinator = self.coordinator.clone();
        let after = |seconds| Stamp { seconds: NOW.seconds + seconds };
        let kept = |story: &mut Self, now| story.ask_aside(&coordinator, now).unwrap_or_default();
        self.hub.sweep(after(ASIDE_SECONDS - 1));
        assert!(!kept(self, after(ASIDE_SECONDS - 1)).is_empty());
        assert!(kept(self, after(ASIDE_SECONDS)).is_empty(), "over, also before it is swept");
        self.hub.sweep(after(ASIDE_SECONDS));
        assert_eq!(self.erase_aside(&coordinator, &[record]), 0);
        // Kept while the server's clock was two years ahead.
        let record = leaving.write(self.course, "kom engang");
        let ahead = after(2 * 365 * 86_400);
        let told = self.hub.ask(leaving.device(), push([&record]), ahead).tells;
        assert!(matches!(told[..], [Tell::Refused { why: Refusal::KeptAside, .. }]), "{told:?}");
        self.hub.sweep(NOW);
        self.hub.sweep(after(ASIDE_SECONDS));
        assert_eq!(self.erase_aside(&coordinator, &[record]), 0);
    }

    pub(super) fn a_guest_who_is_out_leaves_nothing(&mut self) {
        let mut guest = self.put_out(167, Role::TrustedAdult);
        let record = guest.record(self.course, RecordKind::Update, b"aldrig skrevet i tide");
        assert_eq!(self.refused(&guest, &record), Refusal::NotMember);
    }
}
