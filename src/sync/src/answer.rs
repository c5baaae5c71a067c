//! One question, one answer: what a hub says to the one who asked, and to whom else it then speaks.
//!
//! The caller runs [`answer`] inside one transaction of its shelf, and sends what comes out only
//! when that transaction is on disk. Nothing is promised before it is kept.

use std::collections::BTreeSet;

use minicbor::bytes::ByteVec;
use trust::{Act, DeviceId, DocumentId, Malformed, Membership, PersonId, Record, RecordKind};

use crate::aside;
use crate::devices::{self, Owner};
use crate::hub::{self, Verdict};
use crate::invitation::{self, Afterwards};
use crate::message::{Ask, Page, Placed, Refusal, Tell, WaitFor};
use crate::shelf::{Invitation, Shelf, Stamp};

/// A device that has used up its day is asked to wait this long before the next try.
pub const WAIT_SECONDS: u64 = 15 * 60;

/// An [`Ask`] whose signatures have been checked. Make it outside the transaction: checking costs
/// more than keeping.
#[derive(Clone, Debug)]
pub enum Request {
    /// Records to keep, each with its proof or with what is wrong with it.
    Push(Vec<Result<Record, Unusable>>),
    /// Anything else.
    Other(Ask),
}

/// A record that is none, and as much of its name as could be read.
#[derive(Clone, Debug)]
pub struct Unusable {
    device: Option<DeviceId>,
    counter: u64,
    malformed: Malformed,
}

/// What to send when the transaction is on disk.
#[derive(Default, PartialEq, Debug)]
pub struct Answer {
    /// To the one who asked.
    pub tells: Vec<Tell>,
    /// To others.
    pub notices: Vec<Notice>,
}

/// Something others hear: everybody's devices that are connected, but not the one that asked.
#[derive(PartialEq, Debug)]
pub struct Notice {
    /// Whose devices.
    pub people: Vec<PersonId>,
    /// What they hear.
    pub tell: Tell,
}

impl From<Ask> for Request {
    fn from(ask: Ask) -> Self {
        match ask {
            Ask::Push { records } => Self::Push(records.into_iter().map(check).collect()),
            other => Self::Other(other),
        }
    }
}

fn check(bytes: ByteVec) -> Result<Record, Unusable> {
    let bytes: Vec<u8> = bytes.into();
    let header = trust::Header::read(&bytes).ok();
    let (device, counter) = (header.map(|header| header.device), header.map_or(0, |h| h.counter));
    Record::read(bytes).map_err(|malformed| Unusable { device, counter, malformed })
}

/// What a device hears when its pass holds.
///
/// # Errors
/// The shelf's own failure.
pub fn welcome<S: Shelf>(shelf: &mut S, device: DeviceId, now: Stamp) -> Result<Tell, S::Failure> {
    let owner = shelf.device(device)?.map(|device| device.owner);
    let (documents, devices) = match owner {
        Some(owner) => {
            (hub::documents(shelf, owner, now)?, Some(devices::list(shelf, owner.person)?))
        }
        None => match shelf.was_put_out(device)? {
            Some((_, out)) => return Ok(Tell::PutOut(out)),
            None => (Vec::new(), None),
        },
    };
    let person = owner.map(|owner| owner.person);
    let counter = Some(shelf.last_counter(device)?);
    let (generation, seconds) = (shelf.generation()?, Some(now.seconds));
    Ok(Tell::Welcome { generation, person, documents, counter, later: 0, seconds, devices })
}

/// Answers a device whose pass holds.
///
/// # Errors
/// The shelf's own failure; the transaction must then be rolled back and the device told to wait.
pub fn answer<S: Shelf>(
    shelf: &mut S,
    device: DeviceId,
    request: Request,
    now: Stamp,
) -> Result<Answer, S::Failure> {
    let ask = match request {
        Request::Push(records) => return push_all(shelf, device, records, now),
        Request::Other(ask) => ask,
    };
    if let Ask::Redeem { code, tentative } = ask {
        let mut answer = redeem(shelf, device, (&code, tentative), now)?;
        if matches!(answer.tells[..], [Tell::Redeemed(_)]) {
            answer.tells.push(welcome(shelf, device, now)?);
        }
        return Ok(answer);
    }
    // Who has redeemed nothing may ask for nothing else.
    let Some(owner) = shelf.device(device)?.map(|device| device.owner) else {
        return Ok(Answer::default());
    };
    answer_to(shelf, (device, owner), ask, now)
}

/// Answers a device that is somebody's.
fn answer_to<S: Shelf>(
    shelf: &mut S,
    (device, owner): (DeviceId, Owner),
    ask: Ask,
    now: Stamp,
) -> Result<Answer, S::Failure> {
    let person = owner.person;
    match ask {
        Ask::Pull { document, after, whole } => {
            let page = hub::pull(shelf, owner, (document, after, whole), now)?;
            Ok(Answer::tell(page.map_or(Tell::Gone(document), Tell::Records)))
        }
        Ask::Live { document, payload } => {
            let membership = shelf.look(document)?.map(|shelved| shelved.membership);
            let heard = membership.and_then(|chain| live(&chain, owner, now));
            Ok(Answer::from_live(heard, (device, person), document, payload))
        }
        // A code lets somebody in: it is made on a device that is surely its owner's.
        Ask::Invite { .. } if !devices::is_confirmed(shelf, (device, owner))? => {
            Ok(Answer::default())
        }
        Ask::Invite { invitation, code, person: whom, document } => {
            let wanted = (invitation, code, whom, document);
            let made = invitation::invite(shelf, person, wanted, now)?;
            Ok(Answer::invitation(made, now))
        }
        Ask::Invitation(name) => afterwards(shelf, (person, name, Afterwards::Look), now),
        Ask::Cancel(name) => afterwards(shelf, (person, name, Afterwards::Cancel), now),
        Ask::Confirm(name) => afterwards(shelf, (person, name, Afterwards::Confirm), now),
        Ask::CarryOver { code } => {
            let carried = invitation::carry_over(shelf, device, code, now)?;
            let tell = |invitation: Invitation| Tell::CarriesOver {
                seconds_left: invitation.seconds_left(now),
            };
            Ok(carried.map(tell).map(Answer::tell).unwrap_or_default())
        }
        Ask::Aside { document, after } => {
            let page = aside::page(shelf, owner, (document, after), now)?;
            Ok(Answer::tell(page.map_or(Tell::Gone(document), Tell::Aside)))
        }
        Ask::EraseAside { document, names } => {
            let names = aside::erase(shelf, owner, (document, names), now)?;
            Ok(Answer::tell(Tell::AsideErased { document, names }))
        }
        Ask::Devices(of) => {
            let told = devices::tell(shelf, owner, of, now)?;
            Ok(told.map(Answer::tell).unwrap_or_default())
        }
        Ask::Vouch(other) => devices::vouch(shelf, (device, owner), other, now),
        Ask::PutOut(other) => devices::put_out(shelf, (device, owner), other, now),
        // A second pass changes nothing; the guide lies on no shelf, and whoever has it answers; the other two
        // are answered above.
        Ask::Pass(_) | Ask::Push { .. } | Ask::Redeem { .. } | Ask::Guide { .. } => {
            Ok(Answer::default())
        }
    }
}

/// Who hears what is said on a device of theirs in the document just now: nobody hears one who may only read.
/// `None` for one who may not even know of it.
pub fn live(membership: &Membership, owner: Owner, now: Stamp) -> Option<Vec<PersonId>> {
    let person = owner.within(membership.kind);
    let may = |act| membership.may(person, now.day(), act);
    if may(Act::Write) {
        return Some(hub::readers(membership, now));
    }
    may(Act::Read).then(Vec::new)
}

fn push_all<S: Shelf>(
    shelf: &mut S,
    device: DeviceId,
    records: Vec<Result<Record, Unusable>>,
    now: Stamp,
) -> Result<Answer, S::Failure> {
    let mut answer = Answer::default();
    let mut chains = BTreeSet::new();
    for record in records {
        chains.extend(record.as_ref().ok().filter(|record| is_link(record)).map(document_of));
        match record {
            Ok(record) => match hub::push(shelf, device, &record, now)? {
                Verdict::Wait => {
                    // The rest stays in the device's outbox, in order.
                    answer.tells.push(Tell::Wait { seconds: WAIT_SECONDS, why: WaitFor::TooMuch });
                    break;
                }
                verdict => tell_verdict(&mut answer, record, verdict),
            },
            Err(Unusable { device, counter, malformed }) => {
                let large = malformed == Malformed::TooLarge;
                let why = if large { Refusal::TooLarge } else { Refusal::Malformed };
                answer.tells.push(Tell::Refused { counter, why, device });
            }
        }
    }
    for document in chains {
        only_to_readers(shelf, &mut answer, document, now)?;
    }
    Ok(answer)
}

fn is_link(record: &Record) -> bool {
    record.header().kind == RecordKind::Membership
}

fn document_of(record: &Record) -> DocumentId {
    record.header().document
}

/// Whoever came in by one record and went out by a later one of the same push hears nothing of what lies
/// between: all of it is said at once, when they are out.
fn only_to_readers<S: Shelf>(
    shelf: &mut S,
    answer: &mut Answer,
    document: DocumentId,
    now: Stamp,
) -> Result<(), S::Failure> {
    let Some(shelved) = shelf.look(document)? else { return Ok(()) };
    for notice in &mut answer.notices {
        let is_of_it = match &notice.tell {
            Tell::Records(page) => page.document == document,
            Tell::Joined(held) => held.document == document,
            _ => false,
        };
        if is_of_it {
            notice.people.retain(|who| shelved.membership.may(*who, now.day(), Act::Read));
        }
    }
    Ok(())
}

fn tell_verdict(answer: &mut Answer, record: Record, verdict: Verdict) {
    let trust::Header { document, device, counter, .. } = *record.header();
    match verdict {
        Verdict::Known { seq } => {
            answer.tells.push(Tell::Stored { device, counter, document, seq })
        }
        Verdict::Refused(why) => {
            answer.tells.push(Tell::Refused { counter, why, device: Some(device) })
        }
        Verdict::Stored { seq, readers, left, joined, writer } => {
            answer.tells.push(Tell::Stored { device, counter, document, seq });
            for (person, held) in joined {
                answer.notices.push(Notice { people: vec![person], tell: Tell::Joined(held) });
            }
            answer.notices.push(Notice { people: left, tell: Tell::Gone(document) });
            let page = one_record(seq, record, writer);
            answer.notices.push(Notice { people: readers, tell: Tell::Records(page) });
        }
        Verdict::Wait => {}
    }
}

fn one_record(seq: u64, record: Record, writer: Option<PersonId>) -> Page {
    let trust::Header { document, device, .. } = *record.header();
    let records = vec![Placed { seq, record: record.into_bytes().into() }];
    let writers = Some(writer.map(|person| (device, person)).into_iter().collect());
    Page { document, after: seq - 1, through: seq, records, head: seq, writers }
}

/// Answers a device that was given a code, but for the welcome that follows when it lets somebody in. Whoever
/// keeps many waiting reads that afterwards.
///
/// # Errors
/// The shelf's own failure; the transaction must then be rolled back and the device told to wait.
pub fn redeem<S: Shelf>(
    shelf: &mut S,
    device: DeviceId,
    typed: (&str, bool),
    now: Stamp,
) -> Result<Answer, S::Failure> {
    let invitation = match invitation::redeem(shelf, device, typed, now)? {
        Ok(invitation) => invitation,
        Err(why) => return Ok(Answer::tell(Tell::NotRedeemed(why))),
    };
    let mut answer = Answer::tell(Tell::Redeemed(invitation.person));
    answer.notices.push(Notice { people: vec![invitation.by], tell: tell(&invitation, now) });
    let person = invitation.person;
    let devices = Tell::Devices { person, devices: devices::list(shelf, person)? };
    answer.notices.push(Notice { people: vec![person], tell: devices });
    Ok(answer)
}

fn afterwards<S: Shelf>(
    shelf: &mut S,
    (by, name, act): (PersonId, trust::InvitationId, Afterwards),
    now: Stamp,
) -> Result<Answer, S::Failure> {
    Ok(Answer::invitation(invitation::after_invitation(shelf, (by, name), act, now)?, now))
}

fn tell(invitation: &Invitation, now: Stamp) -> Tell {
    Tell::Invitation {
        invitation: invitation.invitation,
        standing: invitation.standing(now),
        seconds_left: invitation.seconds_left(now),
    }
}

impl Answer {
    fn tell(tell: Tell) -> Self {
        Self { tells: vec![tell], notices: Vec::new() }
    }

    fn invitation(invitation: Option<Invitation>, now: Stamp) -> Self {
        Self {
            tells: invitation.iter().map(|invitation| tell(invitation, now)).collect(),
            notices: Vec::new(),
        }
    }

    /// The answer to a live frame, for a hub that looks the readers up itself (see [`live`]).
    pub fn from_live(
        readers: Option<Vec<PersonId>>,
        (device, person): (DeviceId, PersonId),
        document: DocumentId,
        payload: ByteVec,
    ) -> Self {
        match readers {
            Some(people) => {
                let tell = Tell::Live { document, device, payload, person: Some(person) };
                Self { tells: Vec::new(), notices: vec![Notice { people, tell }] }
            }
            None => Self::tell(Tell::Gone(document)),
        }
    }
}
