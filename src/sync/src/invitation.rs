//! Invitations: who may make one, how long it works, and whom it lets in.

use std::collections::BTreeMap;

use trust::{Act, Code, CodeHash, DeviceId, DocumentId, InvitationId, PersonId, Role};

use crate::devices::Device;
use crate::limits::{Charge, PERSON_INVITATIONS_A_DAY, within};
use crate::message::{NotRedeemed, PutOut, Standing};
use crate::shelf::{Account, Ancestor, Invitation, Shelf, Shelved, Stamp};

/// How long a code works.
pub const INVITATION_SECONDS: u64 = 24 * 60 * 60;
/// How long a code that was used where it may have been the wrong place works once more, if the device there has not
/// named another: long enough to put the app on the home screen, which is done with the code in hand.
pub const AGAIN_SECONDS: u64 = 15 * 60;
/// By so much a clock may have been put back since a code was made. One that was made later than that was made by a
/// clock that was wrong, and would work for as long as it was ahead.
pub const PUT_BACK_SECONDS: u64 = 60 * 60;

/// Makes an invitation; `None` when this person may not, or the name or the code is taken.
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
    if shelf.invitation(invitation)?.is_some()
        || !may_invite(shelf, by, (person, document), now)?
        // Two with one code would let somebody in as another than whoever gave it to them meant. Whether there is such
        // a code is told to nobody for nothing: it would be a guess.
        || shelf.invitation_by_code(code)?.is_some()
    {
        return Ok(None);
    }
    let made = Invitation {
        invitation,
        code,
        person,
        document,
        by,
        made: now.seconds,
        expires: now.seconds + INVITATION_SECONDS,
        standing: Standing::Waiting,
        device: None,
        again_until: 0,
        spent: None,
    };
    shelf.keep_invitation(&made)?;
    Ok(Some(made))
}

fn may_invite<S: Shelf>(
    shelf: &mut S,
    by: PersonId,
    (person, document): (PersonId, DocumentId),
    now: Stamp,
) -> Result<bool, S::Failure> {
    Ok(invites(shelf, by, (person, document), now)?
        && within(shelf, &[person_invitations(by)], now)?
        && answer_for_all(&shelf.documents_and_ancestors(person, by)?, now))
}

/// Whether somebody may invite this person in this document.
fn invites<S: Shelf>(
    shelf: &mut S,
    by: PersonId,
    (person, document): (PersonId, DocumentId),
    now: Stamp,
) -> Result<bool, S::Failure> {
    Ok(shelf.look(document)?.is_some_and(|Shelved { membership, .. }| {
        let role = membership.role(person, now.day());
        role.is_some_and(|role| membership.may(by, now.day(), Act::Invite(role)))
    }))
}

/// Whether whoever made a code could make it today: it lets in somebody who is what the person is by now. Who has made
/// it for themselves needs nobody's leave.
fn still_invites<S: Shelf>(
    shelf: &mut S,
    made: &Invitation,
    now: Stamp,
) -> Result<bool, S::Failure> {
    let &Invitation { by, person, document, .. } = made;
    Ok(by == person
        || invites(shelf, by, (person, document), now)?
            && answer_for_all(&shelf.documents_and_ancestors(person, by)?, now))
}

fn person_invitations(by: PersonId) -> Charge {
    (Account::PersonInvitations(by), 1, PERSON_INVITATIONS_A_DAY)
}

/// A device that is let in may all that its person may, and anybody can write anybody's name in a document of
/// their own. So whoever makes an invitation must answer for all of it: have the right to invite that person
/// there or somewhere above, or read what the person may only read.
fn answer_for_all(rows: &[Ancestor], now: Stamp) -> bool {
    let answered: BTreeMap<DocumentId, (Option<DocumentId>, bool)> =
        rows.iter().map(|row| (row.document, (row.parent, answers_in(row, now)))).collect();
    let answers = |document: DocumentId| {
        let mut above = Some(document);
        while let Some((parent, answers)) = above.and_then(|document| answered.get(&document)) {
            if *answers {
                return true;
            }
            above = *parent;
        }
        false
    };
    let mut stands = rows.iter().filter(|row| row.person.is_some());
    stands.all(|row| answers(row.document))
}

/// Whether somebody may know of a person's devices and put one out: who might also make an invitation for them.
///
/// # Errors
/// The shelf's own failure.
pub(crate) fn looks_after<S: Shelf>(
    shelf: &mut S,
    by: PersonId,
    person: PersonId,
    now: Stamp,
) -> Result<bool, S::Failure> {
    let rows = shelf.documents_and_ancestors(person, by)?;
    let invites = |row: &Ancestor| {
        row.person.is_some_and(|member| other_may(row, Act::Invite(member.role), now))
    };
    Ok(rows.iter().any(invites) && answer_for_all(&rows, now))
}

/// Whether what the maker of an invitation is in this one document answers for what the person is there.
fn answers_in(row: &Ancestor, now: Stamp) -> bool {
    let Some(role) = row.person.map(|member| member.role) else { return false };
    let only_reads = matches!(role, Role::Participant | Role::TrustedAdult);
    other_may(row, Act::Invite(role), now) || only_reads && other_may(row, Act::Read, now)
}

fn other_may(row: &Ancestor, act: Act, now: Stamp) -> bool {
    let holds = row.other.filter(|member| member.holds(now.day()));
    holds.is_some_and(|member| trust::may(member.role, row.kind, act))
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

/// Looks at an invitation, cancels it or confirms it; `None` for somebody who has not made it and could not.
/// What has been used stays used.
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
    let (person, document) = (invitation.person, invitation.document);
    if invitation.by != by && !may_invite(shelf, by, (person, document), now)? {
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
    /// How it stands now, its 24 hours considered, and that a clock may have been wrong when it was made.
    pub fn standing(&self, now: Stamp) -> Standing {
        let is_over = now.seconds >= self.expires || now.seconds + PUT_BACK_SECONDS < self.made;
        match self.standing {
            Standing::Waiting | Standing::UsedForNow if is_over => Standing::Expired,
            standing => standing,
        }
    }

    /// How long the code still works.
    pub fn seconds_left(&self, now: Stamp) -> u64 {
        self.expires.saturating_sub(now.seconds)
    }
}

/// Lets a device in by a code. How often somebody may try is for [`Guesses`](crate::Guesses) to say. The same device
/// with the same code is let in again: the answer to its first try may have been lost on the way.
///
/// # Errors
/// The shelf's own failure.
pub fn redeem<S: Shelf>(
    shelf: &mut S,
    device: DeviceId,
    (typed, tentative): (&str, bool),
    now: Stamp,
) -> Result<Result<Invitation, NotRedeemed>, S::Failure> {
    let Ok(code) = Code::read(typed) else { return Ok(Err(NotRedeemed::Wrong)) };
    let Some(mut invitation) = shelf.invitation_by_code(code.hash())? else {
        return Ok(Err(NotRedeemed::Wrong));
    };
    let known = shelf.person_of(device)?;
    if known.is_some_and(|person| person != invitation.person) {
        return Ok(Err(NotRedeemed::DeviceTaken));
    }
    let again = invitation.device == Some(device) && known.is_some();
    let once_more = now.seconds < invitation.again_until && invitation.code == code.hash();
    match invitation.standing(now) {
        Standing::Used | Standing::UsedForNow if again => return Ok(Ok(invitation)),
        Standing::Waiting => {}
        Standing::UsedForNow if once_more => {}
        Standing::Used | Standing::UsedForNow => return Ok(Err(NotRedeemed::Used)),
        Standing::Cancelled => return Ok(Err(NotRedeemed::Cancelled)),
        Standing::Expired => return Ok(Err(NotRedeemed::Expired)),
    }
    if !still_invites(shelf, &invitation, now)? {
        return Ok(Err(NotRedeemed::Cancelled));
    }
    if known.is_none() {
        let new = Device::new(shelf, device, (invitation.person, invitation.by), now)?;
        let in_place = match invitation.device {
            Some(first) => take_the_place_of(shelf, first, new, now)?,
            None => new,
        };
        shelf.bind(device, in_place)?;
    }
    let second = invitation.standing == Standing::UsedForNow;
    let for_now = tentative && !second;
    invitation.standing = if for_now { Standing::UsedForNow } else { Standing::Used };
    invitation.device = Some(device);
    invitation.again_until = if for_now { now.seconds + AGAIN_SECONDS } else { 0 };
    shelf.keep_invitation(&invitation)?;
    Ok(Ok(invitation))
}

/// The device in the tab is out when the app is in, which has what that one had, and its age: the oldest of a person's
/// devices decides, and one that came in between must not become it.
fn take_the_place_of<S: Shelf>(
    shelf: &mut S,
    first: DeviceId,
    second: Device,
    now: Stamp,
) -> Result<Device, S::Failure> {
    let Some(Device { owner, since, .. }) = shelf.device(first)? else { return Ok(second) };
    shelf.put_out(first, owner.person, PutOut { at: now.seconds, by: None })?;
    Ok(Device { owner, since, ..second })
}

/// The device that was let in for now is nobody's any longer, and the code that it named lets in nobody in its place.
pub(crate) fn end_of<S: Shelf>(shelf: &mut S, device: DeviceId) -> Result<(), S::Failure> {
    if let Some(invitation) = shelf.invitation_of(device)?
        && invitation.standing == Standing::UsedForNow
    {
        shelf.keep_invitation(&Invitation { standing: Standing::Used, ..invitation })?;
    }
    Ok(())
}

/// Names the code by which the next device of the same person comes in, in the place of this one, which was let in
/// where it may have been wrong. From now on the first code works for nobody: whoever has seen it since cannot come in
/// by it, and only who sees this device's screen knows the other. `None` when this is no such device, or the code is
/// taken.
///
/// # Errors
/// The shelf's own failure.
pub fn carry_over<S: Shelf>(
    shelf: &mut S,
    device: DeviceId,
    code: CodeHash,
    now: Stamp,
) -> Result<Option<Invitation>, S::Failure> {
    let Some(mut invitation) = shelf.invitation_of(device)? else { return Ok(None) };
    let theirs = shelf.person_of(device)? == Some(invitation.person);
    if !theirs || invitation.standing(now) != Standing::UsedForNow {
        return Ok(None);
    }
    if invitation.code != code {
        // Whether there is such a code is told to nobody for nothing: it would be a guess.
        let charge = person_invitations(invitation.person);
        if !within(shelf, &[charge], now)? || shelf.invitation_by_code(code)?.is_some() {
            return Ok(None);
        }
        invitation.spent.get_or_insert(invitation.code);
        invitation.code = code;
    }
    invitation.again_until = invitation.expires;
    shelf.keep_invitation(&invitation)?;
    Ok(Some(invitation))
}
