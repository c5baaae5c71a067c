//! Those who listen, on this node: the connections, and the chains that say who hears what.

use bytes::Bytes;
use minicbor::bytes::ByteVec;
use sync::devices::Owner;
use sync::message::{Frame, Page, Tell};
use sync::{Answer, Notice, Stamp, hub};
use trust::{DeviceId, DocumentId, PersonId};

use crate::chains::Chains;
use crate::presence::Presence;
use crate::store::{Changes, Transaction};
use crate::trouble::Trouble;
use crate::wake::Wake;

#[derive(Debug)]
pub(crate) struct Audience {
    pub(crate) presence: Presence,
    pub(crate) chains: Chains,
}

impl Audience {
    pub(crate) fn new(presence: Presence) -> Self {
        Self { presence, chains: Chains::default() }
    }

    /// Takes in what a committed transaction has changed. When it returns, nothing more is sent by
    /// what was true before.
    pub(crate) fn apply(&self, changes: &Changes) {
        self.chains.forget(&changes.chains);
        for &(device, owner) in &changes.devices {
            self.presence.rebind(device, owner);
        }
    }

    /// Takes in what another node has changed.
    pub(crate) fn apply_wakes(&self, wakes: &[Wake]) {
        for wake in wakes {
            match wake {
                Wake::Chain(document) => self.chains.forget(&[*document]),
                // A node of an older version knows of no groups: what is only theirs is not told then.
                Wake::Device(device, person, group) => {
                    let owner = |person| Owner { person, group: group.unwrap_or(person) };
                    self.presence.rebind(*device, person.map(owner));
                }
                Wake::Tell { people, except, frame } => {
                    let frame = Bytes::copy_from_slice(frame);
                    self.presence.tell(people, *except, &frame);
                }
                Wake::Record { .. } | Wake::Hello | Wake::Here => {}
            }
        }
    }

    /// Says what is on disk now to those whom it concerns.
    pub(crate) fn publish(&self, except: DeviceId, notices: &[Notice]) {
        for notice in notices.iter().filter(|notice| !notice.people.is_empty()) {
            self.presence.tell(&notice.people, except, &notice.tell.to_frame().into());
        }
    }

    /// Passes a live frame on by the chain that is at hand; `None` when there is none, and
    /// `Some(None)` when this person may not.
    pub(crate) fn live(
        &self,
        (device, owner): (DeviceId, Owner),
        document: DocumentId,
        payload: &[u8],
        now: Stamp,
    ) -> Option<Option<(Vec<PersonId>, Bytes)>> {
        self.chains.with(document, |chain| {
            let people = sync::live(chain, owner, now)?;
            let payload = ByteVec::from(payload.to_vec());
            let person = Some(owner.person);
            let tell = Tell::Live { document, device, payload, person };
            let frame: Bytes = tell.to_frame().into();
            self.presence.tell_live(&people, device, &frame);
            Some((people, frame))
        })
    }
}

/// What other nodes have stored, read here, for those who may read it now.
pub(crate) fn look_again<T: Transaction>(
    rows: &mut T,
    wakes: &[Wake],
    now: Stamp,
) -> Result<Answer, Trouble> {
    let mut answer = Answer::default();
    for wake in wakes {
        let &Wake::Record { document, seq } = wake else { continue };
        let Some(shelved) = rows.look(document)? else { continue };
        let records = rows.records(document, seq - 1, None, 1)?;
        let (head, writers) = (shelved.head, Some(hub::writers(rows, &records)?));
        let page = Page { document, after: seq - 1, through: seq, records, head, writers };
        let people = hub::readers(&shelved.membership, now);
        answer.notices.push(Notice { people, tell: Tell::Records(page) });
    }
    Ok(answer)
}
