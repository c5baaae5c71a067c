//! The part about a person's devices: what a second one gets, who says yes to it, and who puts it out.

use sync::message::{Ask, Held, KnownDevice, NotRedeemed, PutOut, Refusal, Tell};
use sync::{Answer, Notice, Stamp};
use tests::pen::{Pen, code, document, invite, person, pull, push, redeem};
use trust::{Change, DeviceId, DocumentId, Hash, Kind, Member, Record, Role};

use super::{LATER, Story};

const BEFORE: Stamp = Stamp { seconds: LATER.seconds - 600 };

impl Story<'_> {
    fn asks(&mut self, by: &Pen, ask: Ask) -> Answer {
        self.hub.ask(by.device(), ask, LATER)
    }

    /// A citizen of a course of their own, on one phone.
    fn begins(&mut self, number: u64) -> (Pen, DocumentId, Hash) {
        let (course, head) = self.founds_a_course(number);
        (self.comes_in(number, (number, course)), course, head)
    }

    fn founds_a_course(&mut self, number: u64) -> (DocumentId, Hash) {
        let course = document(number);
        let members = vec![(person(number), Role::Citizen), (person(2), Role::Coordinator)];
        let found = Change::Found { kind: Kind::Course, parent: Some(document(1)), members };
        let link = self.coordinator.link(course, Hash::default(), &found);
        self.stored(&self.coordinator.clone(), &link);
        (course, Hash::of(&link))
    }

    /// The coordinator makes a code for a citizen.
    fn makes_a_code(&mut self, number: u64, (citizen, course): (u64, DocumentId)) {
        let coordinator = self.coordinator.clone();
        let made = self.asks(&coordinator, invite(number, code(number), person(citizen), course));
        assert!(matches!(made.tells[..], [Tell::Invitation { .. }]), "{made:?}");
    }

    fn redeems(&mut self, device: u64, ask: Ask) -> Pen {
        let pen = Pen::new(device);
        let told = self.asks(&pen, ask).tells;
        assert!(matches!(told[..], [Tell::Redeemed(_), Tell::Welcome { .. }]), "{told:?}");
        pen
    }

    /// A code of the citizen's that this device has.
    fn comes_in(&mut self, device: u64, whose: (u64, DocumentId)) -> Pen {
        self.makes_a_code(device, whose);
        self.redeems(device, redeem(code(device)))
    }

    /// The same in a tab, which may be the wrong place.
    fn comes_in_for_now(&mut self, device: u64, whose: (u64, DocumentId)) -> Pen {
        self.makes_a_code(device, whose);
        let code = code(device).to_string().replace(' ', "");
        self.redeems(device, Ask::Redeem { code, tentative: true })
    }

    fn keeps_a_notebook(&mut self, pen: &mut Pen, citizen: u64, notebook: DocumentId) -> Record {
        let members = vec![(person(citizen), Role::Citizen)];
        let parent = Some(document(citizen));
        let found = Change::Found { kind: Kind::Notebook, parent, members };
        let link = pen.link(notebook, Hash::default(), &found);
        let words = pen.write(notebook, "kun mit");
        let told = self.asks(&pen.clone(), push([&link, &words])).tells;
        assert!(matches!(told[..], [Tell::Stored { .. }, Tell::Stored { .. }]), "{told:?}");
        words
    }

    fn notebooks(&mut self, pen: &Pen) -> Vec<DocumentId> {
        let Tell::Welcome { documents, .. } = self.hub.welcome(pen.device(), LATER) else {
            panic!("not welcome")
        };
        let own = documents.iter().filter(|held| held.kind == Kind::Notebook);
        own.map(|held| held.document).collect()
    }

    fn devices(&mut self, by: &Pen, of: u64) -> Option<Vec<KnownDevice>> {
        match &self.asks(by, Ask::Devices(person(of))).tells[..] {
            [Tell::Devices { person: whose, devices }] if *whose == person(of) => {
                Some(devices.clone())
            }
            [] => None,
            told => panic!("{told:?}"),
        }
    }

    fn confirmed(&mut self, by: &Pen, of: u64) -> Vec<(DeviceId, bool)> {
        let devices = self.devices(by, of).expect("somebody who may know");
        devices.iter().map(|known| (known.device, known.confirmed)).collect()
    }

    pub(super) fn a_second_phone_has_no_notebook_and_lets_nobody_in(&mut self) {
        let (mut own, course, head) = self.begins(2400);
        let notebook = document(2401);
        self.keeps_a_notebook(&mut own, 2400, notebook);
        // The coordinator keeps the code and uses it.
        let mut taken = self.later_comes_in(2402, (2400, course));
        assert_eq!((self.notebooks(&own), self.notebooks(&taken)), (vec![notebook], vec![]));
        let asked = [pull(notebook, 0), Ask::Live { document: notebook, payload: vec![1].into() }];
        for ask in asked {
            assert_eq!(self.asks(&taken, ask).tells, [Tell::Gone(notebook)]);
        }
        let aside = Ask::Aside { document: notebook, after: None };
        assert_eq!(self.asks(&taken, aside).tells, [Tell::Gone(notebook)]);
        let forged = taken.write(notebook, "fra en anden");
        assert_eq!(self.refused(&taken.clone(), &forged), Refusal::NotMember);
        // What is said in it is heard by the phones that are in it, and by no other of hers.
        let heard = own.write(notebook, "mere");
        let notices = self.asks(&own.clone(), push([&heard])).notices;
        assert!(notices.iter().all(|notice| !notice.people.contains(&person(2400))), "{notices:?}");

        let member = Member { role: Role::TrustedAdult, until: None };
        let add = taken.link(course, head, &Change::Add { person: person(2403), member });
        assert_eq!(self.refused(&taken.clone(), &add), Refusal::Unconfirmed);
        assert_eq!(self.refused(&own.clone(), &add), Refusal::Unconfirmed, "brought by her own");
        let add = own.link(course, head, &Change::Add { person: person(2403), member });
        self.stored(&own.clone(), &add);
        // To end what was let in needs no yes, nor to make it shorter.
        let member = Member { until: Some(LATER.day() + 1), ..member };
        let shorten = Change::Add { person: person(2403), member };
        let shorten = taken.link(course, Hash::of(&add), &shorten);
        self.stored(&taken.clone(), &shorten);
        let remove = Change::Remove { person: person(2403) };
        let remove = taken.link(course, Hash::of(&shorten), &remove);
        self.stored(&taken.clone(), &remove);
    }

    pub(super) fn every_device_hears_of_a_new_one(&mut self) {
        let (own, course, _) = self.begins(2410);
        let coordinator = self.coordinator.clone();
        self.asks(&coordinator, invite(2411, code(2411), person(2410), course));
        let taken = Pen::new(2411);
        // The clock was put back meanwhile; it comes after her own all the same.
        let answer = self.hub.ask(taken.device(), redeem(code(2411)), BEFORE);
        let by = Some(person(2));
        let first = KnownDevice { device: own.device(), since: LATER.seconds, by, confirmed: true };
        let since = LATER.seconds + 1;
        let second = KnownDevice { device: taken.device(), since, by, confirmed: false };
        let (whose, all) = (person(2410), vec![first, second]);
        let told = Tell::Devices { person: whose, devices: all.clone() };
        assert!(answer.notices.contains(&Notice { people: vec![whose], tell: told }), "{answer:?}");
        for pen in [&own, &taken] {
            assert_eq!(self.devices(pen, 2410).as_ref(), Some(&all));
            let Tell::Welcome { devices, .. } = self.hub.welcome(pen.device(), LATER) else {
                panic!("not welcome")
            };
            assert_eq!(devices.as_ref(), Some(&all));
        }
        assert_eq!(self.devices(&coordinator, 2410), Some(all));
        let (lead, citizen) = (self.lead.clone(), self.citizen.clone());
        assert_eq!(self.devices(&lead, 2410), None, "who does not answer for her is told nothing");
        assert_eq!(self.devices(&citizen, 2410), None);
        assert!(self.devices(&lead, 2).is_some(), "the daily lead answers for a coordinator");
        assert_eq!(self.devices(&coordinator, 1), None);
    }

    pub(super) fn a_device_that_nobody_has_said_yes_to_makes_no_code(&mut self) {
        let (_, course, _) = self.begins(2440);
        let (lead, coordinator) = (self.lead.clone(), self.coordinator.clone());
        let taken = Pen::new(2442);
        self.asks(&lead, invite(2442, code(2442), person(2), document(1)));
        let told = self.asks(&taken, redeem(code(2442))).tells;
        assert!(matches!(told[..], [Tell::Redeemed(_), Tell::Welcome { .. }]), "{told:?}");
        let make = invite(2443, code(2443), person(2440), course);
        assert_eq!(self.asks(&taken, make.clone()), Answer::default());
        assert!(matches!(self.asks(&coordinator, make).tells[..], [Tell::Invitation { .. }]));
        // The codes of who was there before are the person's: it may look at them and stop them.
        let stop = Ask::Cancel(trust::InvitationId(person(2443).0));
        assert!(matches!(self.asks(&taken, stop).tells[..], [Tell::Invitation { .. }]));
        self.asks(&coordinator, Ask::PutOut(taken.device()));
    }

    pub(super) fn the_app_has_what_the_tab_had_and_is_as_old(&mut self) {
        let (course, _) = self.founds_a_course(2450);
        let mut tab = self.comes_in_for_now(2450, (2450, course));
        let notebook = document(2451);
        self.keeps_a_notebook(&mut tab, 2450, notebook);
        // Somebody has another code in her name, before her app is on the home screen.
        let taken = self.comes_in(2452, (2450, course));
        let app = self.redeems(2453, redeem(code(2450)));
        assert_eq!((self.notebooks(&app), self.notebooks(&taken)), (vec![notebook], vec![]));
        assert_eq!(self.confirmed(&app, 2450), [(app.device(), true), (taken.device(), false)]);
    }

    pub(super) fn a_device_that_is_in_takes_nobodys_place(&mut self) {
        let (own, course, _) = self.begins(2460);
        let mut tab = self.comes_in_for_now(2461, (2460, course));
        let notebook = document(2462);
        self.keeps_a_notebook(&mut tab, 2460, notebook);
        self.redeems(2460, redeem(code(2461)));
        assert_eq!(self.confirmed(&own, 2460), [(own.device(), true), (tab.device(), false)]);
        assert_eq!(self.notebooks(&tab), [notebook], "what it has is nobody else's");
    }

    pub(super) fn a_code_works_no_longer_than_the_right_to_make_it(&mut self) {
        let (mut own, course, head) = self.begins(2470);
        self.makes_a_code(2471, (2470, course));
        let remove = Change::Remove { person: person(2) };
        let remove = own.link(course, head, &remove);
        self.stored(&own.clone(), &remove);
        let told = self.asks(&Pen::new(2471), redeem(code(2471))).tells;
        assert_eq!(told, [Tell::NotRedeemed(NotRedeemed::Cancelled)]);
    }

    pub(super) fn a_tab_that_was_put_out_has_left_no_code(&mut self) {
        let (own, course, _) = self.begins(2480);
        let tab = self.comes_in_for_now(2481, (2480, course));
        let told = self.asks(&tab, Ask::CarryOver { code: code(2482).hash() }).tells;
        assert!(matches!(told[..], [Tell::CarriesOver { .. }]), "{told:?}");
        self.asks(&own, Ask::PutOut(tab.device()));
        let told = self.asks(&tab, redeem(code(2482))).tells;
        assert_eq!(told, [Tell::NotRedeemed(NotRedeemed::Used)]);
    }

    /// Else nobody could make her a code, or put her lost phone out, who does not answer for that course too.
    pub(super) fn nobody_lets_in_the_citizen_of_another_course(&mut self) {
        let (own, course, _) = self.begins(2490);
        let (mut other, elsewhere, head) = self.begins(2495);
        let member = Member { role: Role::TrustedAdult, until: None };
        let add = Change::Add { person: person(2490), member };
        let link = other.link(elsewhere, head, &add);
        assert_eq!(self.refused(&other.clone(), &link), Refusal::NotAllowed);
        self.makes_a_code(2491, (2490, course));
        let coordinator = self.coordinator.clone();
        assert!(self.devices(&coordinator, 2490).is_some());
        self.asks(&coordinator, Ask::PutOut(own.device()));
        assert!(matches!(self.hub.welcome(own.device(), LATER), Tell::PutOut(_)));
    }

    /// A part that never was, brought by the coordinator as if a server had lost it.
    pub(super) fn whoever_was_shown_out_does_not_come_back_as_more(&mut self) {
        let (mut own, course, head) = self.begins(2500);
        let (former, part) = (person(1), document(2502));
        let member = Member { role: Role::TrustedAdult, until: None };
        let add = own.link(course, head, &Change::Add { person: former, member });
        self.stored(&own.clone(), &add);
        let remove = own.link(course, Hash::of(&add), &Change::Remove { person: former });
        self.stored(&own.clone(), &remove);
        let coordinators = [person(2), former].map(|who| (who, Role::Coordinator));
        let members = [vec![(person(2500), Role::Citizen)], coordinators.to_vec()].concat();
        let found = Change::Found { kind: Kind::LifeArea, parent: Some(course), members };
        let link = Pen::new(2509).link(part, Hash::default(), &found);
        let coordinator = self.coordinator.clone();
        assert_eq!(self.refused(&coordinator, &link), Refusal::NotAllowed);
        let lead = self.lead.clone();
        assert_eq!(self.asks(&lead, pull(part, 0)).tells, [Tell::Gone(part)]);
    }

    pub(super) fn a_device_of_hers_says_yes(&mut self) {
        let (mut own, course, head) = self.begins(2420);
        let (first, second) = (document(2421), document(2422));
        let words = self.keeps_a_notebook(&mut own, 2420, first);
        let mut new = self.later_comes_in(2423, (2420, course));
        self.keeps_a_notebook(&mut new, 2420, second);
        let yes = |pen: &Pen| Ask::Vouch(pen.device());
        // It cannot say yes to itself, nor to the older one, nor can anybody else.
        for by in [new.clone(), self.coordinator.clone(), self.citizen.clone()] {
            assert_eq!(self.asks(&by, yes(&new)), Answer::default());
            assert_eq!(self.asks(&by, yes(&own)), Answer::default());
        }
        assert_eq!(self.notebooks(&new), [second]);
        assert_eq!(self.confirmed(&own, 2420), [(own.device(), true), (new.device(), false)]);

        let answer = self.asks(&own, yes(&new));
        let joined = |tell: &Tell| match tell {
            Tell::Joined(Held { document, .. }) => Some(*document),
            _ => None,
        };
        assert_eq!(answer.tells.iter().filter_map(joined).collect::<Vec<_>>(), [second]);
        let all: Vec<_> = answer.notices.iter().filter_map(|n| joined(&n.tell)).collect();
        assert_eq!(all, [first, second]);
        for pen in [&own, &new] {
            let mut notebooks = self.notebooks(pen);
            notebooks.sort();
            assert_eq!(notebooks, [first, second]);
        }
        assert_eq!(self.confirmed(&new, 2420), [(own.device(), true), (new.device(), true)]);
        let page = self.page(&new, pull(first, 0));
        assert!(page.records.iter().any(|placed| placed.record[..] == *words.bytes()));
        let member = Member { role: Role::TrustedAdult, until: None };
        let add = new.link(course, head, &Change::Add { person: person(2403), member });
        self.stored(&new.clone(), &add);
        // Once more changes nothing.
        let again = self.asks(&own, yes(&new));
        assert!(matches!(again.tells[..], [Tell::Devices { .. }]), "{again:?}");
    }

    pub(super) fn a_phone_is_put_out(&mut self) {
        let (mut own, course, _) = self.begins(2430);
        let notebook = document(2431);
        self.keeps_a_notebook(&mut own, 2430, notebook);
        let mut taken = self.later_comes_in(2432, (2430, course));
        let words = taken.write(course, "jeg er her");
        self.stored(&taken.clone(), &words);
        let out = |pen: &Pen| Ask::PutOut(pen.device());
        // Neither the one in question, nor a stranger, nor who only works beside her.
        for by in [taken.clone(), self.citizen.clone(), self.lead.clone()] {
            assert_eq!(self.asks(&by, out(&own)), Answer::default());
        }
        let answer = self.asks(&own, out(&taken));
        assert_eq!(self.confirmed(&own, 2430), [(own.device(), true)]);
        assert!(matches!(&answer.tells[..], [Tell::Devices { devices, .. }] if devices.len() == 1));
        let told = self.hub.welcome(taken.device(), LATER);
        let by = Some(person(2430));
        assert_eq!(told, Tell::PutOut(PutOut { at: LATER.seconds, by }));
        assert_eq!(self.asks(&taken, pull(course, 0)).tells, []);
        let late = taken.write(course, "endnu");
        assert_eq!(self.refused(&taken.clone(), &late), Refusal::NotMember);
        // Whose words they were is still known.
        let page = self.page(&own, pull(course, 0));
        let writers = page.writers.expect("writers");
        assert!(writers.contains(&(taken.device(), person(2430))));

        // Her phone is lost: the coordinator puts it out, and the next one comes in as the only one.
        let coordinator = self.coordinator.clone();
        self.asks(&coordinator, out(&own));
        let new = self.later_comes_in(2433, (2430, course));
        assert_eq!(self.confirmed(&new, 2430), [(new.device(), true)]);
        assert_eq!(self.notebooks(&new), [], "what was only hers is on the phones she said yes to");
        // Found again, it comes in by a code like any other, and nobody has said yes to it.
        let found = self.later_comes_in(2430, (2430, course));
        assert_eq!(found.device(), own.device());
        assert_eq!(self.confirmed(&new, 2430), [(new.device(), true), (own.device(), false)]);
        assert_eq!(self.notebooks(&found), []);
    }

    /// Like [`Story::comes_in`], an hour after all that came before.
    fn later_comes_in(&mut self, device: u64, (citizen, course): (u64, DocumentId)) -> Pen {
        let number = 10_000 + self.coordinator.counter * 1_000 + device;
        let coordinator = self.coordinator.clone();
        self.asks(&coordinator, invite(number, code(number), person(citizen), course));
        let pen = Pen::new(device);
        let hours = self.devices(&coordinator, citizen).map_or(0, |known| known.len() as u64 + 1);
        let now = Stamp { seconds: LATER.seconds + 3_600 * hours };
        let told = self.hub.ask(pen.device(), redeem(code(number)), now).tells;
        assert!(matches!(told[..], [Tell::Redeemed(_), Tell::Welcome { .. }]), "{told:?}");
        pen
    }
}
