use super::*;
use crate::{DeviceKey, Header, VERSION};

const CITIZEN: PersonId = PersonId([1; 16]);
const COORDINATOR: PersonId = PersonId([2; 16]);
const FRIEND: PersonId = PersonId([3; 16]);

fn record(change: &Change, previous: Hash, counter: u64) -> Record {
    sign(&change.payload(previous), counter)
}

fn sign(payload: &[u8], counter: u64) -> Record {
    let key = DeviceKey::from_seed(&[9; 32]);
    let header = Header {
        version: VERSION,
        kind: RecordKind::Membership,
        document: DocumentId([7; 16]),
        device: key.device(),
        counter,
        epoch: 0,
    };
    Record::sign(header, payload, &key).unwrap()
}

fn meeting() -> Membership {
    let members = vec![(CITIZEN, Role::Citizen), (COORDINATOR, Role::Coordinator)];
    let parent = Some(DocumentId([6; 16]));
    let change = Change::Found { kind: Kind::Meeting, parent, members };
    Membership::found(&record(&change, Hash::default(), 1)).unwrap()
}

fn add(person: PersonId, role: Role) -> Change {
    Change::Add { person, member: Member { role, until: Some(100) } }
}

#[test]
fn the_citizen_lets_in_and_shows_out() {
    let mut chain = meeting();
    chain.extend(&record(&add(FRIEND, Role::Participant), chain.head, 2), CITIZEN, 5).unwrap();
    assert!(chain.may(FRIEND, 100, Act::Read) && !chain.may(FRIEND, 101, Act::Read));
    let out = record(&Change::Remove { person: FRIEND }, chain.head, 3);
    chain.extend(&out, CITIZEN, 5).unwrap();
    assert!(!chain.may(FRIEND, 5, Act::Read));
}

#[test]
fn nobody_lets_in_whom_they_may_not_or_makes_themself_more() {
    let mut chain = meeting();
    for (author, change) in [
        (COORDINATOR, add(FRIEND, Role::Participant)),
        (FRIEND, add(FRIEND, Role::Citizen)),
        (COORDINATOR, add(COORDINATOR, Role::Citizen)),
        (CITIZEN, add(COORDINATOR, Role::Citizen)),
        (COORDINATOR, add(FRIEND, Role::Coordinator)),
        (CITIZEN, Change::Remove { person: FRIEND }),
    ] {
        let before = chain.clone();
        let refused = chain.extend(&record(&change, chain.head, 2), author, 5);
        assert_eq!(refused, Err(ChainRefusal::NotAllowed), "{author:?} {change:?}");
        assert_eq!(chain, before);
    }
}

#[test]
fn a_link_holds_on_its_own_place_alone() {
    let mut chain = meeting();
    let late = record(&add(FRIEND, Role::Participant), Hash([1; 32]), 2);
    assert_eq!(chain.extend(&late, CITIZEN, 5), Err(ChainRefusal::Moved));
    assert_eq!(chain.follow(&late), Err(ChainRefusal::Moved));
}

/// A link as a newer version may write it: a change of an unknown kind, and a field after it.
fn later_link(previous: Hash, counter: u64) -> Record {
    let mut bytes = minicbor::Encoder::new(Vec::new());
    let change = |bytes: &mut minicbor::Encoder<Vec<u8>>| {
        bytes.array(3)?.encode(previous)?.array(2)?.u8(77)?.array(1)?.str("en telefon mere")?.ok()
    };
    change(&mut bytes).and_then(|()| bytes.bool(true)?.ok()).unwrap();
    sign(&bytes.into_writer(), counter)
}

#[test]
fn a_link_of_a_newer_version_is_passed_over_and_those_after_it_are_followed() {
    let mut chain = meeting();
    let before = chain.members.clone();
    let later = later_link(chain.head, 2);
    assert_eq!(Change::read(&later), Err(ChainRefusal::Later));
    chain.follow(&later).unwrap();
    assert!(chain.has_later_link && chain.members == before);
    chain.follow(&record(&add(FRIEND, Role::Participant), chain.head, 3)).unwrap();
    assert!(chain.may(FRIEND, 5, Act::Read));
}

#[test]
fn what_only_a_newer_version_knows_is_not_stored_by_this_one() {
    let mut chain = meeting();
    let before = chain.clone();
    let later = later_link(chain.head, 2);
    assert_eq!(chain.extend(&later, CITIZEN, 5), Err(ChainRefusal::Later));
    assert_eq!(chain, before);
    let half = sign(&later.payload()[..later.payload().len() - 1], 2);
    assert_eq!(chain.follow(&half), Err(ChainRefusal::Unreadable));
}

#[test]
fn a_child_has_nobody_whom_its_parent_has_not() {
    let members = vec![(CITIZEN, Role::Citizen), (COORDINATOR, Role::Coordinator)];
    let course = Membership::beginning(Kind::Course, DocumentId([5; 16]), &members);
    let mut child = Membership::beginning(Kind::Meeting, DocumentId([6; 16]), &members);
    assert!(course.may_found(&child, CITIZEN, 5) && course.may_found(&child, COORDINATOR, 5));
    assert!(!course.may_found(&child, FRIEND, 5));
    child.members.remove(&CITIZEN);
    assert!(!course.may_found(&child, COORDINATOR, 5), "nothing of hers is without her");
    child.members.insert(CITIZEN, Member::always(Role::Citizen));
    child.members.insert(FRIEND, Member::always(Role::Participant));
    assert!(!course.may_found(&child, CITIZEN, 5));
}
