//! The part about what a day holds.

use sync::limits::{DEVICE_BYTES_A_DAY, DEVICE_FOUNDINGS_A_DAY};
use sync::message::{Tell, WaitFor};
use sync::{Answer, Stamp};
use tests::pen::{document, person, push};
use trust::{Change, Hash, Kind, RECORD_BYTES_MAX, Record, Role};

use super::{LATER, Story};

const AFTER: Stamp = Stamp { seconds: LATER.seconds + 10 * 86_400 };

impl Story<'_> {
    pub(super) fn a_day_has_an_end(&mut self) {
        let citizen = self.citizen.clone();
        let text = "a".repeat(RECORD_BYTES_MAX - 126);
        let fits = DEVICE_BYTES_A_DAY / RECORD_BYTES_MAX as u64 + 1;
        let mut waited = false;
        for _ in 0..fits {
            let record = self.citizen.write(self.course, &text);
            match self.hub.ask(citizen.device(), push([&record]), LATER).tells[..] {
                [Tell::Stored { .. }] => {}
                [Tell::Wait { why: WaitFor::TooMuch, .. }] => {
                    waited = true;
                    let tomorrow = Stamp { seconds: LATER.seconds + 86_400 };
                    let told = self.hub.ask(citizen.device(), push([&record]), tomorrow).tells;
                    assert!(matches!(told[..], [Tell::Stored { .. }]), "{told:?}");
                }
                ref told => panic!("{told:?}"),
            }
        }
        assert!(waited, "the limit was never reached");
    }

    fn life_area(&mut self, number: u64) -> Record {
        let members = vec![(person(3), Role::Citizen), (person(2), Role::Coordinator)];
        let found = Change::Found { kind: Kind::LifeArea, parent: Some(self.course), members };
        self.coordinator.link(document(number), Hash::default(), &found)
    }

    pub(super) fn a_day_of_foundings_has_an_end_for_the_founder_alone(&mut self) {
        let (citizen, coordinator) = (self.citizen.clone(), self.coordinator.clone());
        let ask = |story: &mut Self, records: &[Record], now| -> Answer {
            story.hub.ask(coordinator.device(), push(records), now)
        };
        let foundings: Vec<Record> =
            (0..DEVICE_FOUNDINGS_A_DAY).map(|number| self.life_area(10_000 + number)).collect();
        for foundings in foundings.chunks(100) {
            let told = ask(self, foundings, AFTER).tells;
            assert!(
                told.iter().all(|tell| matches!(tell, Tell::Stored { seq: 1, .. })),
                "{told:?}"
            );
        }
        let more = self.life_area(20_000);
        let told = ask(self, std::slice::from_ref(&more), AFTER).tells;
        assert!(matches!(told[..], [Tell::Wait { why: WaitFor::TooMuch, .. }]), "{told:?}");
        // Words are not foundings, and the citizen founds as before.
        let words = self.coordinator.write(self.course, "skriver videre");
        let told = ask(self, &[words], AFTER).tells;
        assert!(matches!(told[..], [Tell::Stored { .. }]), "{told:?}");
        let members = vec![(person(3), Role::Citizen), (person(2), Role::Coordinator)];
        let found = Change::Found { kind: Kind::LifeArea, parent: Some(self.course), members };
        let own = self.citizen.link(document(20_001), Hash::default(), &found);
        let told = self.hub.ask(citizen.device(), push([&own]), AFTER).tells;
        assert!(matches!(told[..], [Tell::Stored { .. }]), "{told:?}");
        let tomorrow = Stamp { seconds: AFTER.seconds + 86_400 };
        let told = ask(self, &[more], tomorrow).tells;
        assert!(matches!(told[..], [Tell::Stored { .. }]), "{told:?}");
        let welcome = self.hub.welcome(citizen.device(), tomorrow);
        let Tell::Welcome { documents, .. } = welcome else { panic!("no welcome") };
        assert!(documents.len() as u64 > DEVICE_FOUNDINGS_A_DAY, "all of them are told of");
    }
}
