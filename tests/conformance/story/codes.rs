//! The part about invitations.

use sync::Stamp;
use sync::invitation::{DEVICE_GUESSES_A_DAY, INVITATION_SECONDS};
use sync::message::{Ask, NotRedeemed, Standing, Tell};
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
        assert!(matches!(first, Tell::Welcome { person: None, .. }), "the tab is out again");
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

    pub(super) fn wrong_codes_are_counted(&mut self) {
        for _ in 0..DEVICE_GUESSES_A_DAY {
            assert_eq!(self.redeem(45, 999, NOW), Err(NotRedeemed::Wrong));
        }
        assert_eq!(self.redeem(45, 999, NOW), Err(NotRedeemed::TooMany));
        self.invite(320);
        assert_eq!(self.redeem(45, 320, NOW), Err(NotRedeemed::TooMany), "not even the right one");
        assert_eq!(self.redeem(46, 320, NOW), Ok(()), "others are not touched");
    }
}
