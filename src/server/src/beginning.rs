//! The first start of an empty database: a house, a daily lead without a device yet, and the code
//! that lets them in.

use sync::{Shelf, Stamp, hub, invitation};
use trust::{
    Change, Code, DeviceKey, DocumentId, Hash, Header, InvitationId, Kind, PersonId, Record,
    RecordKind, Role, VERSION,
};

use crate::chance;
use crate::store::{Store, Transaction};
use crate::trouble::Trouble;

/// The server's own signing key, 32 bytes of seed.
const KEY: &str = "house.key";
/// The house document's name, 16 bytes.
const HOUSE: &str = "house";

/// What the server knows of its house.
pub(crate) struct Beginning {
    /// The seed of the house key, which all nodes share.
    pub(crate) secret: [u8; 32],
    /// The first invitation, when the house was founded just now.
    pub(crate) first: Option<Code>,
}

/// Founds the house if there is none.
pub(crate) fn begin<S: Store>(store: &mut S, now: Stamp) -> Result<Beginning, Trouble> {
    loop {
        match try_begin(store, now) {
            // Another node founds it at this very moment.
            Err(Trouble::Again) => std::thread::sleep(std::time::Duration::from_millis(20)),
            begun => return begun,
        }
    }
}

fn try_begin<S: Store>(store: &mut S, now: Stamp) -> Result<Beginning, Trouble> {
    let may_found = store.may_found();
    let mut rows = store.begin()?;
    if let Some(secret) = rows.about(KEY)? {
        let secret = secret.try_into().map_err(|_| Trouble::Unreadable("about.house.key"))?;
        return Ok(Beginning { secret, first: None });
    }
    if !may_found {
        return Err(Trouble::Missing);
    }
    let secret = chance::bytes()?;
    let house = DocumentId(chance::bytes()?);
    rows.set_about(KEY, &secret)?;
    rows.set_about(HOUSE, &house.0)?;
    let lead = PersonId(chance::bytes()?);
    hub::found_house(&mut rows, &founding(house, lead, &DeviceKey::from_seed(&secret))?)?;
    let first = invite(&mut rows, house, lead, now)?;
    rows.commit()?;
    Ok(Beginning { secret, first })
}

/// A new invitation for the daily lead.
pub(crate) fn invite_lead<S: Store>(store: &mut S, now: Stamp) -> Result<Code, Trouble> {
    let mut rows = store.begin()?;
    let house = rows.about(HOUSE)?.ok_or(Trouble::NoLead)?;
    let house = DocumentId(house.try_into().map_err(|_| Trouble::Unreadable("about.house"))?);
    let chain = rows.look(house)?.ok_or(Trouble::NoLead)?.membership;
    let leads = |person: &&PersonId| chain.role(**person, now.day()) == Some(Role::DailyLead);
    let lead = *chain.members.keys().find(leads).ok_or(Trouble::NoLead)?;
    let code = invite(&mut rows, house, lead, now)?.ok_or(Trouble::NoLead)?;
    rows.commit()?;
    Ok(code)
}

/// In the lead's own name: a lead may invite a lead, and this follows the same rule as everybody.
fn invite<T: Transaction>(
    rows: &mut T,
    house: DocumentId,
    lead: PersonId,
    now: Stamp,
) -> Result<Option<Code>, Trouble> {
    let code = Code::from_chance(chance::bytes()?);
    let wanted = (InvitationId(chance::bytes()?), code.hash(), lead, house);
    Ok(invitation::invite(rows, lead, wanted, now)?.map(|_| code))
}

fn founding(house: DocumentId, lead: PersonId, key: &DeviceKey) -> Result<Record, Trouble> {
    let members = vec![(lead, Role::DailyLead)];
    let change = Change::Found { kind: Kind::House, parent: None, members };
    let header = Header {
        version: VERSION,
        kind: RecordKind::Membership,
        document: house,
        device: key.device(),
        counter: 1,
        epoch: 0,
    };
    let payload = change.payload(Hash::default());
    Record::sign(header, &payload, key).map_err(|_| Trouble::Unreadable("the founding record"))
}
