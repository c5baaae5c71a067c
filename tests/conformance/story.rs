//! The story: a house, a course, a meeting, and everything that goes right and wrong in it.

mod aside;
mod codes;
mod consents;
mod days;
mod devices;

use sync::Stamp;
use sync::message::{Ask, Page, Refusal, Tell};
use tests::pen::{Pen, document, person, pull, push};
use trust::{Change, DocumentId, Hash, Kind, Member, RECORD_BYTES_MAX, Record, RecordKind, Role};

use crate::shelves::Hub;

const NOW: Stamp = Stamp { seconds: 1_800_000_000 };
const LATER: Stamp = Stamp { seconds: NOW.seconds + 10 * 86_400 };

struct Story<'h> {
    hub: &'h mut dyn Hub,
    lead: Pen,
    coordinator: Pen,
    citizen: Pen,
    course: DocumentId,
    head: Hash,
    /// The position of the record of a later version.
    later: u64,
}

/// Tells the whole story on this hub.
pub(crate) fn tell(hub: &mut dyn Hub) {
    let mut story = Story::begin(hub);
    story.a_stranger_learns_nothing();
    story.a_record_gets_one_place_however_often_it_is_pushed();
    story.one_bad_record_does_not_hold_up_the_next();
    story.a_transaction_that_is_given_up_has_never_been();
    story.what_a_later_version_wrote_is_kept_and_given_out();
    story.a_snapshot_stands_in_for_what_it_covers();
    story.a_long_log_comes_in_pages();
    story.codes_let_in_once_and_say_why_not();
    story.a_code_used_in_the_wrong_place_works_once_more();
    story.a_code_used_in_the_wrong_place_lets_nobody_in_later();
    story.a_code_is_carried_over_by_whoever_was_let_in_for_now();
    story.one_code_is_one_invitations();
    story.a_clock_that_was_ahead_makes_no_code_that_lasts();
    story.a_chain_grows_only_from_its_newest_link();
    story.nobody_founds_behind_somebodys_back();
    story.a_membership_ends_with_its_day();
    story.what_comes_after_the_end_is_kept_aside();
    story.it_is_little_and_its_authors_alone();
    story.it_is_read_and_erased_by_whom_it_concerns();
    story.it_dies_by_itself();
    story.a_guest_who_is_out_leaves_nothing();
    story.nobody_takes_part_without_an_end();
    story.a_code_lets_nobody_read_more_than_its_maker_answers_for();
    story.what_somebody_founded_who_has_left_can_be_given_back();
    story.a_right_code_works_whatever_was_tried_before();
    story.a_second_phone_has_no_notebook_and_lets_nobody_in();
    story.the_app_has_what_the_tab_had_and_is_as_old();
    story.a_device_that_is_in_takes_nobodys_place();
    story.a_code_works_no_longer_than_the_right_to_make_it();
    story.a_tab_that_was_put_out_has_left_no_code();
    story.nobody_lets_in_the_citizen_of_another_course();
    story.whoever_was_shown_out_does_not_come_back_as_more();
    story.every_device_hears_of_a_new_one();
    story.a_device_that_nobody_has_said_yes_to_makes_no_code();
    story.a_device_of_hers_says_yes();
    story.a_phone_is_put_out();
    story.a_day_has_an_end();
    story.a_day_of_foundings_has_an_end_for_the_founder_alone();
}

impl<'h> Story<'h> {
    fn begin(hub: &'h mut dyn Hub) -> Self {
        let (lead, coordinator, citizen) = (Pen::new(1), Pen::new(2), Pen::new(3));
        let (house, course) = (document(1), document(2));
        let (head, later) = (Hash::default(), 0);
        let mut story = Story { hub, lead, coordinator, citizen, course, head, later };
        let members = vec![(person(1), Role::DailyLead), (person(2), Role::Coordinator)];
        let found = Change::Found { kind: Kind::House, parent: None, members };
        let first = Pen::new(99).link(house, Hash::default(), &found);
        story.hub.found_house(&first);
        for (device, number) in [(story.lead.device(), 1), (story.coordinator.device(), 2)] {
            story.hub.bind(device, number);
        }
        let members = vec![(person(3), Role::Citizen), (person(2), Role::Coordinator)];
        let found = Change::Found { kind: Kind::Course, parent: Some(house), members };
        let link = story.coordinator.link(course, Hash::default(), &found);
        story.head = Hash::of(&link);
        let told = story.push(&story.coordinator.clone(), &link);
        assert!(matches!(told[..], [Tell::Stored { seq: 1, .. }]), "{told:?}");
        story.hub.bind(story.citizen.device(), 3);
        story
    }

    fn push(&mut self, by: &Pen, record: &Record) -> Vec<Tell> {
        self.hub.ask(by.device(), push([record]), NOW).tells
    }

    fn refused(&mut self, by: &Pen, record: &Record) -> Refusal {
        match self.push(by, record)[..] {
            [Tell::Refused { why, .. }] => why,
            ref told => panic!("{told:?}"),
        }
    }

    fn stored(&mut self, by: &Pen, record: &Record) -> u64 {
        match self.push(by, record)[..] {
            [Tell::Stored { seq, .. }] => seq,
            ref told => panic!("{told:?}"),
        }
    }

    fn page(&mut self, by: &Pen, ask: Ask) -> Page {
        match &self.hub.ask(by.device(), ask, NOW).tells[..] {
            [Tell::Records(page)] => page.clone(),
            told => panic!("{told:?}"),
        }
    }

    fn a_stranger_learns_nothing(&mut self) {
        let stranger = Pen::new(50);
        self.hub.bind(stranger.device(), 50);
        for wanted in [self.course, document(777)] {
            let told = self.hub.ask(stranger.device(), pull(wanted, 0), NOW).tells;
            assert_eq!(told, [Tell::Gone(wanted)]);
            let live = Ask::Live { document: wanted, payload: vec![1].into() };
            assert_eq!(self.hub.ask(stranger.device(), live, NOW).tells, [Tell::Gone(wanted)]);
            let record = stranger.clone().write(wanted, "hej");
            assert_eq!(self.refused(&stranger, &record), Refusal::NotMember);
        }
        let unbound = Pen::new(51);
        assert_eq!(self.hub.ask(unbound.device(), pull(self.course, 0), NOW).tells, []);
        let welcome = self.hub.welcome(unbound.device(), NOW);
        let Tell::Welcome { person: None, documents, .. } = welcome else { panic!("{welcome:?}") };
        assert_eq!(documents, []);
    }

    fn a_record_gets_one_place_however_often_it_is_pushed(&mut self) {
        let record = self.citizen.write(self.course, "min bolig");
        let (citizen, coordinator) = (self.citizen.clone(), self.coordinator.clone());
        assert_eq!(self.stored(&citizen, &record), 2);
        assert_eq!(self.stored(&citizen, &record), 2, "again");
        assert_eq!(self.stored(&coordinator, &record), 2, "brought by somebody else");
        let mut cloned = Pen { counter: record.header().counter - 1, ..citizen.clone() };
        let other = cloned.write(self.course, "noget andet");
        assert_eq!(self.refused(&citizen, &other), Refusal::Cloned);
        let Tell::Welcome { documents, .. } = self.hub.welcome(citizen.device(), NOW) else {
            panic!("no welcome")
        };
        assert_eq!(documents.len(), 1);
        assert_eq!((documents[0].document, documents[0].head), (self.course, 2));
    }

    fn one_bad_record_does_not_hold_up_the_next(&mut self) {
        let (first, second) =
            (self.citizen.write(self.course, "1"), self.citizen.write(self.course, "2"));
        let mut forged = self.citizen.write(self.course, "3").into_bytes();
        let last = forged.len() - 1;
        forged[last] ^= 1;
        let ask = Ask::Push {
            records: vec![
                first.bytes().to_vec().into(),
                forged.into(),
                vec![1; RECORD_BYTES_MAX + 1].into(),
                vec![].into(),
                second.bytes().to_vec().into(),
            ],
        };
        let told = self.hub.ask(self.citizen.device(), ask, NOW).tells;
        let [Tell::Stored { seq: 3, .. }, forged, large, empty, Tell::Stored { seq: 4, .. }] =
            &told[..]
        else {
            panic!("{told:?}")
        };
        let why = |tell: &Tell| match tell {
            Tell::Refused { why, .. } => Some(*why),
            _ => None,
        };
        assert_eq!(why(forged), Some(Refusal::Malformed));
        assert_eq!(why(large), Some(Refusal::TooLarge));
        assert_eq!(why(empty), Some(Refusal::Malformed));
    }

    fn a_transaction_that_is_given_up_has_never_been(&mut self) {
        let record = self.citizen.write(self.course, "i tankerne");
        self.hub.ask_in_vain(self.citizen.device(), push([&record]), NOW);
        let page = self.page(&self.citizen.clone(), pull(self.course, 0));
        assert_eq!(page.head, 4);
        let citizen = self.citizen.clone();
        assert_eq!(self.stored(&citizen, &record), 5, "no gap is left");
    }

    fn what_a_later_version_wrote_is_kept_and_given_out(&mut self) {
        let later = self.citizen.record(self.course, RecordKind::Later(77), b"?");
        let citizen = self.citizen.clone();
        self.later = self.stored(&citizen, &later);
        let page = self.page(&self.coordinator.clone(), pull(self.course, self.later - 1));
        assert_eq!(page.records[0].record.as_slice(), later.bytes());
        let link = self.citizen.later_link(self.course, self.head);
        assert_eq!(self.refused(&citizen, &link), Refusal::Later, "nobody can say who may do it");
    }

    fn a_snapshot_stands_in_for_what_it_covers(&mut self) {
        let citizen = self.citizen.clone();
        let before = self.page(&citizen, pull(self.course, 0)).head;
        let beyond = self.citizen.snapshot(self.course, before + 5);
        assert_eq!(self.refused(&citizen, &beyond), Refusal::StaleSnapshot);
        let brought = self.citizen.snapshot(self.course, before);
        let coordinator = self.coordinator.clone();
        assert_eq!(self.refused(&coordinator, &brought), Refusal::StaleSnapshot);
        let good = self.citizen.snapshot(self.course, before);
        let seq = self.stored(&citizen, &good);
        let older = self.citizen.snapshot(self.course, before - 1);
        assert_eq!(self.refused(&citizen, &older), Refusal::StaleSnapshot);

        let page = self.page(&citizen, pull(self.course, 0));
        let positions: Vec<u64> = page.records.iter().map(|placed| placed.seq).collect();
        let never_covered = [1, self.later];
        assert_eq!(positions[..2], never_covered, "neither the founding nor what is from later");
        assert_eq!(positions[2..], [seq]);
        assert_eq!((page.through, page.head), (seq, seq));
        let whole = Ask::Pull { document: self.course, after: 0, whole: true };
        assert_eq!(self.page(&citizen, whole).records.len() as u64, seq);
        let tail = self.page(&citizen, pull(self.course, before));
        assert_eq!(tail.records.len(), 1);
    }

    fn a_long_log_comes_in_pages(&mut self) {
        let citizen = self.citizen.clone();
        let start = self.page(&citizen, pull(self.course, 0)).head;
        let text = "a".repeat(200_000);
        for _ in 0..6 {
            let record = self.citizen.write(self.course, &text);
            self.stored(&citizen, &record);
        }
        let (mut after, mut pages, mut records) = (start, 0, 0);
        loop {
            let page = self.page(&citizen, pull(self.course, after));
            assert!(page.through > after, "every page goes on");
            assert_eq!(page.after, after);
            records += page.records.len();
            pages += 1;
            after = page.through;
            if after == page.head {
                break;
            }
        }
        assert_eq!((pages, records), (3, 6), "two fit into a page");
        assert!(self.page(&citizen, pull(self.course, after)).records.is_empty());
        assert!(self.page(&citizen, pull(self.course, u64::MAX >> 1)).records.is_empty());
    }

    fn a_chain_grows_only_from_its_newest_link(&mut self) {
        let (citizen, coordinator) = (self.citizen.clone(), self.coordinator.clone());
        let change = |number| Change::Add {
            person: person(number),
            member: Member::always(Role::Coordinator),
        };
        let old = self.head;
        let alone = self.coordinator.link(self.course, old, &change(60));
        assert_eq!(self.refused(&coordinator, &alone), Refusal::NotAllowed, "not without a yes");
        let first = self.citizen.link(self.course, old, &change(60));
        let answer = self.hub.ask(citizen.device(), push([&first]), NOW);
        assert!(matches!(answer.tells[..], [Tell::Stored { .. }]), "{answer:?}");
        let joined = |notice: &&sync::Notice| matches!(notice.tell, Tell::Joined(_));
        let joined: Vec<_> = answer.notices.iter().filter(joined).collect();
        let [news] = joined[..] else { panic!("one is news: {joined:?}") };
        assert_eq!(news.people, [person(60)], "who comes in hears of it, and nobody else");
        self.head = Hash::of(&first);
        let second = self.citizen.link(self.course, old, &change(61));
        assert_eq!(self.refused(&citizen, &second), Refusal::ChainMoved);
        let lead = Change::Add { person: person(62), member: Member::always(Role::DailyLead) };
        let wrong = self.coordinator.link(self.course, self.head, &lead);
        assert_eq!(self.refused(&coordinator, &wrong), Refusal::NotAllowed);
        let garbage = self.coordinator.record(self.course, RecordKind::Membership, b"?");
        assert_eq!(self.refused(&coordinator, &garbage), Refusal::Malformed);
        let stray = self.coordinator.link(
            document(80),
            Hash::default(),
            &Change::Found {
                kind: Kind::Course,
                parent: Some(document(81)),
                members: vec![(person(2), Role::Coordinator), (person(90), Role::Citizen)],
            },
        );
        assert_eq!(self.refused(&coordinator, &stray), Refusal::NotAllowed);
    }

    /// A course in the name of somebody who has one, and a part of it without that person.
    fn nobody_founds_behind_somebodys_back(&mut self) {
        let mut other = Pen::new(63);
        let lead = self.lead.clone();
        let coordinator =
            Change::Add { person: person(63), member: Member::always(Role::Coordinator) };
        let head = self.page(&lead, pull(document(1), 0)).records;
        let head = Hash::of(&Record::read(head[0].record.to_vec()).unwrap());
        let link = self.lead.link(document(1), head, &coordinator);
        self.stored(&lead, &link);
        self.hub.bind(other.device(), 63);
        let course = |by: u64, citizen: u64| Change::Found {
            kind: Kind::Course,
            parent: Some(document(1)),
            members: vec![(person(by), Role::Coordinator), (person(citizen), Role::Citizen)],
        };
        let theirs = other.link(document(20), Hash::default(), &course(63, 3));
        assert_eq!(self.refused(&other.clone(), &theirs), Refusal::NotAllowed, "she has a course");
        let new = other.link(document(21), Hash::default(), &course(63, 64));
        assert_eq!(self.stored(&other.clone(), &new), 1);
        let mut hers = self.coordinator.clone();
        let handed_over = hers.link(document(22), Hash::default(), &course(2, 3));
        self.coordinator.counter = hers.counter;
        assert_eq!(self.stored(&hers.clone(), &handed_over), 1, "her own coordinator may");
        for kind in [Kind::LifeArea, Kind::Meeting, Kind::Network, Kind::Consents] {
            let alone = Change::Found {
                kind,
                parent: Some(self.course),
                members: vec![(person(2), Role::Coordinator)],
            };
            let link = self.coordinator.link(document(23), Hash::default(), &alone);
            assert_eq!(self.refused(&hers, &link), Refusal::NotAllowed, "{kind:?} without her");
        }
    }

    fn a_membership_ends_with_its_day(&mut self) {
        let citizen = self.citizen.clone();
        let until = Some(NOW.day() + 3);
        let member = Member { role: Role::TrustedAdult, until };
        let add = Change::Add { person: person(70), member };
        let link = self.citizen.link(self.course, self.head, &add);
        self.stored(&citizen, &link);
        self.head = Hash::of(&link);
        let adult = Pen::new(70);
        self.hub.bind(adult.device(), 70);
        assert!(!self.page(&adult, pull(self.course, 0)).records.is_empty());
        let record = adult.clone().write(self.course, "må ikke skrive");
        assert_eq!(self.refused(&adult, &record), Refusal::NotAllowed);
        let live = Ask::Live { document: self.course, payload: vec![1].into() };
        let answer = self.hub.ask(adult.device(), live, NOW);
        assert_eq!(answer.tells, [], "a reader is not told that it is gone");
        assert!(answer.notices.iter().all(|notice| notice.people.is_empty()));
        let later = self.hub.ask(adult.device(), pull(self.course, 0), LATER).tells;
        assert_eq!(later, [Tell::Gone(self.course)]);
        let Tell::Welcome { documents, .. } = self.hub.welcome(adult.device(), LATER) else {
            panic!("no welcome")
        };
        assert_eq!(documents, []);
    }

    fn what_comes_after_the_end_is_kept_aside(&mut self) {
        let citizen = self.citizen.clone();
        let leaving = Pen::new(60);
        self.hub.bind(leaving.device(), 60);
        let remove = Change::Remove { person: person(60) };
        let link = self.citizen.link(self.course, self.head, &remove);
        let answer = self.hub.ask(citizen.device(), push([&link]), NOW);
        let told = |notice: &sync::Notice| {
            notice.people == [person(60)] && notice.tell == Tell::Gone(self.course)
        };
        assert!(answer.notices.iter().any(told), "who is out is told");
        self.head = Hash::of(&link);
        let late = leaving.clone().write(self.course, "skrevet i tide");
        assert_eq!(self.refused(&leaving, &late), Refusal::KeptAside);
        assert_eq!(self.refused(&leaving, &late), Refusal::KeptAside, "again");
        let foreign = self.citizen.clone().write(self.course, "en andens");
        assert_eq!(self.refused(&leaving, &foreign), Refusal::NotMember);
    }
}
