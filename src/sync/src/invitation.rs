//! Invitations: who may make one, how long it works, and whom it lets in.

use trust::{Act, Code, CodeHash, DeviceId, DocumentId, InvitationId, PersonId, Role};

use crate::message::{NotRedeemed, Standing};
use crate::shelf::{Account, Invitation, Shelf, Shelved, Stamp};

/// Wrong codes from one device a day.
pub const DEVICE_GUESSES_A_DAY: u64 = 20;
/// Wrong codes from everybody a day: with 100 codes waiting, guessing at this rate still finds one
/// only once in a thousand years (32^8 codes).
pub const ALL_GUESSES_A_DAY: u64 = 20_000;
/// How long a code works.
pub const INVITATION_SECONDS: u64 = 24 * 60 * 60;

/// Makes an invitation; `None` when this person may not, or the name is taken.
///
/// # Errors
/// The shelf's own failure.
pub fn invite<S: Shelf>(
    shelf: &mut S,
    by: PersonId,
    wanted: (InvitationId, CodeHash, PersonId, DocumentId),
    now: Stamp,
) -> Result<Option<Invitation>, S::Failure> {
    let (invitation, code, person, document) = wanted;
    if !may_invite(shelf, by, (person, document), now)? || shelf.invitation(invitation)?.is_some() {
        return Ok(None);
    }
    let expires = now.seconds + INVITATION_SECONDS;
    let standing = Standing::Waiting;
    let made =
        Invitation { invitation, code, person, document, by, expires, standing, device: None };
    shelf.keep_invitation(&made)?;
    Ok(Some(made))
}

fn may_invite<S: Shelf>(
    shelf: &mut S,
    by: PersonId,
    (person, document): (PersonId, DocumentId),
    now: Stamp,
) -> Result<bool, S::Failure> {
    let invites = shelf.look(document)?.is_some_and(|Shelved { membership, .. }| {
        let role = membership.role(person, now.day());
        role.is_some_and(|role| membership.may(by, now.day(), Act::Invite(role)))
    });
    Ok(invites && answers_for(shelf, by, person, now)?)
}

/// A device that is let in may all that its person may, and anybody can write anybody's name in a document of
/// their own. So whoever makes an invitation must answer for all of it: have the right to invite that person
/// there or somewhere above, or read what the person may only read.
fn answers_for<S: Shelf>(
    shelf: &mut S,
    by: PersonId,
    person: PersonId,
    now: Stamp,
) -> Result<bool, S::Failure> {
    let today = now.day();
    for held in shelf.documents_of(person)? {
        let mut above = Some(held.document);
        let mut answers = false;
        while let Some(Shelved { membership, .. }) = above.map_or(Ok(None), |id| shelf.look(id))? {
            let role = membership.members.get(&person).map(|member| member.role);
            let invites = role.is_some_and(|role| membership.may(by, today, Act::Invite(role)));
            let only_reads = matches!(role, Some(Role::Participant | Role::TrustedAdult));
            answers |= invites || only_reads && membership.may(by, today, Act::Read);
            above = membership.parent.filter(|_| !answers);
        }
        if !answers {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What the maker of an invitation may do with it afterwards.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Afterwards {
    /// Only look.
    Look,
    /// Stop the code.
    Cancel,
    /// The right person is in: the code is used up.
    Confirm,
}

/// Looks at an invitation, cancels it or confirms it; `None` for somebody who could not have made
/// it. What has been used stays used.
///
/// # Errors
/// The shelf's own failure.
pub fn after_invitation<S: Shelf>(
    shelf: &mut S,
    (by, name): (PersonId, InvitationId),
    act: Afterwards,
    now: Stamp,
) -> Result<Option<Invitation>, S::Failure> {
    let Some(mut invitation) = shelf.invitation(name)? else { return Ok(None) };
    if !may_invite(shelf, by, (invitation.person, invitation.document), now)? {
        return Ok(None);
    }
    let next = match (act, invitation.standing) {
        (Afterwards::Cancel, Standing::Waiting) => Standing::Cancelled,
        (Afterwards::Cancel | Afterwards::Confirm, Standing::UsedForNow) => Standing::Used,
        (_, standing) => standing,
    };
    if next != invitation.standing {
        invitation.standing = next;
        shelf.keep_invitation(&invitation)?;
    }
    Ok(Some(invitation))
}

impl Invitation {
    /// How it stands now, its 24 hours considered.
    pub fn standing(&self, now: Stamp) -> Standing {
        match self.standing {
            Standing::Waiting | Standing::UsedForNow if now.seconds >= self.expires => {
                Standing::Expired
            }
            standing => standing,
        }
    }

    /// How long the code still works.
    pub fn seconds_left(&self, now: Stamp) -> u64 {
        self.expires.saturating_sub(now.seconds)
    }
}

/// Lets a device in by a code. The same device with the same code is let in again: the answer to
/// its first try may have been lost on the way.
///
/// # Errors
/// The shelf's own failure.
pub fn redeem<S: Shelf>(
    shelf: &mut S,
    device: DeviceId,
    (typed, tentative): (&str, bool),
    now: Stamp,
) -> Result<Result<Invitation, NotRedeemed>, S::Failure> {
    let found = match Code::read(typed) {
        Ok(code) => shelf.invitation_by_code(code.hash())?,
        Err(_) => None,
    };
    let Some(mut invitation) = found else {
        return wrong_code(shelf, device, now).map(Err);
    };
    if guessed_too_often(shelf, device, 0, now)? {
        return Ok(Err(NotRedeemed::TooMany));
    }
    let known = shelf.person_of(device)?;
    if known.is_some_and(|person| person != invitation.person) {
        return Ok(Err(NotRedeemed::DeviceTaken));
    }
    let again = invitation.device == Some(device) && known.is_some();
    match invitation.standing(now) {
        Standing::Used | Standing::UsedForNow if again => return Ok(Ok(invitation)),
        Standing::Waiting | Standing::UsedForNow => {}
        Standing::Used => return Ok(Err(NotRedeemed::Used)),
        Standing::Cancelled => return Ok(Err(NotRedeemed::Cancelled)),
        Standing::Expired => return Ok(Err(NotRedeemed::Expired)),
    }
    if let Some(first) = invitation.device.take() {
        shelf.unbind(first)?;
    }
    let second = invitation.standing == Standing::UsedForNow;
    let for_now = tentative && !second;
    invitation.standing = if for_now { Standing::UsedForNow } else { Standing::Used };
    invitation.device = Some(device);
    shelf.bind(device, invitation.person)?;
    shelf.keep_invitation(&invitation)?;
    Ok(Ok(invitation))
}

fn wrong_code<S: Shelf>(
    shelf: &mut S,
    device: DeviceId,
    now: Stamp,
) -> Result<NotRedeemed, S::Failure> {
    let often = guessed_too_often(shelf, device, 1, now)?;
    Ok(if often { NotRedeemed::TooMany } else { NotRedeemed::Wrong })
}

fn guessed_too_often<S: Shelf>(
    shelf: &mut S,
    device: DeviceId,
    more: u64,
    now: Stamp,
) -> Result<bool, S::Failure> {
    let mine = shelf.spend(Account::DeviceGuesses(device), now.day(), more)?;
    let all = shelf.spend(Account::AllGuesses, now.day(), more)?;
    Ok(mine > DEVICE_GUESSES_A_DAY || all > ALL_GUESSES_A_DAY)
}
