//! The first record of a document: who may begin one, for whom, and who brings one back to a server that lost it.

use trust::{Act, ChainRefusal, Kind, Membership, PersonId, Role};

use crate::devices::{self, Owner};
use crate::hub::{Admitted, Decision, Pushed};
use crate::message::Refusal;
use crate::shelf::Shelf;

/// The first record of a new document.
pub(crate) fn found<S: Shelf>(shelf: &mut S, pushed: &Pushed<'_>) -> Result<Decision, S::Failure> {
    let after = match Membership::found(pushed.record) {
        Ok(after) => after,
        Err(ChainRefusal::Later) => return Ok(Err(Refusal::Later)),
        Err(_) => return Ok(Err(Refusal::NotMember)),
    };
    // A house has no parent and is founded by its own server alone.
    let Some(parent) = after.parent else {
        return Ok(Err(Refusal::NotAllowed));
    };
    let maker = pushed.maker(shelf)?;
    let author = maker.person;
    let Some(above) = shelf.look(parent)?.map(|shelved| shelved.membership) else {
        return Ok(Err(Refusal::NotAllowed));
    };
    let today = pushed.now.day();
    let allowed =
        above.may_found(&after, author, today) || gives_back(shelf, pushed, (&above, &after))?;
    Ok(if allowed && begins_for_one_of_theirs(shelf, &after, author, today)? {
        let is_own = after.kind == Kind::Notebook;
        let after = if is_own { devices::owned_by(after, maker.group) } else { after };
        Ok(Admitted { seq: 1, before: None, after })
    } else {
        Err(Refusal::NotAllowed)
    })
}

/// Whether a course begins for somebody whom nobody knows yet, or by a hand-over: whoever is their coordinator in
/// every course they have may begin another with them. Anybody else could have what they write go elsewhere.
fn begins_for_one_of_theirs<S: Shelf>(
    shelf: &mut S,
    course: &Membership,
    author: PersonId,
    today: u32,
) -> Result<bool, S::Failure> {
    if course.kind != Kind::Course {
        return Ok(true);
    }
    let citizens = course.members.iter().filter(|(_, member)| member.role == Role::Citizen);
    for (&citizen, _) in citizens {
        for held in shelf.documents_of(citizen)? {
            let membership = shelf.look(held.document)?.map(|shelved| shelved.membership);
            let hands_over = held.kind != Kind::House
                && membership.is_some_and(|m| m.role(author, today) == Some(Role::Coordinator));
            if !hands_over && held.kind != Kind::Notebook {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// Whether somebody brings back to a restored server a document that another founded: one who may found
/// such a document today and is in it, with nobody in it who has not been above it in their time. Who
/// founded it may have left since.
fn gives_back<S: Shelf>(
    shelf: &mut S,
    pushed: &Pushed<'_>,
    (above, founded): (&Membership, &Membership),
) -> Result<bool, S::Failure> {
    let &Pushed { record, pusher, owner: Owner { person, .. }, now } = pushed;
    let may = above.may(person, now.day(), Act::Found(founded.kind));
    let has_all =
        founded.members.contains_key(&person) && above.is_shared_with_its_citizen(founded);
    if record.header().device == pusher || !may || !has_all {
        return Ok(false);
    }
    let Some(parent) = founded.parent else { return Ok(false) };
    for (&who, member) in founded.members.iter() {
        let is_there = above.role(who, now.day()) == Some(member.role);
        let begins = founded.kind == Kind::Course && member.role == Role::Citizen;
        if is_there || begins {
            continue;
        }
        // Who left comes back with the links that follow, and so with their leaving; but as no more than they were.
        let writes = trust::may(member.role, founded.kind, Act::Write);
        if !shelf.was_member(parent, who)?
            || writes && shelf.former_role(parent, who)? != Some(member.role)
        {
            return Ok(false);
        }
    }
    Ok(true)
}
