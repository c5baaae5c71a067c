//! The part about invitations.

use sync::Stamp;
use sync::invitation::{AGAIN_SECONDS, INVITATION_SECONDS, PUT_BACK_SECONDS};
use sync::message::{Ask, NotRedeemed, PutOut, Standing, Tell};
use tests::pen::{Pen, code, invite, person, redeem};
use trust::InvitationId;

use super::{NOW, Story};

impl Story<'_> {
    fn invite(&mut self, number: u64) -> Standing {
        let ask = invite(number, code(number), person(3), self.course);
        match self.hub.ask(self.coordinator.device(), ask, NOW).tells[..] {
            [Tell::Invitation { standing, seconds_left, .. }] => {
                assert_eq!(seconds_left, INVITATION_SECONDS);
                standing
            }
            ref told => panic!("{told:?}"),
        }
    }

    fn redeem(&mut self, device: u64, number: u64, now: Stamp) -> Result<(), NotRedeemed> {
        let told = self.hub.ask(Pen::new(device).device(), redeem(code(number)), now).tells;
        match &told[..] {
            [Tell::Redeemed(who), Tell::Welcome { person: Some(me), .. }] if who == me => Ok(()),
            [Tell::NotRedeemed(why)] => Err(*why),
            told => panic!("{told:?}"),
        }
    }

    pub(super) fn codes_let_in_once_and_say_why_not(&mut self) {
        assert_eq!(self.invite(300), Standing::Waiting);
        assert_eq!(self.redeem(30, 301, NOW), Err(NotRedeemed::Wrong));
        assert_eq!(self.redeem(30, 300, NOW), Ok(()));
        assert_eq!(self.redeem(30, 300, NOW), Ok(()), "the first answer may have been lost");
        assert_eq!(self.redeem(31, 300, NOW), Err(NotRedeemed::Used));

        self.invite(302);
        let expired = Stamp { seconds: NOW.seconds + INVITATION_SECONDS };
        assert_eq!(self.redeem(31, 302, expired), Err(NotRedeemed::Expired));
        let name = InvitationId(person(303).0);
        self.invite(303);
        let told = self.hub.ask(self.coordinator.device(), Ask::Cancel(name), NOW).tells;
        assert!(matches!(told[..], [Tell::Invitation { standing: Standing::Cancelled, .. }]));
        assert_eq!(self.redeem(31, 303, NOW), Err(NotRedeemed::Cancelled));
        self.invite(304);
        let lead = self.lead.device();
        let ask = redeem(code(304));
        let told = self.hub.ask(lead, ask, NOW).tells;
        assert_eq!(told, [Tell::NotRedeemed(NotRedeemed::DeviceTaken)]);
        // Who may not invite cannot look either, nor make one.
        assert_eq!(self.hub.ask(lead, Ask::Invitation(name), NOW).tells, []);
        let made = invite(305, code(305), person(3), self.course);
        assert_eq!(self.hub.ask(lead, made, NOW).tells, []);
    }

    pub(super) fn a_code_used_in_the_wrong_place_works_once_more(&mut self) {
        self.invite(310);
        let name = InvitationId(person(310).0);
        let tentative =
            Ask::Redeem { code: code(310).to_string().replace(' ', ""), tentative: true };
        let answer = self.hub.ask(Pen::new(40).device(), tentative, NOW);
        assert!(matches!(answer.tells[0], Tell::Redeemed(_)), "{answer:?}");
        let heard = &answer.notices[0];
        assert_eq!(heard.people, [person(2)], "the maker hears of it");
        assert!(
            matches!(heard.tell, Tell::Invitation { standing: Standing::UsedForNow, .. }),
            "{heard:?}"
        );
        assert_eq!(self.redeem(41, 310, NOW), Ok(()));
        let first = self.hub.welcome(Pen::new(40).device(), NOW);
        assert_eq!(
            first,
            Tell::PutOut(PutOut { at: NOW.seconds, by: None }),
            "the tab is out again"
        );
        assert_eq!(self.redeem(42, 310, NOW), Err(NotRedeemed::Used));

        self.invite(311);
        let tentative =
            Ask::Redeem { code: code(311).to_string().replace(' ', ""), tentative: true };
        self.hub.ask(Pen::new(43).device(), tentative, NOW);
        let confirm = Ask::Confirm(InvitationId(person(311).0));
        let told = self.hub.ask(self.coordinator.device(), confirm, NOW).tells;
        assert!(matches!(told[..], [Tell::Invitation { standing: Standing::Used, .. }]));
        assert_eq!(self.redeem(44, 311, NOW), Err(NotRedeemed::Used));
        let look = self.hub.ask(self.coordinator.device(), Ask::Invitation(name), NOW).tells;
        assert!(matches!(look[..], [Tell::Invitation { standing: Standing::Used, .. }]));
    }

    pub(super) fn a_code_used_in_the_wrong_place_lets_nobody_in_later(&mut self) {
        self.invite(312);
        assert_eq!(self.redeem_for_now(2047, 312), Ok(()));
        // Somebody sees the code later.
        let later = Stamp { seconds: NOW.seconds + AGAIN_SECONDS };
        assert_eq!(self.redeem(2048, 312, later), Err(NotRedeemed::Used));
        assert!(self.is_in(2047), "and whoever is in stays");
        assert_eq!(self.redeem(2047, 312, later), Ok(()), "whose first answer may have been lost");
    }

    pub(super) fn a_code_is_carried_over_by_whoever_was_let_in_for_now(&mut self) {
        self.invite(313);
        self.invite(314);
        assert_eq!(self.carry_over(2049, 350), None, "nobody is in yet");
        assert_eq!(self.redeem_for_now(2049, 313), Ok(()));
        assert_eq!(self.carry_over(30, 350), None, "who is in for good carries nothing over");
        assert_eq!(self.carry_over(2049, 314), None, "a code that is somebody's");
        assert_eq!(self.carry_over(2049, 350), Some(INVITATION_SECONDS));
        assert_eq!(self.carry_over(2049, 350), Some(INVITATION_SECONDS), "again");
        assert_eq!(self.redeem(2050, 313, NOW), Err(NotRedeemed::Used), "by the first nobody does");
        assert!(self.is_in(2049));
        assert_eq!(
            self.hub
                .ask(self.coordinator.device(), invite(351, code(313), person(3), self.course), NOW)
                .tells,
            []
        );
        let later = Stamp { seconds: NOW.seconds + 2 * AGAIN_SECONDS };
        assert_eq!(self.redeem(2051, 350, later), Ok(()));
        assert!(!self.is_in(2049), "the tab is out when the app is in");
        assert_eq!(self.redeem(2052, 350, later), Err(NotRedeemed::Used));
        assert_eq!(self.carry_over(2051, 352), None, "for good");
    }

    pub(super) fn one_code_is_one_invitations(&mut self) {
        self.invite(315);
        let twin = invite(353, code(315), person(3), self.course);
        assert_eq!(self.hub.ask(self.coordinator.device(), twin, NOW).tells, []);
        assert_eq!(self.redeem(2053, 315, NOW), Ok(()));
    }

    pub(super) fn a_clock_that_was_ahead_makes_no_code_that_lasts(&mut self) {
        let ahead = |seconds| Stamp { seconds: NOW.seconds + seconds };
        for (number, by, told) in [
            (316, 2 * 365 * 86_400, Err(NotRedeemed::Expired)),
            (317, PUT_BACK_SECONDS / 2, Ok(())),
        ] {
            let ask = invite(number, code(number), person(3), self.course);
            let made = self.hub.ask(self.coordinator.device(), ask, ahead(by)).tells;
            assert!(matches!(made[..], [Tell::Invitation { .. }]), "{made:?}");
            assert_eq!(self.redeem(2054, number, NOW), told);
        }
    }

    fn redeem_for_now(&mut self, device: u64, number: u64) -> Result<(), NotRedeemed> {
        let code = code(number).to_string().replace(' ', "");
        let ask = Ask::Redeem { code, tentative: true };
        match &self.hub.ask(Pen::new(device).device(), ask, NOW).tells[..] {
            [Tell::Redeemed(_), Tell::Welcome { .. }] => Ok(()),
            [Tell::NotRedeemed(why)] => Err(*why),
            told => panic!("{told:?}"),
        }
    }

    fn carry_over(&mut self, device: u64, number: u64) -> Option<u64> {
        let ask = Ask::CarryOver { code: code(number).hash() };
        match self.hub.ask(Pen::new(device).device(), ask, NOW).tells[..] {
            [Tell::CarriesOver { seconds_left }] => Some(seconds_left),
            [] => None,
            ref told => panic!("{told:?}"),
        }
    }

    fn is_in(&mut self, device: u64) -> bool {
        let welcome = self.hub.welcome(Pen::new(device).device(), NOW);
        matches!(welcome, Tell::Welcome { person: Some(_), .. })
    }

    /// How often somebody may try is the server's to say, by where they come from.
    pub(super) fn a_right_code_works_whatever_was_tried_before(&mut self) {
        self.invite(320);
        for device in 1_000..1_200 {
            assert_eq!(self.redeem(device, 999, NOW), Err(NotRedeemed::Wrong));
        }
        assert_eq!(self.redeem(46, 320, NOW), Ok(()));
    }
}
